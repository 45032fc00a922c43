//! What a key would be if an object did not set it.

use super::{
    Draft,
    kind::as_text,
    path::{Part, get, join, parts, split},
};
use crate::{
    Daemon, KeaVersion,
    config::Config,
    schema::{Object, Schema},
};
use serde_json::Value;

/// Where an inherited value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// In the global map.
    Global,
    /// In a subnet.
    Subnet(String),
    /// In a shared network.
    Network(String),
}

/// An inherited value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inherited {
    /// The value, as text for a field.
    pub text: String,
    /// Where it stands.
    pub from: Origin,
}

/// Looks outwards from the object that the path's key is in. Inherited is what the object around has under the same name,
/// where both objects have such a key and it is no list of objects. Source: Kea's manual, "How to configure the DHCPv4
/// server", on global, shared-network, subnet and pool parameters.
pub(super) fn inherited(
    config: &Config,
    daemon: Daemon,
    version: KeaVersion,
    path: &str,
) -> Option<Inherited> {
    let schema = Schema::new(daemon, version);
    let (object, key) = split(path);
    if object.is_empty() || !is_handed_down(key) {
        return None;
    }
    let mut inner = object;
    while !inner.is_empty() {
        let (outer, from) = around(config, inner)?;
        let kind = super::object_at(outer)?;
        if has(schema, kind, key)
            && let Some(value) = get(&config.root, &join(outer, key))
        {
            return Some(Inherited { text: as_text(value), from });
        }
        inner = outer;
    }
    None
}

fn has(schema: Schema, object: Object, key: &str) -> bool {
    schema.key(object, key).is_some()
}

/// What says something about its own object only.
fn is_handed_down(key: &str) -> bool {
    const OWN: [&str; 14] = [
        "id",
        "subnet",
        "name",
        "pool",
        "prefix",
        "prefix-len",
        "delegated-len",
        "user-context",
        "comment",
        "client-class",
        "client-classes",
        "option-data",
        "reservations",
        "pool-id",
    ];
    !OWN.contains(&key)
}

/// The object around the item at a path, and how it is called.
pub(super) fn around<'p>(config: &Config, item: &'p str) -> Option<(&'p str, Origin)> {
    let (list, _) = item.rsplit_once('[')?;
    let (outer, _) = split(list);
    let name = |key: &str| {
        get(&config.root, &join(outer, key)).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let last = parts(outer).filter_map(|part| match part {
        Part::Key(key) => Some(key),
        Part::Index(_) => None,
    });
    let origin = match last.last() {
        None => Origin::Global,
        Some("shared-networks") => Origin::Network(name("name")),
        Some("subnet4" | "subnet6") => Origin::Subnet(name("subnet")),
        Some(_) => return None,
    };
    Some((outer, origin))
}

impl Draft {
    /// Whether an object sets a key. What Kea prints of the BOOTP parameters where nobody sets them is no value.
    pub fn sets(&self, path: &str) -> bool {
        let key = path.rsplit('.').next().unwrap_or(path);
        self.get(path).is_some_and(|value| {
            !matches!(
                (key, value.as_str()),
                ("next-server", Some("0.0.0.0")) | ("server-hostname" | "boot-file-name", Some(""))
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Family, api::ConfigurationView};
    use serde_json::json;

    #[test]
    fn the_nearest_object_around_decides() {
        let root = json!({
            "valid-lifetime": 4000, "renew-timer": 900, "authoritative": true, "ddns-qualifying-suffix": "example.org",
            "subnet4": [{"id": 1, "subnet": "10.0.0.0/8", "pools": [{"pool": "10.0.0.0/24"}]}],
            "shared-networks": [{"name": "n", "valid-lifetime": 60, "subnet4": [{"id": 2, "subnet": "11.0.0.0/8"}]}],
            "client-classes": [{"name": "a"}],
        });
        let config = Config { family: Family::V4, root };
        let look = |path: &str| {
            inherited(&config, Daemon::Dhcp4, KeaVersion::new(3, 0, 4), path)
                .map(|found| (found.text, found.from))
        };
        let global = |text: &str| Some((text.to_owned(), Origin::Global));
        assert_eq!(look("subnet4[0].valid-lifetime"), global("4000"));
        let network = Some(("60".to_owned(), Origin::Network("n".to_owned())));
        assert_eq!(look("shared-networks[0].subnet4[0].valid-lifetime"), network);
        assert_eq!(look("shared-networks[0].subnet4[0].renew-timer"), global("900"));
        assert_eq!(look("subnet4[0].pools[0].ddns-qualifying-suffix"), global("example.org"));
        for path in ["valid-lifetime", "subnet4[0].id", "subnet4[0].next-server", "client-classes[0].name"] {
            assert_eq!(look(path), None, "{path}");
        }
    }

    #[test]
    fn what_kea_prints_of_nothing_is_not_set() {
        let printed =
            json!({"name": "a", "next-server": "0.0.0.0", "boot-file-name": "", "server-hostname": "tftp"});
        let config = json!({"client-classes": [printed]});
        let (family, version, hash) = (Family::V4, KeaVersion::new(3, 0, 4), String::new());
        let draft = Draft::new(ConfigurationView { family, version, hash, config });
        let keys = ["name", "next-server", "boot-file-name", "server-hostname", "valid-lifetime"];
        let sets = keys.map(|key| draft.sets(&format!("client-classes[0].{key}")));
        assert_eq!(sets, [true, false, false, true, false]);
    }
}
