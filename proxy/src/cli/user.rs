//! `perch user`.

use super::prompt::new_password;
use crate::{
    auth::{Hashed, Name, User as Person, change, people_path, read_people},
    settings::{self, PerchToml},
};
use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use perch_shared::api::{Role, ServerId};
use std::{collections::BTreeSet, path::PathBuf};

/// Say who may sign in, and what they may do.
///
/// Works while Perch runs: the next request sees it. A new password, a removal or another role ends no change that is
/// going on; a new password and a removal end the user's sessions.
#[derive(Debug, Args)]
pub(super) struct User {
    #[command(subcommand)]
    what: What,
}

/// Where `users.json` is.
#[derive(Debug, Args)]
pub(super) struct Place {
    /// Directory of Perch's own files, as `perch serve` has it
    #[arg(long, value_name = "DIR", global = true)]
    state: Option<PathBuf>,
    /// Settings file, as `perch serve` has it
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
}

impl Place {
    pub(super) fn find(&self) -> anyhow::Result<PathBuf> {
        let settings = match &self.config {
            Some(path) => settings::read(path)?,
            None => PerchToml::default(),
        };
        super::state(self.state.clone(), &settings)
    }
}

#[derive(Debug, Subcommand)]
enum What {
    /// Add a user. The password is asked for, or read from standard input
    Add {
        /// The name: what is typed to sign in, and what a proxy or an OpenID provider calls them
        name: Name,
        /// viewer, operator or administrator
        #[arg(long)]
        role: Role,
        /// Limit to these servers, by their ids, separated by commas
        #[arg(long, value_delimiter = ',', value_name = "ID")]
        servers: Option<Vec<ServerId>>,
        /// They sign in through the reverse proxy or with OpenID Connect only
        #[arg(long)]
        no_password: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Set a new password; it ends their sessions
    Password {
        name: Name,
        #[command(flatten)]
        place: Place,
    },
    /// Set what they may do
    Role {
        name: Name,
        /// viewer, operator or administrator
        role: Role,
        #[command(flatten)]
        place: Place,
    },
    /// Limit them to servers, by their ids; without any, they see all
    Servers {
        name: Name,
        servers: Vec<ServerId>,
        #[command(flatten)]
        place: Place,
    },
    /// Remove a user; it ends their sessions
    Remove {
        name: Name,
        #[command(flatten)]
        place: Place,
    },
    /// List all users
    List {
        #[command(flatten)]
        place: Place,
    },
}

impl User {
    pub(super) fn run(self) -> anyhow::Result<()> {
        match self.what {
            What::Add { name, role, servers, no_password, place } => {
                let servers = servers.map(BTreeSet::from_iter);
                add(&place, Person { name, role, servers, password: None }, no_password)
            }
            What::Password { name, place } => {
                let state = place.find()?;
                known(&state, &name)?;
                let hashed = Hashed::new(name.as_str(), &new_password(name.as_str())?)?;
                set(&state, &name, |user| user.password = Some(hashed))?;
                println!("{name} has a new password; their sessions are over.");
                Ok(())
            }
            What::Role { name, role, place } => {
                set(&place.find()?, &name, |user| user.role = role)?;
                println!("{name} is {role}.");
                Ok(())
            }
            What::Servers { name, servers, place } => {
                let servers = Some(BTreeSet::from_iter(servers)).filter(|servers| !servers.is_empty());
                let said = limit(servers.as_ref());
                set(&place.find()?, &name, |user| user.servers = servers)?;
                println!("{name} sees {said}.");
                Ok(())
            }
            What::Remove { name, place } => remove(&place, &name),
            What::List { place } => list(&place),
        }
    }
}

fn add(place: &Place, mut user: Person, no_password: bool) -> anyhow::Result<()> {
    let state = place.find()?;
    let name = user.name.clone();
    let path = people_path(&state);
    if read_people(&path)?.user(name.as_str()).is_some() {
        bail!("there is a user `{name}` already\n  help: `perch user password {name}` sets a new password");
    }
    if !no_password {
        user.password = Some(Hashed::new(name.as_str(), &new_password(name.as_str())?)?);
    }
    let (role, said) = (user.role, limit(user.servers.as_ref()));
    change(&state, |people| {
        if people.user(name.as_str()).is_some() {
            bail!("there is a user `{name}` already");
        }
        people.users.push(user);
        Ok(())
    })?;
    println!("{name} is {role} and sees {said}. Everybody has to sign in from now on.");
    Ok(())
}

fn remove(place: &Place, name: &Name) -> anyhow::Result<()> {
    let state = place.find()?;
    let left = change(&state, |people| {
        let before = people.users.len();
        people.users.retain(|user| user.name != *name);
        if people.users.len() == before {
            bail!(unknown(name));
        }
        Ok(people.users.len())
    })?;
    println!("{name} is removed; their sessions are over.");
    if left == 0 {
        println!(
            "That was the last user: a Perch that runs lets nobody in; one that is started on loopback, everybody."
        );
    }
    Ok(())
}

fn list(place: &Place) -> anyhow::Result<()> {
    let people = read_people(&people_path(&place.find()?))?;
    if people.users.is_empty() {
        println!(
            "There are no users: Perch listens on loopback only, and whoever reaches it may do everything."
        );
    }
    for user in &people.users {
        let password = if user.password.is_some() { "" } else { ", no password" };
        println!("{}\t{}\t{}{password}", user.name, user.role, limit(user.servers.as_ref()));
    }
    Ok(())
}

fn set(state: &std::path::Path, name: &Name, how: impl FnOnce(&mut Person)) -> anyhow::Result<()> {
    change(state, |people| {
        how(people.user_mut(name.as_str()).with_context(|| unknown(name))?);
        Ok(())
    })
}

/// Says so before a password is asked for in vain.
fn known(state: &std::path::Path, name: &Name) -> anyhow::Result<()> {
    let people = read_people(&people_path(state))?;
    people.user(name.as_str()).map(drop).with_context(|| unknown(name))
}

fn unknown(name: &Name) -> String {
    format!(
        "there is no user `{name}`\n  help: `perch user list` names all; `--state` or `--config` say where"
    )
}

/// What somebody sees, in words.
pub(super) fn limit(servers: Option<&BTreeSet<ServerId>>) -> String {
    match servers {
        None => "all servers".to_owned(),
        Some(servers) => servers.iter().map(ServerId::as_str).collect::<Vec<_>>().join(", "),
    }
}
