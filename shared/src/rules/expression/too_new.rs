//! `expression/too-new`

use crate::rules::{Example, rule};

rule! {
    /// The expression needs a newer Kea.
    ///
    /// ## Why
    /// An older Kea refuses the configuration. `lcase` and `ucase` came with 2.5.2, `match` with 2.7.0, `sifelse`, `sand` and
    /// `sor` with 2.7.2, and options inside of options of options with 3.3.0.
    ///
    /// ## Example
    /// For Kea 2.6:
    /// ```json
    /// { "client-classes": [ { "name": "a", "test": "match('^eth[0-9]$', pkt.iface)" } ] }
    /// ```
    ///
    /// ## Use instead
    /// `substring(pkt.iface, 0, 3) == 'eth'`.
    "expression/too-new", Error, arm: "classify.html#using-expressions-in-classification", super::with_the_rest,
    bad: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "match('^eth[0-9]$', pkt.iface)"}]}}"##).before(2, 7, 0),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "lcase(pkt.iface) == 'eth0'"}]}}"##).before(2, 5, 2),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[60].exists sor option[61].exists"}]}}"##).before(2, 7, 2),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "option[43].option[1].option[2].exists"}]}}"##).before(3, 3, 0),
    ],
    good: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "match('^eth[0-9]$', pkt.iface)"}]}}"##).from(2, 7, 0),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "lcase(pkt.iface) == 'eth0'"}]}}"##).from(2, 5, 2),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "substring(pkt.iface, 0, 3) == 'eth'"}]}}"##),
    ],
}
