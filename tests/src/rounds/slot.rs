//! Places in a configuration that rounds change, read from and written to Kea's own JSON, without Perch's help.

use serde_json::{Value, json};

/// The subnet of the bench's configuration in which things are changed.
const SUBNET: u64 = 1;

/// A place that holds one text, or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// The bytes of a global option.
    Option(u16),
    /// The bytes of an option of a subnet.
    SubnetOption(u16),
    /// The expression of a client class.
    Class(u8),
    /// A global number.
    Parameter,
    /// The pool of a subnet of its own.
    Subnet(u8),
    /// The host name of a reservation.
    Reservation(u8),
}

impl Slot {
    /// What changes of a whole pair may touch.
    pub const SHARED: [Self; 12] = [
        Self::Option(240),
        Self::Option(241),
        Self::Option(242),
        Self::SubnetOption(240),
        Self::SubnetOption(241),
        Self::Class(1),
        Self::Class(2),
        Self::Parameter,
        Self::Subnet(1),
        Self::Subnet(2),
        Self::Reservation(1),
        Self::Reservation(2),
    ];
    /// What changes of one member may touch: what partners do not break over.
    pub const OWN: [Self; 2] = [Self::Option(244), Self::SubnetOption(244)];
    /// What another console changes.
    pub const EXTERNAL: [Self; 2] = [Self::Option(250), Self::SubnetOption(250)];

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::SHARED.into_iter().chain(Self::OWN).chain(Self::EXTERNAL)
    }

    /// Whether it can be empty.
    pub const fn can_be_empty(self) -> bool {
        !matches!(self, Self::Parameter)
    }

    /// A value for it that no other number gives.
    pub fn value(self, number: usize) -> String {
        match self {
            Self::Option(_) | Self::SubnetOption(_) => format!("{number:08X}"),
            Self::Class(_) => format!("option[60].hex == 'r{number}'"),
            Self::Parameter => (10_000 + number).to_string(),
            Self::Subnet(n) => {
                format!("10.200.{n}.{}-10.200.{n}.{}", 1 + number % 100, 101 + number / 100 % 100)
            }
            Self::Reservation(_) => format!("host-{number}"),
        }
    }

    /// What stands there.
    pub fn read(self, root: &Value) -> Option<String> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        match self {
            Self::Option(code) => text(&find(&root["option-data"], "code", &json!(code))?["data"]),
            Self::SubnetOption(code) => {
                text(&find(&subnet(root)?["option-data"], "code", &json!(code))?["data"])
            }
            Self::Class(n) => text(&find(&root["client-classes"], "name", &json!(class(n)))?["test"]),
            Self::Parameter => Some(root["decline-probation-period"].to_string()),
            Self::Subnet(n) => text(&find(&root["subnet4"], "id", &json!(id(n)))?["pools"][0]["pool"]),
            Self::Reservation(n) => {
                text(&find(&subnet(root)?["reservations"], "hw-address", &json!(address(n)))?["hostname"])
            }
        }
    }

    /// Makes a value stand there, or nothing.
    ///
    /// # Panics
    /// When the configuration is not the bench's.
    pub fn write(self, root: &mut Value, value: Option<&str>) {
        let option = |code: u16| {
            let data = value?;
            Some(json!({"code": code, "space": "dhcp4", "csv-format": false, "data": data}))
        };
        match self {
            Self::Option(code) => put(&mut root["option-data"], "code", &json!(code), option(code)),
            Self::SubnetOption(code) => {
                put(&mut subnet_mut(root)["option-data"], "code", &json!(code), option(code));
            }
            Self::Class(n) => {
                let class_map = value.map(|test| json!({"name": class(n), "test": test}));
                put(&mut root["client-classes"], "name", &json!(class(n)), class_map);
            }
            Self::Parameter => {
                let number: u64 = value.and_then(|value| value.parse().ok()).expect("a number");
                root["decline-probation-period"] = json!(number);
            }
            Self::Subnet(n) => {
                let made = value.map(|pool| {
                    json!({"id": id(n), "subnet": format!("10.200.{n}.0/24"), "pools": [{"pool": pool}]})
                });
                put(&mut root["subnet4"], "id", &json!(id(n)), made);
            }
            Self::Reservation(n) => {
                let made = value.map(|name| json!({"hw-address": address(n), "hostname": name}));
                put(&mut subnet_mut(root)["reservations"], "hw-address", &json!(address(n)), made);
            }
        }
    }
}

/// The configuration without any of the places: what no round may change.
pub fn rest(root: &Value) -> Value {
    let mut rest = root.clone();
    for slot in Slot::all().filter(|slot| slot.can_be_empty()) {
        slot.write(&mut rest, None);
    }
    Slot::Parameter.write(&mut rest, Some("1"));
    rest
}

fn class(n: u8) -> String {
    format!("round-{n}")
}

fn id(n: u8) -> u64 {
    200 + u64::from(n)
}

fn address(n: u8) -> String {
    format!("02:00:00:00:99:{n:02x}")
}

fn find<'a>(list: &'a Value, key: &str, wanted: &Value) -> Option<&'a Value> {
    list.as_array()?.iter().find(|item| item[key] == *wanted)
}

fn subnet(root: &Value) -> Option<&Value> {
    find(&root["subnet4"], "id", &json!(SUBNET))
}

fn subnet_mut(root: &mut Value) -> &mut Value {
    let subnets = root["subnet4"].as_array_mut().expect("subnets");
    subnets.iter_mut().find(|subnet| subnet["id"] == SUBNET).expect("the bench's first subnet")
}

/// Replaces, adds or removes the item of a list that a key names.
fn put(list: &mut Value, key: &str, wanted: &Value, item: Option<Value>) {
    if list.is_null() {
        *list = json!([]);
    }
    let list = list.as_array_mut().expect("a list");
    let at = list.iter().position(|old| old[key] == *wanted);
    match (at, item) {
        (Some(at), Some(item)) => list[at] = item,
        (Some(at), None) => drop(list.remove(at)),
        (None, Some(item)) => list.push(item),
        (None, None) => {}
    }
}
