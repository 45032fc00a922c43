//! The table of sizes, for `cargo xtask` to print and to hold against the budget.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::Result;

use crate::{compress::Sizes, folder::Page};

/// Writes one line per file: `first` or `later`, the bytes as they are, with gzip and with brotli, and the path; with
/// tabs between.
///
/// # Errors
/// When the file cannot be written.
pub fn write(page: &Page, sizes: &[Sizes], file: &Path) -> Result<()> {
    fs::write(file, lines(page, sizes)?)?;
    Ok(())
}

/// The lines.
fn lines(page: &Page, sizes: &[Sizes]) -> Result<String> {
    let mut text = String::new();
    for Sizes { path, raw, gzip, brotli } in sizes {
        let when = if page.first_load.contains(path) { "first" } else { "later" };
        writeln!(text, "{when}\t{raw}\t{gzip}\t{brotli}\t{path}")?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_per_file() {
        let page = Page { assets: "/assets/0".into(), first_load: vec!["index.html".into()] };
        let sizes = ["index.html", "assets/0/chunk.wasm"].map(|path| Sizes {
            path: path.into(),
            raw: 30,
            gzip: 20,
            brotli: 10,
        });
        let expected = "first\t30\t20\t10\tindex.html\nlater\t30\t20\t10\tassets/0/chunk.wasm\n";
        assert_eq!(lines(&page, &sizes).unwrap(), expected);
    }
}
