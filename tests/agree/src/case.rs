//! One configuration to judge, and the words for verdicts.

use perch_shared::{Family, KeaVersion};
use std::{fmt, str::FromStr};

/// The versions of Kea that are at hand, oldest first.
pub const VERSIONS: [KeaVersion; 3] =
    [KeaVersion::new(2, 2, 0), KeaVersion::new(2, 6, 3), KeaVersion::new(3, 0, 4)];

/// What a case is mainly about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The syntax of the file.
    Json,
    /// A client class's test.
    Expression,
    /// Option definitions.
    OptionDef,
    /// Option values.
    OptionData,
    /// Subnets, shared networks, pools, reservations and lifetimes.
    Scope,
    /// Whole configurations: every key of every object.
    Config,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::Json, Self::Expression, Self::OptionDef, Self::OptionData, Self::Scope, Self::Config];

    /// Its name on the command line and in the tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Expression => "expression",
            Self::OptionDef => "option-def",
            Self::OptionData => "option-data",
            Self::Scope => "scope",
            Self::Config => "config",
        }
    }
}

impl FromStr for Kind {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let known = Self::ALL.into_iter().find(|kind| kind.name() == text);
        known.ok_or_else(|| {
            anyhow::anyhow!("no kind is called {text}; there are {}", Self::ALL.map(Self::name).join(", "))
        })
    }
}

/// Which of Kea's two readers judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reader {
    /// `kea-dhcpN -t FILE`.
    File,
    /// `config-test` over the control channel.
    Api,
}

impl Reader {
    /// Both.
    pub const ALL: [Self; 2] = [Self::File, Self::Api];

    /// Its name on the command line and in the tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Api => "api",
        }
    }
}

/// One configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// What it is mainly about.
    pub kind: Kind,
    /// Whose configuration it is.
    pub family: Family,
    /// The configuration as it would stand in a file.
    pub text: String,
    /// Where it comes from, so that it is found again.
    pub origin: String,
}

/// What a Kea said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It takes the configuration.
    Accepts,
    /// It refuses it, in these words.
    Refuses(String),
    /// It ended, or did not answer in time.
    Crashes(String),
}

impl Verdict {
    /// Whether it takes the configuration.
    pub fn accepts(&self) -> bool {
        *self == Self::Accepts
    }

    /// Its words; empty when it accepts.
    pub fn words(&self) -> &str {
        match self {
            Self::Accepts => "",
            Self::Refuses(words) | Self::Crashes(words) => words,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accepts => f.write_str("accepts"),
            Self::Refuses(words) => write!(f, "refuses: {words}"),
            Self::Crashes(words) => write!(f, "crashes: {words}"),
        }
    }
}
