//! Turns the files in `data` into tables: the options of `option::standard`, the keys of `schema`, and what forms say
//! about them.

#[path = "build/fields.rs"]
mod fields;
#[path = "build/keys.rs"]
mod keys;

use std::{collections::BTreeMap, env, error::Error, fmt::Write as _, fs, path::Path};

const SOURCE: &str = "data/standard-options.tsv";
const KEYS: &str = "data/keys.tsv";
const FIELDS: &str = "data/fields.tsv";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={SOURCE}");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={KEYS}");
    println!("cargo::rerun-if-changed=build/keys.rs");
    println!("cargo::rerun-if-changed={FIELDS}");
    println!("cargo::rerun-if-changed=build/fields.rs");
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("keys.rs"), keys::tables(&fs::read_to_string(KEYS)?)?)?;
    fs::write(Path::new(&out).join("fields.rs"), fields::table(&fs::read_to_string(FIELDS)?)?)?;
    let text = fs::read_to_string(SOURCE)?;
    let mut spaces: BTreeMap<&str, Vec<Row<'_>>> = BTreeMap::new();
    for (index, line) in text.lines().enumerate().skip(1) {
        let (space, row) =
            row(line).ok_or_else(|| format!("{SOURCE}:{}: a row has eleven fields: {line}", index + 1))?;
        spaces.entry(space).or_default().push(row);
    }
    let mut code = String::from("static SPACES: &[Space] = &[\n");
    for (name, mut rows) in spaces {
        rows.sort_by_key(|row| row.code);
        let mut by_name: Vec<usize> = (0..rows.len()).collect();
        by_name.sort_by_key(|index| rows.get(*index).map(|row| row.name));
        let options: String = rows.iter().map(|row| row.expression.as_str()).collect();
        writeln!(
            code,
            "    Space {{ name: {name:?}, by_name: &{by_name:?}, options: &[\n{options}    ] }},"
        )?;
    }
    code.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("standard_options.rs"), code)?;
    Ok(())
}

/// A row of the table.
struct Row<'t> {
    code: u16,
    name: &'t str,
    expression: String,
}

/// The space of a row, and the row.
fn row(line: &str) -> Option<(&str, Row<'_>)> {
    let mut fields = line.split('\t');
    let mut next = || fields.next();
    let (space, code, name, kind, array) = (next()?, next()?, next()?, next()?, next()?);
    let (records, encapsulate, since, until, set_by) = (next()?, next()?, next()?, next()?, next()?);
    let _source = next()?;
    let types: Vec<String> = records.split(',').filter(|field| !field.is_empty()).map(variant).collect();
    let code = code.parse::<u16>().ok()?;
    let expression = format!(
        "        StandardOption {{ code: {code}, name: {name:?}, kind: {}, array: {}, fields: &[{}], encapsulate: \
         {encapsulate:?}, since: {}, until: {}, set_by: {set_by:?} }},\n",
        variant(kind),
        array == "array",
        types.join(", "),
        version(since, 0)?,
        version(until, u16::MAX)?,
    );
    Some((space, Row { code, name, expression }))
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
