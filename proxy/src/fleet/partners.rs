//! The HA partners that a server's configuration names: which are registered, and whether one is where somebody says.

use super::Fleet;
use crate::{
    kea::{Address, DEFAULT_PORT, KeaClient, Target},
    store::ServerRecord,
};
use perch_shared::{
    Family,
    api::{Channel, Partner, PartnerProof, ProbeReport},
    status::{HaSettings, ha_settings},
};

/// The partners of a server, from what its daemons run. Asks nobody.
pub fn partners(fleet: &Fleet, record: &ServerRecord) -> Vec<Partner> {
    let id = &record.server.id;
    let mut found: Vec<Partner> = Vec::new();
    for pair in fleet.pairs() {
        if !pair.members.iter().any(|member| member.server.as_ref() == Some(id)) {
            continue;
        }
        for member in pair.members.iter().filter(|member| member.server.as_ref() != Some(id)) {
            let known = found.iter().any(|known| known.family == pair.family && known.name == member.name);
            if !known {
                found.push(Partner {
                    family: pair.family,
                    name: member.name.clone(),
                    role: member.role.clone(),
                    url: member.url.clone(),
                    server: member.server.clone(),
                    addresses: addresses(record, pair.family, &member.url),
                });
            }
        }
    }
    found
}

/// Where the partner's control channel may be: on its host, at the port where this server's is, or at Kea's usual one.
fn addresses(record: &ServerRecord, family: Family, url: &str) -> Vec<String> {
    let Ok(url) = url.parse::<Address>() else { return Vec::new() };
    let Some((host, _)) = url.host_port() else { return Vec::new() };
    let own = record.server.channels.iter().find(|channel| channel.daemons.contains(&family));
    let like_own = own.and_then(|channel| channel.address.parse().ok()).and_then(|own| match own {
        Address::Http { port, .. } => Some(Address::Http { host: host.to_owned(), port }),
        Address::Https { port, .. } => Some(Address::Https { host: host.to_owned(), port }),
        Address::Unix(_) => None,
    });
    let usual = Address::Http { host: host.to_owned(), port: DEFAULT_PORT };
    let taken = |address: &String| record.server.channels.iter().any(|channel| channel.address == *address);
    let mut found: Vec<String> =
        like_own.into_iter().chain([usual]).map(|address| address.to_string()).collect();
    found.dedup();
    found.retain(|address| !taken(address));
    found
}

/// Asks what was found at the confirmed addresses whether it is the partner: its name, and that it names this server.
pub async fn prove(
    client: &KeaClient,
    probe: ProbeReport,
    found: &ServerRecord,
    (family, name): (Family, &str),
    own: &[HaSettings],
) -> PartnerProof {
    let proof = |proved, detail: String, probe| PartnerProof { probe, proved, detail };
    let channel: Option<&Channel> = probe.channels.iter().find(|channel| channel.daemons.contains(&family));
    let target = channel.and_then(|channel| Target::of_channel(found, channel).ok());
    let Some(target) = target else {
        return proof(false, format!("No {} answers at these addresses.", family.daemon()), probe);
    };
    let running = match client.printed(&target, family).await {
        Ok(running) => running,
        Err(error) => return proof(false, super::sentence(&error.fault.to_string()), probe),
    };
    let theirs = ha_settings(&running.outline());
    let (proved, detail) = judged(name, own, &theirs);
    proof(proved, detail, probe)
}

fn judged(name: &str, own: &[HaSettings], theirs: &[HaSettings]) -> (bool, String) {
    let named = |settings: &&HaSettings| settings.this == name;
    let Some(their) = theirs.iter().find(named) else {
        let names: Vec<String> = theirs.iter().map(|settings| format!("`{}`", settings.this)).collect();
        let says = if names.is_empty() {
            "has no high availability".to_owned()
        } else {
            format!("calls itself {}", names.join(", "))
        };
        return (false, format!("The daemon there {says}, not `{name}`."));
    };
    let expected = own.iter().find(|settings| settings.peers.iter().any(|peer| peer.name == name));
    let Some(ours) = expected else {
        return (false, format!("The server's own configuration names no `{name}`."));
    };
    if !their.peers.iter().any(|peer| peer.name == ours.this) {
        return (false, format!("The daemon there calls itself `{name}`, but names no `{}`.", ours.this));
    }
    let sorted = |settings: &HaSettings| {
        let mut peers = settings.peers.clone();
        peers.sort();
        peers
    };
    if sorted(their) == sorted(ours) && their.mode == ours.mode {
        return (true, format!("The daemon there calls itself `{name}` and has the same peers."));
    }
    (
        true,
        format!(
            "The daemon there calls itself `{name}` and names `{}`, but their `peers` or modes differ.",
            ours.this
        ),
    )
}
