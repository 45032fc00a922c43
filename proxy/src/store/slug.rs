//! Ids from names.

use perch_shared::api::ServerId;

const LONGEST: usize = 64;
/// No server's id: the page has its form for a new server at that address.
const RESERVED: &str = "new";

/// An id for a name: its letters and digits in lower case, `-` for the rest, and a number where it is taken.
pub fn id_for(name: &str, is_taken: impl Fn(&ServerId) -> bool) -> Option<ServerId> {
    let slug = slug(name);
    (1..)
        .map(|number| numbered(&slug, number))
        .filter_map(|text| ServerId::new(text).ok())
        .find(|id| id.as_str() != RESERVED && !is_taken(id))
}

fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(LONGEST);
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "server".to_owned() } else { slug.to_owned() }
}

fn numbered(slug: &str, number: u32) -> String {
    if number == 1 {
        return slug.to_owned();
    }
    let suffix = format!("-{number}");
    let mut slug = slug.to_owned();
    slug.truncate(LONGEST - suffix.len());
    format!("{}{suffix}", slug.trim_end_matches('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        let (long, longest) = ("x".repeat(80), "x".repeat(64));
        for (name, id) in [
            ("Branch Office #2", "branch-office-2"),
            ("kea.example.org:8000", "kea-example-org-8000"),
            ("  --  ", "server"),
            ("東京", "server"),
            ("New", "new-2"),
            ("Zürich", "z-rich"),
            (&long, &longest),
        ] {
            assert_eq!(id_for(name, |_| false).unwrap().as_str(), id, "{name}");
        }
    }

    #[test]
    fn taken_ids_get_a_number_and_stay_within_the_limit() {
        let taken = ["a", "a-2"];
        assert_eq!(id_for("A", |id| taken.contains(&id.as_str())).unwrap().as_str(), "a-3");
        let long = "x".repeat(64);
        let id = id_for(&long, |id| id.as_str() == long).unwrap();
        assert_eq!((id.as_str().len(), id.as_str().ends_with("x-2")), (64, true));
    }
}
