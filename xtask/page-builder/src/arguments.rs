//! What the builder is told on its command line.

use std::{ffi::OsString, path::PathBuf};

use anyhow::{Context as _, Result, bail};

/// What to build from what.
#[derive(Debug, PartialEq, Eq)]
pub struct Arguments {
    /// The module as rustc left it, linked with `--emit-relocs`.
    pub wasm: PathBuf,
    /// The module of the engine in the page's worker.
    pub engine: PathBuf,
    /// The editor's module; `None`: it was not made, and the page has a plain text field.
    pub editor: Option<PathBuf>,
    /// The folder whose files go to the browser as they are.
    pub public: PathBuf,
    /// The folder to make; replaced as a whole.
    pub out: PathBuf,
    /// Where to write the table of sizes.
    pub report: PathBuf,
    /// Whether to write `.br` and `.gz` siblings. Takes seconds; only visitors over a network gain from it.
    pub compress: bool,
}

impl Arguments {
    /// Reads `--wasm FILE --engine FILE [--editor FILE] --public DIR --out DIR --report FILE [--compress]`.
    ///
    /// # Errors
    /// When something is missing or unknown.
    pub fn read(arguments: impl Iterator<Item = OsString>) -> Result<Self> {
        let (mut engine, mut editor) = (None, None);
        let (mut wasm, mut public, mut out, mut report, mut compress) = (None, None, None, None, false);
        let mut arguments = arguments;
        while let Some(name) = arguments.next() {
            let slot = match name.to_str() {
                Some("--compress") => {
                    compress = true;
                    continue;
                }
                Some("--wasm") => &mut wasm,
                Some("--engine") => &mut engine,
                Some("--editor") => &mut editor,
                Some("--public") => &mut public,
                Some("--out") => &mut out,
                Some("--report") => &mut report,
                _ => bail!("unknown argument {}", name.display()),
            };
            *slot = Some(PathBuf::from(
                arguments.next().with_context(|| format!("{} needs a value", name.display()))?,
            ));
        }
        Ok(Self {
            wasm: wasm.context("--wasm is missing")?,
            engine: engine.context("--engine is missing")?,
            editor,
            public: public.context("--public is missing")?,
            out: out.context("--out is missing")?,
            report: report.context("--report is missing")?,
            compress,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Arguments> {
        Arguments::read(line.split(' ').map(OsString::from))
    }

    #[test]
    fn reads_all() {
        let arguments = read("--wasm a --engine e --public b --out c --report d --compress").unwrap();
        assert_eq!(arguments.wasm, PathBuf::from("a"));
        assert_eq!(arguments.report, PathBuf::from("d"));
        assert!(arguments.compress && arguments.editor.is_none());
    }

    #[test]
    fn names_what_is_wrong() {
        assert_eq!(read("--wasm a --engine e").unwrap_err().to_string(), "--public is missing");
        assert_eq!(read("--wasm").unwrap_err().to_string(), "--wasm needs a value");
        assert_eq!(read("--dev").unwrap_err().to_string(), "unknown argument --dev");
    }
}
