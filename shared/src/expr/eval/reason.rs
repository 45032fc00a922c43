//! Which steps decide a result.

use super::{Step, StepValue};
use crate::expr::{Function, Kind, NodeId, Operator, Parsed};

/// How many reasons are kept.
const MAX_REASONS: usize = 100;

/// The steps without which the result would be another: the false side of a false `and`, the true side of a true
/// `or`, both sides otherwise; down to comparisons, `exists`, `member` and `match`.
pub(super) fn because(parsed: &Parsed<'_>, steps: &[(NodeId, Step)]) -> Vec<usize> {
    let mut places = vec![None; parsed.nodes().len()];
    for (index, (id, _)) in steps.iter().enumerate() {
        if let Some(place) = places.get_mut(*id) {
            *place = Some(index);
        }
    }
    let place = |id: NodeId| places.get(id).copied().flatten();
    let value = |id: NodeId| place(id).and_then(|index: usize| steps.get(index)).map(|(_, step)| &step.value);
    if let Some(failed) = steps.iter().position(|(_, step)| matches!(step.value, StepValue::Failed(_))) {
        return vec![failed];
    }
    let mut reasons = Vec::new();
    let mut open: Vec<NodeId> = parsed.root().into_iter().collect();
    while let Some(id) = open.pop().filter(|_| reasons.len() < MAX_REASONS) {
        let Some(node) = parsed.node(id) else { continue };
        match node.kind {
            Kind::Not | Kind::Group => open.extend(parsed.child(id)),
            Kind::Binary(Operator::And | Operator::Sand | Operator::Or | Operator::Sor) => {
                let Some(StepValue::Condition(result)) = value(id) else { continue };
                // An `and` is false by its false side, an `or` true by its true side; otherwise both sides count.
                open.extend(
                    parsed.children(id).filter(|child| value(*child) == Some(&StepValue::Condition(*result))),
                );
            }
            Kind::Call(Function::IfElse | Function::SIfElse) => {
                let arguments: Vec<NodeId> = parsed.children(id).collect();
                if let [_, _, condition] = arguments.as_slice() {
                    open.push(*condition);
                }
            }
            _ => reasons.extend(place(id)),
        }
    }
    reasons.sort_unstable();
    reasons
}
