//! `[sign-in]`, `[proxy]` and Perch's own TLS.

use super::{
    file::set,
    mistake::Mistake,
    section::Section,
    value::{Setting, Wrong},
};
use crate::auth::{Lifetimes, Network, Proxy};
use axum::http::{HeaderName, header};
use perch_shared::api::Role;
use std::path::PathBuf;
use toml::de::DeValue;

/// `tls-cert` and `tls-key`.
pub(super) fn tls(top: &mut Section<'_>) -> Option<(PathBuf, PathBuf)> {
    let (cert, key) = (top.get("tls-cert"), top.get("tls-key"));
    both(top, "tls-cert", "tls-key");
    both(top, "tls-key", "tls-cert");
    cert.zip(key)
}

/// `[sign-in]`: `idle` and `absolute`, seconds until a session ends without a request, and in any case.
pub(super) fn lifetimes(mut section: Section<'_>, lifetimes: &mut Lifetimes) -> Vec<Mistake> {
    set(&mut lifetimes.idle, section.get("idle"));
    set(&mut lifetimes.absolute, section.get("absolute"));
    section.finish()
}

/// `[proxy]`: `addresses`, `user-header` and `role`.
pub(super) fn proxy(mut section: Section<'_>, proxy: &mut Proxy) -> Vec<Mistake> {
    set(&mut proxy.networks, section.get("addresses"));
    proxy.user_header = section.get::<UserHeader>("user-header").map(|header| header.0);
    proxy.role = section.get("role");
    both(&mut section, "user-header", "addresses");
    both(&mut section, "role", "user-header");
    section.finish()
}

fn both(section: &mut Section<'_>, one: &'static str, other: &'static str) {
    if section.has(one) && !section.has(other) {
        section.wrong(section.place(one), format!("`{one}` without `{other}`"), format!("add `{other}`"));
    }
}

impl Setting for Network {
    fn read(value: &DeValue<'_>) -> Result<Self, Wrong> {
        let text = String::read(value)?;
        text.parse().map_err(|()| {
            Wrong::new(
                format!("`{text}` is not an address"),
                "write an address such as `192.0.2.1`, or a network such as `10.0.0.0/24`",
            )
        })
    }
}

impl Setting for Role {
    fn read(value: &DeValue<'_>) -> Result<Self, Wrong> {
        let text = String::read(value)?;
        text.parse().map_err(|_| {
            Wrong::new(format!("`{text}` is not a role"), "write `viewer`, `operator` or `administrator`")
        })
    }
}

/// A header that only a proxy sets.
struct UserHeader(HeaderName);

impl Setting for UserHeader {
    fn read(value: &DeValue<'_>) -> Result<Self, Wrong> {
        let text = String::read(value)?;
        let help = "write for example `X-Remote-User`";
        let name: HeaderName =
            text.parse().map_err(|_| Wrong::new(format!("`{text}` is not a header's name"), help))?;
        let others = [header::AUTHORIZATION, header::COOKIE, header::HOST, header::ORIGIN];
        if others.contains(&name) {
            return Err(Wrong::new(
                format!("`{text}` is one that browsers and scripts send themselves"),
                help,
            ));
        }
        Ok(Self(name))
    }
}
