//! The page's sizes and the budget for its first load.

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use anyhow::{Context as _, Result};

use crate::say::kilobytes;

/// What the first visit may load, with brotli: bytes.
pub const BUDGET: u64 = 400_000;
/// The page that the first visit opens.
pub const LANDING: &str = "overview";

/// The smallest file that is named although only some visits load it, with brotli: bytes.
const WORTH_A_LINE: u64 = 5_000;

/// One file's sizes in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    /// When it is loaded: `first`, `later`, or the pages that need it, with commas between.
    pub when: String,
    /// As it is.
    pub raw: u64,
    /// With gzip.
    pub gzip: u64,
    /// With brotli.
    pub brotli: u64,
    /// Its path in the page.
    pub path: String,
}

impl Size {
    /// Whether every first visit loads it, whichever page it opens.
    fn is_base(&self) -> bool {
        self.when == "first"
    }

    /// Whether it is one of a page's own parts.
    fn is_part_of(&self, page: &str) -> bool {
        self.when.split(',').any(|name| name == page)
    }
}

/// Reads the table that the page's builder wrote.
///
/// # Errors
/// When it cannot be read or is of another form.
pub fn read(file: &Path) -> Result<Vec<Size>> {
    let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
    text.lines().map(|line| parse(line).with_context(|| format!("{}: {line}", file.display()))).collect()
}

/// One line of the table.
fn parse(line: &str) -> Option<Size> {
    let mut fields = line.split('\t');
    let when = fields.next()?.to_owned();
    let raw = fields.next()?.parse().ok()?;
    let gzip = fields.next()?.parse().ok()?;
    let brotli = fields.next()?.parse().ok()?;
    Some(Size { when, raw, gzip, brotli, path: fields.next()?.to_owned() })
}

/// Bytes that a visit loads which opens this page first, with brotli.
pub fn first_load(sizes: &[Size], page: &str) -> u64 {
    sizes.iter().filter(|size| size.is_base() || size.is_part_of(page)).map(|size| size.brotli).sum()
}

/// The table for people: what every first visit loads, and what it is together with each page's own parts.
pub fn table(sizes: &[Size]) -> String {
    let mut text = format!("{:<44}{:>11}{:>11}{:>11}\n", "every first visit", "raw", "gzip", "brotli");
    let mut row = |name: &str, of: &[&Size]| {
        let sum = |what: fn(&Size) -> u64| kilobytes(of.iter().map(|size| what(size)).sum());
        let (raw, gzip, brotli) = (sum(|size| size.raw), sum(|size| size.gzip), sum(|size| size.brotli));
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{name:<44}{raw:>11}{gzip:>11}{brotli:>11}");
    };
    for size in sizes.iter().filter(|size| size.is_base()) {
        row(size.path.splitn(3, '/').last().unwrap_or(&size.path), &[size]);
    }
    let pages: BTreeSet<&str> = sizes
        .iter()
        .filter(|size| !size.is_base() && size.when != "later")
        .flat_map(|size| size.when.split(','))
        .collect();
    for page in pages {
        let of: Vec<&Size> = sizes.iter().filter(|size| size.is_base() || size.is_part_of(page)).collect();
        row(&format!("together with the page `{page}`"), &of);
    }
    for size in sizes.iter().filter(|size| size.when == "later" && size.brotli >= WORTH_A_LINE) {
        row(&format!("when first needed: {}", size.path.rsplit('/').next().unwrap_or(&size.path)), &[size]);
    }
    let all: Vec<&Size> = sizes.iter().collect();
    row(&format!("everything there is ({} files)", all.len()), &all);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes() -> Vec<Size> {
        let lines = [
            "first\t30\t20\t100\tindex.html",
            "first\t3000\t2000\t1000\tassets/0/app.js",
            "help,servers\t1\t1\t10\tassets/0/chunk_1.wasm",
            "server\t1\t1\t5000\tassets/0/chunk_2.wasm",
            "later\t1\t1\t7000\tassets/0/editor.js",
        ];
        lines.iter().map(|line| parse(line).unwrap()).collect()
    }

    #[test]
    fn a_page_is_counted_with_its_own_parts() {
        assert_eq!(first_load(&sizes(), "servers"), 1110);
        assert_eq!(first_load(&sizes(), "server"), 6100);
    }

    #[test]
    fn files_are_named_without_their_folder() {
        let table = table(&sizes());
        for line in [
            "app.js                                           3.0 KB     2.0 KB     1.0 KB\n",
            "together with the page `server`                  3.0 KB     2.0 KB     6.1 KB\n",
            "when first needed: editor.js                     0.0 KB     0.0 KB     7.0 KB\n",
            "everything there is (5 files)                    3.0 KB     2.0 KB    13.1 KB\n",
        ] {
            assert!(table.contains(line), "{table}");
        }
    }

    #[test]
    fn another_form_is_refused() {
        assert_eq!(parse("first\t1\t2\tindex.html"), None);
    }
}
