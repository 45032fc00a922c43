//! The table of `data/fields.tsv`: what a form says about a key.

use std::{error::Error, fmt::Write as _};

/// Rust code of the table, sorted by key.
pub fn table(text: &str) -> Result<String, Box<dyn Error>> {
    let mut rows: Vec<Vec<&str>> = Vec::new();
    for (index, line) in text.lines().enumerate().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        if fields.len() != 5 {
            return Err(format!("data/fields.tsv:{}: a row has five fields: {line}", index + 1).into());
        }
        rows.push(fields);
    }
    rows.sort();
    let mut code = String::from("static FIELDS: &[Field] = &[\n");
    for row in &rows {
        let [key, label, unit, default, help] = row.as_slice() else { continue };
        writeln!(
            code,
            "    Field {{ key: {key:?}, label: {label:?}, unit: {unit:?}, default: {default:?}, help: {help:?} }},"
        )?;
    }
    code.push_str("];\n");
    Ok(code)
}
