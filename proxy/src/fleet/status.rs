//! Asks a server's daemons how they are.

use super::sentence;
use crate::{
    kea::{KeaClient, KeaError, Limits, RunningConfig, Target},
    store::ServerRecord,
};
use futures_util::future::join_all;
use perch_shared::{
    Family, KeaVersion,
    api::{Channel, DaemonState, DaemonStatus, ErrorBody, ServerStatus},
    command::{Answer, Command},
    status::{
        Times, Trouble, abilities, command_names, hooks, hooks_directory, lost_hooks, relationships,
        service_trouble, times,
    },
};
use std::time::Duration;

/// How long a status waits for each answer. A page shows it, so it must not take a minute.
const ANSWER: Duration = Duration::from_secs(5);

/// Asks all daemons of a server at the same time, so that one that hangs delays no other. Behind one Control Agent
/// they can still wait for each other: an agent serves one command at a time.
pub async fn status(client: &KeaClient, record: &ServerRecord) -> ServerStatus {
    let limits = client.limits();
    let client = client.with_limits(Limits { answer: limits.answer.min(ANSWER), ..limits });
    let channels = Family::ALL.into_iter().filter_map(|family| {
        let channel = record.server.channels.iter().find(|channel| channel.daemons.contains(&family));
        channel.map(|channel| (family, channel))
    });
    let daemons = join_all(channels.map(|(family, channel)| daemon(&client, record, family, channel))).await;
    let state = daemons.iter().map(|daemon| daemon.state).max().unwrap_or(DaemonState::Unreachable);
    ServerStatus { server: record.server.clone(), state, daemons }
}

async fn daemon(
    client: &KeaClient,
    record: &ServerRecord,
    family: Family,
    channel: &Channel,
) -> DaemonStatus {
    let mut status = DaemonStatus::silent(family, DaemonState::Ok, channel);
    let outcome = match Target::of_channel(record, channel) {
        Ok(target) => ask(client, &target, family, &mut status).await,
        Err(error) => Err(Trouble { reason: error.to_string(), help: error.remedy() }),
    };
    if let Err(trouble) = outcome {
        status.state =
            if status.version.is_some() { DaemonState::Impaired } else { DaemonState::Unreachable };
        status.reason = Some(trouble.reason);
        status.help = Some(trouble.help);
    }
    status
}

/// Fills in what the daemon says; the error is the worst thing that is wrong with it.
async fn ask(
    client: &KeaClient,
    target: &Target,
    family: Family,
    status: &mut DaemonStatus,
) -> Result<(), Trouble> {
    let say = async |command: &str| client.send(target, &Command::new(command).to(family)).await;
    let version = version(&say("version-get").await.map_err(trouble)?)?;
    status.version = Some(version);
    let (said, config, commands, report) = tokio::join!(
        say("status-get"),
        client.config(target, family),
        say("list-commands"),
        say("build-report")
    );
    let said = said.map_err(trouble)?.arguments;
    Times { uptime: status.uptime, reload: status.reload } = times(&said);
    let RunningConfig { config, hash } = config.map_err(trouble)?;
    status.hash = Some(hash);
    status.hooks = hooks(&config.root);
    status.ha = relationships(&config.root, &said);
    let commands = command_names(&commands.map_err(trouble)?.arguments);
    // Only the directory in the snippets comes from it, so nothing is wrong when it is missing.
    let report = report.map(|answer| answer.text).unwrap_or_default();
    status.abilities = abilities(family, version, &commands, &hooks_directory(&report, &status.hooks));
    match lost(family, status, &commands).or_else(|| service_trouble(&said)).or_else(|| unhealthy(status)) {
        Some(trouble) => Err(trouble),
        None => Ok(()),
    }
}

fn version(answer: &Answer) -> Result<KeaVersion, Trouble> {
    answer.text.parse().map_err(|_| Trouble {
        reason: format!("`version-get` answered {}: {}", answer.code, answer.text),
        help: "Check that the address is still the one of this daemon: probe the server again.".into(),
    })
}

fn lost(family: Family, status: &DaemonStatus, commands: &[String]) -> Option<Trouble> {
    let lost = lost_hooks(family, &status.hooks, commands);
    (!lost.is_empty()).then(|| Trouble {
        reason: format!(
            "The configuration loads {}, but the daemon lacks their commands: an earlier change failed, and the \
             daemon may serve no client.",
            lost.join(", ")
        ),
        help: "Reload the configuration, or send the last good one again; then look into Kea's log.".into(),
    })
}

fn unhealthy(status: &DaemonStatus) -> Option<Trouble> {
    let relationship = status.ha.iter().find(|relationship| !relationship.healthy)?;
    let local = &relationship.local;
    let partner = relationship.remote.as_ref().map(|peer| format!(", {} is `{}`", peer.name, peer.state));
    Some(Trouble {
        reason: format!(
            "High availability: {} is `{}`{}.",
            local.name,
            local.state,
            partner.unwrap_or_default()
        ),
        help: relationship.advice.clone().unwrap_or_default(),
    })
}

fn trouble(error: KeaError) -> Trouble {
    // The address stands beside it already.
    let reason = sentence(&error.fault.to_string());
    let help = ErrorBody::from(error).help.unwrap_or_default();
    Trouble { reason, help }
}
