//! What subnets and shared networks inherit while edits are carried out.

use super::{
    apply::Bench,
    find::reach,
    flat::NETWORK,
    place::{Place, Step},
    printed::other_name,
};
use crate::config::{inheritable, inherited, is_inheritable, items};
use serde_json::{Map, Value};

impl Bench {
    /// Leaves the keys out that are what would be inherited without them: lifetimes before their bounds.
    pub(super) fn let_inherit(&mut self, scope: &Place, keys: &[&str]) {
        let inherited = |key: &str| self.inherited(&scope.clone().key(key), &self.flat.root);
        let inherited: Vec<(&str, Value)> =
            keys.iter().filter_map(|key| Some((*key, inherited(key)?))).collect();
        if let Ok(Some(map)) = reach(&mut self.flat.root, &self.identities, &scope.steps, false) {
            for (key, value) in inherited {
                if map.get(key) == Some(&value) {
                    map.remove(key);
                }
            }
        }
    }

    /// The subnet or network with what it inherits printed into it.
    pub(super) fn filled(&self, map: &Value, root: &Value) -> Value {
        let network = self.network_of(map, root);
        let mut filled = map.clone();
        for key in inheritable() {
            if let (None, Some(value), Some(filled)) =
                (map.get(key), inherited(root, network, map, key), filled.as_object_mut())
            {
                filled.insert(key.to_owned(), value);
            }
        }
        filled
    }

    /// A key's value as `config-get` prints it.
    pub(super) fn printed(&self, place: &Place, parent: &Value, key: &str) -> Option<Value> {
        let other = || {
            let object = self.identities.object_at(&place.parent())?;
            parent.get(other_name(object, key)?)
        };
        parent.get(key).or_else(other).cloned().or_else(|| self.inherited(place, &self.flat.root))
    }

    /// What a subnet or shared network has for a key that it does not set itself, under this root.
    pub(super) fn inherited(&self, place: &Place, root: &Value) -> Option<Value> {
        let [scope @ (Step::Subnet(_) | Step::SharedNetwork(_)), Step::Key(key)] = place.steps.as_slice()
        else {
            return None;
        };
        let (_, map) = self.item(&self.flat.root, scope)?;
        inherited(root, self.network_of(map, root), map, key)
    }

    /// The shared network of a subnet.
    pub(super) fn network_of<'v>(&self, subnet: &Value, root: &'v Value) -> Option<&'v Value> {
        let name = subnet.get(NETWORK).and_then(Value::as_str)?;
        self.item(root, &Step::SharedNetwork(name.to_owned())).map(|(_, network)| network)
    }
}

/// What a configuration hands down to its subnets: its inherited keys, and those of its shared networks.
pub(super) fn handed_down(root: &Value) -> Value {
    let only = |map: &Value| -> Map<String, Value> {
        let keys = map.as_object().into_iter().flatten();
        let keys = keys.filter(|(key, _)| is_inheritable(key) || *key == "name");
        keys.map(|(key, value)| (key.clone(), value.clone())).collect()
    };
    let networks =
        items(root, "shared-networks").iter().map(|network| Value::Object(only(network))).collect();
    let mut start = only(root);
    start.insert("shared-networks".to_owned(), Value::Array(networks));
    Value::Object(start)
}
