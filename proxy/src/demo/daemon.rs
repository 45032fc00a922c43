//! One DHCP daemon of the demo: what it runs, what is in its file, and how it answers.

use super::{
    configuration, ha, ha::HaMember, info, leases, objects, printed, reply::Reply, request::Request,
    statistics,
};
use perch_shared::{Family, KeaVersion, config::Config};
use serde_json::Value;
use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Instant,
};

/// What a daemon is, and stays.
#[derive(Debug)]
pub(super) struct Profile {
    pub(super) family: Family,
    pub(super) version: KeaVersion,
    /// Its side of an HA relationship.
    pub(super) ha: Option<HaMember>,
    /// Seconds that it pretends to have run before the demo began.
    pub(super) age: u64,
}

/// A daemon.
#[derive(Debug)]
pub(super) struct Daemon {
    pub(super) profile: Profile,
    pub(super) started: Instant,
    state: Mutex<State>,
}

/// What changes.
#[derive(Debug)]
pub(super) struct State {
    /// As `config-get` prints it.
    pub(super) running: Config,
    /// What is in the file: the map below `Dhcp4` or `Dhcp6`.
    pub(super) written: Value,
    /// When a configuration was last loaded; `None`: before the demo began.
    pub(super) loaded: Option<Instant>,
    /// Whether somebody sent `dhcp-disable`.
    pub(super) disabled: bool,
    pub(super) leases: Vec<Value>,
}

impl Daemon {
    /// A daemon that was started with the configuration file `root`.
    pub(super) fn new(profile: Profile, root: Value) -> Self {
        let running = printed::printed(Config { family: profile.family, root }, profile.version);
        let leases = leases::invented(&running);
        let written = running.root.clone();
        let state = State { running, written, loaded: None, disabled: false, leases };
        Self { profile, started: Instant::now(), state: Mutex::new(state) }
    }

    /// Its state, for as long as the guard lives.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a command as it came.
    pub(super) fn answer(&self, value: Value) -> Reply {
        Request::read(value).map_or_else(|refusal| refusal, |request| self.carry_out(&request))
    }

    /// Answers a command.
    pub(super) fn carry_out(&self, request: &Request) -> Reply {
        if !self.commands().contains(&request.command) {
            return Reply::unsupported(&request.command);
        }
        let groups = [
            info::answer,
            ha::answer,
            configuration::answer,
            statistics::answer,
            leases::answer,
            objects::answer,
        ];
        let answer = groups.iter().find_map(|group| group(self, request));
        answer.unwrap_or_else(|| Reply::not_played(&request.command))
    }

    /// What it knows with the hooks that it has loaded, sorted.
    pub(super) fn commands(&self) -> Vec<String> {
        let hooks = self.hooks();
        let has = |hook: &str| hooks.iter().any(|name| name == hook);
        let (digit, other) = if self.profile.family == Family::V4 { ("4", '6') } else { ("6", '4') };
        let groups = [
            (true, info::COMMANDS),
            (true, configuration::COMMANDS),
            (true, statistics::COMMANDS),
            (has("ha"), ha::COMMANDS),
            (has("lease_cmds"), leases::COMMANDS),
            (has("stat_cmds"), statistics::HOOK_COMMANDS),
            (has("subnet_cmds"), objects::SUBNET_COMMANDS),
            (has("class_cmds"), objects::CLASS_COMMANDS),
            (has("host_cmds"), objects::HOST_COMMANDS),
        ];
        let loaded = groups.iter().filter(|(loaded, _)| *loaded).flat_map(|(_, names)| names.iter());
        let loaded = loaded.filter(|name| !name.contains(other));
        let mut commands: Vec<String> = loaded.map(|name| name.replace('#', digit)).collect();
        commands.sort();
        commands
    }

    /// The loaded hook libraries, without `libdhcp_` and `.so`.
    fn hooks(&self) -> Vec<String> {
        let state = self.state();
        let libraries = state.running.root.get("hooks-libraries").and_then(Value::as_array);
        let names = libraries.into_iter().flatten().filter_map(|hook| {
            let file = hook.get("library")?.as_str()?.rsplit('/').next()?;
            Some(file.strip_prefix("libdhcp_")?.strip_suffix(".so")?.to_owned())
        });
        names.collect()
    }
}
