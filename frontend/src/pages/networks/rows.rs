//! Subnets as rows: those that the partners of an HA pair have in common are one.

use super::{order::by_address, sources::Daemon};
use perch_shared::{
    Family,
    api::{NetworkRow, Pair, ServerId, SubnetList, SubnetRow, Usage},
    net::Prefix,
    query::Line,
};
use std::{collections::BTreeMap, sync::Arc};

/// A subnet.
#[derive(Debug, Clone)]
pub struct Row {
    /// The servers that have it, the first of an HA pair first.
    pub servers: Vec<ServerId>,
    /// Their names.
    pub names: Vec<String>,
    /// The daemon.
    pub family: Family,
    /// The subnet.
    pub subnet: SubnetRow,
    /// Its shared network; empty: none.
    pub network: Arc<NetworkRow>,
    /// Where it comes among the addresses.
    pub order: (Family, u128, u8),
    /// For filters.
    pub line: Line,
}

impl Row {
    /// What tells it from all others.
    pub fn key(&self) -> String {
        let server = self.servers.first().map(ServerId::to_string).unwrap_or_default();
        format!("{server}/{}/{}", self.family, self.subnet.id)
    }

    /// The server that its page is of.
    pub fn server(&self) -> Option<&ServerId> {
        self.servers.first()
    }
}

/// A list that is told from another one by where it is, not by what is in it.
#[derive(Debug)]
pub struct Shared<T>(pub Arc<T>);

impl<T> Shared<T> {
    /// Shares it.
    pub fn new(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The registered members of the pair that each daemon belongs to.
pub fn partners(pairs: &[Pair]) -> BTreeMap<Daemon, Vec<ServerId>> {
    let mut partners = BTreeMap::new();
    for pair in pairs {
        let members: Vec<ServerId> = pair.members.iter().filter_map(|member| member.server.clone()).collect();
        for member in &members {
            partners.entry((member.clone(), pair.family)).or_insert_with(|| members.clone());
        }
    }
    partners
}

/// A subnet, and who has it.
struct Joined<'a> {
    servers: Vec<&'a ServerId>,
    family: Family,
    subnet: &'a SubnetRow,
    network: Arc<NetworkRow>,
}

/// The rows of all daemons' lists, by address.
pub fn rows(
    lists: &[(&Daemon, &SubnetList)],
    partners: &BTreeMap<Daemon, Vec<ServerId>>,
    names: &BTreeMap<ServerId, String>,
) -> Vec<Row> {
    let mut found: Vec<Joined<'_>> = Vec::new();
    let mut known: BTreeMap<(&ServerId, Family, &str, u64), usize> = BTreeMap::new();
    let mut lists = lists.to_vec();
    // The first member of a pair comes first.
    let place = |daemon: &Daemon| {
        let members = partners.get(daemon);
        members.and_then(|members| members.iter().position(|member| *member == daemon.0)).unwrap_or_default()
    };
    lists.sort_by_key(|(daemon, _)| place(daemon));
    let none = Arc::new(NetworkRow::default());
    for (daemon, list) in lists {
        let (server, family) = daemon;
        let lead = partners.get(daemon).and_then(|members| members.first());
        let networks: Vec<Arc<NetworkRow>> = list.networks.iter().cloned().map(Arc::new).collect();
        for subnet in &list.subnets {
            if let Some(lead) = lead {
                let is = (lead, *family, subnet.subnet.as_str(), subnet.id);
                if let Some(row) = known.get(&is).and_then(|index| found.get_mut(*index)) {
                    row.servers.push(server);
                    continue;
                }
                known.insert(is, found.len());
            }
            let network = subnet.network.and_then(|index| networks.get(index)).unwrap_or(&none).clone();
            found.push(Joined { servers: vec![server], family: *family, subnet, network });
        }
    }
    let mut rows: Vec<Row> = found.into_iter().map(|joined| row(joined, names)).collect();
    rows.sort_by(by_address);
    rows
}

fn row(joined: Joined<'_>, names: &BTreeMap<ServerId, String>) -> Row {
    let Joined { servers, family, subnet, network } = joined;
    let prefix = Prefix::parse(family, &subnet.subnet).ok();
    let order = prefix.map_or((family, u128::MAX, 0), |prefix| (family, prefix.number(), prefix.length()));
    let name = |server: &&ServerId| names.get(*server).cloned().unwrap_or_else(|| server.to_string());
    let names: Vec<String> = servers.iter().map(name).collect();
    Row {
        line: Line::new(family, subnet, &network.name, &names),
        servers: servers.into_iter().cloned().collect(),
        names,
        family,
        subnet: subnet.clone(),
        network,
        order,
    }
}

/// How full each row is: as the first of its servers says that can.
pub fn usages(rows: &[Row], counted: &BTreeMap<Daemon, Vec<Usage>>) -> Vec<Option<Usage>> {
    let of = |row: &Row| {
        row.servers.iter().find_map(|server| {
            let usages = counted.get(&(server.clone(), row.family))?;
            let index = usages.binary_search_by_key(&row.subnet.id, |usage| usage.id).ok()?;
            usages.get(index).copied()
        })
    };
    rows.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use perch_shared::KeaVersion;

    fn id(name: &str) -> ServerId {
        ServerId::new(name).unwrap()
    }

    fn list(server: &str, subnets: &[(u64, &str)]) -> (Daemon, SubnetList) {
        let subnet = |(id, subnet): &(u64, &str)| SubnetRow {
            id: *id,
            subnet: (*subnet).to_owned(),
            network: (*id == 2).then_some(0),
            ..SubnetRow::default()
        };
        let list = SubnetList {
            version: KeaVersion::new(3, 0, 4),
            hash: String::new(),
            networks: vec![NetworkRow { name: "campus".to_owned(), ..NetworkRow::default() }],
            subnets: subnets.iter().map(subnet).collect(),
        };
        ((id(server), Family::V4), list)
    }

    #[test]
    fn what_partners_have_in_common_is_one_row() {
        let lists = [
            list("a", &[(1, "10.0.0.0/24"), (2, "10.1.0.0/24"), (3, "10.2.0.0/24")]),
            list("b", &[(1, "10.0.0.0/24"), (2, "10.1.0.0/24"), (3, "10.3.0.0/24")]),
            list("c", &[(1, "10.0.0.0/24")]),
        ];
        let members = vec![id("b"), id("a")];
        let partners = [("a", &members), ("b", &members)];
        let partners = partners.map(|(server, members)| ((id(server), Family::V4), members.clone())).into();
        let names = [(id("a"), "Alpha".to_owned())].into();
        let rows = rows(&lists.each_ref().map(|(daemon, list)| (daemon, list)), &partners, &names);
        let words: Vec<String> = rows
            .iter()
            .map(|row| format!("{} {} {}", row.subnet.subnet, row.names.join("+"), row.network.name))
            .collect();
        let expected = [
            "10.0.0.0/24 b+Alpha ",
            "10.0.0.0/24 c ",
            "10.1.0.0/24 b+Alpha campus",
            "10.2.0.0/24 Alpha ",
            "10.3.0.0/24 b ",
        ];
        assert_eq!(words, expected);
        let usage = Usage { id: 1, total: 9.0, ..Usage::default() };
        let counted = [((id("a"), Family::V4), vec![usage])].into();
        assert_eq!(usages(&rows, &counted), [Some(usage), None, None, None, None]);
    }
}
