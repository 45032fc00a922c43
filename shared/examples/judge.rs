//! Temporary: judges options from standard input.
use perch_shared::{
    Family, KeaVersion,
    option::{Definitions, OptionData, OptionDef, check, decode},
};
use std::io::{BufRead, Write};
#[derive(serde::Deserialize)]
struct Case {
    id: String,
    family: Family,
    version: String,
    #[serde(default)]
    defs: Vec<serde_json::Value>,
    data: Vec<serde_json::Value>,
}
fn main() {
    let out = std::io::stdout();
    let mut out = out.lock();
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let case: Case = match serde_json::from_str(&line) {
            Ok(c) => c,
            Err(e) => {
                eprintln!("bad case {e}: {line}");
                continue;
            }
        };
        let defs: Result<Vec<OptionDef>, _> = case.defs.iter().cloned().map(serde_json::from_value).collect();
        let datas: Result<Vec<OptionData>, _> =
            case.data.iter().cloned().map(serde_json::from_value).collect();
        let version: KeaVersion = case.version.parse().unwrap();
        let r = match (defs, datas) {
            (Ok(defs), Ok(datas)) => {
                let definitions = Definitions::new(case.family, version, defs);
                let checked: Vec<_> = datas.iter().map(|d| check(&definitions, d)).collect();
                let ok =
                    checked.iter().all(|c| c.bytes.is_some() && !c.diagnostics.iter().any(|d| d.is_error()));
                let d: Vec<_> = checked
                    .iter()
                    .flat_map(|c| {
                        c.diagnostics.iter().map(|d| {
                            format!(
                                "{:?} {}: {} / {}",
                                d.severity,
                                d.code,
                                d.message,
                                d.help.clone().unwrap_or_default()
                            )
                        })
                    })
                    .collect();
                let hex: Vec<_> = checked
                    .iter()
                    .map(|c| {
                        c.bytes.as_ref().map(|b| b.iter().map(|b| format!("{b:02X}")).collect::<String>())
                    })
                    .collect();
                let dec: Vec<_> = checked
                    .iter()
                    .map(|c| c.bytes.as_ref().zip(c.definition.as_ref()).and_then(|(b, d)| decode(d, b)))
                    .collect();
                serde_json::json!({"id": case.id, "ok": ok, "diag": d, "hex": hex, "decoded": dec})
            }
            (d, e) => serde_json::json!({"id": case.id, "parse": format!("{:?} {:?}", d.err(), e.err())}),
        };
        writeln!(out, "{r}").unwrap();
    }
}
