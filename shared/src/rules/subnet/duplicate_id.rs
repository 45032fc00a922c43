//! `subnet/duplicate-id`

use crate::{
    diagnostic::Diagnostic,
    rules::{Review, rule},
};
use serde_json::Value;
use std::collections::BTreeMap;

rule! {
    /// Two subnets have one `id`.
    ///
    /// ## Why
    /// Kea refuses the configuration: leases and statistics name their subnet by its `id`. Subnets of shared networks
    /// count as well.
    "subnet/duplicate-id", Error, arm: "dhcp4-srv.html#ipv4-subnet-identifier", check
}

fn check(review: &Review<'_>, out: &mut Vec<Diagnostic>) {
    let mut seen = BTreeMap::new();
    for placed in review.subnets() {
        let subnet = placed.subnet;
        // Kea 2.2 numbers a subnet with id 0 by itself.
        let Some(id) = subnet.value.get("id").and_then(Value::as_u64).filter(|id| *id > 0) else { continue };
        if let Some(first) = seen.get(&id) {
            let message = format!("subnet id `{id}` is already that of `{first}`");
            out.push(
                Diagnostic::error(RULE.code, message)
                    .help("give each subnet its own id")
                    .at(format!("{}.id", subnet.path)),
            );
        } else {
            seen.insert(id, subnet.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{Family, rules::tests::findings};
    use serde_json::json;

    #[test]
    fn pass_and_fail() {
        let found = |ids: [u64; 2]| {
            let [plain, inner] = ids.map(|id| json!([{"id": id, "subnet": "192.0.2.0/24"}]));
            let root = json!({"subnet4": plain, "shared-networks": [{"name": "n", "subnet4": inner}]});
            findings(&RULE, Family::V4, "2.6.3", root)
        };
        assert_eq!(found([1, 2]), [""; 0]);
        assert_eq!(found([0, 0]), [""; 0]);
        assert_eq!(
            found([7, 7]),
            ["Dhcp4.shared-networks[0].subnet4[0].id: subnet id `7` is already that of `Dhcp4.subnet4[0]`"]
        );
    }
}
