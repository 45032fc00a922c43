//! For whom an expression is checked.

use crate::{Family, KeaVersion, option::Definitions};
use std::{borrow::Cow, collections::BTreeSet};

/// What an expression is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// A class's `test`: a condition.
    Test,
    /// A class's `template-test`: a string, the name of the class that the packet gets.
    TemplateTest,
    /// A string anywhere else: flex-id's `identifier-expression`, flex-option's `add`, `supersede`, DDNS tuning's
    /// `hostname-expr` …
    Value,
}

/// What the check of an expression must know.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The standard definitions of a daemon's version, and its own.
    pub definitions: &'a Definitions,
    /// What the expression is for.
    pub purpose: Purpose,
    /// The classes that are defined before; `None`: nothing is known of them, and every name is good.
    pub classes: Option<&'a BTreeSet<Cow<'a, str>>>,
    /// Whether to look for the known name that was meant by an unknown one. That takes time, and of a hundred such
    /// findings nobody wants to know it.
    pub suggests: bool,
}

impl<'a> Context<'a> {
    /// A context in which every class is good.
    pub fn new(definitions: &'a Definitions, purpose: Purpose) -> Self {
        Self { definitions, purpose, classes: None, suggests: true }
    }

    /// The daemon's family.
    pub fn family(&self) -> Family {
        self.definitions.family
    }

    /// The daemon's version.
    pub fn version(&self) -> KeaVersion {
        self.definitions.version
    }

    /// Whether `member()` may name the class here.
    pub(super) fn knows_class(&self, name: &str) -> bool {
        self.purpose != Purpose::Test
            || is_built_in(name)
            || self.classes.is_none_or(|classes| classes.contains(name))
    }
}

/// Classes that Kea knows without a definition.
/// Source: <https://kea.readthedocs.io/en/kea-3.0.0/arm/classify.html#built-in-client-classes>
pub const BUILT_IN: [&str; 4] = ["ALL", "KNOWN", "UNKNOWN", "BOOTP"];

/// What classes begin with that Kea or its hooks make; at least one character follows.
pub const BUILT_IN_PREFIXES: [&str; 4] = ["VENDOR_CLASS_", "HA_", "AFTER_", "EXTERNAL_"];

/// Whether Kea knows a class without a definition.
pub fn is_built_in(name: &str) -> bool {
    BUILT_IN.contains(&name)
        || BUILT_IN_PREFIXES.iter().any(|prefix| name.len() > prefix.len() && name.starts_with(prefix))
}
