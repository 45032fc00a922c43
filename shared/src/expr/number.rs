//! Integers as Kea's lexer and parser take them.

/// The value of `-?[0-9]+`, where it fits 64 bits (else Kea's lexer refuses it).
pub(super) fn integer(text: &str) -> Option<i64> {
    text.parse().ok()
}
