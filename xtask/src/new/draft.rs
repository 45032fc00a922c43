//! Changes to files of the work tree, kept until all of them are known to fit.

use std::{collections::BTreeMap, fs};

use anyhow::{Context as _, Result, ensure};

use crate::paths;

/// The files that will be written, by path in the work tree.
#[derive(Debug, Default)]
pub struct Draft {
    files: BTreeMap<String, String>,
}

impl Draft {
    /// Adds a file.
    ///
    /// # Errors
    /// When there is one already.
    pub fn create(&mut self, path: &str, text: String) -> Result<()> {
        ensure!(!self.exists(path), "{path} is there already");
        self.files.insert(path.to_owned(), text);
        Ok(())
    }

    /// Whether there is such a file, or will be.
    pub fn exists(&self, path: &str) -> bool {
        self.files.contains_key(path) || paths::root().join(path).exists()
    }

    /// Adds text right after the first occurrence of another.
    ///
    /// # Errors
    /// When that does not occur.
    pub fn insert_after(&mut self, path: &str, anchor: &str, text: &str) -> Result<()> {
        let content = self.content(path)?;
        let at =
            content.find(anchor).with_context(|| format!("{path}: no `{}`", anchor.trim()))? + anchor.len();
        content.insert_str(at, text);
        Ok(())
    }

    /// Adds an item at the end of a file, but before its tests.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn append(&mut self, path: &str, item: &str) -> Result<()> {
        let content = self.content(path)?;
        match content.find("\n#[cfg(test)]\nmod ") {
            Some(tests) => content.insert_str(tests, &format!("\n{item}")),
            None => content.push_str(&format!("\n{item}")),
        }
        Ok(())
    }

    /// Adds a line to the first run of lines that start alike, in its place by order, unless it is there.
    ///
    /// # Errors
    /// When no line starts so.
    pub fn insert_sorted(&mut self, path: &str, is_alike: impl Fn(&str) -> bool, line: &str) -> Result<()> {
        let content = self.content(path)?;
        let mut at = 0;
        let mut place = None;
        for present in content.split_inclusive('\n') {
            if present.trim_end() == line {
                return Ok(());
            }
            match (is_alike(present.trim_end()), place) {
                (true, _) if present.trim_end() < line => place = Some(at + present.len()),
                (true, None) => place = Some(at),
                (true, Some(_)) => break,
                (false, Some(_)) => break,
                (false, None) => {}
            }
            at += present.len();
        }
        let place = place.with_context(|| format!("{path}: no place for `{}`", line.trim()))?;
        content.insert_str(place, &format!("{line}\n"));
        Ok(())
    }

    /// What a file will hold.
    pub fn content(&mut self, path: &str) -> Result<&mut String> {
        if !self.files.contains_key(path) {
            let text = fs::read_to_string(paths::root().join(path)).with_context(|| path.to_owned())?;
            self.files.insert(path.to_owned(), text);
        }
        self.files.get_mut(path).with_context(|| path.to_owned())
    }

    /// Writes everything and returns the paths.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn save(self) -> Result<Vec<String>> {
        for (path, text) in &self.files {
            let place = paths::root().join(path);
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&place, text).with_context(|| path.clone())?;
        }
        Ok(self.files.into_keys().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(before: &str, line: &str) -> String {
        let mut draft = Draft::default();
        draft.create("no/such.rs", before.into()).unwrap();
        draft.insert_sorted("no/such.rs", |line| line.starts_with("mod "), line).unwrap();
        draft.content("no/such.rs").unwrap().clone()
    }

    #[test]
    fn lines_go_where_they_belong() {
        assert_eq!(
            sorted("//! x\n\nmod b;\nmod d;\n\nuse y;\n", "mod a;"),
            "//! x\n\nmod a;\nmod b;\nmod d;\n\nuse y;\n"
        );
        assert_eq!(
            sorted("//! x\n\nmod b;\nmod d;\n\nuse y;\n", "mod c;"),
            "//! x\n\nmod b;\nmod c;\nmod d;\n\nuse y;\n"
        );
        assert_eq!(
            sorted("//! x\n\nmod b;\nmod d;\n\nuse y;\n", "mod e;"),
            "//! x\n\nmod b;\nmod d;\nmod e;\n\nuse y;\n"
        );
        assert_eq!(sorted("mod b;\nmod d;\n", "mod d;"), "mod b;\nmod d;\n");
    }

    #[test]
    fn items_stand_before_the_tests() {
        let mut draft = Draft::default();
        draft.create("no/such.rs", "fn a() {}\n\n#[cfg(test)]\nmod tests {}\n".into()).unwrap();
        draft.append("no/such.rs", "fn b() {}\n").unwrap();
        assert_eq!(
            draft.content("no/such.rs").unwrap(),
            "fn a() {}\n\nfn b() {}\n\n#[cfg(test)]\nmod tests {}\n"
        );
    }

    #[test]
    fn a_missing_place_is_named() {
        let mut draft = Draft::default();
        draft.create("no/such.rs", "//! x\n".into()).unwrap();
        let error = draft.insert_after("no/such.rs", "    Help,\n", "x").unwrap_err();
        assert_eq!(error.to_string(), "no/such.rs: no `Help,`");
        assert!(draft.insert_sorted("no/such.rs", |line| line.starts_with("mod "), "mod a;").is_err());
        assert!(draft.create("no/such.rs", String::new()).is_err());
    }
}
