//! `key/missing`

use super::on_the_walk;
use crate::{
    diagnostic::Readers,
    json::Element,
    rules::{Example, Findings, rule, shape::Shape},
    schema::Object,
};

rule! {
    /// An object does not say what it must say.
    ///
    /// ## Why
    /// Kea has no default for it and refuses the configuration. Some of these keys only the reader of files demands.
    ///
    /// ## Use instead
    /// Add the key, or take the whole object out.
    "key/missing", Error, arm: "config.html#json-syntax", on_the_walk,
    bad: [
        Example::new(r#"{"Dhcp4": {"dhcp-ddns": {"max-queue-size": 64}}}"#),
        Example::new(r#"{"Dhcp6": {"multi-threading": {"thread-pool-size": 4}}}"#),
        Example::new(r#"{"Dhcp4": {"lease-database": {"persist": true}}}"#),
        Example::new(r#"{"Dhcp6": {"client-classes": [{"test": "option[1].exists"}]}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"dhcp-ddns": {"enable-updates": true, "max-queue-size": 64}}}"#),
        Example::new(r#"{"Dhcp6": {"multi-threading": {"enable-multi-threading": true, "thread-pool-size": 4}}}"#),
        Example::new(r#"{"Dhcp4": {"lease-database": {"type": "memfile", "persist": true}}}"#),
    ],
}

pub(in crate::rules) fn check(shape: &Shape<'_>, map: Element<'_>, object: Object, out: &mut Findings) {
    for row in shape.schema.rows(object) {
        let (file, api) = row.is_needed();
        // What both demand the parsers demand, which read files too; the grammar demands something.
        let by_grammar = !api || map.children().next().is_none();
        let (file, api) = (file && (by_grammar || !shape.only_grammar), api && !shape.only_grammar);
        let is_there = || map.children().any(|other| is_it(shape, object, row.key(), other));
        if file && !is_there() {
            let message = format!("`{}` is missing in {}", row.key(), object.phrase());
            let finding = RULE.at_map(map, message).refused_by(Readers { file, api });
            out.push(finding.help(format!("add `{}`: {}", row.key(), row.kea.phrase())));
        }
    }
}

/// Whether a member is the key that is needed, or says the same by an old name, about which another rule speaks.
fn is_it(shape: &Shape<'_>, object: Object, needed: &str, member: Element<'_>) -> bool {
    let is_old = |key: &str| shape.schema.elsewhen(object, key).any(|row| row.now() == needed);
    member.has_key(needed) || member.key().is_some_and(|key| is_old(&key))
}
