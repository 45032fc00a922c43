//! `subnet/missing-id`

use super::id_out_of_range::next_free;
use crate::{
    json::TextEdit,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// A subnet has no `id`.
    ///
    /// ## Why
    /// Kea 2.6 and newer refuse it. Older ones numbered such subnets in the order of the file, so that a subnet that was
    /// added or removed gave others a new number, and their leases went to the wrong subnet.
    ///
    /// ## Use instead
    /// Give every subnet a number of its own, and keep it. When a configuration moves from an older Kea, take the
    /// numbers that `config-get` of the running server shows.
    "subnet/missing-id", Error, arm: "dhcp4-srv.html#ipv4-subnet-identifier", check,
    bad: [Example::new(r#"{"Dhcp4": {"subnet4": [{"subnet": "192.0.2.0/24"}]}}"#).from(2, 6, 0)],
    good: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"subnet": "192.0.2.0/24"}]}}"#).before(2, 6, 0),
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24"}]}}"#),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.objects.before(2, 6, 0) {
        return;
    }
    let mut next = None;
    for subnet in review.objects.subnets().filter(|subnet| !subnet.object.has(Key::Id)) {
        let finding = RULE.at_map(subnet.object.element, "this subnet has no `id`");
        let finding =
            finding.help("add an `id`; in an older Kea's file, the one that its `config-get` shows");
        let id = *next.get_or_insert_with(|| next_free(&review.objects));
        next = Some(id + 1);
        let start = subnet.object.element.span().start + 1;
        let comma = if subnet.object.element.children().next().is_some() { "," } else { "" };
        let edit = TextEdit { span: start..start, text: format!(" \"id\": {id}{comma}") };
        out.push(finding.fix(format!("give it the free id {id}"), vec![edit]));
    }
}
