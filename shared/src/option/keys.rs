//! The keys of an `option-data` entry other than `data`.

use super::{DefRef, Definitions, Entry, OptionData, OptionType, mend, search};
use crate::{Family, KeaVersion, diagnostic::Diagnostic};

/// The first version with `never-send`.
const NEVER_SEND: KeaVersion = KeaVersion::new(2, 3, 6);
/// The first version with `client-classes` in `option-data`.
const CLIENT_CLASSES: KeaVersion = KeaVersion::new(2, 7, 4);

/// The first version that keeps an option in its own standard space from holding itself without end.
const KEEPS_FROM_ITSELF: KeaVersion = KeaVersion::new(2, 3, 8);

/// What is wrong with the keys, and whether there is an option to speak of. `suggests`: a name that was meant is looked
/// for.
pub(super) fn check(
    definitions: &Definitions,
    entry: &Entry<'_>,
    definition: Option<DefRef<'_>>,
    suggests: bool,
    out: &mut Vec<Diagnostic>,
) {
    if let Some(name) = entry.name.as_deref().filter(|name| name.contains(' ')) {
        let error =
            Diagnostic::error("option-data/name-blank", format!("the name `{name}` has a blank")).at("name");
        let space = entry.space_or_default(definitions.family);
        let meant = suggests.then(|| likely(definitions, name, space)).flatten();
        out.push(match meant {
            Some((meant, true)) => mend(error, 0..name.len(), meant).help(format!("write `{meant}`")),
            _ => error.help("remove it: names have letters, digits, `-` and `_`"),
        });
    }
    code(definitions, entry, definition, out);
    match definition {
        Some(definition) => {
            known(entry, definition, out);
            harmful(definitions.version, definition, out);
        }
        None => undefined(definitions, entry, suggests, out),
    }
}

/// Whether the entry only says that an option is never sent.
pub(super) fn is_cancelled(version: KeaVersion, entry: &Entry<'_>) -> bool {
    entry.never_send && entry.data.is_none() && version >= NEVER_SEND
}

/// What is wrong with the keys that have no meaning for the value: those of a form. In a configuration's text this
/// is the matter of the rules about keys.
pub(super) fn unknown(version: KeaVersion, option: &OptionData, out: &mut Vec<Diagnostic>) {
    let newer = |key: &str, since: KeaVersion| {
        Diagnostic::error("option-data/version", format!("Kea {version} has no `{key}` here"))
            .help(format!("remove it, or use Kea {since} or newer"))
            .at(key)
    };
    if option.never_send.is_some() && version < NEVER_SEND {
        out.push(newer("never-send", NEVER_SEND));
    }
    for (key, value) in &option.rest {
        match key.as_str() {
            "client-classes" if version < CLIENT_CLASSES => out.push(newer(key, CLIENT_CLASSES)),
            "client-classes"
                if !value.as_array().is_some_and(|list| list.iter().all(|name| name.is_string())) =>
            {
                out.push(wrong_type(key, "a list of class names"));
            }
            "user-context" | "metadata" if !value.is_object() => out.push(wrong_type(key, "a map")),
            "comment" if !value.is_string() => out.push(wrong_type(key, "a text")),
            "client-classes" | "user-context" | "metadata" | "comment" => {}
            key => out.push(
                Diagnostic::error("option-data/unknown-key", format!("`{key}` is no key of `option-data`"))
                    .help("remove it, or keep it in `user-context`")
                    .at(key),
            ),
        }
    }
}

fn wrong_type(key: &str, wanted: &str) -> Diagnostic {
    Diagnostic::error("option-data/type", format!("`{key}` is not {wanted}"))
        .help(format!("make it {wanted}"))
        .at(key)
}

/// A space that cannot be one. There is no more to say about such an entry.
pub(super) fn space(family: Family, entry: &Entry<'_>) -> Option<Diagnostic> {
    let space = entry.space.as_deref()?;
    let error = |message| Diagnostic::error("option-data/space", message).at("space");
    if let Some(other) = Family::ALL.into_iter().find(|other| *other != family && other.service() == space) {
        let help = format!("use `{}`, or leave the space out", family.service());
        return Some(error(format!("the space `{space}` belongs to {}", other.daemon())).help(help));
    }
    if is_name(space) {
        return None;
    }
    let help = "use letters, digits, and inside also `-` and `_`";
    Some(error(format!("`{space}` cannot be the name of a space")).help(help))
}

/// Whether a text may name an option or a space: letters, digits, `-` and `_`, the latter two neither first nor last.
pub(super) fn is_name(text: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    !text.is_empty()
        && text.chars().all(inside)
        && !text.starts_with(['-', '_'])
        && !text.ends_with(['-', '_'])
}

fn code(
    definitions: &Definitions,
    entry: &Entry<'_>,
    definition: Option<DefRef<'_>>,
    out: &mut Vec<Diagnostic>,
) {
    let family = definitions.family;
    let max = u32::from(family.max_option_code());
    let Some(code) = entry.code.or(definition.map(|definition| definition.code.into())) else { return };
    let standard = entry.space_or_default(family) == family.service();
    let reserved = standard && (code == 0 || (family == Family::V4 && code == 255));
    let at = if entry.code.is_some() { "code" } else { "name" };
    if code > max {
        let message = format!("the code {code} is larger than {max}");
        let error = Diagnostic::error("option-data/code", message).at(at);
        out.push(if at == "code" {
            error.help(format!("use a code from 1 to {}", max - u32::from(family == Family::V4)))
        } else {
            error.help("use the option on a DHCPv6 server")
        });
    } else if reserved && !is_cancelled(definitions.version, entry) {
        let message = format!("the code {code} is reserved in {}", family.protocol());
        out.push(Diagnostic::error("option-data/code", message).help("use the code of an option").at(at));
    }
}

fn known(entry: &Entry<'_>, definition: DefRef<'_>, out: &mut Vec<Diagnostic>) {
    let (code, name) = (definition.code, definition.name);
    if let Some(other) = entry.name.as_deref().filter(|other| *other != name && !other.contains(' ')) {
        let message = format!("the code {code} is `{name}`, not `{other}`");
        out.push(
            Diagnostic::error("option-data/name-mismatch", message)
                .help("give only one of the two, or make them agree")
                .at("name"),
        );
    }
    match definition.set_by {
        _ if entry.never_send => {}
        "" => {}
        "Kea" => out.push(
            Diagnostic::warning("option-data/set-by-kea", format!("Kea itself decides about `{name}`"))
                .help("remove the option, unless Kea's manual told you to set it"),
        ),
        "the subnet" => out.push(
            Diagnostic::warning("option-data/set-by-kea", format!("Kea takes `{name}` from the subnet"))
                .help("remove the option: Kea sends the right one for each subnet"),
        ),
        parameter => out.push(
            Diagnostic::warning("option-data/set-by-kea", format!("Kea sets `{name}` itself"))
                .help(format!("set `{parameter}` instead")),
        ),
    }
}

/// What Kea accepts and then cannot send.
fn harmful(version: KeaVersion, definition: DefRef<'_>, out: &mut Vec<Diagnostic>) {
    let name = definition.name;
    let other = match definition.family {
        Family::V4 => OptionType::Ipv6Address,
        Family::V6 => OptionType::Ipv4Address,
    };
    if definition.array && definition.kind == other {
        let message = format!(
            "Kea writes `{name}`, an array of {other}, into {} messages so that they cannot be read from there on",
            definition.family.protocol()
        );
        out.push(
            Diagnostic::warning("option-data/unreadable", message)
                .help("define it as a record of two addresses with `array`, or as `binary`"),
        );
    }
    if version < KEEPS_FROM_ITSELF && definition.standard && definition.encapsulate == definition.space {
        let message = format!("Kea {version} ends as soon as it sends or prints `{name}`");
        let warning = Diagnostic::warning("option-data/stops-kea-later", message);
        out.push(warning.help(format!("remove it, or use Kea {KEEPS_FROM_ITSELF} or newer")));
    }
}

fn undefined(definitions: &Definitions, entry: &Entry<'_>, suggests: bool, out: &mut Vec<Diagnostic>) {
    let space = entry.space_or_default(definitions.family);
    let max = u32::from(definitions.family.max_option_code());
    match (entry.code, entry.name.as_deref()) {
        (None, None) => out.push(
            Diagnostic::error("option-data/no-option", "neither a code nor a name says which option this is")
                .help("give the option's code or its name")
                .at("code"),
        ),
        // Said already.
        (None, Some(name)) if name.contains(' ') => {}
        (None, Some(name)) => {
            let message =
                format!("Kea {} knows no option `{name}` in the space `{space}`", definitions.version);
            let error = Diagnostic::error("option-data/unknown-option", message).at("name");
            out.push(match suggests.then(|| likely(definitions, name, space)).flatten() {
                Some((likely, true)) => {
                    mend(error, 0..name.len(), likely).help(format!("did you mean `{likely}`?"))
                }
                Some((likely, false)) => error.help(format!("did you mean `{likely}`?")),
                None => error.help("define it with `option-def`, or give its code"),
            });
        }
        (Some(code), _) if entry.csv_format == Some(true) && code <= max => out.push(
            Diagnostic::error(
                "option-data/undefined",
                format!(
                    "Kea {} has no definition of option {code} in the space `{space}`",
                    definitions.version
                ),
            )
            .help(
                "define it with `option-def`, or set `csv-format` to false and give its bytes in hexadecimal",
            )
            .at("code"),
        ),
        (Some(_), _) => {}
    }
}

/// A name that was probably meant, and whether that is certain: only its case or its hyphens differ.
fn likely<'a>(definitions: &'a Definitions, name: &str, space: &'a str) -> Option<(&'a str, bool)> {
    let lower = name.trim().to_ascii_lowercase().replace(['_', ' '], "-");
    if let Some(exact) = definitions.find_name(space, &lower) {
        return Some((exact.name, true));
    }
    if space != definitions.family.service() || name.len() > MAX_MEANT {
        return None;
    }
    let listed = definitions.listed();
    let nearest = listed.iter().find(|known| is_near(known.name, &lower)).copied();
    let found = nearest.or_else(|| search::rank(listed, &lower).into_iter().next());
    found.map(|definition| (definition.name, false))
}

/// The longest text that is taken for the misspelt name of an option, in bytes.
const MAX_MEANT: usize = 64;

/// Whether one letter too many, too few or wrong tells two names apart.
fn is_near(one: &str, other: &str) -> bool {
    let same = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let (one, other) =
        (one.as_bytes().get(same..).unwrap_or_default(), other.as_bytes().get(same..).unwrap_or_default());
    let (after_one, after_other) = (one.get(1..).unwrap_or_default(), other.get(1..).unwrap_or_default());
    after_one == other || one == after_other || after_one == after_other
}
