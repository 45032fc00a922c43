//! The browser's address: what it says, and how the page changes it.

use super::Route;
use crate::browser;
use leptos::prelude::*;

/// Where the page is. Links on the page and the browser's Back and Forward are followed by themselves.
#[derive(Debug, Clone, Copy)]
pub struct Address {
    path: RwSignal<String>,
    query: RwSignal<String>,
    route: Memo<Option<Route>>,
}

impl Address {
    /// Follows the address for as long as the component lives that asks for it.
    pub fn follow() -> Self {
        let path = RwSignal::new(String::new());
        let address = Self {
            path,
            query: RwSignal::new(String::new()),
            route: Memo::new(move |_| path.with(|path| Route::parse(path))),
        };
        address.read();
        browser::on_back(move || address.read());
        browser::on_link(move |link| {
            let known = Route::parse(link.split(['?', '#']).next().unwrap_or_default()).is_some();
            if known {
                address.go_to(link);
            }
            known
        });
        address
    }

    /// The path.
    pub fn path(self) -> Signal<String> {
        self.path.into()
    }

    /// The page that the address names; `None`: there is none.
    pub fn route(self) -> Memo<Option<Route>> {
        self.route
    }

    /// Goes to a page, as one step of the browser's history.
    pub fn go(self, route: &Route) {
        self.go_to(&route.path());
    }

    /// What the address says of a name behind `?`; empty where it says nothing.
    pub fn query(self, name: &'static str) -> Signal<String> {
        let query = self.query;
        Signal::derive(move || query.with(|query| browser::pair(query, name)))
    }

    /// Says something of a name behind `?`, in place of everything that stood there and without another step in the
    /// browser's history. An empty value is left out.
    pub fn set_query(self, name: &'static str, value: &str) {
        self.set_queries(&[(name, value)]);
    }

    /// Says several things behind `?`, as [`set_query`](Self::set_query) says one.
    pub fn set_queries(self, all: &[(&str, &str)]) {
        let query = browser::pairs(all);
        let behind = if query.is_empty() { String::new() } else { format!("?{query}") };
        browser::replace_address(&format!("{}{behind}", self.path.get_untracked()));
        self.query.set(query);
    }

    /// Goes to an address of the page, as one step of the browser's history.
    pub fn go_to(self, link: &str) {
        browser::push_address(link);
        self.read();
        browser::scroll_to_top();
    }

    fn read(self) {
        let (mut path, query) = browser::address();
        if path == "/" {
            path = Route::Overview.path();
            browser::replace_address(&format!("{path}{query}"));
        }
        let query = query.trim_start_matches('?');
        if self.query.with_untracked(|now| now != query) {
            self.query.set(query.to_owned());
        }
        if self.path.with_untracked(|now| *now != path) {
            self.path.set(path);
        }
    }
}
