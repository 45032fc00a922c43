//! `option-data/depth`

use super::entries::taken_along;
use crate::rules::{Example, rule};

rule! {
    /// Options stand in each other too deep.
    ///
    /// ## Why
    /// Kea 3.2 and newer read options inside of options up to ten levels and refuse what is deeper. Older
    /// versions read on, however deep it is.
    ///
    /// ## Use instead
    /// Check which spaces the definitions encapsulate.
    "option-data/depth", Error, arm: "dhcp4-srv.html#nested-dhcpv4-options-custom-option-spaces", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "o0", "code": 224, "type": "empty", "encapsulate": "s1"},
    {"name": "o", "code": 1, "space": "s1", "type": "empty", "encapsulate": "s2"},
    {"name": "o", "code": 1, "space": "s2", "type": "empty", "encapsulate": "s3"},
    {"name": "o", "code": 1, "space": "s3", "type": "empty", "encapsulate": "s4"},
    {"name": "o", "code": 1, "space": "s4", "type": "empty", "encapsulate": "s5"},
    {"name": "o", "code": 1, "space": "s5", "type": "empty", "encapsulate": "s6"},
    {"name": "o", "code": 1, "space": "s6", "type": "empty", "encapsulate": "s7"},
    {"name": "o", "code": 1, "space": "s7", "type": "empty", "encapsulate": "s8"},
    {"name": "o", "code": 1, "space": "s8", "type": "empty", "encapsulate": "s9"},
    {"name": "o", "code": 1, "space": "s9", "type": "empty", "encapsulate": "s10"},
    {"name": "o", "code": 1, "space": "s10", "type": "empty", "encapsulate": "s11"},
    {"name": "o", "code": 1, "space": "s11", "type": "empty", "encapsulate": "s12"}],
    "option-data": [{"code": 224, "csv-format": false, "data": "0116011401120110010e010c010a01080106010401020100"}]}}"#,
        ).from(3, 2, 0),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "o0", "code": 224, "type": "empty", "encapsulate": "s1"},
    {"name": "o", "code": 1, "space": "s1", "type": "empty", "encapsulate": "s2"},
    {"name": "o", "code": 1, "space": "s2", "type": "empty", "encapsulate": "s3"},
    {"name": "o", "code": 1, "space": "s3", "type": "empty", "encapsulate": "s4"},
    {"name": "o", "code": 1, "space": "s4", "type": "empty", "encapsulate": "s5"},
    {"name": "o", "code": 1, "space": "s5", "type": "empty", "encapsulate": "s6"},
    {"name": "o", "code": 1, "space": "s6", "type": "empty", "encapsulate": "s7"},
    {"name": "o", "code": 1, "space": "s7", "type": "empty", "encapsulate": "s8"},
    {"name": "o", "code": 1, "space": "s8", "type": "empty", "encapsulate": "s9"},
    {"name": "o", "code": 1, "space": "s9", "type": "empty", "encapsulate": "s10"},
    {"name": "o", "code": 1, "space": "s10", "type": "empty", "encapsulate": "s11"},
    {"name": "o", "code": 1, "space": "s11", "type": "empty", "encapsulate": "s12"}],
    "option-data": [{"code": 224, "csv-format": false, "data": "010401020100"}]}}"#,
        ),
    ],
}
