//! What was done, by whom, where, and how it ended.

mod entry;
mod filter;

use super::param;
use crate::{
    api::{Api, Failure},
    browser,
    components::{ErrorNotice, ServerFrame, Tab},
    routes::{Address, Route},
    state::Events,
    ui::{Notice, Tone, day},
};
use entry::entry;
use filter::{Filter, FilterBar};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::api::{ChangeId, Endpoint, Event, HistoryPage, Kind, ListHistory, Record, ServerId};
use std::collections::HashSet;

lazy_page!(history_page, show);

/// The page, of all servers or inside one server's frame.
fn show() -> AnyView {
    let server = param(|route| match route {
        Route::ServerHistory(id) => Some(Some(id.clone())),
        Route::History => Some(None),
        _ => None,
    });
    view! {
        {move || match server.get().flatten() {
            Some(id) => view! { <ServerFrame id=id.clone() tab=Tab::History><History server=Some(id)/></ServerFrame> }.into_any(),
            None => {
                browser::set_title("History");
                view! {
                    <header class="page-head"><div class="page-title"><h1>"History"</h1></div></header>
                    <History server=None/>
                }
                .into_any()
            }
        }}
    }
    .into_any()
}

/// What has been read so far.
#[derive(Debug, Clone, Copy)]
struct Lines {
    records: RwSignal<Vec<Record>>,
    next: RwSignal<Option<u64>>,
    damage: RwSignal<Vec<String>>,
    failure: RwSignal<Option<Failure>>,
    busy: RwSignal<bool>,
    known: RwSignal<bool>,
    turn: StoredValue<u32>,
    api: Api,
}

impl Lines {
    fn new() -> Self {
        Self {
            records: RwSignal::new(Vec::new()),
            next: RwSignal::new(None),
            damage: RwSignal::new(Vec::new()),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            known: RwSignal::new(false),
            turn: StoredValue::new(0),
            api: expect_context::<Api>(),
        }
    }

    /// Reads the latest, or with `further` what comes behind those that are here.
    fn read(self, filter: &Filter, server: Option<ServerId>, further: bool) {
        let turn = self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        });
        let mut query = filter.query();
        query.server = server.or(query.server);
        query.before = if further { self.next.get_untracked() } else { None };
        self.busy.set(true);
        spawn_local(async move {
            let read = self.api.read::<ListHistory>(ListHistory::path(&()), &query).await;
            if self.turn.try_get_value() == turn {
                self.take(read, further);
            }
        });
    }

    fn take(self, read: Result<HistoryPage, Failure>, further: bool) {
        self.busy.set(false);
        match read {
            Ok(page) => {
                self.failure.set(None);
                self.next.set(page.next);
                self.damage.set(page.damage);
                self.known.set(true);
                self.records.update(|records| {
                    if !further {
                        records.clear();
                    }
                    records.extend(page.records);
                });
            }
            Err(failure) => self.failure.set(Some(failure)),
        }
    }
}

#[component]
fn History(server: Option<ServerId>) -> impl IntoView {
    let (lines, filter) = (Lines::new(), Filter::of(expect_context::<Address>()));
    let of = StoredValue::new(server.clone());
    let read = move || lines.read(&filter, of.get_value(), false);
    Effect::new(move |_| {
        filter.track();
        untrack(read);
    });
    // Whatever is done meanwhile comes on top by itself.
    if let Some(events) = use_context::<Events>() {
        Effect::watch(
            move || events.last().get(),
            move |(_, event), _, _| {
                let done =
                    matches!(event, Some(Event::Configuration { .. } | Event::Missed | Event::Inventory));
                if done && !lines.busy.get_untracked() {
                    read();
                }
            },
            false,
        );
    }
    let groups = move || lines.records.with(|records| by_day(records, of.get_value().is_none()));
    let empty = move || {
        (lines.known.get() && lines.records.with(Vec::is_empty) && lines.next.get().is_none()).then(|| {
            let (title, words) = if filter.is_empty() {
                ("Nothing was done yet", "Every change through Perch, and every change by somebody else that Perch sees, is kept here.")
            } else {
                ("Nothing fits", "Take something out of the filter, or search for other words.")
            };
            view! { <div class="empty" data-testid="empty"><h2>{title}</h2><p>{words}</p></div> }
        })
    };
    let waiting = move || {
        (!lines.known.get() && lines.failure.with(Option::is_none))
            .then(|| view! { <div class="skeleton tall" aria-busy="true"><span class="sr">"Reading the history…"</span></div> })
    };
    let more = move || {
        lines.next.get().map(|_| {
            view! {
                <p class="page-foot">
                    <button type="button" class="btn" data-testid="more" disabled=move || lines.busy.get() on:click=move |_| lines.read(&filter, of.get_value(), true)>
                        "Show older"
                    </button>
                </p>
            }
        })
    };
    let damage = move || {
        lines.damage.with(|damage| {
            (!damage.is_empty()).then(|| {
                let words = damage.iter().map(|line| view! { <p>{line.clone()}</p> }).collect_view();
                view! {
                    <Notice tone=Tone::Bad title="The history is not as Perch wrote it.">
                        {words}
                        <p>"Run " <code>"perch audit verify"</code> " to see which lines were altered or are missing."</p>
                    </Notice>
                }
            })
        })
    };
    view! {
        <FilterBar filter with_server=server.is_none()/>
        {damage}
        {move || lines.failure.get().map(|failure| view! { <ErrorNotice failure retry=Callback::new(move |()| read())/> })}
        {waiting}
        {empty}
        <div class="history" data-testid="history">{groups}</div>
        {more}
    }
}

/// The records under the days on which they began, in the order in which they are.
fn by_day(records: &[Record], with_server: bool) -> Vec<AnyView> {
    let mut groups: Vec<(String, Vec<AnyView>)> = Vec::new();
    // What undid a change comes before it.
    let undoing = |record: &&Record| record.kind == Kind::Undo && record.outcome.is_applied();
    let undone: HashSet<&ChangeId> =
        records.iter().filter(undoing).filter_map(|one| one.of.as_ref()).collect();
    for record in records {
        let day = day(&record.time);
        let line = entry(record, with_server, undone.contains(&record.id));
        match groups.last_mut().filter(|(last, _)| *last == day) {
            Some((_, lines)) => lines.push(line),
            None => groups.push((day, vec![line])),
        }
    }
    let one = |(day, lines): (String, Vec<AnyView>)| {
        view! { <section class="history-day" aria-label=day.clone()><h2>{day.clone()}</h2><ol class="history-list">{lines}</ol></section> }
            .into_any()
    };
    groups.into_iter().map(one).collect()
}
