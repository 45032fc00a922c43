//! `option-data/cycle`

use crate::{
    diagnostic::Diagnostic,
    option::{Definitions, OptionData},
    rules::{Review, places::Placed, rule},
};
use serde::Deserialize;
use std::collections::BTreeSet;

rule! {
    /// Options hold each other's spaces in a circle.
    ///
    /// ## Why
    /// Kea puts the options of an encapsulated space into the option that encapsulates it, and goes on inside. When two
    /// spaces encapsulate each other and options of both are set beside each other, it never ends: the daemon crashes
    /// while it reads the configuration, and already at `config-test`.
    ///
    /// ## Use instead
    /// Let the innermost option encapsulate no space.
    "option-data/cycle", Error, arm: "dhcp4-srv.html#nested-dhcpv4-options-custom-option-spaces", check
}

/// An option, the space it stands in and the one it holds.
struct Node {
    space: String,
    holds: String,
    path: String,
    name: String,
}

fn check(review: &Review<'_>, out: &mut Vec<Diagnostic>) {
    let definitions = Definitions::new(review.config.family, review.version, review.config.definitions());
    for holder in review.option_holders() {
        let nodes: Vec<Node> =
            holder.items("option-data").iter().filter_map(|entry| node(&definitions, entry)).collect();
        let mut search = Search { nodes: &nodes, way: Vec::new(), cleared: BTreeSet::new() };
        for (index, start) in nodes.iter().enumerate() {
            if start.space == definitions.family.service()
                && let Some(found) = search.circle(index)
            {
                out.push(
                    Diagnostic::error(
                        RULE.code,
                        format!("option `{}` holds itself, through other spaces", found.name),
                    )
                    .help("remove `encapsulate` from a definition in the circle: this crashes Kea")
                    .at(found.path.clone()),
                );
                break;
            }
        }
    }
}

fn node(definitions: &Definitions, entry: &Placed<'_>) -> Option<Node> {
    let option = OptionData::deserialize(entry.value).ok()?;
    let definition = definitions.resolve(&option)?;
    // Kea does not go into the standard spaces again.
    if matches!(definition.encapsulate.as_str(), "" | "dhcp4" | "dhcp6") {
        return None;
    }
    Some(Node {
        space: option.space_or_default(definitions.family).to_owned(),
        holds: definition.encapsulate,
        path: entry.path.clone(),
        name: definition.name,
    })
}

struct Search<'a> {
    nodes: &'a [Node],
    /// The options that hold the one that is looked at.
    way: Vec<usize>,
    /// Options that lead into no circle. Each is looked at once: the ways are many more than the options.
    cleared: BTreeSet<usize>,
}

impl<'a> Search<'a> {
    /// An option that is met again on the way inwards. Kea only sees that an option does not hold itself at once.
    fn circle(&mut self, index: usize) -> Option<&'a Node> {
        let node = self.nodes.get(index)?;
        if self.way.contains(&index) {
            return Some(node);
        }
        if self.cleared.contains(&index) {
            return None;
        }
        self.way.push(index);
        let inner = self.nodes.iter().enumerate();
        let inner = inner.filter(|(other, inner)| *other != index && inner.space == node.holds);
        let found = inner.map(|(other, _)| other).find_map(|other| self.circle(other));
        self.way.pop();
        if found.is_none() {
            self.cleared.insert(index);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{Family, rules::tests::findings};
    use serde_json::json;

    #[test]
    fn pass_and_fail() {
        let defs = json!([
            {"code": 224, "name": "a", "type": "empty", "encapsulate": "x"},
            {"code": 1, "name": "b", "space": "x", "type": "empty", "encapsulate": "y"},
            {"code": 1, "name": "c", "space": "y", "type": "empty", "encapsulate": "x"}
        ]);
        let (a, b, c) =
            (json!({"code": 224}), json!({"code": 1, "space": "x"}), json!({"code": 1, "space": "y"}));
        let found = |options| {
            let root = json!({"option-def": defs, "option-data": options});
            findings(&RULE, Family::V4, "3.0.4", root)
        };
        assert_eq!(found(json!([a, b])), [""; 0]);
        assert_eq!(found(json!([b, c])), [""; 0]);
        assert_eq!(found(json!([a, c])), [""; 0]);
        assert_eq!(
            found(json!([c, b, a])),
            ["Dhcp4.option-data[1]: option `b` holds itself, through other spaces"]
        );
        let apart = json!({"option-def": defs, "option-data": [a], "subnet4": [{"option-data": [b, c]}]});
        assert_eq!(findings(&RULE, Family::V4, "3.0.4", apart), [""; 0]);
    }
    #[test]
    fn many_ways_inwards_are_no_long_search() {
        let space = |level: u16| if level == 0 { "dhcp4".to_owned() } else { format!("s{level}") };
        let each = (0..40).flat_map(|level| [(level, 224), (level, 225)]);
        let defs: Vec<_> = each.clone()
            .map(|(level, code)| json!({"code": code, "name": format!("o{level}-{code}"), "space": space(level), "type": "empty", "encapsulate": space(level + 1)}))
            .collect();
        let options: Vec<_> =
            each.map(|(level, code)| json!({"code": code, "space": space(level)})).collect();
        let root = json!({"option-def": defs, "option-data": options});
        assert_eq!(findings(&RULE, Family::V4, "3.0.4", root), [""; 0]);
    }
}
