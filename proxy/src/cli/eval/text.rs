//! A result as text: the packet, its classes, then each evaluation with the steps that decided it.

use super::{Answer, Shown};
use perch_shared::expr::eval::{Bytes, Outcome, Round, Step, StepValue, Trace};
use std::io::{self, Write};

/// Prints one packet's result.
pub(super) fn print(out: &mut impl Write, answer: &Answer<'_>) -> io::Result<()> {
    let number = answer.number.map_or(String::new(), |number| format!("{number}: "));
    writeln!(out, "{number}{}", answer.summary)?;
    if let Some(error) = &answer.error {
        return writeln!(out, "  {error}\n");
    }
    for note in &answer.notes {
        writeln!(out, "  note: {note}")?;
    }
    if let Some(assigned) = &answer.assigned {
        writeln!(out, "  classes: {}", assigned.join(", "))?;
    }
    if answer.dropped {
        writeln!(out, "  Kea drops the packet: it is in class DROP")?;
    }
    for shown in &answer.results {
        class(out, shown)?;
    }
    writeln!(out)
}

fn class(out: &mut impl Write, shown: &Shown<'_>) -> io::Result<()> {
    let result = &shown.result;
    let Some(trace) = &result.trace else {
        let why = if result.round == Round::NotTested { "has no test" } else { "is not evaluated" };
        return writeln!(out, "\n  {}: {why}", result.name);
    };
    let when = match result.round {
        Round::Late => ", after the reservations",
        Round::Additional => ", if the pool, subnet or network lists it",
        Round::Early | Round::NotTested => "",
    };
    let when = if shown.alone { "" } else { when };
    let spawned =
        result.spawned.as_ref().filter(|_| !shown.alone).map_or(String::new(), |name| format!(" → {name}"));
    writeln!(out, "\n  {}: {}{spawned}{when}", result.name, outcome(&trace.outcome))?;
    steps(out, shown.expression.unwrap_or_default(), trace)
}

/// The whole first; what decided is marked.
fn steps(out: &mut impl Write, text: &str, trace: &Trace) -> io::Result<()> {
    let mut order: Vec<(usize, &Step)> = trace.steps.iter().enumerate().collect();
    order.sort_by_key(|(index, step)| (step.start, std::cmp::Reverse(step.end), std::cmp::Reverse(*index)));
    for (index, step) in order {
        let part = text.get(step.start as usize..step.end as usize).unwrap_or_default();
        // A literal says nothing that its text does not say.
        let literal = part.starts_with('\'') && part.ends_with('\'') && !part.contains(['(', '=', '+']);
        if literal && trace.steps.len() > 1 && step.value != StepValue::Skipped {
            continue;
        }
        let mark = if trace.because.contains(&index) { "*" } else { " " };
        let indent = "  ".repeat(step.depth.min(20) as usize);
        let note = step.note.as_ref().map_or(String::new(), |note| format!("  ({note})"));
        writeln!(out, "   {mark} {indent}{} = {}{note}", part.replace('\n', " "), value(&step.value))?;
    }
    Ok(())
}

fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Condition(value) => value.to_string(),
        Outcome::String(bytes) => shown(bytes),
        Outcome::Failed(reason) => format!("fails, {reason}"),
    }
}

fn value(value: &StepValue) -> String {
    match value {
        StepValue::Condition(value) => value.to_string(),
        StepValue::String(bytes) => shown(bytes),
        StepValue::Skipped => "not evaluated".to_owned(),
        StepValue::Failed(reason) => format!("fails: {reason}"),
    }
}

fn shown(bytes: &Bytes) -> String {
    let more = if bytes.hex.len() / 2 < bytes.len { "…" } else { "" };
    match (&bytes.text, bytes.len) {
        (_, 0) => "''".to_owned(),
        (Some(text), _) => format!("'{text}{more}' (0x{}{more})", bytes.hex),
        (None, len) => format!("0x{}{more} ({len} bytes)", bytes.hex),
    }
}
