//! The files of the work tree, as the checks look at them.

use std::{fs, path::Path};

use anyhow::{Context as _, Result};

use crate::command::{answer, clean};

/// One file.
#[derive(Debug)]
pub struct File {
    /// Its path in the work tree, with slashes.
    pub path: String,
    /// Its content; empty when it is no text.
    pub text: String,
}

impl File {
    /// Whether it is Rust.
    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Whether it is in a folder of this path.
    pub fn is_in(&self, folder: &str) -> bool {
        self.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Its lines with their numbers.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// Its lines of code with their numbers: neither comments nor the tests at its end.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let tests = self.tests_start();
        self.lines()
            .take_while(move |(number, _)| *number < tests)
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The number of the line where the file's tests start: `#[cfg(test)]` before an inline module.
    fn tests_start(&self) -> usize {
        let mut marked = None;
        for (number, line) in self.lines() {
            if line == "#[cfg(test)]" {
                marked = Some(number);
            } else if line.trim_start().starts_with("#[") {
                // Another attribute of the same item.
            } else if let Some(marked) = marked.take()
                && line.contains("mod ")
                && line.ends_with('{')
            {
                return marked;
            }
        }
        usize::MAX
    }
}

/// The work tree.
#[derive(Debug)]
pub struct Tree {
    files: Vec<File>,
    /// Where it is.
    pub root: String,
}

impl Tree {
    /// Reads what git knows or would add.
    ///
    /// # Errors
    /// When the files cannot be listed or read.
    pub fn read(root: &Path) -> Result<Self> {
        let mut git = clean("git");
        git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root);
        let names = answer(&mut git).context("git ls-files failed; tidy looks at what git knows")?;
        let mut files = Vec::new();
        for path in names.split('\0').filter(|name| !name.is_empty()) {
            let place = root.join(path);
            // Git still lists what was removed and not yet committed.
            if place.is_file() {
                let content = fs::read(&place).with_context(|| path.to_owned())?;
                files.push(File {
                    path: path.to_owned(),
                    text: String::from_utf8(content).unwrap_or_default(),
                });
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|a, b| a.path == b.path);
        Ok(Self { files, root: root.display().to_string() })
    }

    /// A tree of these files.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|&(path, text)| File { path: path.into(), text: text.into() }).collect();
        Self { files, root: "/build/perch".into() }
    }

    /// All files, by path.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The Rust files.
    pub fn rust(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.is_rust())
    }

    /// One file.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_neither_comment_nor_test() {
        let text =
            "//! x\nuse a;\n// y\n#[cfg(test)]\nfn helper() {}\n#[cfg(test)]\nmod tests {\n    use b;\n}\n";
        let tree = Tree::of(&[("a.rs", text)]);
        let code: Vec<&str> = tree.files().iter().flat_map(File::code).map(|(_, line)| line).collect();
        assert_eq!(code, ["use a;", "#[cfg(test)]", "fn helper() {}"]);
    }

    #[test]
    fn folders_are_whole_names() {
        let file = File { path: "shared/src/api/mod.rs".into(), text: String::new() };
        assert!(file.is_in("shared/src/api"));
        assert!(!file.is_in("shared/src/ap"));
    }
}
