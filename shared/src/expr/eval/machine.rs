//! Runs an expression: every node once, children first, as Kea's stack machine does.

use super::{
    Environment, function,
    function::Number,
    path::{Path, Read},
    regex::Regex,
};
use crate::{
    KeaVersion,
    expr::{Function, Kind, NodeId, Operator, Parsed},
};
use std::net::IpAddr;

/// How many bytes a value may have.
pub(super) const MAX_VALUE: usize = 1 << 20;
/// How many bytes all values of an evaluation may have together.
const MAX_WORK: usize = 1 << 26;

/// What a node gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// True or false.
    Condition(bool),
    /// Bytes.
    String(Vec<u8>),
}

/// What happened at a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// It gave a value; perhaps with a word on what the packet does not have.
    Value(&'a Value, Option<&'a str>),
    /// It was not evaluated.
    Skipped,
    /// It could not be evaluated: this is the last event.
    Failed(&'a str),
}

/// Where to go on behind a node when it gave this condition.
#[derive(Debug, Clone, Copy)]
enum Guard {
    /// Jump to the parent, which takes this condition for its own.
    Decides(bool, NodeId),
    /// `ifelse`'s condition: when false, jump over the second argument.
    ElseAt(NodeId),
    /// `ifelse`'s second argument: jump to the call.
    Joins(NodeId),
}

struct Machine<'a, 't> {
    parsed: &'a Parsed<'t>,
    environment: &'a Environment<'a>,
    values: Vec<Option<Value>>,
    guards: Vec<Option<Guard>>,
    work: usize,
}

/// Evaluates, and tells of every node that has a value; what a jump passes over is told as skipped.
///
/// # Errors
/// A sentence, where Kea cannot evaluate the expression or this machine does not.
pub(super) fn run(
    parsed: &Parsed<'_>,
    environment: &Environment<'_>,
    tell: &mut dyn FnMut(NodeId, Event<'_>),
) -> Result<Value, String> {
    if !parsed.problems().is_empty() {
        return Err("the expression is not valid".to_owned());
    }
    let Some(root) = parsed.root() else { return Err("there is no expression".to_owned()) };
    let lazy = environment.received.version >= KeaVersion::new(2, 7, 0);
    let mut machine = Machine {
        parsed,
        environment,
        values: vec![None; parsed.nodes().len()],
        guards: if lazy { guards(parsed) } else { Vec::new() },
        work: 0,
    };
    let mut id = 0;
    while id <= root {
        id = match machine.step(id, tell) {
            Ok(next) => {
                (id + 1..next).for_each(|skipped| tell(skipped, Event::Skipped));
                next
            }
            Err(reason) => {
                tell(id, Event::Failed(&reason));
                return Err(reason);
            }
        };
    }
    machine.take(root).ok_or_else(|| "the expression gives no value".to_owned())
}

/// Kea 2.7 and later stop at what decides `and`, `or` and `ifelse`.
fn guards(parsed: &Parsed<'_>) -> Vec<Option<Guard>> {
    let mut guards = vec![None; parsed.nodes().len()];
    for (id, node) in parsed.nodes().iter().enumerate() {
        let mut children = parsed.children(id);
        let mut set = |child: Option<NodeId>, guard| {
            if let Some(place) = child.and_then(|child| guards.get_mut(child)) {
                *place = Some(guard);
            }
        };
        match node.kind {
            Kind::Binary(operator @ (Operator::And | Operator::Or)) => {
                set(children.nth(1), Guard::Decides(operator == Operator::Or, id));
            }
            Kind::Call(Function::IfElse) => {
                let (_, second, first) = (children.next(), children.next(), children.next());
                set(second, Guard::Joins(id));
                set(first, Guard::ElseAt(second.map_or(id, |second| second + 1)));
            }
            _ => (),
        }
    }
    guards
}

impl Machine<'_, '_> {
    /// Evaluates one node; gives the next.
    fn step(&mut self, id: NodeId, tell: &mut dyn FnMut(NodeId, Event<'_>)) -> Result<NodeId, String> {
        let Some(node) = self.parsed.node(id) else { return Ok(id + 1) };
        if let Some((value, note)) = self.value(id, node.kind).transpose()? {
            if let Value::String(bytes) = &value {
                self.work += bytes.len();
                if bytes.len() > MAX_VALUE || self.work > MAX_WORK {
                    return Err(function::too_long());
                }
            }
            tell(id, Event::Value(&value, note.as_deref()));
            return Ok(self.store(id, value));
        }
        Ok(id + 1)
    }

    /// Keeps a value for the parent; gives the next node.
    fn store(&mut self, id: NodeId, value: Value) -> NodeId {
        let next = match (self.guards.get(id).copied().flatten(), &value) {
            (Some(Guard::Decides(decisive, parent)), Value::Condition(condition))
                if *condition == decisive =>
            {
                parent
            }
            (Some(Guard::ElseAt(target)), Value::Condition(false)) => target,
            (Some(Guard::Joins(parent)), _) => parent,
            _ => id + 1,
        };
        if let Some(place) = self.values.get_mut(id) {
            *place = Some(value);
        }
        next
    }

    fn take(&mut self, id: NodeId) -> Option<Value> {
        self.values.get_mut(id)?.take()
    }

    fn take_string(&mut self, id: Option<NodeId>) -> Result<Vec<u8>, String> {
        match id.and_then(|id| self.take(id)) {
            Some(Value::String(bytes)) => Ok(bytes),
            _ => Err("a string is missing".to_owned()),
        }
    }

    fn take_condition(&mut self, id: Option<NodeId>) -> Option<bool> {
        match id.and_then(|id| self.take(id)) {
            Some(Value::Condition(condition)) => Some(condition),
            _ => None,
        }
    }

    /// A node's value; `None` for what has none of its own.
    fn value(&mut self, id: NodeId, kind: Kind) -> Option<Read> {
        let plain = |value| Some(Ok((value, None)));
        match kind {
            Kind::Text => plain(Value::String(self.parsed.quoted(id).as_bytes().to_vec())),
            Kind::Hex => plain(Value::String(hex(self.parsed.source(id)))),
            Kind::Address => Some(address(self.parsed.source(id))),
            Kind::Integer(number) => plain(Value::String(number.to_be_bytes().to_vec())),
            Kind::Field(_) | Kind::Data(_) => Some(
                Path::of(self.parsed, id)
                    .ok_or_else(String::new)
                    .and_then(|path| path.read(self.parsed, self.environment)),
            ),
            Kind::Group => {
                let child = self.parsed.child(id);
                child.and_then(|child| self.take(child)).map(|value| Ok((value, None)))
            }
            Kind::Not => {
                let condition = self.take_condition(self.parsed.child(id)).ok_or_else(no_condition);
                Some(condition.map(|condition| (Value::Condition(!condition), None)))
            }
            Kind::Binary(operator) => Some(self.binary(id, operator).map(|value| (value, None))),
            Kind::Call(function) => Some(self.call(id, function)),
            Kind::Error => Some(Err("the expression is not valid".to_owned())),
            _ => None,
        }
    }

    fn binary(&mut self, id: NodeId, operator: Operator) -> Result<Value, String> {
        let (left, right) = self.parsed.operands(id).ok_or("an operand is missing")?;
        Ok(match operator {
            Operator::Equal => {
                Value::Condition(self.take_string(Some(left))? == self.take_string(Some(right))?)
            }
            Operator::Plus => Value::String(self.joined(left, right)?),
            Operator::And | Operator::Sand | Operator::Or | Operator::Sor => {
                let left = self.take_condition(Some(left)).ok_or_else(no_condition)?;
                let right = self.take_condition(Some(right));
                match (operator, left, right) {
                    (Operator::And, false, None) => Value::Condition(false),
                    (Operator::Or, true, None) => Value::Condition(true),
                    (Operator::And | Operator::Sand, left, Some(right)) => Value::Condition(left && right),
                    (_, left, Some(right)) => Value::Condition(left || right),
                    _ => return Err(no_condition()),
                }
            }
        })
    }

    fn joined(&mut self, left: NodeId, right: NodeId) -> Result<Vec<u8>, String> {
        let mut left = self.take_string(Some(left))?;
        // Only what is added is work: a long chain of `+` grows one value.
        self.work = self.work.saturating_sub(left.len());
        left.extend(self.take_string(Some(right))?);
        Ok(left)
    }

    fn number(&self, id: Option<NodeId>) -> Number {
        match id.and_then(|id| self.parsed.node(id)).map(|node| node.kind) {
            Some(Kind::Number(value)) => Number::Integer(value),
            _ => Number::All,
        }
    }

    fn call(&mut self, id: NodeId, function: Function) -> Read {
        let mut arguments: [Option<NodeId>; 3] = [None; 3];
        let count = function.parameters().len().min(3);
        for (slot, child) in arguments.iter_mut().take(count).rev().zip(self.parsed.children(id)) {
            *slot = Some(child);
        }
        let [first, second, third] = arguments;
        let string = match function {
            Function::Member => return Ok(self.member(first)),
            Function::Match => return self.matches(first, second),
            Function::Substring => {
                let text = self.take_string(first)?;
                function::substring(&text, self.number(second), self.number(third))?.to_vec()
            }
            Function::Split => {
                let text = self.take_string(first)?;
                let delimiters = self.take_string(second)?;
                function::split(&text, &delimiters, self.number(third))?.to_vec()
            }
            Function::Concat => match (first, second) {
                (Some(left), Some(right)) => self.joined(left, right)?,
                _ => return Err("an argument is missing".to_owned()),
            },
            Function::IfElse | Function::SIfElse => {
                let condition = self.take_condition(first).ok_or_else(no_condition)?;
                self.take_string(if condition { second } else { third })?
            }
            Function::HexString => {
                let bytes = self.take_string(first)?;
                function::hexstring(&bytes, &self.take_string(second)?)?
            }
            Function::Lcase => self.take_string(first)?.to_ascii_lowercase(),
            Function::Ucase => self.take_string(first)?.to_ascii_uppercase(),
            _ => function::to_text(function, self.take_string(first)?)?,
        };
        Ok((Value::String(string), None))
    }

    fn member(&self, class: Option<NodeId>) -> (Value, Option<String>) {
        let name = class.map_or("", |class| self.parsed.quoted(class));
        let is_in = self.environment.classes.has(name.as_bytes());
        let note = (!is_in).then(|| format!("the packet is not in class `{name}` at this point"));
        (Value::Condition(is_in), note)
    }

    fn matches(&mut self, pattern: Option<NodeId>, text: Option<NodeId>) -> Read {
        let pattern = pattern.map_or("", |pattern| self.parsed.quoted(pattern));
        let text = self.take_string(text)?;
        let found = Regex::new(pattern).and_then(|regex| regex.matches(&text))?;
        Ok((Value::Condition(found), None))
    }
}

fn no_condition() -> String {
    "a condition is missing".to_owned()
}

/// The bytes of `0x…`; an odd number of digits has a zero in front.
fn hex(source: &str) -> Vec<u8> {
    let digits = source.get(2..).unwrap_or_default();
    let nibbles: Vec<u8> = digits.chars().filter_map(|c| u8::try_from(c.to_digit(16)?).ok()).collect();
    let odd = nibbles.len() % 2;
    let first = nibbles.first().copied().filter(|_| odd == 1);
    let pairs = nibbles.get(odd..).unwrap_or_default().chunks_exact(2);
    first
        .into_iter()
        .chain(pairs.map(|pair| pair.iter().fold(0, |byte, nibble| byte << 4 | nibble)))
        .collect()
}

fn address(source: &str) -> Read {
    let bytes = match source.parse() {
        Ok(IpAddr::V4(address)) => address.octets().to_vec(),
        Ok(IpAddr::V6(address)) => address.octets().to_vec(),
        Err(_) => return Err(format!("`{source}` is no address")),
    };
    Ok((Value::String(bytes), None))
}
