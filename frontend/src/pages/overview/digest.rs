//! What needs attention, of all that is known: the worst first.

use super::{
    News,
    finding::findings,
    item::{Gravity, Item, Remedy, item},
    once::once,
};
use crate::{routes::Route, state::Fleet, ui::percent};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{
        DaemonState, ExternalChange, FleetView, FullSubnet, GlobalClass, Missed, Pair, PairState, Reason,
        ReasonCode, Recovery, ServerId, ServerStatus,
    },
};
use std::collections::BTreeMap;

/// From where on a subnet is nearly full, and from where on it is as good as full.
const FULL: [f64; 2] = [0.8, 0.9];
/// How many changes of others are told.
const EXTERNAL: usize = 5;

/// Everything, the worst first. Tracks.
pub fn items(fleet: Fleet, news: News) -> Vec<Item> {
    let mut items = fleet.view().answer().with(|view| {
        let mut items = Vec::new();
        for view in view.iter() {
            view.servers.iter().for_each(|status| items.extend(server(fleet, view, status)));
            view.pairs.iter().for_each(|one| items.extend(pair(fleet, one)));
        }
        items
    });
    items.extend(recoveries(&news.recoveries.answer().get().unwrap_or_default()));
    items.extend(missed(fleet, &news.missed.answer().get().unwrap_or_default()));
    items.extend(globals(fleet, &news.globals.answer().get().unwrap_or_default()));
    items.extend(subnets(fleet, &news.fullest.answer().get().unwrap_or_default()));
    items.extend(findings(fleet, &news.findings.answer().get().unwrap_or_default()));
    items.extend(external(fleet, &news.external.answer().get().unwrap_or_default()));
    items.sort_by_key(|item| item.gravity);
    items
}

/// What is said of a pair is not said of its members, too.
fn is_of_pair(code: ReasonCode) -> bool {
    use ReasonCode::{Ambiguous, ClockSkew, Disagree, Ha, OutOfStep, Starting, UnknownPartner};
    matches!(code, Ha | Starting | ClockSkew | UnknownPartner | Ambiguous | Disagree | OutOfStep)
}

fn server(fleet: Fleet, view: &FleetView, status: &ServerStatus) -> Vec<Item> {
    let id = &status.server.id;
    let mut items: Vec<Item> = Vec::new();
    for daemon in &status.daemons {
        let paired = view.pairs.iter().any(|pair| {
            pair.family == daemon.family
                && pair.members.iter().any(|member| member.server.as_ref() == Some(id))
        });
        for reason in daemon.reasons.iter().filter(|reason| !(paired && is_of_pair(reason.code))) {
            // Where nothing answers, both daemons say the same.
            if let Some(same) = items.iter_mut().find(|item| item.text == reason.text) {
                same.title = fleet.name(id);
                continue;
            }
            let (gravity, kind, remedy) = grave(daemon.state, reason, id, daemon.family);
            let title = format!("{} {}", fleet.name(id), daemon.family.protocol());
            let since = daemon.since.clone().filter(|_| daemon.state != DaemonState::Ok);
            let found = item(gravity, kind, title, Route::Server(id.clone()));
            items.push(Item { text: reason.text.clone(), help: reason.help.clone(), since, remedy, ..found });
        }
    }
    items
}

fn grave(
    state: DaemonState,
    reason: &Reason,
    id: &ServerId,
    family: Family,
) -> (Gravity, &'static str, Remedy) {
    let write = || Remedy::Write(id.clone(), family);
    match reason.code {
        ReasonCode::NotWritten => (Gravity::Warning, "not-written", write()),
        ReasonCode::ConfigBackend => (Gravity::Info, "config-backend", Remedy::None),
        ReasonCode::PerhapsNotWritten => (Gravity::Info, "perhaps-not-written", write()),
        ReasonCode::Unreachable | ReasonCode::Malformed => (Gravity::Bad, "unreachable", Remedy::None),
        _ if state == DaemonState::Unreachable => (Gravity::Bad, "unreachable", Remedy::None),
        ReasonCode::LostHooks | ReasonCode::Service => (Gravity::Bad, "impaired", Remedy::None),
        _ => (Gravity::Warning, "impaired", Remedy::None),
    }
}

fn pair(fleet: Fleet, pair: &Pair) -> Vec<Item> {
    // Who does not answer is told of by itself.
    let reasons = pair.reasons.iter().filter(|reason| reason.code != ReasonCode::Unreachable);
    let to =
        |reason: &Reason| match (reason.code, pair.members.iter().find_map(|member| member.server.clone())) {
            (ReasonCode::UnknownPartner, Some(id)) => Route::Server(id),
            _ => Route::Pair(pair.id.to_string()),
        };
    let of = |reason: &Reason| {
        let (gravity, kind) = match reason.code {
            ReasonCode::Starting => (Gravity::Info, "pair-starting"),
            ReasonCode::OutOfStep => (Gravity::Warning, "out-of-step"),
            ReasonCode::UnknownPartner => (Gravity::Warning, "unknown-partner"),
            _ if pair.state >= PairState::Impaired => (Gravity::Bad, "pair"),
            _ => (Gravity::Warning, "pair"),
        };
        let title = format!("{} {}", fleet.pair_name(pair), pair.family.protocol());
        Item {
            text: reason.text.clone(),
            help: reason.help.clone(),
            ..item(gravity, kind, title, to(reason))
        }
    };
    reasons.map(of).collect()
}

fn recoveries(all: &[Recovery]) -> Vec<Item> {
    let of = |recovery: &Recovery| {
        let (gravity, title) = if recovery.settled {
            (Gravity::Info, "A change that was interrupted")
        } else {
            (Gravity::Bad, "A change that is half-done")
        };
        let found = item(gravity, "recovery", title.to_owned(), Route::Change(recovery.id.clone()));
        Item {
            text: recovery.text.clone(),
            help: recovery.edits.join("; "),
            since: Some(recovery.begun.clone()),
            ..found
        }
    };
    all.iter().map(of).collect()
}

fn missed(fleet: Fleet, all: &[Missed]) -> Vec<Item> {
    let mut by_daemon: BTreeMap<(ServerId, Family), Vec<&Missed>> = BTreeMap::new();
    for one in all {
        by_daemon.entry((one.server.clone(), one.family)).or_default().push(one);
    }
    let of = |((id, family), missed): ((ServerId, Family), Vec<&Missed>)| {
        let count =
            if missed.len() == 1 { "a change".to_owned() } else { format!("{} changes", missed.len()) };
        let edits: Vec<&str> = missed.iter().flat_map(|one| &one.edits).map(String::as_str).collect();
        let shown = edits.iter().take(3).copied().collect::<Vec<_>>().join("; ");
        let more = edits.len().saturating_sub(3);
        let help = if more > 0 { format!("{shown}; and {more} more") } else { shown };
        let title = format!("{} {}", fleet.name(&id), family.protocol());
        let found = item(Gravity::Warning, "missed", title, Route::Server(id.clone()));
        Item {
            text: format!("It missed {count} because it did not answer."),
            help,
            since: missed.first().map(|one| one.time.clone()),
            remedy: Remedy::CatchUp(id, family),
            ..found
        }
    };
    by_daemon.into_iter().map(of).collect()
}

/// Classes that all servers shall have, and that some do not.
fn globals(fleet: Fleet, all: &[GlobalClass]) -> Vec<Item> {
    let of = |class: &GlobalClass| {
        let names = |there: bool| {
            let wanted = class.others.iter().filter(|other| other.class.is_some() == there);
            wanted.map(|other| fleet.name(&other.server)).collect::<Vec<_>>().join(", ")
        };
        let (missing, otherwise) = (names(false), names(true));
        let text = match (missing.as_str(), otherwise.as_str()) {
            (missing, "") => format!("It is missing on {missing}."),
            ("", otherwise) => format!("It is otherwise on {otherwise}."),
            (missing, otherwise) => format!("It is missing on {missing}, and otherwise on {otherwise}."),
        };
        let title = format!("Global class {} {}", class.name, class.family.protocol());
        let to = Route::Class(class.like.clone(), class.family, class.name.clone());
        Item {
            text,
            help: "Its page makes it the same there.".to_owned(),
            ..item(Gravity::Warning, "global-class", title, to)
        }
    };
    all.iter().filter(|class| !class.others.is_empty()).map(of).collect()
}

/// Those that are nearly full.
fn full(all: &[FullSubnet]) -> impl Iterator<Item = (&FullSubnet, f64)> {
    let part = |subnet: &FullSubnet| subnet.usage.fullness().unwrap_or_default();
    all.iter().map(move |subnet| (subnet, part(subnet))).filter(|(_, part)| *part >= FULL[0])
}

/// The same, once for each pair: partners share their leases.
pub fn full_once(fleet: Fleet, all: &[FullSubnet]) -> Vec<(&FullSubnet, f64)> {
    let same = |one: &(&FullSubnet, f64), other: &(&FullSubnet, f64)| one.0.subnet == other.0.subnet;
    once(fleet, full(all), |(subnet, _)| (&subnet.server, subnet.family), same)
}

fn subnets(fleet: Fleet, all: &[FullSubnet]) -> Vec<Item> {
    let mut items = Vec::new();
    for (subnet, part) in full_once(fleet, all) {
        let gravity = if part >= FULL[1] { Gravity::Bad } else { Gravity::Warning };
        let to = Route::Subnet(subnet.server.clone(), subnet.family, subnet.usage.id);
        let found =
            item(gravity, "full-subnet", format!("{} on {}", subnet.subnet, fleet.name(&subnet.server)), to);
        let usage = &subnet.usage;
        let text = format!(
            "It is {} full: {:.0} of {:.0} addresses are leased.",
            percent(part),
            usage.assigned,
            usage.total
        );
        let help = "Add a pool, shorten the lifetime, or look for leases that nobody uses.".to_owned();
        items.push(Item { text, help, ..found });
    }
    items
}

fn external(fleet: Fleet, all: &[ExternalChange]) -> Vec<Item> {
    let of = |change: &ExternalChange| {
        let title = format!("{} {}", fleet.name(&change.server), change.daemon.protocol());
        let found = item(Gravity::Info, "external", title, Route::ServerHistory(change.server.clone()));
        let paths: Vec<String> =
            change.differences.iter().take(3).map(|difference| format!("`{}`", difference.path)).collect();
        let more = change.more + change.differences.len().saturating_sub(3);
        let places = match (paths.is_empty(), more) {
            (true, _) => String::new(),
            (false, 0) => format!(": {}", paths.join(", ")),
            (false, more) => format!(": {} and {more} more", paths.join(", ")),
        };
        let text = format!("Somebody changed it without this Perch{places}.");
        Item { text, since: Some(change.time.clone()), ..found }
    };
    all.iter().take(EXTERNAL).map(of).collect()
}
