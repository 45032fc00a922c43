//! What a form says about a key: its name for people, its unit, its default and what it does.
//!
//! The table is made of `data/fields.tsv`. A row `pool/client-classes` says it for pools alone.

/// What a form says about a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The key, or `list/key` where it means something else in the items of a list.
    pub key: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// The unit of its numbers, such as `s`; empty: none.
    pub unit: &'static str,
    /// What Kea takes where nobody sets it; empty: nothing, or what the help says.
    pub default: &'static str,
    /// What it does, in a sentence or two; `backticks` mark code.
    pub help: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/fields.rs"));

/// What is said about the key at the end of a path; `None`: nothing, so the key itself has to do.
///
/// # Example
/// ```
/// use perch_shared::draft::field;
/// assert_eq!(field("subnet4[0].valid-lifetime").map(|field| field.unit), Some("s"));
/// assert_eq!(field("made-up"), None);
/// ```
pub fn field(path: &str) -> Option<&'static Field> {
    let (object, key) = super::path::split(path);
    let list = object.rsplit('.').next().unwrap_or_default().split('[').next().unwrap_or_default();
    find(&format!("{list}/{key}")).or_else(|| find(key))
}

fn find(key: &str) -> Option<&'static Field> {
    FIELDS.binary_search_by(|field| field.key.cmp(key)).ok().and_then(|index| FIELDS.get(index))
}

#[cfg(test)]
mod tests {
    use super::FIELDS;
    use crate::{Daemon, KeaVersion, schema::Schema};

    #[test]
    fn every_row_is_about_a_key_and_said_once() {
        let versions = [
            KeaVersion::new(2, 2, 0),
            KeaVersion::new(2, 6, 3),
            KeaVersion::new(3, 0, 4),
            KeaVersion::new(3, 3, 1),
        ];
        let all: Vec<Schema> = versions
            .into_iter()
            .flat_map(|version| [Daemon::Dhcp4, Daemon::Dhcp6].map(|daemon| Schema::new(daemon, version)))
            .collect();
        for pair in FIELDS.windows(2) {
            assert!(pair[0].key < pair[1].key, "{}", pair[1].key);
        }
        for field in FIELDS {
            let key = field.key.rsplit('/').next().unwrap();
            let known = all.iter().any(|schema| schema.objects_with(key).next().is_some());
            assert!(known, "Kea has no key `{key}`");
            assert!(!field.label.is_empty(), "{key}");
        }
    }
}
