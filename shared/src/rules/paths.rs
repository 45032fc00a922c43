//! Paths as Kea takes them apart.

/// The directory of a path, when it names one, and the name of its file, without the blanks around the path.
pub(super) fn apart(path: &str) -> (Option<&str>, &str) {
    let path = path.trim_matches([' ', '\t', '\n']);
    match path.rsplit_once('/') {
        Some((directory, name)) => (Some(directory), name),
        None => (None, path),
    }
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn blanks_around_a_path_do_not_count() {
        for (path, parts) in [
            (" a.so\n", (None, "a.so")),
            ("/opt/a ", (Some("/opt"), "a")),
            ("/opt/ ", (Some("/opt"), "")),
            ("\t", (None, "")),
            ("\r", (None, "\r")),
        ] {
            assert_eq!(apart(path), parts, "{path:?}");
        }
    }
}
