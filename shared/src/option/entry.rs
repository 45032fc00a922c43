//! The keys of an `option-data` entry other than `data`.

use super::{Definition, Definitions, OptionData, OptionType};
use crate::{Family, KeaVersion, diagnostic::Diagnostic};

/// The first version with `never-send`.
const NEVER_SEND: KeaVersion = KeaVersion::new(2, 3, 6);
/// The first version with `client-classes` in `option-data`.
const CLIENT_CLASSES: KeaVersion = KeaVersion::new(2, 7, 4);

/// The first version that keeps an option in its own standard space from holding itself without end.
const KEEPS_FROM_ITSELF: KeaVersion = KeaVersion::new(2, 3, 8);

/// What is wrong with the keys, and whether there is an option to speak of.
pub(super) fn check(
    definitions: &Definitions,
    option: &OptionData,
    definition: Option<&Definition>,
    out: &mut Vec<Diagnostic>,
) {
    keys(definitions.version, option, out);
    if option.name.contains(' ') {
        let error =
            Diagnostic::error("option-data/name-blank", format!("the name `{}` has a blank", option.name));
        out.push(error.help("remove it: names have letters, digits, `-` and `_`").at("name"));
    }
    space(definitions.family, option, out);
    code(definitions.family, option, out);
    match definition {
        Some(definition) => {
            known(option, definition, out);
            harmful(definitions.version, definition, out);
        }
        None => unknown(definitions, option, out),
    }
}

fn keys(version: KeaVersion, option: &OptionData, out: &mut Vec<Diagnostic>) {
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

fn space(family: Family, option: &OptionData, out: &mut Vec<Diagnostic>) {
    let space = option.space.as_str();
    if space.is_empty() {
        return;
    }
    if let Some(other) = Family::ALL.into_iter().find(|other| *other != family && other.service() == space) {
        let message = format!("the space `{space}` belongs to {}", other.daemon());
        let error = Diagnostic::error("option-data/space", message);
        out.push(error.help(format!("use `{}`, or leave the space out", family.service())).at("space"));
    } else if !is_name(space) {
        let error =
            Diagnostic::error("option-data/space", format!("`{space}` cannot be the name of a space"));
        out.push(error.help("use letters, digits, and inside also `-` and `_`").at("space"));
    }
}

/// Letters, digits, `-` and `_`, the latter two neither first nor last.
fn is_name(text: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    !text.is_empty()
        && text.chars().all(inside)
        && !text.starts_with(['-', '_'])
        && !text.ends_with(['-', '_'])
}

fn code(family: Family, option: &OptionData, out: &mut Vec<Diagnostic>) {
    let Some(code) = option.code else { return };
    let max = family.max_option_code();
    let standard = option.space_or_default(family) == family.service();
    let reserved = standard && (code == 0 || (family == Family::V4 && code == 255));
    if code > max {
        let error = Diagnostic::error("option-data/code", format!("the code {code} is larger than {max}"));
        out.push(error.help(format!("use a code from 1 to {}", max - 1)).at("code"));
    } else if reserved {
        let message = format!("the code {code} is reserved in {}", family.protocol());
        out.push(Diagnostic::error("option-data/code", message).help("use the code of an option").at("code"));
    }
}

fn known(option: &OptionData, definition: &Definition, out: &mut Vec<Diagnostic>) {
    let (code, name) = (definition.code, definition.name.as_str());
    if code > definition.family.max_option_code() {
        let message =
            format!("the code {code} of `{name}` is too large for {}", definition.family.protocol());
        out.push(
            Diagnostic::error("option-data/code", message)
                .help("use the option on a DHCPv6 server")
                .at("name"),
        );
    }
    if !option.name.is_empty() && option.name != name {
        let message = format!("the code {code} is `{name}`, not `{}`", option.name);
        out.push(
            Diagnostic::error("option-data/name-mismatch", message)
                .help("give only one of the two, or make them agree")
                .at("name"),
        );
    }
    match definition.set_by {
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
fn harmful(version: KeaVersion, definition: &Definition, out: &mut Vec<Diagnostic>) {
    let name = definition.name.as_str();
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

fn unknown(definitions: &Definitions, option: &OptionData, out: &mut Vec<Diagnostic>) {
    let space = option.space_or_default(definitions.family);
    let csv = option.csv_format != Some(false);
    match option.code {
        None if option.name.is_empty() => out.push(
            Diagnostic::error("option-data/no-option", "neither a code nor a name says which option this is")
                .help("give the option's code or its name")
                .at("code"),
        ),
        None => {
            let message = format!(
                "Kea {} knows no option `{}` in the space `{space}`",
                definitions.version, option.name
            );
            let error = Diagnostic::error("option-data/unknown-option", message).at("name");
            out.push(match likely(definitions, option, space) {
                Some(name) => error.help(format!("did you mean `{name}`?")),
                None => error.help("define it with `option-def`, or give its code"),
            });
        }
        Some(code) if csv => out.push(
            Diagnostic::error(
                "option-data/unknown-option",
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
        Some(_) => {}
    }
}

/// A name that was probably meant.
fn likely(definitions: &Definitions, option: &OptionData, space: &str) -> Option<String> {
    if space != definitions.family.service() {
        return None;
    }
    let lower = option.name.trim().to_ascii_lowercase().replace(['_', ' '], "-");
    let exact = definitions.by_name(space, &lower);
    let found = exact.or_else(|| definitions.search(&lower).into_iter().next());
    let nearest = found.or_else(|| definitions.all().into_iter().find(|known| is_near(&known.name, &lower)));
    nearest.map(|definition| definition.name)
}

/// Whether one letter too many, too few or wrong tells two names apart.
fn is_near(one: &str, other: &str) -> bool {
    let same = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let (one, other) =
        (one.as_bytes().get(same..).unwrap_or_default(), other.as_bytes().get(same..).unwrap_or_default());
    let skip = |text: &[u8]| text.get(1..).unwrap_or_default().to_vec();
    skip(one) == other || one == skip(other) || skip(one) == skip(other)
}
