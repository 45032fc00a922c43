//! The page's sizes and the budget for its first load.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context as _, Result};

use crate::say::kilobytes;

/// What the first visit may load, with brotli: bytes.
pub const BUDGET: u64 = 250_000;

/// One file's sizes in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    /// Whether every first visit loads it.
    pub first: bool,
    /// As it is.
    pub raw: u64,
    /// With gzip.
    pub gzip: u64,
    /// With brotli.
    pub brotli: u64,
    /// Its path in the page.
    pub path: String,
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
    let first = fields.next()? == "first";
    let raw = fields.next()?.parse().ok()?;
    let gzip = fields.next()?.parse().ok()?;
    let brotli = fields.next()?.parse().ok()?;
    Some(Size { first, raw, gzip, brotli, path: fields.next()?.to_owned() })
}

/// Bytes of the first load, with brotli.
pub fn first_load(sizes: &[Size]) -> u64 {
    sizes.iter().filter(|size| size.first).map(|size| size.brotli).sum()
}

/// The table for people: each file of the first load, their sum, and the rest as one line.
pub fn table(sizes: &[Size]) -> String {
    let mut text = format!("{:<44}{:>11}{:>11}{:>11}\n", "first load", "raw", "gzip", "brotli");
    let mut row = |name: &str, raw, gzip, brotli| {
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{name:<44}{:>11}{:>11}{:>11}",
            kilobytes(raw),
            kilobytes(gzip),
            kilobytes(brotli)
        );
    };
    let (first, later): (Vec<&Size>, Vec<&Size>) = sizes.iter().partition(|size| size.first);
    for size in &first {
        let name = size.path.splitn(3, '/').last().unwrap_or(&size.path);
        row(name, size.raw, size.gzip, size.brotli);
    }
    let sum = |of: &[&Size], what: fn(&Size) -> u64| of.iter().map(|size| what(size)).sum();
    let total =
        |of: &[&Size]| (sum(of, |size| size.raw), sum(of, |size| size.gzip), sum(of, |size| size.brotli));
    let (raw, gzip, brotli) = total(&first);
    row("together", raw, gzip, brotli);
    let (raw, gzip, brotli) = total(&later);
    row(&format!("later, when needed ({} files)", later.len()), raw, gzip, brotli);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes() -> Vec<Size> {
        let lines = [
            "first\t30\t20\t100\tindex.html",
            "first\t3000\t2000\t1000\tassets/0/app.js",
            "later\t1\t1\t1\ta/b/c",
        ];
        lines.iter().map(|line| parse(line).unwrap()).collect()
    }

    #[test]
    fn only_the_first_load_is_counted() {
        assert_eq!(first_load(&sizes()), 1100);
    }

    #[test]
    fn files_are_named_without_their_folder() {
        let table = table(&sizes());
        let expected = "app.js                                           3.0 KB     2.0 KB     1.0 KB";
        assert!(table.contains(expected), "{table}");
        assert!(table.contains("later, when needed (1 files)"), "{table}");
    }

    #[test]
    fn another_form_is_refused() {
        assert_eq!(parse("first\t1\t2\tindex.html"), None);
    }
}
