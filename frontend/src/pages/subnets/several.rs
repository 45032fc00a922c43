//! Several subnets on a desk, as the fields of all of them see them.

use crate::forms::desk::Desk;
use leptos::prelude::*;
use perch_engine::Finding;
use perch_shared::draft::Spread;

/// The subnets, as fields see them.
#[derive(Debug, Clone, Copy)]
pub struct Several {
    /// The desk.
    pub desk: Desk,
    /// Their paths.
    pub objects: Memo<Vec<String>>,
    findings: Memo<Vec<Finding>>,
}

impl Several {
    /// The subnets at these paths.
    pub fn new(desk: Desk, objects: Memo<Vec<String>>) -> Self {
        Self { desk, objects, findings: desk.findings_in("") }
    }

    /// What is wrong with a key of theirs, each message once with how many it is about, the worst first.
    pub fn wrong(self, key: &'static str) -> Memo<Vec<(Finding, usize)>> {
        Memo::new(move |_| {
            let about = |one: &&Finding| is_about(&one.path, key);
            let mut all: Vec<(Finding, usize)> = Vec::new();
            self.findings.with(|found| {
                for one in found.iter().filter(about) {
                    match all.iter_mut().find(|(known, _)| known.message == one.message) {
                        Some((_, count)) => *count += 1,
                        None => all.push((one.clone(), 1)),
                    }
                }
            });
            all
        })
    }

    /// What they have under a key.
    pub fn spread(self, key: &'static str) -> Memo<Spread> {
        Memo::new(move |_| {
            self.objects.with(|objects| self.desk.draft.with(|draft| draft.spread(objects, key)))
        })
    }

    /// What those of them inherit that have no value of their own.
    pub fn inherited(self, key: &'static str) -> Memo<Spread> {
        Memo::new(move |_| {
            self.objects.with(|objects| self.desk.draft.with(|draft| draft.inherited_spread(objects, key)))
        })
    }

    /// Whether saving would change the key anywhere.
    pub fn is_changed(self, key: &'static str) -> Memo<bool> {
        Memo::new(move |_| {
            self.objects.with(|objects| self.desk.draft.with(|draft| draft.differs_in_any(objects, key)))
        })
    }

    /// Sets a key of all to what somebody typed; nothing typed: each keeps what Kea has.
    pub fn set(self, key: &'static str, text: &str) {
        let objects = self.objects.get_untracked();
        self.desk.update(|draft| draft.set_text_of_all(&objects, key, text));
    }

    /// Takes a key out of all.
    pub fn clear(self, key: &'static str) {
        let objects = self.objects.get_untracked();
        self.desk.update(|draft| draft.clear_in_all(&objects, key));
    }
}

/// Whether a path names a key of a subnet, or something in it.
fn is_about(path: &str, key: &str) -> bool {
    path.split_once(&format!("].{key}")).is_some_and(|(subnet, rest)| {
        let list = subnet.rsplit_once('[').map(|(list, _)| list).unwrap_or_default();
        (list.ends_with("subnet4") || list.ends_with("subnet6")) && (rest.is_empty() || rest.starts_with('['))
    })
}

#[cfg(test)]
mod tests {
    use super::is_about;

    #[test]
    fn findings_of_other_objects_are_left_out() {
        for (path, about) in [
            ("Dhcp4.subnet4[3].valid-lifetime", true),
            ("Dhcp4.shared-networks[0].subnet4[3].valid-lifetime", true),
            ("Dhcp4.shared-networks[0].valid-lifetime", false),
            ("Dhcp4.valid-lifetime", false),
            ("Dhcp4.subnet4[3].pools[0].valid-lifetime", false),
            ("Dhcp4.subnet4[3].valid-lifetimes", false),
        ] {
            assert_eq!(is_about(path, "valid-lifetime"), about, "{path}");
        }
        assert!(is_about("Dhcp6.subnet6[0].relay.ip-addresses[1]", "relay.ip-addresses"));
    }
}
