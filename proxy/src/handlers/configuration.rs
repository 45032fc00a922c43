//! What a daemon runs, for pages: all of it, a part, or rows.

use crate::{app::App, controller::Reading, error::ApiError, history::blocking};
use perch_shared::{
    Family, KeaVersion,
    api::{
        ConfigurationQuery, ConfigurationView, ErrorCode, LeasePage, LeaseQuery, ReservationList, ServerId,
        SubnetList,
    },
    command::{Answer, Outcome},
    config::{Rows, hidden, thaw},
    status::{lease_commands, leases},
};
use serde::Deserialize;
use std::sync::Arc;

/// The configuration as the daemon has it now, or a part of it.
pub async fn get(
    app: Arc<App>,
    (id, family): (ServerId, Family),
    query: ConfigurationQuery,
) -> Result<ConfigurationView, ApiError> {
    let record = app.server(&id).await?;
    let Reading { version, mut config, hash } =
        app.controller.read(&app.controller.daemon(&record, family)?).await?;
    blocking(move || {
        thaw(&mut config);
        query.narrow(&mut config);
        Ok(ConfigurationView { family, version, hash, config: hidden("", &config.root) })
    })
    .await
}

/// Subnets and shared networks in rows.
pub async fn subnets(app: Arc<App>, at: (ServerId, Family), (): ()) -> Result<SubnetList, ApiError> {
    let (version, hash, rows) = rows(&app, at).await?;
    Ok(SubnetList { version, hash, networks: rows.networks, subnets: rows.subnets })
}

/// Reservations in rows.
pub async fn reservations(
    app: Arc<App>,
    at: (ServerId, Family),
    (): (),
) -> Result<ReservationList, ApiError> {
    let (_, hash, rows) = rows(&app, at).await?;
    Ok(ReservationList { hash, reservations: rows.reservations })
}

/// The rows of what Perch read last; where it has forgotten that, of what the daemon has now.
pub(super) async fn rows(
    app: &Arc<App>,
    (id, family): (ServerId, Family),
) -> Result<(KeaVersion, String, Rows), ApiError> {
    let record = app.server(&id).await?;
    if let Some((version, hash, _)) = app.fleet.last(&id, family) {
        let (known, wanted) = (app.clone(), hash.clone());
        if let Some(rows) =
            blocking(move || Ok(known.fleet.bodies().read::<Rows>(&id, family, &wanted))).await?
        {
            return Ok((version, hash, rows));
        }
    }
    let now = app.controller.read(&app.controller.daemon(&record, family)?).await?;
    let rows = Rows::deserialize(&now.config.root).map_err(|error| {
        ApiError::new(ErrorCode::Malformed, "Kea's configuration has another form than Perch knows.")
            .because(error)
    })?;
    Ok((now.version, now.hash, rows))
}

/// Leases, of a subnet or of whatever is looked for.
pub async fn list_leases(
    app: Arc<App>,
    (id, family): (ServerId, Family),
    query: LeaseQuery,
) -> Result<LeasePage, ApiError> {
    let commands = lease_commands(family, &query).map_err(|error| {
        ApiError::new(ErrorCode::Invalid, format!("Leases cannot be asked for so: {error}."))
    })?;
    let daemon = app.controller.daemon(&app.server(&id).await?, family)?;
    let mut page = LeasePage::default();
    let limit = query.limit.filter(|_| commands.len() == 1);
    for command in commands {
        let name = command.command.clone();
        let answer = daemon.send(command).await?;
        if answer.outcome == Outcome::Unsupported {
            return Err(no_lease_cmds());
        }
        if !answer.outcome.is_done() {
            return Err(refused(&name, &answer));
        }
        let found = leases(&answer.arguments);
        let is_page = name.ends_with("-page");
        let full = is_page && !found.is_empty() && found.len() as u64 >= limit.unwrap_or(100);
        page.next = found.last().filter(|_| full).map(|lease| address(&lease.address));
        page.leases.extend(found);
    }
    let mut seen = std::collections::HashSet::new();
    page.leases.retain(|lease| seen.insert((lease.address.clone(), lease.kind.clone())));
    Ok(page)
}

fn address(text: &str) -> String {
    text.split('/').next().unwrap_or_default().to_owned()
}

fn no_lease_cmds() -> ApiError {
    ApiError::new(
        ErrorCode::Refused,
        "This daemon does not say anything about leases: lease_cmds is not loaded.",
    )
    .help("Add `libdhcp_lease_cmds.so` to `hooks-libraries`; the server's page shows the entry.")
}

fn refused(command: &str, answer: &Answer) -> ApiError {
    let said = crate::controller::said(command, answer);
    ApiError::new(ErrorCode::Refused, "Kea did not answer with leases.").with(|body| body.kea = Some(said))
}
