//! What can be done with a subnet.

use super::{cells, rows::Row};
use crate::{
    routes::{Address, Route},
    ui::MenuItem,
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ServerId, SubnetRow},
};

/// The subnet that a dialog is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The server.
    pub server: ServerId,
    /// The daemon.
    pub family: Family,
    /// The subnet.
    pub subnet: SubnetRow,
}

/// The menu of a row.
pub fn items(
    row: &Row,
    assigning: RwSignal<Option<Target>>,
    removing: RwSignal<Option<Target>>,
    refused: Option<&'static str>,
) -> Vec<MenuItem> {
    let address = expect_context::<Address>();
    let (Some(route), Some(server)) = (cells::link(row), row.server().cloned()) else { return Vec::new() };
    let (page, options) = (route.path(), route.with(&[("tab", "options")]));
    let (id, family) = (row.subnet.id.to_string(), row.family.to_string());
    let copy = Route::AddSubnet.with(&[("server", &server.to_string()), ("family", &family), ("like", &id)]);
    let target = Target { server, family: row.family, subnet: row.subnet.clone() };
    let go = |link: String| Callback::new(move |()| address.go_to(&link));
    let open = |dialog: RwSignal<Option<Target>>| {
        let target = target.clone();
        Callback::new(move |()| dialog.set(Some(target.clone())))
    };
    vec![
        MenuItem { label: "Open", refused: None, act: go(page) },
        MenuItem { label: "Edit options", refused: None, act: go(options) },
        MenuItem { label: "Assign client class…", refused, act: open(assigning) },
        MenuItem { label: "Duplicate…", refused, act: go(copy) },
        MenuItem { label: "Remove…", refused, act: open(removing) },
    ]
}
