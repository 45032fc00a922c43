//! Runs wasm tests in a headless browser: wasm-bindgen's own runner, built from its library because the machine
//! may reach nothing but the package registries. A crate of its own, because it is large and seldom built.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}
