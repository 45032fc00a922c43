//! `reservation/invalid-excluded-prefixes`

use crate::{
    Family,
    json::Element,
    rules::{
        Example, Findings, Review,
        objects::{Key, Object, ReservedKind, read_reserved_prefix},
        rule,
    },
};

rule! {
    /// The excluded prefixes of a reservation do not fit its prefixes.
    ///
    /// ## Why
    /// Kea refuses it. `excluded-prefixes` has as many entries as `prefixes`; each is empty, or a longer prefix inside
    /// the one in the same place (RFC 6603).
    "reservation/invalid-excluded-prefixes", Error, arm: "dhcp6-srv.html#address-prefix-reservation-types", check,
    bad: [
        Example::new(
            r#"{"Dhcp6": {"reservations": [{"duid": "01:02:03:04", "prefixes": ["2001:db8::/56"], "excluded-prefixes": []}]}}"#,
        ).from(3, 0, 0),
        Example::new(
            r#"{"Dhcp6": {"reservations": [{"duid": "01:02:03:04", "prefixes": ["2001:db8::/56"],
                "excluded-prefixes": ["2001:db8:1::/64"]}]}}"#,
        ).from(3, 0, 0),
    ],
    good: [
        Example::new(
            r#"{"Dhcp6": {"reservations": [{"duid": "01:02:03:04", "prefixes": ["2001:db8::/56", "2001:db8:1::/56"],
                "excluded-prefixes": ["", "2001:db8:1::/64"]}]}}"#,
        ).from(3, 0, 0),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.family == Family::V4 || review.objects.before(2, 7, 3) {
        return;
    }
    for reservation in review.objects.reservations() {
        let Some(excluded) = reservation.object.get(Key::ExcludedPrefixes) else { continue };
        if let Some((at, message)) = problem(review, reservation.object, excluded) {
            out.push(
                RULE.at(at, message)
                    .help("write one entry for each prefix: empty, or a longer prefix inside it"),
            );
            continue;
        }
        let prefixes = reservation.reserved().iter().filter(|reserved| reserved.kind == ReservedKind::Prefix);
        for (reserved, element) in prefixes.zip(excluded.items()) {
            let (Ok(prefix), Some(text)) = (reserved.value, element.as_str()) else { continue };
            let Ok(inner) = read_reserved_prefix(&text, review.version) else { continue };
            if inner.length() <= prefix.length() || !prefix.range().contains(inner.range()) {
                let finding = RULE.at(element, format!("`{text}` is no longer prefix inside `{prefix}`"));
                let finding = finding.related(review.objects.element(reserved.at), "the prefix");
                out.push(finding.help("write a longer prefix inside it, or an empty text"));
            }
        }
    }
}

fn problem<'r>(
    review: &Review<'_>,
    reservation: Object<'r>,
    excluded: Element<'r>,
) -> Option<(Element<'r>, String)> {
    let Some(prefixes) = reservation.get(Key::Prefixes) else {
        return Some((excluded, "`excluded-prefixes` stands without `prefixes`".into()));
    };
    let (entries, wanted) = (excluded.items().count(), prefixes.items().count());
    if entries != wanted {
        return Some((excluded, format!("it has {entries} entries for {wanted} prefixes")));
    }
    let texts = excluded.items().filter_map(|element| Some((element, element.as_str()?)));
    texts.filter(|(_, text)| !text.is_empty()).find_map(|(element, text)| {
        let error = read_reserved_prefix(&text, review.version).err()?;
        Some((element, format!("`{text}` is no prefix: {error}")))
    })
}
