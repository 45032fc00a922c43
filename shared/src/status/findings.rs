//! What the rules find in what a daemon runs.

use crate::{
    KeaVersion,
    api::RunningFinding,
    check::check,
    config::{Config, HIDDEN, each_secret, thaw},
    diagnostic::{Diagnostic, Severity},
    draft::{Part, parts},
};
use serde_json::Value;

/// How many findings are kept of one daemon.
const KEPT: usize = 5;

/// How many warnings there are, and the first of them: what Kea accepted and the operator will regret. What Kea would
/// refuse is no finding in what it runs: that is decided by its host. Secrets are hidden before anything is looked at.
pub fn findings(mut config: Config, version: KeaVersion) -> (usize, Vec<RunningFinding>) {
    thaw(&mut config);
    let family = config.family;
    each_secret("", &mut config.root, &mut |secret| *secret = HIDDEN.into());
    let text = format!("{{\"{}\":{}}}", family.root_key(), config.root);
    let mut all = check(&text, version).diagnostics;
    all.retain(|finding| finding.severity == Severity::Warning);
    let count = all.len();
    let kept = all.into_iter().take(KEPT).map(|finding| {
        let (subnet, class) = whose(&config.root, family.subnet_key(), &finding.path);
        let finding = Diagnostic { span: None, related: Vec::new(), fix: None, ..finding };
        RunningFinding { finding, subnet, class }
    });
    (count, kept.collect())
}

/// The subnet and the client class on the way to a path that begins with the daemon's name.
fn whose(root: &Value, subnets: &str, path: &str) -> (Option<u64>, Option<String>) {
    let (mut subnet, mut class) = (None, None);
    let (mut here, mut list) = (root, "");
    for part in parts(path).skip(1) {
        let next = match part {
            Part::Key(key) => {
                list = key;
                here.get(key)
            }
            Part::Index(index) => here.get(index),
        };
        let Some(next) = next else { break };
        here = next;
        match part {
            Part::Index(_) if list == subnets => subnet = here.get("id").and_then(Value::as_u64),
            Part::Index(_) if list == "client-classes" && subnet.is_none() => {
                class = here.get("name").and_then(Value::as_str).map(str::to_owned);
            }
            _ => {}
        }
    }
    (subnet, class)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Family;
    use serde_json::json;

    #[test]
    fn each_finding_says_whose_it_is() {
        let root = json!({
            "shared-networks": [{"name": "n", "subnet4": [{"id": 7, "subnet": "192.0.2.0/24",
                "pools": [{"pool": "192.0.2.1-192.0.2.99"}],
                "option-data": [{"name": "routers", "code": 3, "data": "192.0.2.1"}]}]}],
            "lease-database": {"type": "mysql", "password": "geheim"},
        });
        let (count, first) = findings(Config { family: Family::V4, root }, KeaVersion::new(3, 0, 4));
        assert!(count >= first.len() && !first.is_empty());
        let of_pool = first.iter().find(|one| one.finding.code == "pool/gateway").unwrap();
        assert_eq!((of_pool.subnet, of_pool.class.as_deref()), (Some(7), None));
        assert!(!format!("{first:?}").contains("geheim"));
    }

    #[test]
    fn a_class_is_named() {
        let root = json!({"client-classes": [{"name": "a"}, {"name": "b", "test": "true"}]});
        assert_eq!(whose(&root, "subnet4", "Dhcp4.client-classes[1].test"), (None, Some("b".to_owned())));
        assert_eq!(whose(&root, "subnet4", "Dhcp4.client-classes[9].test"), (None, None));
        assert_eq!(whose(&root, "subnet4", ""), (None, None));
    }
}
