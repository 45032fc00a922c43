//! Rules about the keys of DNS updates.

mod clear_text;
mod digest_bits;
mod duplicate;
mod secret;

pub(super) const RULES: &[super::Rule] =
    &[clear_text::RULE, digest_bits::RULE, duplicate::RULE, secret::RULE];

use super::{Findings, Plain};

/// What these rules find.
pub(super) fn inspect(ddns: Plain<'_>, out: &mut Findings) {
    clear_text::inspect(ddns, out);
    digest_bits::inspect(ddns, out);
    duplicate::inspect(ddns, out);
    secret::inspect(ddns, out);
}
