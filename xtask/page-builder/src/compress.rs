//! Compresses files once, as hard as it gets, so that the proxy never has to.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use anyhow::{Context as _, Result, anyhow};
use flate2::{Compression, write::GzEncoder};

use crate::folder;

/// Kinds of files that shrink.
const KINDS: [&str; 8] = ["html", "js", "mjs", "css", "wasm", "svg", "json", "txt"];

/// A file's sizes in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sizes {
    /// The file's path inside the page, with slashes.
    pub path: String,
    /// As it is.
    pub raw: usize,
    /// With gzip; as it is when that is no gain or was not asked for.
    pub gzip: usize,
    /// With brotli; as it is when that is no gain or was not asked for.
    pub brotli: usize,
}

/// Measures every file below `root` and, when asked to, writes `.br` and `.gz` siblings where they are smaller.
///
/// # Errors
/// When a file cannot be read or written.
pub fn all(root: &Path, compress: bool) -> Result<Vec<Sizes>> {
    let files = folder::files(root)?;
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let result = one(root, file, compress).with_context(|| file.display().to_string());
                    results.lock().map(|mut results| results.push(result)).ok();
                }
            });
        }
    });
    let results = results.into_inner().map_err(|_| anyhow!("a compressing thread failed"))?;
    let mut sizes = results.into_iter().collect::<Result<Vec<_>>>()?;
    sizes.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sizes)
}

/// One file.
fn one(root: &Path, file: &Path, compress: bool) -> Result<Sizes> {
    let content = fs::read(root.join(file))?;
    let raw = content.len();
    let mut sizes = Sizes { path: folder::slashed(file), raw, gzip: raw, brotli: raw };
    let kind = file.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
    if compress && KINDS.contains(&kind) {
        sizes.brotli = keep(root, file, "br", raw, &brotli(&content)?)?;
        sizes.gzip = keep(root, file, "gz", raw, &gzip(&content)?)?;
    }
    Ok(sizes)
}

/// Writes a compressed sibling when it is smaller, and returns the size that will be sent.
fn keep(root: &Path, file: &Path, suffix: &str, raw: usize, compressed: &[u8]) -> Result<usize> {
    if compressed.len() >= raw {
        return Ok(raw);
    }
    let mut name = root.join(file).into_os_string();
    name.push(".");
    name.push(suffix);
    fs::write(PathBuf::from(name), compressed)?;
    Ok(compressed.len())
}

/// Brotli with the highest quality and the largest window that every browser takes.
fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut compressed, &parameters)?;
    Ok(compressed)
}

/// Gzip with the highest quality.
fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn both_give_back_what_went_in() {
        let content = b"Perch ".repeat(1000);
        let (mut from_brotli, mut from_gzip) = (Vec::new(), Vec::new());
        brotli::BrotliDecompress(&mut &*brotli(&content).unwrap(), &mut from_brotli).unwrap();
        flate2::read::GzDecoder::new(&*gzip(&content).unwrap()).read_to_end(&mut from_gzip).unwrap();
        assert_eq!((from_brotli, from_gzip), (content.clone(), content));
    }
}
