//! Checking an `option-def` entry the way Kea does.

use super::{DefEntry, Definitions, OptionDef, OptionType, def_fields, keys::is_name, mend, standard};
use crate::{Family, KeaVersion, diagnostic::Diagnostic};

/// The first version with the type `internal`.
const INTERNAL: KeaVersion = KeaVersion::new(2, 5, 5);

/// Checks a definition beside the other ones of the daemon: an error is what Kea's `config-test` refuses. Each finding
/// has the key that it is about as its `path`; its span, if any, counts bytes of that key's text.
///
/// ```
/// use perch_shared::{Family, KeaVersion, option::{Definitions, OptionDef, OptionType, check_def}};
/// let others = Definitions::new(Family::V4, KeaVersion::new(3, 0, 4), Vec::new());
/// let def: OptionDef = serde_json::from_str(r#"{"name": "voip", "code": 6, "type": "string"}"#).unwrap();
/// let found = check_def(&others, &def);
/// assert_eq!(found[0].message, "the code 6 is taken by Kea's own `domain-name-servers`");
/// assert!(check_def(&others, &OptionDef { code: 224, ..def }).is_empty());
/// ```
pub fn check_def(others: &Definitions, def: &OptionDef) -> Vec<Diagnostic> {
    let entry = DefEntry::of(def);
    let mut found = examine_def(others.family, others.version, &entry);
    let space = entry.space_or_default(others.family);
    if let Some(other) = others.own_code(space, def.code) {
        found.push(taken_code(def.code, other.name));
    }
    if others.own_name(space, &def.name).is_some() {
        found.push(taken_name(&def.name));
    }
    found.sort_by_key(|found| std::cmp::Reverse(found.severity));
    found
}

/// The code of another definition in the same space.
pub(crate) fn taken_code(code: u16, by: &str) -> Diagnostic {
    Diagnostic::error("option-def/duplicate-code", format!("the code {code} is taken by `{by}`"))
        .help("use another code, or another space")
        .at("code")
}

/// The name of another definition in the same space.
pub(crate) fn taken_name(name: &str) -> Diagnostic {
    Diagnostic::error("option-def/duplicate-name", format!("the name `{name}` is taken"))
        .help("use another name, or another space")
        .at("name")
}

/// What is wrong with a definition on its own, and beside those of Kea.
pub(crate) fn examine_def(family: Family, version: KeaVersion, entry: &DefEntry<'_>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    missing(entry, &mut out);
    name(entry, &mut out);
    space(family, entry, &mut out);
    code(family, entry, &mut out);
    standard_one(family, version, entry, &mut out);
    encapsulate(family, entry, &mut out);
    let kind = kind(version, entry, &mut out);
    def_fields::check(version, entry, kind, &mut out);
    out
}

fn missing(entry: &DefEntry<'_>, out: &mut Vec<Diagnostic>) {
    let keys =
        [(entry.name.is_none(), "name"), (entry.code.is_none(), "code"), (entry.kind.is_none(), "type")];
    for (_, key) in keys.into_iter().filter(|(is_missing, _)| *is_missing) {
        let message = format!("a definition needs a `{key}`");
        out.push(Diagnostic::error("option-def/missing", message).help(format!("add `{key}`")));
    }
}

fn name(entry: &DefEntry<'_>, out: &mut Vec<Diagnostic>) {
    if let Some(name) = entry.name.as_deref().filter(|name| !is_name(name)) {
        let message = format!("`{name}` cannot be the name of an option");
        out.push(Diagnostic::error("option-def/name", message).help(NAMES).at("name"));
    }
}

const NAMES: &str = "use letters, digits, and inside also `-` and `_`";

fn space(family: Family, entry: &DefEntry<'_>, out: &mut Vec<Diagnostic>) {
    let Some(space) = entry.space.as_deref() else { return };
    if !is_name(space) {
        let message = format!("`{space}` cannot be the name of a space");
        out.push(Diagnostic::error("option-def/space", message).help(NAMES).at("space"));
    }
    if Family::ALL.iter().any(|other| *other != family && other.service() == space) {
        let message = format!("no option of {} can be in the space `{space}`", family.daemon());
        let warning = Diagnostic::warning("option-def/other-family", message);
        out.push(warning.help(format!("use `{}`, or leave the space out", family.service())).at("space"));
    }
}

fn code(family: Family, entry: &DefEntry<'_>, out: &mut Vec<Diagnostic>) {
    let Some(code) = entry.code else { return };
    let standard = entry.space_or_default(family);
    let reserved = match code {
        0 => Family::ALL.iter().any(|family| family.service() == standard),
        255 => standard == Family::V4.service(),
        _ => false,
    };
    if entry.valid_code(family).is_none() {
        let max = family.max_option_code();
        let message = format!("the code {code} is not between 0 and {max}");
        let help = match family {
            Family::V4 => "use a free code; 224 to 254 are for a site's own options (RFC 3942)",
            Family::V6 => "use a free code up to 65535",
        };
        out.push(Diagnostic::error("option-def/code-range", message).help(help).at("code"));
    } else if reserved {
        let message = format!("the code {code} is reserved in the space `{standard}`");
        out.push(Diagnostic::error("option-def/reserved-code", message).help("use another code").at("code"));
    }
}

/// Kea's own definitions: those that forbid this one, those that hide it, and those of a coming version.
fn standard_one(family: Family, version: KeaVersion, entry: &DefEntry<'_>, out: &mut Vec<Diagnostic>) {
    let space = entry.space_or_default(family);
    let code = entry.valid_code(family);
    let name = entry.name.as_deref().unwrap_or_default();
    let before = out.len();
    if let Some(taken) = code.and_then(|code| standard::by_code(space, version, code)) {
        let message = format!("the code {} is taken by Kea's own `{}`", taken.code, taken.name);
        let error = Diagnostic::error("option-def/standard-code", message).at("code");
        out.push(error.help(if family == Family::V4 && space == family.service() {
            "remove the definition to use Kea's, or take a code from 224 to 254"
        } else {
            "remove the definition to use Kea's, or take another code"
        }));
    }
    if let Some(taken) = standard::by_name(space, version, name) {
        let message = format!("the name `{name}` is taken by Kea's own option {}", taken.code);
        let error = Diagnostic::error("option-def/standard-name", message).at("name");
        out.push(error.help("remove the definition to use Kea's, or take another name"));
    }
    if out.len() > before {
        return;
    }
    let hidden = standard::vendor_space(family, space).and_then(|built_in| {
        let by_code = code.and_then(|code| standard::by_code(built_in, version, code));
        by_code.or_else(|| standard::by_name(built_in, version, name))
    });
    if let Some(hidden) = hidden {
        let message = format!("Kea uses its own `{}`, option {}, instead", hidden.name, hidden.code);
        let warning = Diagnostic::warning("option-def/hidden", message).at("code");
        out.push(warning.help("remove the definition, or take another code and name"));
    } else if let Some(coming) = code.and_then(|code| standard::coming(space, version, code, name)) {
        let (code, theirs, since) = (coming.code, coming.name, coming.since());
        let message = format!("Kea {since} and newer define option {code} as `{theirs}` and refuse this");
        let hint = Diagnostic::hint("option-def/coming", message).at("code");
        out.push(
            hint.help(format!("remove it when you upgrade to Kea {since}, or take another code and name")),
        );
    }
}

fn encapsulate(family: Family, entry: &DefEntry<'_>, out: &mut Vec<Diagnostic>) {
    let inner = entry.encapsulate.as_ref();
    if inner.is_empty() {
        return;
    }
    if entry.array {
        let message = "an array cannot encapsulate a space";
        let error = Diagnostic::error("option-def/array-encapsulates", message);
        out.push(error.help("remove `array` or `encapsulate`").at("encapsulate"));
    }
    if inner == entry.space_or_default(family) {
        let message = format!("an option in `{inner}` cannot encapsulate `{inner}`");
        let error = Diagnostic::error("option-def/encapsulates-itself", message);
        out.push(error.help("encapsulate another space").at("encapsulate"));
    } else if !is_name(inner) {
        let message = format!("`{inner}` cannot be the name of a space");
        out.push(Diagnostic::error("option-def/encapsulate", message).help(NAMES).at("encapsulate"));
    }
}

/// A type that a version knows.
pub(super) fn known_type(version: KeaVersion, text: &str) -> Option<OptionType> {
    text.parse().ok().filter(|kind| *kind != OptionType::Internal || version >= INTERNAL)
}

/// A type that was meant, where only its case or its blanks are wrong.
pub(super) fn meant_type(version: KeaVersion, text: &str) -> Option<OptionType> {
    known_type(version, &text.trim().to_ascii_lowercase())
}

fn kind(version: KeaVersion, entry: &DefEntry<'_>, out: &mut Vec<Diagnostic>) -> Option<OptionType> {
    let text = entry.kind.as_deref()?;
    let kind = known_type(version, text);
    if kind.is_none() {
        let error =
            Diagnostic::error("option-def/unknown-type", format!("Kea {version} knows no type `{text}`"))
                .at("type");
        out.push(match meant_type(version, text) {
            Some(meant) => mend(error, 0..text.len(), meant.as_str()).help(format!("write `{meant}`")),
            None => error.help(
                "use empty, binary, boolean, int8, int16, int32, uint8, uint16, uint32, ipv4-address, ipv6-address, \
                 ipv6-prefix, psid, string, tuple, fqdn or record",
            ),
        });
    }
    kind
}
