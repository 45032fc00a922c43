//! `subnet/duplicate-id`

use super::id_out_of_range::next_free;
use crate::{
    json::{Element, TextEdit},
    rules::{
        Example, Findings, Review,
        objects::{Key, Objects},
        rule,
    },
};

rule! {
    /// Two subnets have one `id`.
    ///
    /// ## Why
    /// Kea refuses the configuration: leases and statistics name their subnet by its `id`. Subnets of shared networks
    /// count as well. Kea before 2.6 numbers subnets without an `id` from 1 on, without a look at the ids that others
    /// have.
    "subnet/duplicate-id", Error, arm: "dhcp4-srv.html#ipv4-subnet-identifier", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/25"}, {"id": 1, "subnet": "192.0.2.128/25"}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/25"}, {"subnet": "192.0.2.128/25"}]}}"#,
        ).before(2, 6, 0),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/25"}, {"id": 2, "subnet": "192.0.2.128/25"}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 2, "subnet": "192.0.2.0/25"}, {"subnet": "192.0.2.128/25"}]}}"#,
        ).before(2, 6, 0),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let mut ids = ids(&review.objects);
    ids.sort_unstable();
    let mut next = None;
    for (one, other) in ids.iter().zip(ids.iter().skip(1)).filter(|(one, other)| one.0 == other.0) {
        let (Some(first), Some(second)) = (review.objects.subnet(one.1), review.objects.subnet(other.1))
        else {
            continue;
        };
        let place = |object: crate::rules::objects::Object<'_>| object.get(Key::Id).map(Element::id);
        let first_at = place(first.object).map_or(first.object.element, |id| review.objects.element(id));
        let Some(second_at) = second.object.get(Key::Id).filter(|id| id.as_int() == Some(other.0)) else {
            let message = format!("Kea gives this subnet the id `{}`, which another has already", other.0);
            let finding = RULE.at_map(second.object.element, message).related(first_at, "the other subnet");
            out.push(finding.help("give every subnet an `id`"));
            continue;
        };
        let finding = RULE.at(second_at, format!("another subnet has the id `{}` already", other.0));
        let finding = finding.related(first_at, "the other subnet's id").help("give each subnet its own id");
        let id = *next.get_or_insert_with(|| next_free(&review.objects));
        next = Some(id + 1);
        let edit = TextEdit { span: second_at.span(), text: id.to_string() };
        out.push(finding.fix(format!("give it the free id {id}"), vec![edit]));
    }
}

/// The id and the number of every subnet that has one, or to which Kea before 2.6 gives one.
fn ids(objects: &Objects<'_>) -> Vec<(i64, usize)> {
    let own = |object: crate::rules::objects::Object<'_>| match object.get(Key::Id) {
        Some(id) => id.as_int(),
        None => Some(0),
    };
    let mut ids: Vec<(i64, usize)> =
        objects.subnets().filter_map(|subnet| Some((own(subnet.object)?, subnet.place()))).collect();
    if objects.before(2, 6, 0) {
        // Kea reads shared networks first.
        let plain = ids.partition_point(|(_, place)| {
            objects.subnet(*place).is_some_and(|subnet| subnet.network_place().is_none())
        });
        let (plain, inner) = ids.split_at_mut(plain);
        for (number, (id, _)) in (1..).zip(inner.iter_mut().chain(plain).filter(|(id, _)| *id == 0)) {
            *id = number;
        }
    } else {
        ids.retain(|(id, _)| *id != 0);
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{Family, rules::tests::findings};
    use serde_json::json;

    fn found(version: &str, ids: [u64; 3]) -> Vec<String> {
        let subnet = |index: usize, prefix| match ids[index] {
            0 => json!({"subnet": prefix}),
            id => json!({"id": id, "subnet": prefix}),
        };
        let root = json!({
            "subnet4": [subnet(0, "192.0.2.0/24"), subnet(1, "192.0.3.0/24")],
            "shared-networks": [{"name": "n", "subnet4": [subnet(2, "192.0.4.0/24")]}],
        });
        findings(&RULE, Family::V4, version, root)
    }

    #[test]
    fn ids_are_compared_over_all_subnets() {
        assert_eq!(found("2.6.3", [1, 2, 3]), [""; 0]);
        assert_eq!(found("2.6.3", [0, 0, 0]), [""; 0]);
        assert_eq!(
            found("2.6.3", [7, 8, 7]),
            ["Dhcp4.shared-networks[0].subnet4[0].id: another subnet has the id `7` already"]
        );
        assert_eq!(found("2.6.3", [7, 7, 7]).len(), 2);
    }

    #[test]
    fn old_kea_numbers_shared_networks_first() {
        assert_eq!(found("2.2.0", [0, 0, 0]), [""; 0]);
        assert_eq!(found("2.2.0", [0, 1, 0]).len(), 1);
        assert_eq!(found("2.2.0", [0, 0, 3]), [""; 0]);
        assert_eq!(
            found("2.2.0", [1, 0, 3]),
            ["Dhcp4.subnet4[1]: Kea gives this subnet the id `1`, which another has already"]
        );
    }
}
