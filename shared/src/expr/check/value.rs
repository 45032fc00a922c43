//! What is known of a string before any packet comes: its length and its letters.

use crate::{
    Family,
    expr::{Context, Field, Function, Kind, NodeId, Operator, Parsed},
};

/// As long as any value can be.
const LONGEST: usize = 65535;

/// How long a string can be, and which letters it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Value {
    /// Whether it can be empty, whatever the shortest other one is.
    empty: bool,
    /// The shortest, of those that are not empty for want of an option.
    min: usize,
    /// The longest.
    pub(super) max: usize,
    /// Whether there is no upper-case ASCII letter in it.
    pub(super) lower: bool,
    /// Whether there is no lower-case ASCII letter in it.
    pub(super) upper: bool,
}

impl Value {
    const ANY: Self = Self { empty: true, min: 0, max: LONGEST, lower: false, upper: false };

    const fn of(length: usize) -> Self {
        Self { empty: false, min: length, max: length, lower: false, upper: false }
    }

    const fn or_empty(self) -> Self {
        Self { empty: true, ..self }
    }

    const fn between(min: usize, max: usize) -> Self {
        Self { empty: min == 0, min, max, lower: false, upper: false }
    }

    /// The shortest of all.
    const fn least(self) -> usize {
        if self.empty { 0 } else { self.min }
    }

    /// Whether a length is possible.
    pub(super) const fn may_have(self, length: usize) -> bool {
        length == 0 && self.empty || self.min <= length && length <= self.max
    }

    /// Whether a length is possible for both.
    pub(super) const fn meets(self, other: Self) -> bool {
        let overlap = self.min <= other.max && other.min <= self.max;
        overlap || self.empty && other.may_have(0) || other.empty && self.may_have(0)
    }

    /// Whether there is only one length.
    pub(super) const fn is_fixed(self) -> bool {
        self.min == self.max && !self.empty
    }

    /// The possible lengths in words.
    pub(super) fn lengths(self) -> String {
        let plural = if self.max == 1 { "" } else { "s" };
        match self {
            Self { min, max, empty: false, .. } if min == max => format!("{max} byte{plural}"),
            Self { min, max, empty: true, .. } if min == max && max > 0 => {
                format!("{max} byte{plural} or none")
            }
            Self { max: LONGEST, .. } => format!("at least {} bytes", self.least()),
            Self { max, .. } if self.least() == 0 => format!("at most {max} byte{plural}"),
            Self { max, .. } => format!("{} to {max} bytes", self.least()),
        }
    }

    fn joined(self, other: Self) -> Self {
        let (min, max) = (self.least() + other.least(), (self.max + other.max).min(LONGEST.max(self.max)));
        Self {
            empty: min == 0,
            min,
            max: max.max(min),
            lower: self.lower && other.lower,
            upper: self.upper && other.upper,
        }
    }

    fn either(self, other: Self) -> Self {
        Self {
            empty: self.empty || other.empty,
            min: self.min.min(other.min),
            max: self.max.max(other.max),
            lower: self.lower && other.lower,
            upper: self.upper && other.upper,
        }
    }
}

/// The values of all nodes.
#[derive(Debug)]
pub(super) struct Values(Vec<Value>);

impl Values {
    /// Goes through the nodes in the order in which Kea evaluates them.
    pub(super) fn of(parsed: &Parsed<'_>, context: &Context<'_>) -> Self {
        let mut values = Self(Vec::with_capacity(parsed.nodes().len()));
        for id in 0..parsed.nodes().len() {
            let value = values.compute(parsed, context, id);
            values.0.push(value);
        }
        values
    }

    pub(super) fn get(&self, id: NodeId) -> Value {
        self.0.get(id).copied().unwrap_or(Value::ANY)
    }

    fn compute(&self, parsed: &Parsed<'_>, context: &Context<'_>, id: NodeId) -> Value {
        let Some(node) = parsed.node(id) else { return Value::ANY };
        match node.kind {
            Kind::Text => text(parsed.quoted(id)),
            Kind::Hex => Value::of(parsed.source(id).len().saturating_sub(1) / 2),
            Kind::Address => Value::of(if parsed.source(id).contains(':') { 16 } else { 4 }),
            Kind::Integer(_) => Value::of(4),
            Kind::Group => parsed.child(id).map_or(Value::ANY, |child| self.get(child)),
            Kind::Field(read) => field(read, context.family()),
            Kind::Binary(Operator::Plus) => {
                parsed.operands(id).map_or(Value::ANY, |(left, right)| self.get(left).joined(self.get(right)))
            }
            Kind::Call(function) => self.call(parsed, id, function).unwrap_or(Value::ANY),
            _ => Value::ANY,
        }
    }

    fn call(&self, parsed: &Parsed<'_>, id: NodeId, function: Function) -> Option<Value> {
        let mut arguments = parsed.children(id);
        let last = arguments.next()?;
        Some(match function {
            Function::Substring => substring(
                self.get(parsed.children(id).nth(2)?),
                number(parsed, arguments.next()?),
                length(parsed, last),
            ),
            Function::Split => {
                let string = self.get(parsed.children(id).nth(2)?);
                Value { empty: true, min: 0, ..string }
            }
            Function::Concat => self.get(arguments.next()?).joined(self.get(last)),
            Function::Lcase => Value { lower: true, upper: false, ..self.get(last) },
            Function::Ucase => Value { lower: false, upper: true, ..self.get(last) },
            Function::IfElse | Function::SIfElse => self.get(arguments.next()?).either(self.get(last)),
            Function::HexString => hexstring(self.get(arguments.next()?), self.get(last)),
            Function::AddrToText => Value { lower: true, ..Value::between(2, 45).or_empty() },
            Function::Int8ToText | Function::Uint8ToText => Value::between(1, 4).or_empty(),
            Function::Int16ToText | Function::Uint16ToText => Value::between(1, 6).or_empty(),
            Function::Int32ToText | Function::Uint32ToText => Value::between(1, 11).or_empty(),
            Function::Member | Function::Match => return None,
        })
    }
}

/// A text that is not ASCII may have been written with escapes, which are fewer bytes.
fn text(text: &str) -> Value {
    let min = text.chars().count();
    Value {
        lower: !text.bytes().any(|byte| byte.is_ascii_uppercase()),
        upper: !text.bytes().any(|byte| byte.is_ascii_lowercase()),
        ..Value { empty: text.is_empty(), min, max: text.len(), lower: false, upper: false }
    }
}

fn field(field: Field, family: Family) -> Value {
    match field {
        Field::Src | Field::Dst => Value::of(if family == Family::V4 { 4 } else { 16 }),
        Field::Len | Field::Hlen | Field::Htype | Field::Msgtype | Field::Transid => Value::of(4),
        Field::Ciaddr | Field::Giaddr | Field::Yiaddr | Field::Siaddr => Value::of(4),
        Field::Mac => Value::between(0, 20),
        Field::PeerAddr | Field::LinkAddr => Value::of(16).or_empty(),
        Field::Enterprise => Value::of(4).or_empty(),
        _ => Value::ANY,
    }
}

fn number(parsed: &Parsed<'_>, id: NodeId) -> Option<i64> {
    match parsed.node(id)?.kind {
        Kind::Number(value) => value.map(i64::from),
        _ => None,
    }
}

/// A length, `all` being as much as there is.
fn length(parsed: &Parsed<'_>, id: NodeId) -> Option<i64> {
    match parsed.node(id)?.kind {
        Kind::All => Some(i64::MAX),
        _ => number(parsed, id),
    }
}

fn substring(string: Value, start: Option<i64>, length: Option<i64>) -> Value {
    let any = Value { empty: true, min: 0, ..string };
    let (Some(start), Some(length)) = (start, length) else { return any };
    let size = |value: i64| usize::try_from(value).unwrap_or(usize::MAX);
    let (most, least) = match (size(start.max(0)), length < 0) {
        (_, true) => (size(length.saturating_neg()), 0),
        (from, false) if start >= 0 => (
            string.max.saturating_sub(from).min(size(length)),
            string.least().saturating_sub(from).min(size(length)),
        ),
        (_, false) => (size(length).min(size(-start)), 0),
    };
    Value { empty: least == 0, min: least, max: most.min(string.max), ..string }
}

fn hexstring(string: Value, separator: Value) -> Value {
    let long = |bytes: usize, separator: usize| bytes * 2 + bytes.saturating_sub(1) * separator;
    Value {
        empty: string.empty || string.min == 0,
        min: long(string.min, separator.least()),
        max: long(string.max, separator.max),
        lower: separator.lower || separator.max == 0,
        upper: false,
    }
}

/// The bytes of a literal.
pub(super) fn literal(parsed: &Parsed<'_>, id: NodeId) -> Option<Vec<u8>> {
    match parsed.node(id)?.kind {
        Kind::Text => Some(parsed.quoted(id).as_bytes().to_vec()),
        Kind::Integer(value) => Some(value.to_be_bytes().to_vec()),
        Kind::Address => Some(match parsed.source(id).parse().ok()? {
            std::net::IpAddr::V4(address) => address.octets().to_vec(),
            std::net::IpAddr::V6(address) => address.octets().to_vec(),
        }),
        Kind::Hex => {
            let digits = parsed.source(id).get(2..)?;
            let mut out = Vec::with_capacity(digits.len() / 2 + 1);
            let mut high = (!digits.len().is_multiple_of(2)).then_some(0);
            for digit in digits.bytes().filter_map(|byte| char::from(byte).to_digit(16)) {
                let digit = u8::try_from(digit).unwrap_or_default();
                high = match high {
                    None => Some(digit),
                    Some(high) => {
                        out.push(high << 4 | digit);
                        None
                    }
                };
            }
            Some(out)
        }
        _ => None,
    }
}
