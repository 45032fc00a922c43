//! Evaluates expressions over a packet, step by step, as Kea does.

mod classes;
mod function;
mod machine;
mod path;
mod reason;
mod regex;
mod setup;
mod value;

pub use classes::{ClassResult, ClassRule, Classes, Classification, Round, classify, vendor_classes};
pub use machine::{Event, Value};
pub use regex::Regex;
pub use setup::Setup;
pub use value::{Bytes, Outcome, Step, StepValue, Trace};

use super::{Code, NodeId, Parsed};
use crate::{
    option::Definitions,
    packet::{Packet, Received},
};

/// How many steps a trace keeps.
const MAX_STEPS: usize = 20_000;

/// What an expression is evaluated over.
#[derive(Debug, Clone, Copy)]
pub struct Environment<'a> {
    /// The packet as it came, for what is not in its bytes.
    pub packet: &'a Packet,
    /// The packet as the daemon unpacked it.
    pub received: &'a Received,
    /// What the daemon knows of options.
    pub definitions: &'a Definitions,
    /// The classes that the packet is in by now.
    pub classes: &'a Classes,
}

impl Environment<'_> {
    /// The code that a path's brackets mean.
    fn code(&self, parsed: &Parsed<'_>, code: Code) -> Result<u16, String> {
        match code {
            Code::Number(code) => Ok(code),
            Code::Name(span) => {
                let name = span.of(parsed.text());
                let found = self.definitions.by_name(self.definitions.family.service(), name);
                found.map(|definition| definition.code).ok_or_else(|| format!("no option is called `{name}`"))
            }
        }
    }
}

/// Evaluates an expression. `Err` says why Kea cannot: the packet then is not in the class.
///
/// # Errors
/// One sentence.
pub fn evaluate(parsed: &Parsed<'_>, environment: &Environment<'_>) -> Result<Value, String> {
    machine::run(parsed, environment, &mut |_, _| ())
}

/// Evaluates an expression and tells of every node, with its whole value.
///
/// # Errors
/// As [`evaluate`].
pub fn observe(
    parsed: &Parsed<'_>,
    environment: &Environment<'_>,
    tell: &mut dyn FnMut(NodeId, Event<'_>),
) -> Result<Value, String> {
    machine::run(parsed, environment, tell)
}

/// Evaluates an expression and keeps every step.
pub fn trace(parsed: &Parsed<'_>, environment: &Environment<'_>) -> Trace {
    let depths = depths(parsed);
    let mut steps: Vec<(NodeId, Step)> = Vec::new();
    let result = machine::run(parsed, environment, &mut |id, event| {
        let Some(node) = parsed.node(id).filter(|_| steps.len() < MAX_STEPS) else { return };
        let (value, note) = match event {
            Event::Value(Value::Condition(value), note) => (StepValue::Condition(*value), note),
            Event::Value(Value::String(bytes), note) => (StepValue::String(bytes.as_slice().into()), note),
            Event::Skipped if node.kind.has_value() => (StepValue::Skipped, None),
            Event::Skipped => return,
            Event::Failed(reason) => (StepValue::Failed(reason.to_owned()), None),
        };
        let depth = depths.get(id).copied().unwrap_or(0);
        let note = note.map(str::to_owned);
        steps.push((id, Step { start: node.span.start, end: node.span.end, depth, value, note }));
    });
    let outcome = match result {
        Ok(Value::Condition(value)) => Outcome::Condition(value),
        Ok(Value::String(bytes)) => Outcome::String(bytes.as_slice().into()),
        Err(reason) => Outcome::Failed(reason),
    };
    let because = reason::because(parsed, &steps);
    Trace { outcome, steps: steps.into_iter().map(|(_, step)| step).collect(), because }
}

/// How many nodes each node is inside of, groups aside.
fn depths(parsed: &Parsed<'_>) -> Vec<u32> {
    let mut depths = vec![0_u32; parsed.nodes().len()];
    for (id, node) in parsed.nodes().iter().enumerate().rev() {
        let own = depths.get(id).copied().unwrap_or(0);
        let inside = own + u32::from(node.kind != super::Kind::Group);
        for child in parsed.children(id) {
            if let Some(depth) = depths.get_mut(child) {
                *depth = inside;
            }
        }
    }
    depths
}

impl super::Kind {
    /// Whether a node of this kind has a value of its own.
    fn has_value(self) -> bool {
        use super::Kind;
        matches!(
            self,
            Kind::Text
                | Kind::Hex
                | Kind::Address
                | Kind::Integer(_)
                | Kind::Field(_)
                | Kind::Data(_)
                | Kind::Not
                | Kind::Binary(_)
                | Kind::Call(_)
                | Kind::Group
        )
    }
}

#[cfg(test)]
mod tests;
