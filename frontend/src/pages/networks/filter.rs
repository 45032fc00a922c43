//! What is shown of all rows: the filter in the address, the families, the order, and what comes of them.

use super::{
    order::{self, Item},
    rows::{self, Row, Shared},
    sources::{Daemon, Sources},
};
use crate::{routes::Address, state::Fleet, ui::Sort};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{FleetView, ServerId, Usage},
    query::{Query, QueryError, Vocabulary, Words},
};
use std::collections::{BTreeMap, BTreeSet};

/// The rows, and which of them are shown.
#[derive(Debug, Clone, Copy)]
pub struct Filter {
    /// The daemons.
    pub sources: Sources,
    /// All rows.
    pub rows: Memo<Shared<Vec<Row>>>,
    /// How full each of them is.
    pub usages: Memo<Shared<Vec<Option<Usage>>>>,
    /// What is shown, in order.
    pub shown: Memo<Shared<Vec<Item>>>,
    /// How many subnets that are.
    pub count: Memo<usize>,
    /// The order.
    pub sort: RwSignal<Sort>,
    /// The text of the filter.
    pub text: Signal<String>,
    /// What is wrong with it.
    pub error: Memo<Option<QueryError>>,
    /// Which family is shown; empty: both.
    pub family: Memo<&'static str>,
    /// Whether rows stand below their shared networks.
    pub grouped: Memo<bool>,
    /// The names that there are, for completion.
    pub vocabulary: Memo<Vocabulary>,
    words: Memo<Shared<Words>>,
    address: Address,
}

impl Filter {
    /// Follows the address and the daemons.
    pub fn new(only: Option<ServerId>) -> Self {
        let (address, fleet) = (expect_context::<Address>(), expect_context::<Fleet>());
        let sources = Sources::follow(only);
        let around = Memo::new(move |_| fleet.view().answer().with(|view| Around::of(view.as_ref())));
        let rows = Memo::new(move |_| Shared::new(around.with(|around| all_rows(sources, around))));
        let usages = Memo::new(move |_| Shared::new(rows::usages(&rows.get().0, &counted(sources))));
        let text = address.query("q");
        // While somebody types on, what was understood last stays.
        let query =
            Memo::new(move |before: Option<&(Option<Query>, Option<QueryError>)>| {
                match Query::parse(&text.get()) {
                    Ok(query) => (Some(query), None),
                    Err(error) => (before.and_then(|(query, _)| query.clone()), Some(error)),
                }
            });
        let (of_family, of_group) = (address.query("family"), address.query("group"));
        let family = Memo::new(move |_| match of_family.get().as_str() {
            "dhcp4" => "dhcp4",
            "dhcp6" => "dhcp6",
            _ => "",
        });
        let grouped = Memo::new(move |_| of_group.get() == "network");
        let sort = RwSignal::new(("subnet", false));
        // Sorted once, and not with every key of the filter.
        let sorted = Memo::new(move |_| {
            let (rows, usages) = (rows.get(), usages.get());
            Shared::new(order::sorted(&rows.0, &usages.0, sort.get()))
        });
        let words = Memo::new(move |_| Shared::new(Words::of(rows.get().0.iter().map(|row| &row.line))));
        let passing = Memo::new(move |_| {
            let (rows, usages, sorted) = (rows.get(), usages.get(), sorted.get());
            let only: Option<Family> = family.get().parse().ok();
            let passing = query.with(|(query, _)| {
                let can_pass = query.as_ref().and_then(|query| words.get().0.can_pass(query));
                let passes = |place: &usize| {
                    let can =
                        can_pass.as_ref().is_none_or(|can| can.get(*place).copied().unwrap_or_default());
                    let Some(row) = rows.0.get(*place).filter(|_| can) else { return false };
                    let usage = usages.0.get(*place).and_then(Option::as_ref);
                    only.is_none_or(|only| only == row.family)
                        && query.as_ref().is_none_or(|query| query.matches(&row.line, usage))
                };
                sorted.0.iter().copied().filter(passes).collect::<Vec<usize>>()
            });
            Shared::new(passing)
        });
        let shown = Memo::new(move |_| {
            let (rows, passing) = (rows.get(), passing.get());
            Shared::new(if grouped.get() {
                order::grouped(&passing.0, &rows.0)
            } else {
                passing.0.iter().copied().map(Item::Row).collect()
            })
        });
        Self {
            sources,
            rows,
            usages,
            shown,
            count: Memo::new(move |_| passing.get().0.len()),
            sort,
            text,
            error: Memo::new(move |_| query.with(|(_, error)| error.clone())),
            family,
            grouped,
            vocabulary: Memo::new(move |_| vocabulary(&rows.get().0)),
            words,
            address,
        }
    }

    /// Filters by another text.
    pub fn set_text(self, text: &str) {
        self.say(text, self.family.get_untracked(), self.grouped.get_untracked());
    }

    /// Shows another family; empty: both.
    pub fn set_family(self, family: &'static str) {
        self.say(&self.text.get_untracked(), family, self.grouped.get_untracked());
    }

    /// Puts rows below their shared networks, or not.
    pub fn set_grouped(self, grouped: bool) {
        self.say(&self.text.get_untracked(), self.family.get_untracked(), grouped);
    }

    fn say(self, text: &str, family: &str, grouped: bool) {
        let group = if grouped { "network" } else { "" };
        self.address.set_queries(&[("q", text), ("family", family), ("group", group)]);
    }

    /// Prepares what the first key in the field would have to wait for.
    pub fn prepare(self) {
        self.words.with_untracked(|_| ());
        self.vocabulary.with_untracked(|_| ());
    }

    /// Looks at the row of a line; of a head, at the first one below it.
    pub fn look<T>(self, index: usize, at: impl FnOnce(Item, &Row, Option<Usage>) -> T) -> Option<T> {
        let item = self.shown.with_untracked(|shown| shown.0.get(index).copied())?;
        let place = item.place();
        let usage = self.usages.with_untracked(|usages| usages.0.get(place).copied().flatten());
        self.rows.with_untracked(|rows| rows.0.get(place).map(|row| at(item, row, usage)))
    }

    /// What tells a line from the others as long as the rows are the same. Tracks what is shown.
    pub fn identity(self, index: usize) -> usize {
        self.shown.with(|shown| match shown.0.get(index) {
            Some(Item::Head(place, count)) => (place * 2 + 1) ^ (count << 32),
            Some(Item::Row(place)) => place * 2,
            None => usize::MAX,
        })
    }
}

fn vocabulary(rows: &[Row]) -> Vocabulary {
    let networks = rows.iter().map(|row| &row.network.name).filter(|name| !name.is_empty());
    let classes = rows.iter().flat_map(|row| row.subnet.classes.iter().chain(&row.subnet.pool_classes));
    let servers = rows.iter().flat_map(|row| &row.names);
    Vocabulary { servers: once_each(servers), networks: once_each(networks), classes: once_each(classes) }
}

fn once_each<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let names: BTreeSet<&String> = names.collect();
    names.into_iter().cloned().collect()
}

/// What the fleet says about its servers, as far as rows need it.
#[derive(Debug, Clone, PartialEq)]
struct Around {
    partners: BTreeMap<Daemon, Vec<ServerId>>,
    names: BTreeMap<ServerId, String>,
}

impl Around {
    fn of(view: Option<&FleetView>) -> Self {
        let servers = view.iter().flat_map(|view| &view.servers);
        Self {
            partners: rows::partners(view.map(|view| view.pairs.as_slice()).unwrap_or_default()),
            names: servers.map(|status| (status.server.id.clone(), status.server.name.clone())).collect(),
        }
    }
}

fn all_rows(sources: Sources, around: &Around) -> Vec<Row> {
    let all = sources.all();
    let answers: Vec<_> =
        all.iter().map(|(daemon, source)| (daemon, source.subnets.answer().read())).collect();
    let answered = answers.iter().filter_map(|(daemon, answer)| Some((*daemon, answer.as_ref()?)));
    rows::rows(&answered.collect::<Vec<_>>(), &around.partners, &around.names)
}

fn counted(sources: Sources) -> BTreeMap<Daemon, Vec<Usage>> {
    let answered = sources.all().into_iter().filter_map(|(daemon, source)| {
        let mut usages = source.usage.answer().get()?.subnets;
        usages.sort_by_key(|usage| usage.id);
        Some((daemon, usages))
    });
    answered.collect()
}
