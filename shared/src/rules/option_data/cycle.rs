//! `option-data/cycle`

use super::entries::{Placed, taken_along};
use crate::{
    Family,
    json::Element,
    option::Definitions,
    rules::{Example, Findings, rule},
};

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
    "option-data/cycle", Error, arm: "dhcp4-srv.html#nested-dhcpv4-options-custom-option-spaces", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {
                "option-def": [
                    {"name": "a", "code": 224, "type": "empty", "encapsulate": "x"},
                    {"name": "b", "code": 1, "space": "x", "type": "empty", "encapsulate": "y"},
                    {"name": "c", "code": 1, "space": "y", "type": "empty", "encapsulate": "x"}
                ],
                "option-data": [{"code": 224}, {"code": 1, "space": "x"}, {"code": 1, "space": "y"}]
            }}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {
                "option-def": [
                    {"name": "a", "code": 224, "type": "empty", "encapsulate": "x"},
                    {"name": "b", "code": 1, "space": "x", "type": "empty", "encapsulate": "y"},
                    {"name": "c", "code": 1, "space": "y", "type": "empty"}
                ],
                "option-data": [{"code": 224}, {"code": 1, "space": "x"}, {"code": 1, "space": "y"}]
            }}"#,
        ),
    ],
}

/// Whether spaces encapsulate each other in a circle at all: only then is it worth looking at the options.
pub(super) fn is_possible(definitions: &Definitions) -> bool {
    definitions.custom().iter().any(|def| !def.encapsulate.is_empty())
}

/// Looks for options of one list that hold each other. Kea begins in the standard space.
pub(super) fn find(family: Family, placed: &[Placed<'_>], out: &mut Findings) {
    let mut ways: Vec<Way<'_>> = placed.iter().filter_map(way).collect();
    ways.sort_by_key(|way| (way.space, way.holds));
    ways.dedup_by_key(|way| (way.space, way.holds));
    if let Some(found) = circle(&ways, family.service()) {
        let message = format!("option `{}` holds itself, through other spaces", found.name);
        let help = "remove `encapsulate` from a definition in the circle: this crashes Kea";
        out.push(RULE.at(found.element, message).help(help));
    }
}

/// A way from a space into another: an option that stands in the one and holds the other.
struct Way<'a> {
    space: &'a str,
    holds: &'a str,
    element: Element<'a>,
    name: &'a str,
}

fn way<'a>(placed: &Placed<'a>) -> Option<Way<'a>> {
    let definition = placed.definition?;
    // Kea does not go into the standard spaces again.
    if matches!(definition.encapsulate, "" | "dhcp4" | "dhcp6") {
        return None;
    }
    let (holds, name) = (definition.encapsulate, definition.name);
    Some(Way { space: placed.space, holds, element: placed.element, name })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    /// It is around the one that is looked at.
    Open,
    /// It leads into no circle.
    Cleared,
}

/// The way that leads back, found by walking into each space once. A space is known by its first way.
fn circle<'w>(ways: &'w [Way<'w>], start: &str) -> Option<&'w Way<'w>> {
    let of = |space: &str| {
        let range =
            ways.partition_point(|way| way.space < space)..ways.partition_point(|way| way.space <= space);
        (range.start, ways.get(range).unwrap_or_default())
    };
    let mut states = vec![State::New; ways.len()];
    let mut open = vec![of(start)];
    while let Some((space, left)) = open.last_mut() {
        let (state, next) = match left.split_first() {
            Some((way, rest)) => {
                *left = rest;
                (State::Open, Some(way))
            }
            None => (State::Cleared, None),
        };
        if let Some(known) = states.get_mut(*space) {
            *known = state;
        }
        let Some(way) = next else {
            open.pop();
            continue;
        };
        let (inner, inside) = of(way.holds);
        match states.get(inner).filter(|_| !inside.is_empty()) {
            Some(State::Open) => return Some(way),
            Some(State::New) => open.push((inner, inside)),
            _ => {}
        }
    }
    None
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
            ["Dhcp4.option-data[0]: option `c` holds itself, through other spaces"]
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
