//! `pool/host-bits`

use crate::{
    json::TextEdit,
    net::{AddressRange, PrefixError, RangeError},
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// A pool is a prefix whose address has bits behind the length.
    ///
    /// ## Why
    /// Kea refuses it since 2.4. Kea 2.2 accepted it, and let the pool begin at that address.
    "pool/host-bits", Error, arm: "dhcp4-srv.html#configuration-of-ipv4-address-pools", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.5/28"}]}]}}"#,
        ).from(2, 3, 4),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.0/28"}]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.5/28"}]}]}}"#,
        ).before(2, 3, 4),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let has_bits = RangeError::Prefix(PrefixError::HostBits);
    for (pool, _) in review.objects.unreadable_pools().filter(|(_, error)| *error == has_bits) {
        let Some(element) = pool.get(Key::Pool) else { continue };
        let text = element.as_str().unwrap_or_default();
        let Ok(range) = AddressRange::parse_pool(review.family, &text, false) else { continue };
        let (first, last) = (range.first(), range.last());
        let finding = RULE.at(element, format!("`{text}` does not begin at the first address of its prefix"));
        let finding = finding.help("write the prefix with its own first address, or the range that is meant");
        // What Kea 2.2 made of it, so no address joins the pool or leaves it.
        let edit = TextEdit { span: element.span(), text: format!("\"{first} - {last}\"") };
        out.push(finding.fix(format!("write the range {first} - {last}"), vec![edit]));
    }
}
