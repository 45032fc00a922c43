//! `pd-pool/host-bits`

use crate::{
    Family,
    json::TextEdit,
    net::{Prefix, parse_address},
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// A pd-pool's `prefix` has bits behind its `prefix-len`.
    ///
    /// ## Why
    /// Kea refuses it since 2.4. Kea 2.2 accepted it.
    "pd-pool/host-bits", Error, arm: "dhcp6-srv.html#subnet-and-prefix-delegation-pools", check,
    bad: [
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/32", "pd-pools": [
                {"prefix": "2001:db8:1::1", "prefix-len": 48, "delegated-len": 64}]}]}}"#,
        ).from(2, 3, 4),
    ],
    good: [
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/32", "pd-pools": [
                {"prefix": "2001:db8:1::", "prefix-len": 48, "delegated-len": 64}]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/32", "pd-pools": [
                {"prefix": "2001:db8:1::1", "prefix-len": 48, "delegated-len": 64}]}]}}"#,
        ).before(2, 3, 4),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.objects.before(2, 3, 4) {
        return;
    }
    for pool in review.objects.pd_pools().filter(|pool| pool.range.is_none()) {
        let Some(element) = pool.object.get(Key::Prefix) else { continue };
        let address = element.as_str().and_then(|text| parse_address(Family::V6, &text));
        let length = pool.object.int(Key::PrefixLen).and_then(|length| u8::try_from(length).ok());
        let Some((address, length)) = address.zip(length.filter(|length| *length > 0)) else { continue };
        let Some(prefix) = Prefix::new(Family::V6, address, length).filter(|prefix| prefix.has_host_bits())
        else {
            continue;
        };
        let first = prefix.aligned().address();
        let finding =
            RULE.at(element, format!("`{}` has bits behind the prefix-len {length}", prefix.address()));
        let edit = TextEdit { span: element.span(), text: format!("\"{first}\"") };
        out.push(finding.help(format!("write {first}")).fix(format!("write {first}"), vec![edit]));
    }
}
