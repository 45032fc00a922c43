//! What the page and its worker say to each other.

use perch_shared::{Daemon, Family, KeaVersion, diagnostic::Severity};
use serde::{Deserialize, Serialize};

/// What the text is, and for which Kea it is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// What the text is.
    pub subject: Subject,
    /// The Kea.
    pub version: KeaVersion,
    /// For an expression: a configuration with the option definitions and the classes that it may name; empty: any.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub around: String,
}

impl Settings {
    /// A text by itself.
    pub fn new(subject: Subject, version: KeaVersion) -> Self {
        Self { subject, version, around: String::new() }
    }
}

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// A whole configuration; its family is found in it.
    Configuration,
    /// One class expression, as in a class's `test`.
    Expression(Family),
    /// One class expression, as in a class's `template-test`.
    Template(Family),
}

/// What was found in the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// What there is to say about the whole text.
    pub summary: Summary,
    /// The findings in the order of the text: of many, the worst.
    pub findings: Vec<Finding>,
}

/// What there is to say about a whole text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Summary {
    /// Whose configuration it is; `None`: nobody's.
    pub daemon: Option<Daemon>,
    /// What Kea's two readers say; `None`: there is nothing to read.
    pub verdict: Option<Verdict>,
    /// How many errors, warnings and hints there are, also those that are not listed.
    pub counts: [usize; 3],
    /// How many of them can be mended.
    pub fixable: usize,
    /// What the verdict is given without, because only Kea's host knows it.
    pub limits: Vec<LimitText>,
}

/// Something that only Kea's host knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitText {
    /// The key that it is about.
    pub key: String,
    /// Which part of Kea's verdict is not given.
    pub unknown: String,
    /// Why not, and what is assumed instead.
    pub reason: String,
    /// The rules that speak about the same key.
    pub rules: Vec<String>,
}

/// What Kea's two readers say: whether each accepts the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The daemon's own reading of a file.
    pub file: bool,
    /// `config-test` over the control channel.
    pub api: bool,
}

/// A finding with its places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Where it is.
    pub place: Place,
    /// Where it is, as a path of keys; may be empty.
    pub path: String,
    /// Whether the file's reader and the commands' reader refuse it.
    pub refused_by: [bool; 2],
    /// Other places that it is about, and what is there.
    pub related: Vec<(String, Place)>,
    /// What mends it.
    pub fix: Option<Fix>,
    /// Whether its rule has a page.
    pub explained: bool,
}

/// A place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Place {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// The line on which it begins, from 1.
    pub line: usize,
    /// The column on that line, from 1.
    pub column: usize,
}

/// A change of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Where it begins.
    pub from: usize,
    /// The end of what goes.
    pub to: usize,
    /// What comes instead.
    pub text: String,
}

/// Changes that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What it does, as an imperative.
    pub title: String,
    /// The changes, in the order of the text.
    pub changes: Vec<Change>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ask {
    /// What every fix that does not touch another one would change.
    FixAll,
    /// All rules.
    Rules,
    /// What only Kea's host knows.
    Limits,
    /// Configurations to begin with.
    Examples,
    /// What can be put at a place of the text.
    Complete(usize),
    /// What there is to say about a place of the text.
    Hover(usize),
    /// What a packet is.
    Packet(PacketText),
    /// What the expression makes of a packet.
    Trace(PacketText),
    /// The packets in a capture file, whose bytes come with the question.
    Capture,
    /// A packet made of fields.
    Build(PacketFields),
}

/// Its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// Changes of the text, in its order.
    Changes(Vec<Change>),
    /// Rules, by code.
    Rules(Vec<RuleText>),
    /// All of it.
    Limits(Vec<LimitText>),
    /// Configurations: their title, what they show, their text.
    Examples(Vec<(String, String, String)>),
    /// What can be put there; `None`: nothing.
    Offer(Option<Offer>),
    /// What there is to say; `None`: nothing.
    Hover(Option<HoverText>),
    /// What a packet is, or why it is none.
    Packet(Result<PacketInfo, String>),
    /// What the expression makes of a packet, or why it cannot be said.
    Trace(Result<Trace, String>),
    /// Packets, or why there are none.
    Captured(Result<Vec<CapturedPacket>, String>),
    /// A packet's bytes in hexadecimal digits, or why the fields make none.
    Built(Result<String, String>),
}

/// What can be put at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The text that is replaced.
    pub place: Place,
    /// The proposals, the best first.
    pub items: Vec<OfferItem>,
}

/// One proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferItem {
    /// What is shown.
    pub label: String,
    /// What it is, in a few words.
    pub detail: String,
    /// What is put into the text.
    pub insert: String,
}

/// What there is to say about a part of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoverText {
    /// The part.
    pub place: Place,
    /// The words; `backticks` mark code.
    pub text: String,
}

/// A packet as somebody entered it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PacketText {
    /// Its bytes in any usual spelling of hexadecimal digits.
    pub hex: String,
    /// The interface that it came in on.
    pub interface: String,
    /// Where it came from; empty: unspecified.
    pub source: String,
    /// Where it was sent to; empty: unspecified.
    pub destination: String,
    /// Classes that it is in already, with commas between.
    pub classes: String,
    /// Whether the client has a reservation.
    pub known: bool,
}

/// What a packet is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PacketInfo {
    /// In one line.
    pub summary: String,
    /// Every field and option, one a line.
    pub description: String,
}

/// A packet in a capture file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapturedPacket {
    /// The frame's number, from 1.
    pub number: usize,
    /// Its family.
    pub family: Family,
    /// In one line.
    pub summary: String,
    /// The packet.
    pub packet: PacketText,
}

/// The fields of a packet that is made here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PacketFields {
    /// The message type's number.
    pub message_type: u8,
    /// The client's hardware address; in DHCPv6 its DUID is made of it.
    pub hardware: String,
    /// The relay's address; empty: none.
    pub relay: String,
    /// Options: a name or a code, and a value.
    pub options: Vec<(String, String)>,
}

/// What an expression makes of a packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// Whether the packet matches; `None`: the expression is no condition, or cannot be evaluated.
    pub matches: Option<bool>,
    /// The result in words.
    pub outcome: String,
    /// Why it is so; may be empty.
    pub why: String,
    /// The parts of the expression, each after the one that it belongs to.
    pub steps: Vec<Step>,
}

/// One part of an expression.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// How deep it lies.
    pub depth: usize,
    /// Where it stands.
    pub place: Place,
    /// Its text.
    pub source: String,
    /// What it is for this packet.
    pub value: String,
    /// `Some`: it is a condition, and this is whether it holds.
    pub holds: Option<bool>,
    /// Whether Kea does not come to it.
    pub skipped: bool,
    /// What is worth knowing about it.
    pub note: String,
}

/// The message types that a packet can be made with: their numbers and names.
/// Sources: RFC 2132, section 9.6; RFC 8415, section 7.3.
pub const fn message_types(family: Family) -> &'static [(u8, &'static str)] {
    match family {
        Family::V4 => &[
            (1, "DHCPDISCOVER"),
            (3, "DHCPREQUEST"),
            (4, "DHCPDECLINE"),
            (7, "DHCPRELEASE"),
            (8, "DHCPINFORM"),
        ],
        Family::V6 => &[
            (1, "SOLICIT"),
            (3, "REQUEST"),
            (4, "CONFIRM"),
            (5, "RENEW"),
            (6, "REBIND"),
            (8, "RELEASE"),
            (9, "DECLINE"),
            (11, "INFORMATION-REQUEST"),
        ],
    }
}

/// What a rule says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleText {
    /// Its name.
    pub code: String,
    /// How bad its findings are.
    pub severity: Severity,
    /// The page of Kea's manual that it is about.
    pub arm: String,
    /// What it finds and why that matters, in Markdown.
    pub explain: String,
    /// Configurations in which it finds something.
    pub bad: Vec<Example>,
    /// Configurations like them in which it finds nothing.
    pub good: Vec<Example>,
}

/// A configuration that shows a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// Its text.
    pub text: String,
    /// The first Kea for which it shows the rule.
    pub from: KeaVersion,
    /// The first Kea for which it does so no more.
    pub before: Option<KeaVersion>,
}
