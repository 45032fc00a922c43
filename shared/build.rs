//! Turns `data/standard-options.tsv` into the tables of `option::standard`.

use std::{collections::BTreeMap, env, error::Error, fmt::Write as _, fs, path::Path};

const SOURCE: &str = "data/standard-options.tsv";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={SOURCE}");
    println!("cargo::rerun-if-changed=build.rs");
    let text = fs::read_to_string(SOURCE)?;
    let mut spaces: BTreeMap<&str, String> = BTreeMap::new();
    for (index, line) in text.lines().enumerate().skip(1) {
        let row =
            row(line).ok_or_else(|| format!("{SOURCE}:{}: a row has eleven fields: {line}", index + 1))?;
        spaces.entry(row.0).or_default().push_str(&row.1);
    }
    let mut code = String::from("pub(super) static SPACES: &[(&str, &[StandardOption])] = &[\n");
    for (space, rows) in spaces {
        writeln!(code, "    ({space:?}, &[\n{rows}    ]),")?;
    }
    code.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("standard_options.rs"), code)?;
    Ok(())
}

/// The space of a row, and the row as an expression.
fn row(line: &str) -> Option<(&str, String)> {
    let mut fields = line.split('\t');
    let mut next = || fields.next();
    let (space, code, name, kind, array) = (next()?, next()?, next()?, next()?, next()?);
    let (records, encapsulate, since, until, set_by) = (next()?, next()?, next()?, next()?, next()?);
    let _source = next()?;
    let types: Vec<String> = records.split(',').filter(|field| !field.is_empty()).map(variant).collect();
    let expression = format!(
        "        StandardOption {{ code: {}, name: {name:?}, kind: {}, array: {}, fields: &[{}], encapsulate: \
         {encapsulate:?}, since: {}, until: {}, set_by: {set_by:?} }},\n",
        code.parse::<u16>().ok()?,
        variant(kind),
        array == "array",
        types.join(", "),
        version(since, 0)?,
        version(until, u16::MAX)?,
    );
    Some((space, expression))
}

/// `ipv4-address` → `OptionType::Ipv4Address`. A name that is none fails when the table is compiled.
fn variant(kind: &str) -> String {
    let words = kind.split('-').map(|word| {
        let mut letters = word.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
    });
    format!("OptionType::{}", words.collect::<String>())
}

/// `2.3.6` → 20306, the form that `standard::number` gives a version.
fn version(text: &str, default: u16) -> Option<u16> {
    if text.is_empty() {
        return Some(default);
    }
    let parts: Vec<u16> = text.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
    match parts.as_slice() {
        [major, minor, patch] => Some(major * 10_000 + minor * 100 + patch),
        _ => None,
    }
}
