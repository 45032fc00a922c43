//! A configuration in few words: its subnets, shared networks and reservations as rows, without the tree around them.

use crate::api::{NetworkRow, ReservationRow, SubnetRow};
use serde::{Deserialize, Deserializer, de::IgnoredAny};
use serde_json::{Map, Value};

/// A configuration in rows. Read straight from the text of `config-get`, fifty thousand subnets take a tenth of what the
/// whole tree would.
///
/// # Example
/// ```
/// use perch_shared::config::Rows;
/// let text = r#"{"subnet4": [{"id": 1, "subnet": "10.0.0.0/8", "client-class": "a"}], "lease-database": {}}"#;
/// let rows: Rows = serde_json::from_str(text)?;
/// assert_eq!((rows.subnets[0].id, rows.subnets[0].classes.join(" ")), (1, "a".to_owned()));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Raw")]
pub struct Rows {
    /// The shared networks.
    pub networks: Vec<NetworkRow>,
    /// The subnets: those outside networks first.
    pub subnets: Vec<SubnetRow>,
    /// The reservations: the global ones first, then those of subnets, in the order of these.
    pub reservations: Vec<ReservationRow>,
    /// The names of the client classes.
    pub classes: Vec<String>,
}

/// What the rows are made of.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
struct Raw {
    #[serde(alias = "subnet6", rename = "subnet4")]
    subnets: Vec<Subnet>,
    shared_networks: Vec<Network>,
    reservations: Vec<Host>,
    client_classes: Vec<Class>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Class {
    name: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
struct Network {
    name: String,
    #[serde(alias = "subnet6", rename = "subnet4")]
    subnets: Vec<Subnet>,
    client_class: Option<String>,
    client_classes: Vec<String>,
    user_context: Option<Map<String, Value>>,
}

/// The keys are written out: `flatten` would keep every other key of every subnet until its end.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
struct Subnet {
    id: u64,
    subnet: String,
    pools: Vec<Pool>,
    pd_pools: Vec<PdPool>,
    reservations: Vec<Host>,
    client_class: Option<String>,
    client_classes: Vec<String>,
    user_context: Option<Map<String, Value>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
struct Pool {
    pool: String,
    client_class: Option<String>,
    client_classes: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
struct PdPool {
    prefix: String,
    prefix_len: u8,
    delegated_len: u8,
    client_class: Option<String>,
    client_classes: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
struct Host {
    hw_address: Option<String>,
    duid: Option<String>,
    client_id: Option<String>,
    circuit_id: Option<String>,
    flex_id: Option<String>,
    ip_address: Option<String>,
    ip_addresses: Vec<String>,
    prefixes: Vec<String>,
    hostname: String,
    client_classes: Vec<String>,
    #[serde(deserialize_with = "count")]
    option_data: usize,
    user_context: Option<Map<String, Value>>,
}

fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    Vec::<IgnoredAny>::deserialize(deserializer).map(|items| items.len())
}

impl From<Raw> for Rows {
    fn from(raw: Raw) -> Self {
        let mut rows = Self {
            reservations: raw.reservations.into_iter().filter_map(|host| host.row(None, "")).collect(),
            classes: raw.client_classes.into_iter().map(|class| class.name).collect(),
            ..Self::default()
        };
        raw.subnets.into_iter().for_each(|subnet| rows.add(subnet, None));
        for (index, network) in raw.shared_networks.into_iter().enumerate() {
            network.subnets.into_iter().for_each(|subnet| rows.add(subnet, Some(index)));
            let classes = all(network.client_class.as_ref(), &network.client_classes);
            let comment = comment(network.user_context.as_ref());
            rows.networks.push(NetworkRow { name: network.name, classes, comment });
        }
        rows
    }
}

impl Rows {
    fn add(&mut self, mut subnet: Subnet, network: Option<usize>) {
        let hosts = std::mem::take(&mut subnet.reservations);
        let reservations = hosts.len();
        let rows = hosts.into_iter().filter_map(|host| host.row(Some(subnet.id), &subnet.subnet));
        self.reservations.extend(rows);
        self.subnets.push(SubnetRow { reservations, ..subnet.row(network) });
    }
}

impl Subnet {
    fn row(self, network: Option<usize>) -> SubnetRow {
        let classes = all(self.client_class.as_ref(), &self.client_classes);
        let comment = comment(self.user_context.as_ref());
        let of_pools =
            self.pools.iter().flat_map(|pool| all(pool.client_class.as_ref(), &pool.client_classes));
        let of_pd_pools =
            self.pd_pools.iter().flat_map(|pool| all(pool.client_class.as_ref(), &pool.client_classes));
        let mut pool_classes: Vec<String> = of_pools.chain(of_pd_pools).collect();
        pool_classes.sort();
        pool_classes.dedup();
        SubnetRow {
            id: self.id,
            network,
            classes,
            comment,
            pool_classes,
            pd_pools: self.pd_pools.iter().map(PdPool::words).collect(),
            pools: self.pools.into_iter().map(|pool| pool.pool).collect(),
            subnet: self.subnet,
            reservations: 0,
        }
    }
}

impl PdPool {
    fn words(&self) -> String {
        format!("{}/{} of /{}", self.prefix, self.prefix_len, self.delegated_len)
    }
}

impl Host {
    /// `None`: it has no identifier.
    fn row(self, subnet: Option<u64>, prefix: &str) -> Option<ReservationRow> {
        let identifiers = [
            ("hw-address", self.hw_address),
            ("duid", self.duid),
            ("client-id", self.client_id),
            ("circuit-id", self.circuit_id),
            ("flex-id", self.flex_id),
        ];
        let (identifier, value) =
            identifiers.into_iter().find_map(|(identifier, value)| Some((identifier.to_owned(), value?)))?;
        let addresses = self.ip_address.into_iter().chain(self.ip_addresses).chain(self.prefixes);
        Some(ReservationRow {
            subnet,
            prefix: prefix.to_owned(),
            identifier,
            value,
            // Kea prints 0.0.0.0 where there is none.
            addresses: addresses.filter(|address| address != "0.0.0.0").collect(),
            hostname: self.hostname,
            classes: self.client_classes,
            options: self.option_data,
            comment: comment(self.user_context.as_ref()),
        })
    }
}

fn all(one: Option<&String>, list: &[String]) -> Vec<String> {
    one.into_iter().chain(list).filter(|class| !class.is_empty()).cloned().collect()
}

/// What people wrote about an object: its `comment`, else its first text.
pub(crate) fn comment(context: Option<&Map<String, Value>>) -> String {
    let Some(context) = context else { return String::new() };
    let texts = ["comment", "description", "name"].iter().filter_map(|key| context.get(*key)?.as_str());
    let others = context.values().filter_map(Value::as_str);
    texts.chain(others).next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rows(config: &Value) -> Rows {
        Rows::deserialize(config).unwrap()
    }

    #[test]
    fn subnets_are_told_in_few_words() {
        let config = json!({
            "subnet6": [{"id": 1, "subnet": "2001:db8::/32", "pools": [{"pool": "2001:db8::/64", "client-class": "b"}],
                "pd-pools": [{"prefix": "2001:db8:8000::", "prefix-len": 40, "delegated-len": 56, "client-classes": ["a", "b"]}],
                "reservations": [{"duid": "01"}, {}], "user-context": {"site": "north", "n": 1}}],
            "shared-networks": [{"name": "campus", "client-classes": ["c"], "subnet6": [{"id": 2, "subnet": "2001:db9::/32"}],
                "user-context": {"comment": "x"}}],
            "hooks-libraries": [{"library": "y"}],
        });
        let Rows { networks, subnets, .. } = rows(&config);
        let campus = NetworkRow { name: "campus".into(), classes: vec!["c".into()], comment: "x".into() };
        assert_eq!(networks, [campus]);
        assert_eq!(subnets.len(), 2);
        assert_eq!(subnets[0].pd_pools, ["2001:db8:8000::/40 of /56"]);
        assert_eq!(subnets[0].pool_classes, ["a", "b"]);
        assert_eq!((subnets[0].reservations, subnets[0].comment.as_str()), (2, "north"));
        assert_eq!((subnets[1].network, subnets[1].id), (Some(0), 2));
    }

    #[test]
    fn reservations_are_told_in_few_words() {
        let config = json!({
            "reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f", "ip-address": "0.0.0.0", "hostname": "h", "client-classes": ["p"]}],
            "subnet4": [{"id": 7, "subnet": "10.0.0.0/8", "reservations": [{"client-id": "01", "ip-address": "10.0.0.1",
                "option-data": [{"code": 6}, {"code": 3}]}, {"hostname": "no identifier"}]}],
        });
        let rows = rows(&config).reservations;
        assert_eq!(rows.len(), 2);
        assert_eq!(
            (rows[0].subnet, rows[0].addresses.len(), rows[0].classes.join(" ")),
            (None, 0, "p".to_owned())
        );
        assert_eq!((rows[1].subnet, rows[1].prefix.as_str(), rows[1].options), (Some(7), "10.0.0.0/8", 2));
        assert_eq!(
            (rows[1].identifier.as_str(), rows[1].addresses.join(" ")),
            ("client-id", "10.0.0.1".to_owned())
        );
    }
}
