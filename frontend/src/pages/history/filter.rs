//! What is asked of the history; it stands in the address.

use crate::{routes::Address, state::Fleet, ui::Select};
use leptos::prelude::*;
use perch_shared::api::{HistoryQuery, Kind, Outcome, ServerId};

/// The names behind `?`, in order.
const NAMES: [&str; 8] = ["q", "server", "object", "kind", "outcome", "user", "from", "to"];

/// The filter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Filter {
    address: Address,
    parts: StoredValue<[Signal<String>; 8]>,
}

impl Filter {
    /// What the address says.
    pub(super) fn of(address: Address) -> Self {
        Self { address, parts: StoredValue::new(NAMES.map(|name| address.query(name))) }
    }

    /// What it says of a name.
    pub(super) fn get(self, name: &'static str) -> Signal<String> {
        self.address.query(name)
    }

    pub(super) fn track(self) {
        self.values();
    }

    pub(super) fn is_empty(self) -> bool {
        self.values().iter().all(String::is_empty)
    }

    fn values(self) -> [String; 8] {
        self.parts.get_value().map(|part| part.get())
    }

    /// Says something else of a name.
    pub(super) fn set(self, name: &'static str, value: &str) {
        let values = untrack(|| self.values());
        let all: Vec<(&str, &str)> = NAMES
            .into_iter()
            .zip(&values)
            .map(|(one, old)| (one, if one == name { value } else { old.as_str() }))
            .collect();
        self.address.set_queries(&all);
    }

    /// Asks for everything.
    pub(super) fn clear(self) {
        self.address.set_queries(&[]);
    }

    /// The request. What cannot be read is left out.
    pub(super) fn query(self) -> HistoryQuery {
        let [text, server, object, kind, outcome, user, from, to] = untrack(|| self.values());
        HistoryQuery {
            server: ServerId::new(server).ok(),
            object,
            kind: KINDS.iter().find(|(name, ..)| *name == kind).map(|(_, kind, _)| *kind),
            outcome: OUTCOMES.iter().find(|(name, ..)| *name == outcome).map(|(_, outcome, _)| *outcome),
            user,
            from,
            to,
            text,
            ..HistoryQuery::default()
        }
    }
}

/// The kinds: their names in the address, and in words.
const KINDS: [(&str, Kind, &str); 10] = [
    ("change", Kind::Change, "Changes"),
    ("undo", Kind::Undo, "Undone changes"),
    ("restore", Kind::Restore, "Restored snapshots"),
    ("catch-up", Kind::CatchUp, "Caught up"),
    ("recovery", Kind::Recovery, "Recoveries"),
    ("external", Kind::External, "By somebody else"),
    ("command", Kind::Command, "Commands"),
    ("inventory", Kind::Inventory, "Servers added or edited"),
    ("sign-in", Kind::SignIn, "Signing in"),
    ("users", Kind::Users, "Users"),
];

/// How things end: their names in the address, and in words.
const OUTCOMES: [(&str, Outcome, &str); 6] = [
    ("applied", Outcome::Applied, "Applied"),
    ("applied-not-written", Outcome::AppliedNotWritten, "Not written to disk"),
    ("partly-pending", Outcome::PartlyPending, "Partly pending"),
    ("refused", Outcome::Refused, "Refused"),
    ("put-back", Outcome::PutBack, "Put back"),
    ("damaged", Outcome::Damaged, "Damaged"),
];

/// The fields above the list.
#[component]
pub(super) fn FilterBar(
    /// What is asked for.
    filter: Filter,
    /// Whether the list is about all servers.
    with_server: bool,
) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let choices = move || {
        let mut choices = vec![(String::new(), "All servers".to_owned())];
        let servers = fleet.servers().answer().get().unwrap_or_default();
        choices.extend(servers.into_iter().map(|server| (server.id.to_string(), server.name)));
        choices
    };
    let servers = move || {
        with_server.then(|| {
            view! { <Select id="history-server" label="Server" choices=choices() chosen=filter.get("server") on_choose=move |value: String| filter.set("server", &value)/> }
        })
    };
    let kinds = choices_of("Everything", KINDS.iter().map(|(name, _, words)| (*name, *words)));
    let outcomes = choices_of("Any outcome", OUTCOMES.iter().map(|(name, _, words)| (*name, *words)));
    let object = move || {
        let object = filter.get("object").get();
        (!object.is_empty()).then(|| view! { <span class="chip" data-testid="history-object">"About " <code>{object}</code></span> })
    };
    let clear = move || {
        (!filter.is_empty()).then(|| {
            view! { <button type="button" class="btn ghost" data-testid="clear-filter" on:click=move |_| filter.clear()>"Clear"</button> }
        })
    };
    view! {
        <div class="list-bar" role="search" aria-label="History">
            <input
                class="input grow"
                type="search"
                id="history-q"
                data-testid="history-q"
                aria-label="Search words"
                placeholder="Search: an address, a name, a word of the comment"
                prop:value=move || filter.get("q").get()
                on:change=move |event| filter.set("q", &event_target_value(&event))
            />
            {servers}
            <Select id="history-kind" label="What" choices=kinds chosen=filter.get("kind") on_choose=move |value: String| filter.set("kind", &value)/>
            <Select id="history-outcome" label="Outcome" choices=outcomes chosen=filter.get("outcome") on_choose=move |value: String| filter.set("outcome", &value)/>
            <span class="dates">{date(filter, "from", "From")} {date(filter, "to", "To")}</span>
            {object}
            {clear}
        </div>
    }
}

fn choices_of(all: &str, some: impl Iterator<Item = (&'static str, &'static str)>) -> Vec<(String, String)> {
    let some = some.map(|(name, words)| (name.to_owned(), words.to_owned()));
    std::iter::once((String::new(), all.to_owned())).chain(some).collect()
}

fn date(filter: Filter, name: &'static str, label: &'static str) -> AnyView {
    let id = format!("history-{name}");
    view! {
        <span class="select">
            <label for=id.clone()>{label}</label>
            <input type="date" class="input" id=id.clone() data-testid=id prop:value=move || filter.get(name).get() on:change=move |event| filter.set(name, &event_target_value(&event))/>
        </span>
    }
    .into_any()
}
