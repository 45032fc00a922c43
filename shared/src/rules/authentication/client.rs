//! `authentication/client`

use super::clients;
use crate::{
    json::Element,
    rules::{Example, Findings, Plain, Review, rule},
};

rule! {
    /// An entry of `clients` does not name one user.
    ///
    /// ## Why
    /// Kea refuses the configuration. An entry has `user` or `user-file`, and beside it `password` or `password-file`;
    /// or it has `password-file` alone, with `user:password` in it. A user's name has no colon.
    "authentication/client", Error, arm: "ctrl-channel.html#control-channel-syntax", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "http", "socket-address": "127.0.0.1", "socket-port": 8004,
                "authentication": {"type": "basic", "clients": [{"password": "secret"}]}}]}}"#,
        ).from(2, 7, 2).before(3, 1, 0),
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "http", "socket-address": "127.0.0.1", "socket-port": 8004,
                "authentication": {"type": "basic", "clients": [{"user": "a:b", "password": "secret"}]}}]}}"#,
        ).from(2, 7, 2).before(3, 1, 0),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"control-sockets": [{"socket-type": "http", "socket-address": "127.0.0.1", "socket-port": 8004,
                "authentication": {"type": "basic", "clients": [{"user": "admin", "password": "secret"}]}}]}}"#,
        ).from(2, 7, 2).before(3, 1, 0),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    inspect(review.plain(), out);
}

pub(super) fn inspect(daemon: Plain<'_>, out: &mut Findings) {
    for client in clients(daemon) {
        if let Some(message) = problem(client) {
            out.push(RULE.at_map(client, message).help("write one user, and one password or password file"));
        }
    }
}

fn problem(client: Element<'_>) -> Option<&'static str> {
    let has = |key| client.get(key).is_some();
    if has("user") && has("user-file") {
        return Some("`user` and `user-file` exclude each other");
    }
    if has("password") && has("password-file") {
        return Some("`password` and `password-file` exclude each other");
    }
    if !has("user") && !has("user-file") && !has("password-file") {
        return Some("this entry names no user");
    }
    let has_colon = client.text("user").is_some_and(|user| user.contains(':'));
    has_colon.then_some("a user's name has no colon")
}
