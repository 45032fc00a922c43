//! Tells the linker to keep the page's relocations: from them the page is split by route afterwards. Said here and
//! not on a command line, so that tests, which cargo builds together with the page, use the same module.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|architecture| architecture == "wasm32") {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
