//! `perch token`.

use super::user::{Place, limit};
use crate::auth::{Digest, Name, Secret, Token as Key, change, people_path, read_people};
use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use jiff::{SignedDuration, Timestamp};
use perch_shared::api::{Role, ServerId};
use std::collections::BTreeSet;

/// Make and remove tokens, with which scripts sign in.
#[derive(Debug, Args)]
pub(super) struct Token {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make a token and show it, once
    Add {
        /// What it is for; the audit calls it so
        name: Name,
        /// viewer, operator or administrator
        #[arg(long)]
        role: Role,
        /// Limit to these servers, by their ids, separated by commas
        #[arg(long, value_delimiter = ',', value_name = "ID")]
        servers: Option<Vec<ServerId>>,
        /// How many days it is good for; without, until it is removed
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..=3650))]
        days: Option<u16>,
        #[command(flatten)]
        place: Place,
    },
    /// Remove a token: it is no good from the next request on
    Remove {
        name: Name,
        #[command(flatten)]
        place: Place,
    },
    /// List all tokens, without their secrets, which nobody has
    List {
        #[command(flatten)]
        place: Place,
    },
}

impl Token {
    pub(super) fn run(self) -> anyhow::Result<()> {
        match self.what {
            What::Add { name, role, servers, days, place } => {
                let now = Timestamp::now();
                let days = days.map(|days| SignedDuration::from_hours(24 * i64::from(days)));
                let expires = days.map(|days| now.checked_add(days)).transpose()?;
                let servers = servers.map(BTreeSet::from_iter);
                add(&place, |digest| Key { name, role, servers, digest, created: now, expires })
            }
            What::Remove { name, place } => remove(&place, &name),
            What::List { place } => list(&place),
        }
    }
}

fn add(place: &Place, make: impl FnOnce(Digest) -> Key) -> anyhow::Result<()> {
    let secret = Secret::random().context("the operating system has no randomness")?;
    let key = make(Digest::of(secret.expose()));
    change(&place.find()?, |people| {
        if people.tokens.iter().any(|token| token.name == key.name) {
            bail!("there is a token `{0}` already\n  help: `perch token remove {0}` first", key.name);
        }
        people.tokens.push(key);
        Ok(())
    })?;
    eprintln!("Send it as `Authorization: Bearer TOKEN`. It is shown this once, and kept nowhere:");
    println!("{}", secret.expose());
    Ok(())
}

fn remove(place: &Place, name: &Name) -> anyhow::Result<()> {
    change(&place.find()?, |people| {
        let before = people.tokens.len();
        people.tokens.retain(|token| token.name != *name);
        if people.tokens.len() == before {
            bail!("there is no token `{name}`\n  help: `perch token list` names all");
        }
        Ok(())
    })?;
    println!("{name} is removed.");
    Ok(())
}

fn list(place: &Place) -> anyhow::Result<()> {
    let now = Timestamp::now();
    for token in &read_people(&people_path(&place.find()?))?.tokens {
        let ends = match token.expires {
            None => "for ever".to_owned(),
            Some(expires) if expires <= now => format!("expired {}", expires.strftime("%F")),
            Some(expires) => format!("until {}", expires.strftime("%F")),
        };
        println!("{}\t{}\t{}\t{ends}", token.name, token.role, limit(token.servers.as_ref()));
    }
    Ok(())
}
