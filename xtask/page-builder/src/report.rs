//! The table of sizes, for `cargo xtask` to print and to hold against the budget.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use anyhow::Result;

use crate::{compress::Sizes, folder::Page};

/// Which pages need a part of the module.
type NeededBy = BTreeMap<String, Vec<String>>;

/// Writes one line per file: when it is loaded, the bytes as they are, with gzip and with brotli, and the path; with
/// tabs between. When: `first` for every first visit, the pages that need it with commas between, or `later`.
///
/// # Errors
/// When the file cannot be written.
pub fn write(page: &Page, needed_by: &NeededBy, sizes: &[Sizes], file: &Path) -> Result<()> {
    fs::write(file, lines(page, needed_by, sizes)?)?;
    Ok(())
}

/// The lines.
fn lines(page: &Page, needed_by: &NeededBy, sizes: &[Sizes]) -> Result<String> {
    let mut text = String::new();
    for Sizes { path, raw, gzip, brotli } in sizes {
        let name = path.rsplit('/').next().unwrap_or(path);
        let when = match needed_by.get(name) {
            Some(pages) => pages.join(","),
            None if page.first_load.contains(path) => "first".into(),
            None => "later".into(),
        };
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
        let needed_by = NeededBy::from([("chunk.wasm".into(), vec!["help".into(), "servers".into()])]);
        let sizes = ["index.html", "assets/0/chunk.wasm", "assets/0/editor.js"].map(|path| Sizes {
            path: path.into(),
            raw: 30,
            gzip: 20,
            brotli: 10,
        });
        let expected = "first\t30\t20\t10\tindex.html\n\
                        help,servers\t30\t20\t10\tassets/0/chunk.wasm\n\
                        later\t30\t20\t10\tassets/0/editor.js\n";
        assert_eq!(lines(&page, &needed_by, &sizes).unwrap(), expected);
    }
}
