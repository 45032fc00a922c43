//! Laws that hold for any text and any bytes.

use super::{NEWEST, def, definitions, judge};
use crate::{
    Family,
    option::{Definition, Definitions, OptionData, OptionDef, OptionType, check, decode},
};
use proptest::prelude::*;

fn kinds() -> impl Strategy<Value = (OptionDef, Family)> {
    let scalars = OptionType::ALL.map(OptionType::as_str).into_iter().filter(|kind| *kind != "record");
    let records = ["uint8,string", "fqdn,ipv6-prefix", "tuple,psid,binary", "boolean,ipv4-address"];
    let kinds: Vec<&'static str> = scalars.chain(records).collect();
    (prop::sample::select(kinds), any::<bool>(), prop::sample::select(Family::ALL.to_vec()), any::<bool>())
        .prop_map(|(kind, array, family, nested)| {
            let repeats = !matches!(
                kind,
                "empty" | "binary" | "string" | "internal" | "uint8,string" | "tuple,psid,binary"
            );
            let mut def = def(kind, array && repeats);
            if nested && !def.array {
                def.encapsulate = "inner".into();
            }
            (def, family)
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn checking_never_fails_on_any_text(
        (def, family) in kinds(),
        data in "[ -~\\\\,|/:.0-9a-f\u{e9}\t\n]{0,40}|.{0,40}",
        csv_format in any::<Option<bool>>(),
    ) {
        let checked = judge(family, def, &data, csv_format);
        prop_assert_eq!(checked.bytes.is_none(), checked.diagnostics.iter().any(|found| found.is_error()));
        for found in &checked.diagnostics {
            let span = found.span.clone().unwrap_or_default();
            prop_assert!(data.get(span).is_some(), "{:?}", found);
        }
    }

    #[test]
    fn every_standard_option_takes_any_text(data in "[0-9a-f:./, -]{0,30}|.{0,20}", csv_format in any::<Option<bool>>()) {
        for family in Family::ALL {
            let definitions = Definitions::new(family, NEWEST, Vec::new());
            for definition in definitions.all() {
                let option =
                    OptionData { code: Some(definition.code), data: data.clone(), csv_format, ..OptionData::default() };
                check(&definitions, &option);
            }
        }
    }

    #[test]
    fn bytes_that_have_a_text_come_back_from_it(
        (def, family) in kinds(),
        bytes in prop::collection::vec(prop_oneof![any::<u8>(), 0_u8..5, b'a'..b'e'], 0..24),
    ) {
        let definitions = definitions(family, def);
        let definition = definitions.by_code(family.service(), 224).unwrap();
        if let Some(data) = decode(&definition, &bytes) {
            let option = OptionData { code: Some(224), data, ..OptionData::default() };
            prop_assert_eq!(check(&definitions, &option).bytes, Some(bytes));
        }
    }

    #[test]
    fn typed_values_have_a_text(
        addresses in prop::collection::vec(any::<[u8; 4]>(), 1..5),
        number in any::<i32>(),
        text in "[a-zA-Z0-9,\\\\'\"][ -~]{0,20}[a-z,\\\\]",
    ) {
        for (kind, array, bytes) in [
            ("ipv4-address", true, addresses.concat()),
            ("int32", false, number.to_be_bytes().to_vec()),
            ("string", false, text.into_bytes()),
        ] {
            let definition = Definition::custom(Family::V4, &def(kind, array));
            let data = decode(&definition, &bytes);
            prop_assert!(data.is_some(), "{} {:?}", kind, bytes);
        }
    }

    #[test]
    fn type_names_are_read_back(kind in prop::sample::select(OptionType::ALL.to_vec())) {
        prop_assert_eq!(kind.to_string().parse::<OptionType>(), Ok(kind));
    }
}
