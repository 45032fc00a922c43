//! Which keys Kea's objects have, since which version, and what each reader takes as their values.
//!
//! The tables are made of `data/keys.tsv`: one row for each object, key and meaning. `file` is what the grammar
//! of configuration files takes; `kea` is what the parsers take that come behind it and read commands too.

mod kinds;
mod words;

pub(crate) use kinds::{Fault, Type};
pub(crate) use words::nearest;

use crate::{Daemon, KeaVersion};

/// A kind of map in a configuration, such as a subnet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Object(u8);

/// What one key is in one kind of object.
#[derive(Debug)]
pub(crate) struct Row {
    object: Object,
    key: u16,
    /// Which daemons have it: a bit for each.
    daemons: u8,
    /// How many of [`VERSIONS`] must have passed.
    since: u8,
    /// How many must not have passed.
    before: u8,
    /// What the grammar of files takes; none: the key is not in it.
    pub(crate) file: Type,
    /// What the parsers take that read commands too.
    pub(crate) kea: Type,
    /// Whether those parsers look at it in some configurations only, such as where a subnet inherits it.
    pub(crate) at_times: bool,
    child: Object,
    /// 1: the reader of files demands it; 2: both do.
    needed: u8,
    now: u8,
}

include!(concat!(env!("OUT_DIR"), "/keys.rs"));

/// The keys as one daemon of one version has them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Schema {
    daemon: u8,
    rank: u8,
}

impl Schema {
    /// The keys of a daemon.
    pub(crate) fn new(daemon: Daemon, version: KeaVersion) -> Self {
        let version = (version.major, version.minor, version.patch);
        let rank = VERSIONS.iter().filter(|known| **known <= version).count();
        let daemon = match daemon {
            Daemon::Dhcp4 => 1,
            Daemon::Dhcp6 => 2,
            Daemon::ControlAgent => 4,
            Daemon::Ddns => 8,
            Daemon::Netconf => 16,
        };
        Self { daemon, rank: u8::try_from(rank).unwrap_or(u8::MAX) }
    }

    /// What a key is, when this daemon's files may have it.
    pub(crate) fn key(self, object: Object, key: &str) -> Option<&'static Row> {
        self.any(object, key).filter(|row| !row.file.is_none())
    }

    /// What both readers take as the value of a key that the object does not have.
    pub(crate) fn unknown(self, object: Object, key: &str) -> (Type, Type) {
        let row = self.any(object, key).or_else(|| self.any(object, "*"));
        row.map_or((Type::NONE, Type::ANY), |row| (row.file, row.kea))
    }

    fn any(self, object: Object, key: &str) -> Option<&'static Row> {
        rows(object, key).find(|row| self.has(row))
    }

    fn has(self, row: &Row) -> bool {
        row.daemons & self.daemon != 0 && row.since <= self.rank && self.rank < row.before
    }

    /// What a key is in other versions of this daemon.
    pub(crate) fn elsewhen(self, object: Object, key: &str) -> impl Iterator<Item = &'static Row> {
        rows(object, key).filter(move |row| row.daemons & self.daemon != 0 && !row.file.is_none())
    }

    /// Whether a row is of a version that is still to come.
    pub(crate) fn is_coming(self, row: &Row) -> bool {
        self.rank < row.since
    }

    /// The rows of an object that this daemon has.
    pub(crate) fn rows(self, object: Object) -> impl Iterator<Item = &'static Row> {
        let from = ROWS.partition_point(|row| row.object.0 < object.0);
        let of = ROWS.iter().skip(from).take_while(move |row| row.object == object);
        of.filter(move |row| self.has(row) && !row.file.is_none() && row.key() != "*")
    }

    /// The object that a key of an object holds, or a list of them, in any version of any daemon.
    pub(crate) fn child_of(object: Object, key: &str) -> Option<Object> {
        rows(object, key).find_map(Row::child)
    }

    /// The objects that have a key, for this daemon.
    pub(crate) fn objects_with(self, key: &str) -> impl Iterator<Item = Object> {
        let number = KEYS.binary_search(&key).ok().and_then(|number| u16::try_from(number).ok());
        let rows = number.into_iter().flat_map(|number| ROWS.iter().filter(move |row| row.key == number));
        rows.filter(move |row| self.has(row) && !row.file.is_none()).map(|row| row.object)
    }
}

impl Row {
    /// The key.
    pub(crate) fn key(&self) -> &'static str {
        KEYS.get(usize::from(self.key)).copied().unwrap_or_default()
    }

    /// The object that is the value or an item of it.
    pub(crate) fn child(&self) -> Option<Object> {
        (self.child.0 != 0).then_some(self.child)
    }

    /// Whether the object must have it: for the reader of files, and for that of commands.
    pub(crate) fn is_needed(&self) -> (bool, bool) {
        (self.needed > 0, self.needed > 1)
    }

    /// What took its place; empty: nothing did.
    pub(crate) fn now(&self) -> &'static str {
        NOW.get(usize::from(self.now)).copied().unwrap_or_default()
    }

    /// The first version that has it.
    pub(crate) fn since(&self) -> Option<KeaVersion> {
        numbered(self.since)
    }

    /// The first version that has it no more.
    pub(crate) fn before(&self) -> Option<KeaVersion> {
        numbered(self.before)
    }
}

fn numbered(rank: u8) -> Option<KeaVersion> {
    let (major, minor, patch) = VERSIONS.get(usize::from(rank).checked_sub(1)?)?;
    Some(KeaVersion::new(*major, *minor, *patch))
}

impl Object {
    /// Its name in the data, such as `shared-network`.
    pub(crate) fn name(self) -> &'static str {
        usize::from(self.0).checked_sub(1).and_then(|index| OBJECTS.get(index)).copied().unwrap_or_default()
    }

    /// What it is called in a sentence, such as `a shared network`.
    pub(crate) fn phrase(self) -> String {
        match self {
            Self::GLOBAL | Self::CONTROL_AGENT | Self::DDNS_SERVER | Self::NETCONF => {
                "the global level".to_owned()
            }
            Self::SHARED_NETWORK => "a shared network".to_owned(),
            Self::CLIENT_CLASS => "a client class".to_owned(),
            Self::HOOKS_LIBRARY => "an entry of `hooks-libraries`".to_owned(),
            Self::HOSTS_DATABASE => "a hosts database".to_owned(),
            Self::CONFIG_DATABASE => "an entry of `config-databases`".to_owned(),
            Self::LOGGER_OUTPUT => "an entry of `output-options`".to_owned(),
            Self::AUTHENTICATION_CLIENT => "an entry of `clients`".to_owned(),
            Self::HTTP_HEADER => "an entry of `http-headers`".to_owned(),
            Self::CONTROL_SOCKET | Self::AGENT_SOCKET | Self::NETCONF_SOCKET => "a control socket".to_owned(),
            Self::SUBNET | Self::POOL | Self::RESERVATION | Self::LOGGER | Self::PD_POOL => {
                format!("a {}", self.name())
            }
            _ => format!("`{}`", self.name()),
        }
    }
}

/// The hash of a key in an object; the tables are laid out by the same function. It looks at both ends and at the middle
/// of the key: the keys of an object differ there.
fn hash(object: Object, key: &str) -> u64 {
    let bytes = key.as_bytes();
    let middle = bytes.get(bytes.len() / 2..).unwrap_or_default();
    let (first, last) = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => (bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)), 0),
    };
    let inside = middle.first().map_or(0, |byte| u64::from(*byte)) << 8 | u64::from(object.0);
    let mixed = (first ^ last.rotate_left(23) ^ inside.rotate_left(47)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed >> 32
}

/// All rows of a key in an object.
fn rows(object: Object, key: &str) -> impl Iterator<Item = &'static Row> {
    let first = first_row(object, key);
    let number = first.first().map_or(u16::MAX, |row| row.key);
    first.iter().take_while(move |row| row.object == object && row.key == number)
}

/// The rows from the first one of a key in an object on.
fn first_row(object: Object, key: &str) -> &'static [Row] {
    let size = SLOTS.len();
    let mut slot = usize::try_from(hash(object, key)).unwrap_or_default() % size;
    loop {
        let first = SLOTS.get(slot).copied().map(usize::from).unwrap_or_default();
        let Some(rows) = first.checked_sub(1).and_then(|first| ROWS.get(first..)) else { return &[] };
        if rows.first().is_some_and(|row| row.object == object && row.key() == key) {
            return rows;
        }
        slot = (slot + 1) % size;
    }
}

#[cfg(test)]
mod tests;
