//! What can be done with the subnets that are selected.

use super::{filter::Filter, order::Item, rows::Row};
use crate::{
    routes::Route,
    state::Fleet,
    ui::{Glyph, Selection, counted, icon},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{Ids, Role, ServerId},
};
use std::collections::BTreeSet;

/// How many subnets can be edited as one: more would make one change that nobody can read.
const MOST: usize = 1000;

/// The subnets that are selected, and what can be done with them. What is no longer shown is no longer selected.
#[component]
pub fn Selected(
    /// All rows.
    filter: Filter,
    /// Which of them are selected.
    selection: Selection,
) -> impl IntoView {
    let refused = expect_context::<Fleet>().lacks(Role::Operator);
    Effect::new(move |_| {
        let shown = filter.shown.get();
        if selection.keys.with_untracked(BTreeSet::is_empty) {
            return;
        }
        let keys: BTreeSet<String> = filter.rows.with_untracked(|rows| {
            let row = |item: &Item| match item {
                Item::Row(place) => rows.0.get(*place).map(Row::key),
                Item::Head(..) => None,
            };
            shown.0.iter().filter_map(row).collect()
        });
        selection.keys.update(|selected| selected.retain(|key| keys.contains(key)));
    });
    let count = Memo::new(move |_| selection.keys.with(BTreeSet::len));
    let chosen = Memo::new(move |_| selection.keys.with(daemon_and_ids));
    let edit = move || {
        let chosen = chosen.get();
        let why = refused.get().or(match &chosen {
            None => Some("Only subnets of one server and one family can be edited as one: a change is for one server and its HA partners."),
            Some(_) if count.get() > MOST => Some("At most 1000 subnets can be edited as one."),
            Some(_) => None,
        });
        let href = chosen
            .filter(|_| why.is_none())
            .map(|(server, family, ids)| Route::Subnets(server, family, ids).path());
        view! {
            <a class="btn primary" href=href title=why aria-disabled=why.map(|_| "true") data-testid="edit-selected">{icon(Glyph::Edit)} "Edit together"</a>
            {why.map(|why| view! { <p class="hint" data-testid="edit-refused">{why}</p> })}
        }
    };
    move || {
        (count.get() > 0).then(|| {
            view! {
                <div class="selected" role="group" aria-label="Selected subnets" data-testid="selected">
                    <strong>{move || format!("{} selected", counted(count.get() as u128, "subnet", "subnets"))}</strong>
                    {edit}
                    <button type="button" class="btn ghost" data-testid="clear-selection" on:click=move |_| selection.clear()>"Clear selection"</button>
                </div>
            }
        })
    }
}

/// The daemon that all rows are of, and the ids of their subnets; `None`: they are not all of one.
fn daemon_and_ids(keys: &BTreeSet<String>) -> Option<(ServerId, Family, Ids)> {
    let of = |key: &String| {
        let (daemon, id) = key.rsplit_once('/')?;
        Some((daemon.to_owned(), id.parse::<u64>().ok()?))
    };
    let all: Vec<(String, u64)> = keys.iter().map(of).collect::<Option<_>>()?;
    let (first, _) = all.first()?;
    let is_one = all.iter().all(|(daemon, _)| daemon == first);
    let (server, family) = first.split_once('/').filter(|_| is_one)?;
    Some((ServerId::new(server).ok()?, family.parse().ok()?, all.iter().map(|(_, id)| *id).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_daemon_are_edited_as_one() {
        let keys = |all: &[&str]| all.iter().map(|key| (*key).to_owned()).collect::<BTreeSet<String>>();
        let (server, family, ids) =
            daemon_and_ids(&keys(&["hq/dhcp4/2", "hq/dhcp4/1", "hq/dhcp4/9"])).unwrap();
        assert_eq!((server.as_str(), family, ids.to_string().as_str()), ("hq", Family::V4, "1-2,9"));
        for mixed in [&["hq/dhcp4/2", "branch/dhcp4/1"][..], &["hq/dhcp4/2", "hq/dhcp6/1"], &[]] {
            assert_eq!(daemon_and_ids(&keys(mixed)), None);
        }
    }
}
