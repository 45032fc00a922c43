//! The client classes in a draft, and the configuration that their expressions are tried in.

use super::{Draft, join};
use crate::{
    Family,
    api::SubnetList,
    change::{Place, uses},
    config::items,
    expr::{BUILT_IN, BUILT_IN_PREFIXES},
    status::{GlobalChange, global_changes, is_global},
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// A client class in few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassLine {
    /// Where it stands, such as `client-classes[2]`.
    pub path: String,
    /// Its name.
    pub name: String,
    /// Its `test`, or its `template-test`; empty: it has none.
    pub test: String,
    /// Whether that is a `template-test`.
    pub is_template: bool,
    /// Whether it is evaluated only where something lists it.
    pub is_additional: bool,
    /// Whether people marked it as one that all servers shall have (`global` in its `user-context`).
    pub is_global: bool,
    /// How many options it sets.
    pub options: usize,
    /// What people wrote about it.
    pub remark: String,
}

/// A class that Kea has by itself: its name, and who is in it.
pub const BUILT_IN_CLASSES: [(&str, &str); 8] = [
    ("ALL", "Every packet."),
    ("KNOWN", "Clients with a reservation. Evaluated after the subnet is chosen."),
    ("UNKNOWN", "Clients without a reservation. Evaluated after the subnet is chosen."),
    ("BOOTP", "BOOTP clients, where the BOOTP hook library is loaded."),
    ("VENDOR_CLASS_…", "Clients whose vendor class is what follows: option 60, in DHCPv6 option 16."),
    ("HA_…", "Clients that the HA hook library gives to the server with that name."),
    ("AFTER_…", "Names that Kea keeps for itself."),
    ("EXTERNAL_…", "Names that Kea keeps for hook libraries."),
];

impl Draft {
    /// The client classes, in the order in which Kea evaluates them.
    pub fn classes(&self) -> Vec<ClassLine> {
        let items = self.items("client-classes").iter().enumerate();
        items.map(|(index, item)| line(format!("client-classes[{index}]"), item)).collect()
    }

    /// The path of the client class of a name.
    pub fn class_path(&self, name: &str) -> Option<String> {
        let named = |item: &Value| item.get("name").and_then(Value::as_str) == Some(name);
        let index = self.items("client-classes").iter().position(named)?;
        Some(format!("client-classes[{index}]"))
    }

    /// Adds a client class of a name behind all others, as a copy of another one where `like` names one, and gives its
    /// path.
    pub fn add_class(&mut self, name: &str, like: &str) -> String {
        let copied = self.class_path(like).and_then(|path| self.get(&path).cloned());
        let mut class = copied.and_then(|class| class.as_object().cloned()).unwrap_or_default();
        class.insert("name".to_owned(), name.into());
        self.push("client-classes", Value::Object(class))
    }

    /// The path of the client class that was added last and that Kea does not have yet.
    pub fn added_class(&self) -> Option<String> {
        let known = self.before().root.get("client-classes").and_then(Value::as_array).map_or(0, Vec::len);
        let now = self.items("client-classes").len();
        (now > known).then(|| format!("client-classes[{}]", now.saturating_sub(1)))
    }

    /// A name for a copy of a class that no class has yet.
    pub fn free_class_name(&self, like: &str) -> String {
        let first = format!("{like}-copy");
        let more = (2..).map(|number| format!("{like}-copy-{number}"));
        std::iter::once(first).chain(more).find(|name| self.class_path(name).is_none()).unwrap_or_default()
    }

    /// The key of this daemon's version that says that a class is evaluated only where something lists it.
    pub fn additional_key(&self) -> &'static str {
        if self.knows("client-classes[0].only-in-additional-list") {
            "only-in-additional-list"
        } else {
            "only-if-required"
        }
    }

    /// The text of a configuration with what the expression of a class may name: the option definitions and the classes
    /// before it.
    pub fn around_class(&self, path: &str) -> String {
        let index = path.rsplit('[').next().and_then(|rest| rest.trim_end_matches(']').parse().ok());
        let classes = self.items("client-classes");
        let before = classes.get(..index.unwrap_or(classes.len())).unwrap_or(classes);
        let keys = ["name", "test", "template-test", "only-if-required", "only-in-additional-list"];
        let short = |class: &Value| {
            let kept = keys.iter().filter_map(|key| Some(((*key).to_owned(), class.get(*key)?.clone())));
            Value::Object(kept.collect::<Map<_, _>>())
        };
        let before: Vec<Value> = before.iter().map(short).collect();
        let definitions = self.items("option-def");
        let root = self.family().root_key();
        json!({root: {"option-def": definitions, "client-classes": before}}).to_string()
    }

    /// Whether people marked an object as one that all servers shall have.
    pub fn is_global(&self, object: &str) -> bool {
        self.get(object).is_some_and(is_global)
    }

    /// Marks an object as one that all servers shall have, or takes the mark away.
    pub fn set_global(&mut self, object: &str, global: bool) {
        let context = join(object, "user-context");
        self.put(&join(&context, "global"), global.then_some(Value::Bool(true)));
    }

    /// The classes that all servers shall have and that this draft changes.
    pub fn global_changes(&self) -> Vec<GlobalChange> {
        global_changes(items(&self.before().root, "client-classes"), self.items("client-classes"))
    }

    /// Who names each class in what Kea has, by name, in words: first what this draft holds, then the subnets, shared
    /// networks and pools of a list.
    pub fn class_uses(&self, list: Option<&SubnetList>) -> BTreeMap<String, Vec<String>> {
        let mut all = BTreeMap::new();
        for class in self.classes() {
            let place = Place::root().class(&class.name);
            let here = uses(self.before(), &place).into_iter().map(|found| found.words);
            let mut words: Vec<String> =
                here.filter(|words| list.is_none() || !is_of_subnets(words)).collect();
            words.extend(list.into_iter().flat_map(|list| of_subnets(list, &class.name)));
            all.insert(class.name, words);
        }
        all
    }

    /// The first code that nobody has in an option space of a scope, at or above the first one that is free for use there.
    /// The path of the whole configuration is empty.
    pub fn free_code(&self, scope: &str, space: &str) -> u16 {
        let definitions = self.definitions(scope);
        let space = if space.is_empty() { self.family().service() } else { space };
        let is_standard = space == self.family().service();
        let first = match (is_standard, self.family()) {
            // Site-specific codes (RFC 3942); DHCPv6 has none, and codes that high are far from being assigned.
            (true, Family::V4) => 224,
            (true, Family::V6) => 32768,
            (false, _) => 1,
        };
        (first..u16::MAX).find(|code| definitions.by_code(space, *code).is_none()).unwrap_or(first)
    }
}

fn line(path: String, class: &Value) -> ClassLine {
    let text = |key: &str| class.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let flag = |key: &str| class.get(key).and_then(Value::as_bool).unwrap_or_default();
    let template = text("template-test");
    let context = class.get("user-context");
    ClassLine {
        path,
        name: text("name"),
        is_template: !template.is_empty(),
        test: if template.is_empty() { text("test") } else { template },
        is_additional: flag("only-in-additional-list") || flag("only-if-required"),
        is_global: is_global(class),
        options: class.get("option-data").and_then(Value::as_array).map_or(0, Vec::len),
        remark: context.map(remark).unwrap_or_default(),
    }
}

fn remark(context: &Value) -> String {
    context.get("comment").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Whether the words are about what a list of subnets says, too.
fn is_of_subnets(words: &str) -> bool {
    words.starts_with("`client-class") && words.contains(" of shared network ")
}

fn of_subnets(list: &SubnetList, name: &str) -> Vec<String> {
    let named = |classes: &[String]| classes.iter().any(|class| class == name);
    let networks = list.networks.iter().filter(|network| named(&network.classes));
    let subnets = list.subnets.iter().filter(|subnet| named(&subnet.classes));
    let pools = list.subnets.iter().filter(|subnet| named(&subnet.pool_classes));
    let networks = networks.map(|network| format!("shared network {}", network.name));
    let subnets = subnets.map(|subnet| format!("subnet {}", subnet.subnet));
    networks.chain(subnets).chain(pools.map(|subnet| format!("pools of subnet {}", subnet.subnet))).collect()
}

/// Whether Kea has a class by itself, so that none can be called so.
pub fn is_reserved_class(name: &str) -> bool {
    BUILT_IN.contains(&name) || BUILT_IN_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeaVersion, api::ConfigurationView, api::SubnetRow};

    fn draft() -> Draft {
        let config = json!({
            "option-def": [{"name": "lamp", "code": 224, "space": "dhcp4", "type": "string"}],
            "client-classes": [
                {"name": "a", "test": "option[60].exists", "user-context": {"comment": "phones", "global": true}},
                {"name": "b", "template-test": "option[12].text", "only-in-additional-list": true},
                {"name": "c", "test": "member('a')", "option-data": [{"code": 6}]},
            ],
        });
        let version = KeaVersion::new(3, 0, 4);
        Draft::new(ConfigurationView { family: Family::V4, version, hash: "A".into(), config })
    }

    #[test]
    fn classes_are_lines() {
        let all = draft().classes();
        let [a, b, c] = all.as_slice() else { panic!("{all:?}") };
        assert!(a.is_global && a.remark == "phones" && !a.is_template);
        assert!(b.is_template && b.is_additional && b.test == "option[12].text");
        assert_eq!((c.path.as_str(), c.options), ("client-classes[2]", 1));
    }

    #[test]
    fn a_class_is_added_as_a_copy() {
        let mut draft = draft();
        assert_eq!(draft.free_class_name("a"), "a-copy");
        let path = draft.add_class("a-copy", "a");
        assert_eq!((path.as_str(), draft.comment_at(&path).as_str()), ("client-classes[3]", "phones"));
        assert_eq!(draft.free_class_name("a"), "a-copy-2");
        draft.set_comment(&path, "");
        draft.set_comment("client-classes[1]", "x");
        draft.set_comment("client-classes[1]", " ");
        assert_eq!(draft.get("client-classes[1].user-context"), None);
    }

    #[test]
    fn the_mark_of_a_global_class_leaves_the_rest_of_its_context_alone() {
        let mut draft = draft();
        draft.set_global("client-classes[0]", false);
        assert_eq!(draft.get("client-classes[0].user-context"), Some(&json!({"comment": "phones"})));
        draft.set_global("client-classes[2]", true);
        assert!(draft.is_global("client-classes[2]") && draft.classes()[2].is_global);
        draft.set_global("client-classes[2]", false);
        assert_eq!(draft.get("client-classes[2].user-context"), None);
    }

    #[test]
    fn an_expression_may_name_what_comes_before() {
        let around = draft().around_class("client-classes[2]");
        assert!(around.contains("lamp") && around.contains("\"b\"") && !around.contains("\"c\""), "{around}");
    }

    #[test]
    fn uses_are_said_in_words() {
        let list = SubnetList {
            version: KeaVersion::new(3, 0, 4),
            hash: "A".into(),
            networks: Vec::new(),
            subnets: vec![SubnetRow {
                subnet: "10.0.0.0/8".into(),
                classes: vec!["a".into()],
                pool_classes: vec!["b".into()],
                ..SubnetRow::default()
            }],
        };
        let uses = draft().class_uses(Some(&list));
        assert_eq!(uses["a"], ["`test` of client class `c`", "subnet 10.0.0.0/8"]);
        assert_eq!(uses["b"], ["pools of subnet 10.0.0.0/8"]);
        assert!(uses["c"].is_empty());
    }

    #[test]
    fn free_codes_are_found() {
        let draft = draft();
        assert_eq!(
            (draft.free_code("", ""), draft.free_code("", "dhcp4"), draft.free_code("", "ubnt")),
            (225, 225, 1)
        );
    }

    #[test]
    fn what_kea_has_by_itself_is_known() {
        assert!(is_reserved_class("KNOWN") && is_reserved_class("HA_server1") && !is_reserved_class("known"));
        for name in BUILT_IN {
            assert!(BUILT_IN_CLASSES.iter().any(|(known, _)| *known == name), "{name}");
        }
        for prefix in BUILT_IN_PREFIXES {
            assert!(
                BUILT_IN_CLASSES.iter().any(|(known, _)| known.strip_suffix('…') == Some(prefix)),
                "{prefix}"
            );
        }
    }
}
