//! The tables of users and tokens.

use super::{Deeds, Removing};
use crate::{
    forms::users::Editing,
    state::Fleet,
    ui::{Menu, MenuItem, moment},
};
use leptos::prelude::*;
use perch_shared::api::{ServerId, TokenRow, UserRow};
use std::collections::BTreeSet;

/// People.
pub fn users(rows: Vec<UserRow>, deeds: Deeds) -> AnyView {
    let rows = rows.into_iter().map(|row| user(row, deeds)).collect_view();
    view! {
        <table class="plain-table people" data-testid="users">
            <thead><tr><th>"Name"</th><th>"Role"</th><th>"Servers"</th><th>"Signs in"</th><th><span class="sr">"Actions"</span></th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// Scripts.
pub fn tokens(rows: Vec<TokenRow>, deeds: Deeds) -> AnyView {
    let rows = rows.into_iter().map(|row| token(row, deeds)).collect_view();
    view! {
        <table class="plain-table people" data-testid="tokens">
            <thead><tr><th>"Name"</th><th>"Role"</th><th>"Servers"</th><th>"Made"</th><th>"Ends"</th><th><span class="sr">"Actions"</span></th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn user(row: UserRow, deeds: Deeds) -> AnyView {
    let how = if row.has_password { "with a password" } else { "through the proxy or OpenID Connect" };
    let (label, name) = (format!("Actions for {}", row.name), row.name.clone());
    let (edited, removed) = (row.clone(), row.name.clone());
    let item = |label, act| MenuItem { label, refused: None, act };
    let items = vec![
        item("Edit…", Callback::new(move |()| deeds.editing.set(Some(Editing::Old(edited.clone()))))),
        item("Remove…", Callback::new(move |()| deeds.removing.set(Some(Removing::User(removed.clone()))))),
    ];
    view! {
        <tr data-testid="user" data-name=name>
            <td class="cell-name">{row.name}</td>
            <td data-label="Role">{row.role.word()}</td>
            <td data-label="Servers">{servers(row.servers)}</td>
            <td data-label="Signs in">{how}</td>
            <td class="cell-menu"><Menu label items testid="user-menu"/></td>
        </tr>
    }
    .into_any()
}

fn token(row: TokenRow, deeds: Deeds) -> AnyView {
    let ends = row.expires.as_deref().map_or_else(|| "never".into_any(), moment);
    let label = format!("Actions for {}", row.name);
    let (name, removed) = (row.name.clone(), row.name.clone());
    let act = Callback::new(move |()| deeds.removing.set(Some(Removing::Token(removed.clone()))));
    let items = vec![MenuItem { label: "Revoke…", refused: None, act }];
    view! {
        <tr data-testid="token" data-name=name>
            <td class="cell-name">{row.name}</td>
            <td data-label="Role">{row.role.word()}</td>
            <td data-label="Servers">{servers(row.servers)}</td>
            <td data-label="Made">{moment(&row.created)}</td>
            <td data-label="Ends">{ends}</td>
            <td class="cell-menu"><Menu label items testid="token-menu"/></td>
        </tr>
    }
    .into_any()
}

fn servers(servers: Option<BTreeSet<ServerId>>) -> String {
    let fleet = expect_context::<Fleet>();
    match servers {
        None => "all".to_owned(),
        Some(servers) => untrack(|| servers.iter().map(|id| fleet.name(id)).collect::<Vec<_>>().join(", ")),
    }
}
