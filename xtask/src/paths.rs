//! Where things are in the work tree.

use std::{
    env,
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// The workspace's folder.
pub fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        // Cargo says where the package is that it runs. Where it was built may be another copy of the work tree.
        let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        Path::new(&package).parent().map_or_else(|| PathBuf::from("."), Path::to_owned)
    })
}

/// Everything that is built or fetched; `cargo clean` removes it.
pub fn target() -> PathBuf {
    root().join("target")
}

/// What is built for the browser: a target folder of its own, because the compiler is another one.
pub fn wasm_target() -> PathBuf {
    target().join("wasm")
}

/// The built page.
pub fn page() -> PathBuf {
    target().join("page")
}

/// The release binary.
pub fn binary() -> PathBuf {
    target().join("release").join("perch")
}

/// What the tasks write for themselves: logs and stamps.
pub fn notes() -> PathBuf {
    target().join("xtask")
}
