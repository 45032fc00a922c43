//! `pool/reversed`

use crate::{
    json::TextEdit,
    net::RangeError,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// A pool's last address comes before its first.
    ///
    /// ## Why
    /// Kea refuses it.
    "pool/reversed", Error, arm: "dhcp4-srv.html#configuration-of-ipv4-address-pools", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.9 - 192.0.2.1"}]}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.1 - 192.0.2.9"}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for (pool, _) in review.objects.unreadable_pools().filter(|(_, error)| *error == RangeError::Reversed) {
        let Some(element) = pool.get(Key::Pool) else { continue };
        let text = element.as_str().unwrap_or_default();
        let Some((first, last)) = text.split_once('-').map(|(first, last)| (first.trim(), last.trim()))
        else {
            continue;
        };
        let finding = RULE.at(element, format!("`{last}` comes before `{first}`"));
        let finding = finding.help("write the lower address first");
        let is_plain = text.bytes().all(|byte| byte.is_ascii_hexdigit() || b".:- \t".contains(&byte));
        let edit = TextEdit { span: element.span(), text: format!("\"{last} - {first}\"") };
        out.push(if is_plain { finding.fix("swap the addresses", vec![edit]) } else { finding });
    }
}
