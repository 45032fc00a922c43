//! The daemons that a subnet can be created on: the partners of an HA pair are one choice.

use perch_shared::{
    Family,
    api::{FleetView, ServerId},
};

/// A daemon, with its HA partners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The server where somebody works.
    pub server: ServerId,
    /// The daemon.
    pub family: Family,
    /// All of the servers that get the subnet.
    pub all: Vec<ServerId>,
    /// The servers' names and the family.
    pub words: String,
}

impl Choice {
    /// What tells it from the others.
    pub fn key(&self) -> String {
        format!("{}/{}", self.server, self.family)
    }
}

/// All choices, in the order of the inventory.
pub fn choices(view: &FleetView) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    let name = |id: &ServerId| {
        let found = view.servers.iter().find(|status| status.server.id == *id);
        found.map_or_else(|| id.to_string(), |status| status.server.name.clone())
    };
    for status in &view.servers {
        for daemon in &status.daemons {
            let id = &status.server.id;
            if choices.iter().any(|choice| choice.family == daemon.family && choice.all.contains(id)) {
                continue;
            }
            let pair = view.pairs.iter().find(|pair| {
                pair.family == daemon.family
                    && pair.members.iter().any(|member| member.server.as_ref() == Some(id))
            });
            let members = pair.into_iter().flat_map(|pair| &pair.members);
            let mut all: Vec<ServerId> = members.filter_map(|member| member.server.clone()).collect();
            if all.is_empty() {
                all.push(id.clone());
            }
            let names: Vec<String> = all.iter().map(name).collect();
            choices.push(Choice {
                server: all.first().unwrap_or(id).clone(),
                family: daemon.family,
                words: format!("{}: {}", names.join(" and "), daemon.family.protocol()),
                all,
            });
        }
    }
    choices
}

/// The choice that a server and a family mean; the only one where there is no other.
pub fn find(choices: &[Choice], server: &str, family: Option<Family>) -> Option<Choice> {
    let mut fitting = choices.iter().filter(|choice| {
        family.is_none_or(|family| family == choice.family)
            && (server.is_empty() || choice.all.iter().any(|id| id.to_string() == server))
    });
    let first = fitting.next()?;
    (!server.is_empty() || choices.len() == 1).then(|| first.clone())
}
