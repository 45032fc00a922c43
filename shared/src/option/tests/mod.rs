//! What Kea accepts, refuses and sends, type by type; and laws that hold for any text.

mod findings;
mod laws;
mod values;

use super::*;
use crate::{Family, KeaVersion};

const NEWEST: KeaVersion = KeaVersion::new(3, 0, 4);

fn def(kind: &str, array: bool) -> OptionDef {
    let record = kind.contains(',');
    OptionDef {
        code: 224,
        name: "foo".into(),
        space: String::new(),
        kind: if record { OptionType::Record } else { kind.parse().unwrap() },
        array,
        record_types: if record { kind.into() } else { String::new() },
        encapsulate: String::new(),
        rest: serde_json::Map::new(),
    }
}

fn definitions(family: Family, def: OptionDef) -> Definitions {
    Definitions::new(family, NEWEST, vec![def])
}

fn judge(family: Family, def: OptionDef, data: &str, csv_format: Option<bool>) -> Checked {
    let option = OptionData { code: Some(224), data: data.into(), csv_format, ..OptionData::default() };
    check(&definitions(family, def), &option)
}
