//! The pool of a new subnet: whole, or a half for each server of a load-balancing pair.

use crate::forms::desk::Desk;
use leptos::prelude::*;
use perch_shared::draft::{Draft, join, pool_beside};

/// The pool of a new subnet, as it was typed.
#[derive(Debug, Clone, Copy)]
pub struct Pool {
    /// Whether somebody typed it.
    pub own: RwSignal<bool>,
    /// Its text.
    pub text: RwSignal<String>,
    /// Whether each server of the pair gets a half.
    pub shared: RwSignal<bool>,
    /// The servers of the load-balancing pair; none: there is no such pair.
    pub sharers: StoredValue<Vec<String>>,
}

impl Pool {
    /// The pool of the subnet at a path, which was kept in this tab; `None`: there is no subnet yet.
    pub fn new(desk: Desk, subnet: Option<&str>) -> Self {
        let (kept, sharers) = desk
            .draft
            .with_untracked(|draft| (subnet.map(|subnet| draft.only_pool(subnet)), draft.sharers()));
        Self {
            // The pool follows the prefix until somebody types one.
            own: RwSignal::new(kept.is_some()),
            shared: RwSignal::new(kept.as_ref().map_or(!sharers.is_empty(), |(_, shared)| *shared)),
            text: RwSignal::new(kept.map(|(text, _)| text).unwrap_or_default()),
            sharers: StoredValue::new(sharers),
        }
    }

    /// Gives it to the new subnet of a draft.
    pub fn put(self, draft: &mut Draft, subnet: &str) {
        self.text.with_untracked(|text| draft.set_only_pool(subnet, text, self.shared.get_untracked()));
    }

    /// Gives it to the new subnet; as long as nobody typed one, it is what the prefix and the gateway leave for clients.
    pub fn follow(self, draft: &mut Draft, subnet: &str) {
        if !self.own.get_untracked() {
            let prefix = draft.text_at(&join(subnet, "subnet"));
            let proposal = pool_beside(draft.family(), &prefix, &draft.gateway_of(subnet));
            self.text.set(proposal.map(|range| range.to_string()).unwrap_or_default());
        }
        self.put(draft, subnet);
    }

    /// Who gets what, where it is shared.
    pub fn halves(self, desk: Desk, subnet: &str) -> Option<AnyView> {
        let list = join(subnet, "pools");
        let texts: Vec<String> = desk.draft.with(|draft| {
            let paths = draft.paths(&list);
            paths.iter().map(|path| draft.text_at(&join(path, "pool"))).collect()
        });
        let one = |(server, text): (String, String)| format!("{server} gives {text}");
        let words: Vec<String> = self.sharers.get_value().into_iter().zip(texts).map(one).collect();
        (self.shared.get() && words.len() == 2)
            .then(|| view! { <p class="hint" data-testid="halves">{words.join("; ")}"."</p> }.into_any())
    }
}
