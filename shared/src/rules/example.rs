//! A configuration that shows a rule. The tests hold every example against real Kea.

use crate::KeaVersion;

/// A whole configuration, and the versions of Kea for which it shows what it shall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// The configuration's text.
    pub text: &'static str,
    /// The first version.
    pub from: KeaVersion,
    /// The first version for which it shows that no more; `None`: it is true of every newer one.
    pub before: Option<KeaVersion>,
}

impl Example {
    /// An example for every supported version.
    pub const fn new(text: &'static str) -> Self {
        Self { text, from: KeaVersion::OLDEST, before: None }
    }

    /// The first version for which it is an example.
    #[must_use]
    pub const fn from(self, major: u16, minor: u16, patch: u16) -> Self {
        Self { from: KeaVersion::new(major, minor, patch), ..self }
    }

    /// The first version for which it is an example no more.
    #[must_use]
    pub const fn before(self, major: u16, minor: u16, patch: u16) -> Self {
        Self { before: Some(KeaVersion::new(major, minor, patch)), ..self }
    }

    /// The versions for which it is tried: those that are compared with real daemons, and newer ones of which Kea's
    /// source is all there is.
    pub fn versions(&self) -> impl Iterator<Item = KeaVersion> {
        let Self { from, before, .. } = *self;
        TRIED
            .into_iter()
            .filter(move |version| *version >= from && before.is_none_or(|before| *version < before))
    }
}

/// One version of each behaviour.
const TRIED: [KeaVersion; 5] = [
    KeaVersion::new(2, 2, 0),
    KeaVersion::new(2, 6, 3),
    KeaVersion::new(3, 0, 4),
    KeaVersion::new(3, 2, 0),
    KeaVersion::new(3, 3, 1),
];
