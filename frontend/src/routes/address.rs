//! The browser's address: what it says, and how the page changes it.

use super::Route;
use crate::browser;
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::time::Duration;

/// How long nobody has typed when the browser is told what its address is: it takes its time over each of them, and some
/// browsers take no more than a hundred in half a minute.
const CALM: Duration = Duration::from_millis(200);

/// Where the page is. Links on the page and the browser's Back and Forward are followed by themselves.
#[derive(Debug, Clone, Copy)]
pub struct Address {
    path: RwSignal<String>,
    query: RwSignal<String>,
    route: Memo<Option<Route>>,
    /// Tells the browser soon.
    later: StoredValue<Option<TimeoutHandle>>,
}

impl Address {
    /// Follows the address for as long as the component lives that asks for it.
    pub fn follow() -> Self {
        let path = RwSignal::new(String::new());
        let address = Self {
            path,
            query: RwSignal::new(String::new()),
            route: Memo::new(move |_| path.with(|path| Route::parse(path))),
            later: StoredValue::new(None),
        };
        address.read();
        browser::on_back(move || {
            address.wait_no_longer();
            address.read();
        });
        browser::on_leave(move || address.tell());
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
        self.query.set(browser::pairs(all));
        self.wait_no_longer();
        self.later.set_value(set_timeout_with_handle(move || self.tell(), CALM).ok());
    }

    /// Tells the browser what it has not been told yet.
    fn tell(self) {
        if self.wait_no_longer() {
            let query = self.query.get_untracked();
            let behind = if query.is_empty() { String::new() } else { format!("?{query}") };
            browser::replace_address(&format!("{}{behind}", self.path.get_untracked()));
        }
    }

    /// Whether something had to be told.
    fn wait_no_longer(self) -> bool {
        let later = self.later.try_update_value(Option::take).flatten();
        later.inspect(TimeoutHandle::clear).is_some()
    }

    /// Goes to an address of the page, as one step of the browser's history.
    pub fn go_to(self, link: &str) {
        self.tell();
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
