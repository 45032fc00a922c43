//! Conditions joined by `and` that cannot hold together.

use super::{code, report, value::literal};
use crate::{
    diagnostic::Diagnostic,
    expr::{Kind, NodeId, Operator, Parsed, print::print_node},
};

/// Looks at every row of conditions that are joined by `and`.
pub(super) fn check(parsed: &Parsed<'_>, found: &mut Vec<Diagnostic>) {
    let mut seen = vec![false; parsed.nodes().len()];
    for id in (0..parsed.nodes().len()).rev() {
        if is_and(parsed, id) && seen.get(id) == Some(&false) {
            row(parsed, id, &mut seen, found);
        }
    }
}

fn is_and(parsed: &Parsed<'_>, id: NodeId) -> bool {
    matches!(parsed.node(id).map(|node| node.kind), Some(Kind::Binary(Operator::And | Operator::Sand)))
}

/// One row: of two comparisons of the same thing with different literals, one is false.
fn row(parsed: &Parsed<'_>, top: NodeId, seen: &mut [bool], found: &mut Vec<Diagnostic>) {
    let mut comparisons: Vec<(String, Vec<u8>, NodeId)> = Vec::new();
    let mut todo = vec![top];
    while let Some(id) = todo.pop() {
        let id = parsed.inside(id);
        if is_and(parsed, id) {
            if let Some(seen) = seen.get_mut(id) {
                *seen = true;
            }
            todo.extend(parsed.children(id));
        } else if let Some((what, with)) = comparison(parsed, id) {
            comparisons.push((what, with, id));
        }
    }
    comparisons.sort();
    for pair in comparisons.windows(2) {
        let [(what, with, one), (same, other, id)] = pair else { continue };
        if what == same && with != other {
            let span = parsed.node(*one.max(id)).map(|node| node.span).unwrap_or_default();
            let message =
                format!("`{what}` cannot equal this and another value at once: the test is never true");
            found.push(
                report::warning(code::CONTRADICTION, span, message)
                    .help("join the two comparisons with `or`"),
            );
        }
    }
}

/// What is compared with which bytes.
fn comparison(parsed: &Parsed<'_>, id: NodeId) -> Option<(String, Vec<u8>)> {
    if parsed.node(id)?.kind != Kind::Binary(Operator::Equal) {
        return None;
    }
    let (left, right) = parsed.operands(id)?;
    let (left, right) = (parsed.inside(left), parsed.inside(right));
    match (literal(parsed, left), literal(parsed, right)) {
        (None, Some(bytes)) => Some((print_node(parsed, left), bytes)),
        (Some(bytes), None) => Some((print_node(parsed, right), bytes)),
        _ => None,
    }
}
