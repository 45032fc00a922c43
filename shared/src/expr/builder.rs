//! The common conditions of classes as a list to choose from: written as an expression, and read back from what was
//! written that way.

use super::{Kind, Operator, Parsed, parse, print::print_node};
use crate::Family;

/// What a condition looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The vendor class begins with a text: option 60, in DHCPv6 the data of option 16.
    VendorClass,
    /// The user class is a text: option 77, in DHCPv6 option 15.
    UserClass,
    /// The hardware address begins with bytes; in DHCPv6 the client's DUID ends with them.
    Hardware,
    /// What the relay calls the port is a text or bytes: Circuit ID, in DHCPv6 Interface-ID.
    Circuit,
    /// What the relay calls the client is a text or bytes: Remote ID.
    Remote,
    /// An option is there, by code or name.
    Exists,
    /// The client is in another class.
    Member,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What it looks at.
    pub subject: Subject,
    /// What it wants to see there: a text, bytes such as `0x0a0b` or `00:1a:2b`, a code, or a name.
    pub value: String,
    /// Whether it holds where the other does not.
    pub not: bool,
}

/// Conditions that are joined by one word.
///
/// # Example
/// ```
/// use perch_shared::{Family, expr::Built};
/// let text = "substring(option[60].hex, 0, 9) == 'PXEClient' and not member('known-phones')";
/// let built = Built::read(text, Family::V4).unwrap();
/// assert_eq!(built.conditions[1].value, "known-phones");
/// assert_eq!(built.write(Family::V4), text);
/// assert_eq!(Built::read("option[60].hex == concat('a', 'b')", Family::V4), None);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Built {
    /// Whether one of the conditions is enough.
    pub any: bool,
    /// The conditions.
    pub conditions: Vec<Condition>,
}

impl Subject {
    /// Every subject.
    pub const ALL: [Self; 7] = [
        Self::VendorClass,
        Self::UserClass,
        Self::Hardware,
        Self::Circuit,
        Self::Remote,
        Self::Exists,
        Self::Member,
    ];

    /// Its name in a list of choices.
    pub const fn id(self) -> &'static str {
        match self {
            Self::VendorClass => "vendor-class",
            Self::UserClass => "user-class",
            Self::Hardware => "hardware",
            Self::Circuit => "circuit",
            Self::Remote => "remote",
            Self::Exists => "exists",
            Self::Member => "member",
        }
    }

    /// The subject of a name.
    pub fn by_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.id() == id)
    }

    /// The condition in words, as far as its value.
    pub const fn words(self, family: Family) -> &'static str {
        match (self, family) {
            (Self::VendorClass, _) => "Vendor class begins with",
            (Self::UserClass, Family::V4) => "User class is",
            (Self::UserClass, Family::V6) => "User class contains",
            (Self::Hardware, Family::V4) => "MAC address begins with",
            (Self::Hardware, Family::V6) => "DUID begins with",
            (Self::Circuit, Family::V4) => "Relay's circuit ID is",
            (Self::Circuit, Family::V6) => "Relay's interface ID is",
            (Self::Remote, _) => "Relay's remote ID is",
            (Self::Exists, _) => "Option is sent",
            (Self::Member, _) => "Client is in class",
        }
    }

    /// An example of a value.
    pub const fn example(self, family: Family) -> &'static str {
        match (self, family) {
            (Self::VendorClass, _) => "PXEClient",
            (Self::UserClass, _) => "iPXE",
            (Self::Hardware, Family::V4) => "00:1a:2b",
            (Self::Hardware, Family::V6) => "00:03:00:01",
            (Self::Circuit, _) => "port-7, or 0x0006",
            (Self::Remote, _) => "switch-2, or 0x0a0b",
            (Self::Exists, _) => "name or code",
            (Self::Member, _) => "voip",
        }
    }

    /// What stands before its value, and behind it.
    const fn frame(self, family: Family) -> (&'static str, &'static str) {
        match (self, family) {
            (Self::VendorClass, Family::V4) => ("option[60].hex", "=="),
            (Self::VendorClass, Family::V6) => ("vendor-class[*].data", "=="),
            (Self::UserClass, Family::V4) => ("option[77].hex == ", ""),
            (Self::UserClass, Family::V6) => ("option[15].hex", ""),
            (Self::Hardware, Family::V4) => ("pkt4.mac", "=="),
            (Self::Hardware, Family::V6) => ("option[1].hex", "=="),
            (Self::Circuit, Family::V4) => ("relay4[1].hex == ", ""),
            (Self::Circuit, Family::V6) => ("relay6[0].option[18].hex == ", ""),
            (Self::Remote, Family::V4) => ("relay4[2].hex == ", ""),
            (Self::Remote, Family::V6) => ("relay6[0].option[37].hex == ", ""),
            (Self::Exists, _) => ("option[", "].exists"),
            (Self::Member, _) => ("member('", "')"),
        }
    }

    /// Whether the value stands at the beginning of what is looked at.
    const fn is_beginning(self) -> bool {
        matches!(self, Self::VendorClass | Self::Hardware)
    }
}

impl Condition {
    /// A condition without a value.
    pub const fn new(subject: Subject) -> Self {
        Self { subject, value: String::new(), not: false }
    }

    /// The condition as an expression.
    pub fn write(&self, family: Family) -> String {
        let (before, behind) = self.subject.frame(family);
        let value = self.value.trim();
        let text = match self.subject {
            Subject::Exists | Subject::Member => format!("{before}{value}{behind}"),
            // A length and the text, one after the other (RFC 8415, section 21.15).
            Subject::UserClass if family == Family::V6 => {
                format!("substring(option[15].hex, 2, {}) == {}", length(value), literal(value, false))
            }
            Subject::Hardware => {
                format!("substring({before}, 0, {}) == {}", length_of_bytes(value), literal(value, true))
            }
            _ if self.subject.is_beginning() => {
                format!("substring({before}, 0, {}) == {}", length(value), literal(value, false))
            }
            _ => format!("{before}{}", literal(value, false)),
        };
        if self.not { format!("not {text}") } else { text }
    }

    /// The condition that is written so; `None`: none is.
    fn read(text: &str, family: Family) -> Option<Self> {
        let (not, inner) = match text.strip_prefix("not ") {
            Some(inner) => (true, inner),
            None => (false, text),
        };
        let value = match inner.rsplit_once(" == ") {
            Some((_, literal)) => value_of(literal)?,
            None => {
                let named = |subject: Subject| {
                    let (before, behind) = subject.frame(family);
                    inner.strip_prefix(before)?.strip_suffix(behind)
                };
                named(Subject::Exists).or_else(|| named(Subject::Member))?.to_owned()
            }
        };
        let spelled = [value.clone(), colons(&value)];
        let all = Subject::ALL
            .into_iter()
            .flat_map(|subject| spelled.clone().map(|value| Self { subject, value, not }));
        // Bytes are shown with colons where that is how people write them.
        let mut fitting = all.filter(|condition| condition.write(family) == text);
        let first = fitting.next()?;
        let second = fitting.find(|other| other.subject == first.subject);
        Some(match (first.subject, second) {
            (Subject::Hardware, Some(second)) => second,
            _ => first,
        })
    }
}

impl Built {
    /// The expression. A condition whose value is not there yet is left out.
    pub fn write(&self, family: Family) -> String {
        let whole = self.conditions.iter().filter(|condition| !condition.value.trim().is_empty());
        let parts: Vec<String> = whole.map(|condition| condition.write(family)).collect();
        parts.join(if self.any { " or " } else { " and " })
    }

    /// Changes one condition, where there is one at this place.
    pub fn edit(&mut self, index: usize, change: impl FnOnce(&mut Condition)) {
        if let Some(condition) = self.conditions.get_mut(index) {
            change(condition);
        }
    }

    /// Takes one condition out.
    pub fn remove(&mut self, index: usize) {
        if index < self.conditions.len() {
            self.conditions.remove(index);
        }
    }

    /// What an expression says in conditions of the list; `None`: it says something else. An empty text has none.
    pub fn read(text: &str, family: Family) -> Option<Self> {
        if text.trim().is_empty() {
            return Some(Self::default());
        }
        let parsed = parse(text);
        if !parsed.problems().is_empty() {
            return None;
        }
        let (any, parts) = split(&parsed)?;
        let conditions =
            parts.iter().map(|part| Condition::read(part, family)).collect::<Option<Vec<_>>>()?;
        let built = Self { any, conditions };
        (parse_print(&built.write(family)) == parse_print(text)).then_some(built)
    }
}

fn parse_print(text: &str) -> String {
    super::print(&parse(text))
}

/// The operands of the one word that joins the parts of an expression; whether it is `or`.
fn split(parsed: &Parsed<'_>) -> Option<(bool, Vec<String>)> {
    let root = parsed.inside(parsed.root()?);
    let joined = |id| match parsed.node(id).map(|node| node.kind) {
        Some(Kind::Binary(operator @ (Operator::And | Operator::Or))) => Some(operator),
        _ => None,
    };
    let Some(word) = joined(root) else { return Some((false, vec![print_node(parsed, root)])) };
    let mut parts = Vec::new();
    let mut todo = vec![root];
    while let Some(id) = todo.pop() {
        let id = parsed.inside(id);
        match joined(id) {
            Some(operator) if operator == word => {
                let (left, right) = parsed.operands(id)?;
                todo.extend([right, left]);
            }
            Some(_) => return None,
            None => parts.push(print_node(parsed, id)),
        }
    }
    Some((word == Operator::Or, parts))
}

/// Bytes in hexadecimal digits, with or without something between them; `None`: the text is none such.
fn digits(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|letter| !matches!(letter, ':' | '-' | '.' | ' ')).collect();
    let plain = plain.strip_prefix("0x").map(str::to_owned).unwrap_or(plain);
    (!plain.is_empty() && plain.chars().all(|letter| letter.is_ascii_hexdigit()))
        .then(|| plain.to_ascii_lowercase())
}

/// The value as an expression has it: bytes where they are written so, otherwise text.
fn literal(value: &str, bytes: bool) -> String {
    match digits(value) {
        Some(digits) if bytes || value.starts_with("0x") => format!("0x{digits}"),
        _ => format!("'{value}'"),
    }
}

fn length(value: &str) -> usize {
    if value.starts_with("0x") { length_of_bytes(value) } else { value.len() }
}

fn length_of_bytes(value: &str) -> usize {
    digits(value).map_or(value.len(), |digits| digits.len().div_ceil(2))
}

/// The value that a literal stands for.
fn value_of(literal: &str) -> Option<String> {
    if literal.starts_with("0x") {
        return Some(literal.to_owned());
    }
    Some(literal.strip_prefix('\'')?.strip_suffix('\'')?.to_owned())
}

/// `0x001a2b` as `00:1a:2b`.
fn colons(value: &str) -> String {
    let Some(digits) = value.strip_prefix("0x") else { return value.to_owned() };
    let letters: Vec<char> = digits.chars().collect();
    letters.chunks(2).map(|pair| pair.iter().collect::<String>()).collect::<Vec<_>>().join(":")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        KeaVersion,
        expr::{Context, Purpose, check},
        option::Definitions,
    };

    fn condition(subject: Subject, value: &str, not: bool) -> Condition {
        Condition { subject, value: value.into(), not }
    }

    #[test]
    fn everything_that_is_written_is_read_back_and_means_something() {
        for family in Family::ALL {
            let definitions = Definitions::new(family, KeaVersion::new(2, 6, 3), Vec::new());
            for any in [false, true] {
                let built = Built {
                    any,
                    conditions: vec![
                        condition(Subject::VendorClass, "PXEClient", false),
                        condition(Subject::UserClass, "iPXE", true),
                        condition(Subject::Hardware, "00:1a:2b", false),
                        condition(Subject::Circuit, "port 7", false),
                        condition(Subject::Circuit, "0x0006", true),
                        condition(Subject::Remote, "0x0a0b0c", false),
                        condition(Subject::Exists, "12", false),
                        condition(Subject::Member, "voip", true),
                    ],
                };
                let text = built.write(family);
                assert_eq!(Built::read(&text, family), Some(built), "{text}");
                let found = check(&parse(&text), &Context::new(&definitions, Purpose::Test));
                assert!(
                    found.iter().all(|one| !one.is_error() || text.contains("option[12]")),
                    "{text}: {found:#?}"
                );
            }
        }
    }

    #[test]
    fn one_condition_and_none() {
        assert_eq!(Built::read(" ", Family::V4), Some(Built::default()));
        let one = Built { any: false, conditions: vec![condition(Subject::Exists, "93", false)] };
        assert_eq!(Built::read("(option[93].exists)", Family::V4), Some(one));
    }

    #[test]
    fn what_is_written_by_hand_is_left_alone() {
        for text in [
            "option[60].exists and option[61].exists or option[62].exists",
            "substring(option[60].hex, 0, 4) == 'PXEClient'",
            "pkt4.mac == 0x001a2b3c4d5e",
            "not (option[60].exists or option[61].exists)",
            "option[60].hex ==",
        ] {
            assert_eq!(Built::read(text, Family::V4), None, "{text}");
        }
    }
}
