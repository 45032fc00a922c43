//! What holds for the text of every file, whatever its language.

use super::{
    Finding,
    tree::{File, Tree},
};

/// Kinds of files that people write.
const KINDS: [&str; 12] =
    [".rs", ".toml", ".md", ".css", ".html", ".js", ".json", ".sh", ".svg", ".in", ".yml", "run"];

/// Reads every file line by line.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files().iter().filter(|file| KINDS.iter().any(|kind| file.path.ends_with(kind))) {
        if file.is_rust() && !file.text.starts_with("//! ") {
            let remedy = "Open the file with one `//!` sentence that says what is here.";
            findings.push(Finding::new(
                &file.path,
                1,
                "file-doc",
                "the file does not say what it is",
                remedy,
            ));
        }
        if !file.text.is_empty() && !file.text.ends_with('\n') {
            let last = file.text.lines().count();
            findings.push(Finding::new(
                &file.path,
                last,
                "last-line",
                "no line break at the end",
                "Add one.",
            ));
        }
        for (number, line) in file.lines() {
            findings.extend(white_space(file, number, line));
            findings.extend(promise(file, number, line));
            findings.extend(machine(file, number, line, &tree.root));
        }
    }
    findings
}

/// Blanks that nobody sees.
fn white_space(file: &File, number: usize, line: &str) -> Option<Finding> {
    if line.ends_with([' ', '\t', '\r']) {
        return Some(Finding::new(&file.path, number, "trailing-blank", "blanks at the end", "Remove them."));
    }
    line.contains('\t')
        .then(|| Finding::new(&file.path, number, "tab", "a tab", "Write blanks, or \\t in a string."))
}

/// A promise without an issue is forgotten.
fn promise(file: &File, number: usize, line: &str) -> Option<Finding> {
    for word in [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")] {
        let Some((before, after)) = line.split_once(word) else { continue };
        let alone = !before.ends_with(is_letter) && !after.starts_with(is_letter);
        let issue = after
            .strip_prefix("(#")
            .is_some_and(|rest| rest.starts_with(|digit: char| digit.is_ascii_digit()));
        if alone && !issue {
            let remedy = format!("Open an issue and write {word}(#its number), or do it now.");
            return Some(Finding::new(
                &file.path,
                number,
                "promise",
                format!("{word} without an issue"),
                remedy,
            ));
        }
    }
    None
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Names that are true on one machine only.
fn machine(file: &File, number: usize, line: &str, root: &str) -> Option<Finding> {
    let homes = [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/Use", "rs/")];
    let path = homes
        .iter()
        .find(|home| line.contains(*home))
        .copied()
        .or_else(|| line.contains(root).then_some(root));
    if let Some(path) = path {
        let remedy = "Say where it is relative to the work tree, or read it from the environment.";
        return Some(Finding::new(
            &file.path,
            number,
            "machine-path",
            format!("a path of one machine: {path}"),
            remedy,
        ));
    }
    let (_, rest) = line.split_once("://")?;
    let host = rest.split(['/', '"', ' ', ':', ')', '>']).next().unwrap_or_default();
    let starts =
        ["deb.", "ftp.", "registry.", "mirror.", "mirrors.", "archive.", "index.crates.", "static.crates."];
    (starts.iter().any(|start| host.starts_with(start)) || host.contains(".mirror")).then(|| {
        let remedy = "Take the address from the machine's own settings: people use different mirrors.";
        Finding::new(
            &file.path,
            number,
            "mirror-name",
            format!("the name of a package mirror: {host}"),
            remedy,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::found;

    #[test]
    fn every_file_says_what_it_is() {
        assert_eq!(found(check, "a/src/x.rs", "//! Says it.\n"), []);
        assert_eq!(found(check, "a/src/x.rs", "use a;\n"), [(1, "file-doc")]);
        assert_eq!(found(check, "a.md", "Text\n"), []);
    }

    #[test]
    fn blanks_are_found() {
        assert_eq!(found(check, "a.md", "one \ntwo\n"), [(1, "trailing-blank")]);
        assert_eq!(found(check, "a.css", "a\tb\n"), [(1, "tab")]);
        assert_eq!(found(check, "a.css", "a"), [(1, "last-line")]);
    }

    #[test]
    fn promises_need_an_issue() {
        let word = concat!("TO", "DO");
        assert_eq!(found(check, "a.md", &format!("{word}(#12): x\n")), []);
        assert_eq!(found(check, "a.md", &format!("{word}: x\n")), [(1, "promise")]);
        assert_eq!(found(check, "a.md", &format!("not_a_{word}_word\n")), []);
    }

    #[test]
    fn one_machines_names_are_found() {
        let home = concat!("/ho", "me/me/x\n");
        assert_eq!(found(check, "a.md", home), [(1, "machine-path")]);
        assert_eq!(found(check, "a.md", "see /build/perch/x\n"), [(1, "machine-path")]);
        let mirror = concat!("deb https://de", "b.example.org/debian\n");
        assert_eq!(found(check, "a.md", mirror), [(1, "mirror-name")]);
        assert_eq!(found(check, "a.md", "https://kea.readthedocs.io/x\n"), []);
    }
}
