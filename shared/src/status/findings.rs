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
        let Owner { subnet, prefix, class } = owner(&config.root, family.subnet_key(), &finding.path);
        let finding = Diagnostic { span: None, related: Vec::new(), fix: None, ..finding };
        RunningFinding { finding, subnet, prefix, class }
    });
    (count, kept.collect())
}

/// The subnet and the client class that something is in.
#[derive(Debug, Default, PartialEq, Eq)]
struct Owner {
    subnet: Option<u64>,
    prefix: String,
    class: Option<String>,
}

/// Who is on the way to a path that begins with the daemon's name.
fn owner(root: &Value, subnets: &str, path: &str) -> Owner {
    let mut owner = Owner::default();
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
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
            Part::Index(_) if list == subnets => {
                owner.subnet = here.get("id").and_then(Value::as_u64);
                owner.prefix = text(here, "subnet").unwrap_or_default();
            }
            Part::Index(_) if list == "client-classes" && owner.subnet.is_none() => {
                owner.class = text(here, "name");
            }
            _ => {}
        }
    }
    owner
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
        assert_eq!((of_pool.subnet, of_pool.prefix.as_str()), (Some(7), "192.0.2.0/24"));
        assert_eq!(of_pool.class, None);
        assert!(!format!("{first:?}").contains("geheim"));
    }

    #[test]
    fn a_class_is_named() {
        let root = json!({"client-classes": [{"name": "a"}, {"name": "b", "test": "true"}]});
        let class = |path| owner(&root, "subnet4", path).class;
        assert_eq!(class("Dhcp4.client-classes[1].test").as_deref(), Some("b"));
        assert_eq!((class("Dhcp4.client-classes[9].test"), class("")), (None, None));
    }
}
