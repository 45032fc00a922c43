//! Kea's words for what only the running host decides, so that no text alone tells its verdict.

use perch_shared::check::{LIMITS, Limit};

/// What Kea says when it refuses for such a reason, and the key of the [`Limit`].
const WORDS: &[(&str, &str)] = &[
    ("doesn't exist in the system", INTERFACES),
    ("is not present in the system", "subnet.interface, shared-network.interface, subnet.4o6-interface"),
    ("doesn't have address", INTERFACES),
    ("there are no interfaces", INTERFACES),
    ("Can't open include file", "<?include \"file\"?>"),
    ("Expected a file at path", FILES),
    ("Bad directory", FILES),
    ("can't open file", FILES),
    ("hooks libraries failed to validate", HOOKS),
    ("hooks library configuration error: invalid path specified", HOOKS),
];
const INTERFACES: &str = "interfaces-config.interfaces";
const FILES: &str = "authentication.clients: user-file, password-file";
const HOOKS: &str = "hooks-libraries.library";

/// The limit that a refusal's words tell of.
pub fn of(words: &str) -> Option<&'static Limit> {
    let (_, key) = WORDS.iter().find(|(said, _)| words.contains(said))?;
    LIMITS.iter().find(|limit| limit.key == *key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_words_tell_of_a_limit() {
        for (words, key) in WORDS {
            assert_eq!(of(words).map(|limit| limit.key), Some(*key));
        }
    }
}
