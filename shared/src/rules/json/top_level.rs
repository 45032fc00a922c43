//! `json/top-level`

use crate::{
    Family,
    json::{Document, Element, Kind},
    rules::{Example, Findings, Review, rule},
};

rule! {
    /// The text is no configuration of one of Kea's daemons.
    ///
    /// ## Why
    /// A configuration is a map with one member, named after the daemon: `Dhcp4`, `Dhcp6`, `DhcpDdns`, `Control-agent`
    /// or `Netconf`. Kea refuses any other member beside it; `Logging`, which Kea 1.6 knew, is now `loggers` inside
    /// of that map.
    ///
    /// ## Example
    /// ```json
    /// { "dhcp4": { "valid-lifetime": 3600 } }
    /// ```
    ///
    /// ## Use instead
    /// ```json
    /// { "Dhcp4": { "valid-lifetime": 3600 } }
    /// ```
    "json/top-level", Error, arm: "config.html#json-syntax", check,
    bad: [
        Example::new(r#"{"dhcp4": {"valid-lifetime": 3600}}"#),
        Example::new(r#"{"Dhcp4": {"valid-lifetime": 3600}, "Logging": {"loggers": []}}"#),
        Example::new("[]"),
    ],
    good: [Example::new(r#"{"Dhcp4": {"valid-lifetime": 3600}}"#)],
}

/// Every daemon's key.
const DAEMONS: [&str; 5] = ["Dhcp4", "Dhcp6", "DhcpDdns", "Control-agent", "Netconf"];

/// There is nothing to review where there is no configuration: [`inspect`] looks at the document instead.
fn check(_: &Review<'_>, _: &mut Findings) {}

/// Looks at the outermost map.
pub(in crate::rules) fn inspect(document: &Document<'_>, out: &mut Findings) {
    let Some(top) = document.root() else { return };
    if top.kind() != Kind::Map {
        if document.includes().is_empty() && top.kind() != Kind::Unknown {
            let finding = RULE.at_map(top, "a configuration is a map");
            out.push(finding.help("write `{ \"Dhcp4\": { … } }`"));
        }
        return;
    }
    let mut daemons = top.children().filter(|member| DAEMONS.iter().any(|key| member.has_key(key)));
    let first = daemons.next();
    if first.is_none() && top.children().next().is_none() && document.includes().is_empty() {
        out.push(RULE.at_map(top, "the configuration is empty").help("write `{ \"Dhcp4\": { … } }`"));
    }
    for member in
        top.children().filter(|member| first.is_none_or(|first| member.key() != first.key())).take(100)
    {
        unexpected(member, first, out);
    }
}

fn unexpected(member: Element<'_>, daemon: Option<Element<'_>>, out: &mut Findings) {
    let Some(key) = member.key() else { return };
    if let Some(daemon) = daemon {
        let finding =
            RULE.at_key(member, format!("`{key}` stands beside `{}`", daemon.key().unwrap_or_default()));
        let help = match key.as_ref() {
            "Logging" => "put its `loggers` into the daemon's map",
            key if DAEMONS.contains(&key) => "give each daemon a file of its own",
            _ => "put it into the daemon's map, or take it away",
        };
        return out.push(finding.related(daemon, "the daemon's map").help(help));
    }
    let near = DAEMONS.iter().find(|daemon| daemon.eq_ignore_ascii_case(&key));
    let finding = RULE.at_key(member, format!("Kea has no daemon `{key}`"));
    out.push(match near {
        Some(near) => {
            finding.help(format!("write `{near}`")).fix(format!("write `{near}`"), member.rename(near))
        }
        None => finding.help(format!("write `{}` or `{}`", Family::V4.root_key(), Family::V6.root_key())),
    });
}
