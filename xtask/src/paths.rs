//! Where things are in the work tree.

use std::path::{Path, PathBuf};

/// The workspace's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or_else(|| Path::new("."))
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
