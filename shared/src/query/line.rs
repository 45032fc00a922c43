//! A row as filters look at it: everything in lower case, and addresses as numbers.

use super::field::Field;
use crate::{
    Family,
    api::SubnetRow,
    net::{AddressRange, Prefix},
};

/// A row, prepared to be asked many times.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub(super) family: Family,
    pub(super) subnet: String,
    pub(super) range: Option<AddressRange>,
    pub(super) network: Vec<String>,
    pub(super) servers: Vec<String>,
    pub(super) classes: Vec<String>,
    pub(super) comment: Vec<String>,
    pub(super) pools: Vec<(String, Option<AddressRange>)>,
    pub(super) reservations: f64,
    pub(super) id: f64,
    /// What words are looked for in.
    pub(super) all: String,
}

impl Line {
    /// The line of a subnet. `network` is the name of its shared network; empty: it is in none.
    pub fn new(family: Family, row: &SubnetRow, network: &str, servers: &[String]) -> Self {
        let mut classes = lower(row.classes.iter().chain(&row.pool_classes));
        classes.dedup();
        let network = lower(some(network));
        let servers = lower(servers);
        let comment = lower(some(&row.comment));
        let subnet = row.subnet.to_lowercase();
        let mut all = subnet.clone();
        for text in network.iter().chain(&servers).chain(&classes).chain(&comment) {
            all.push('\n');
            all.push_str(text);
        }
        let pool = |text: &String| (text.to_lowercase(), AddressRange::parse_pool(family, text, false).ok());
        let pd_pool = |text: &String| {
            let prefix = text.split(' ').next().unwrap_or_default();
            (text.to_lowercase(), Prefix::parse(family, prefix).ok().map(Prefix::range))
        };
        Self {
            family,
            range: Prefix::parse(family, &row.subnet).ok().map(Prefix::range),
            pools: row.pools.iter().map(pool).chain(row.pd_pools.iter().map(pd_pool)).collect(),
            reservations: row.reservations as f64,
            id: row.id as f64,
            subnet,
            network,
            servers,
            classes,
            comment,
            all,
        }
    }

    /// The texts of a field of words.
    pub(super) fn texts(&self, field: Field) -> &[String] {
        match field {
            Field::Network => &self.network,
            Field::Server => &self.servers,
            Field::Class => &self.classes,
            Field::Comment => &self.comment,
            _ => &[],
        }
    }
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn lower<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Vec<String> {
    texts.into_iter().map(|text| text.as_ref().to_lowercase()).collect()
}
