//! How full subnets are.

use crate::{app::App, auth::Who, error::ApiError};
use perch_shared::{
    Family,
    api::{ErrorCode, FullSubnet, ServerId, UsageList},
    command::Outcome,
    status::{usage, usage_request},
};
use std::{sync::Arc, time::Instant};

/// Counted by the daemon just now, or so lately that it would be a burden to have it count again.
pub async fn get(app: Arc<App>, (id, family): (ServerId, Family), (): ()) -> Result<UsageList, ApiError> {
    let daemon = app.controller.daemon(&app.server(&id).await?, family)?;
    if let Some(list) = app.fleet.last_count(&id, family) {
        return Ok(list);
    }
    let commands = app.fleet.last(&id, family).map(|(_, _, commands)| commands);
    let command = usage_request(family, commands.as_deref().unwrap_or_default());
    let name = command.command.clone();
    let asked = Instant::now();
    let answer = daemon.send(command).await?;
    match answer.outcome {
        Outcome::Ok => Ok(app.fleet.counted(&id, family, asked, usage(&answer.arguments))),
        // A daemon without subnets has nothing to count.
        Outcome::Empty => Ok(app.fleet.counted(&id, family, asked, Vec::new())),
        _ => {
            let said = crate::controller::said(&name, &answer);
            Err(ApiError::new(ErrorCode::Refused, "Kea did not say how full its subnets are.")
                .help("Load `libdhcp_stat_cmds.so`; the server's page shows the entry.")
                .with(|body| body.kea = Some(said)))
        }
    }
}

/// The fullest subnets as last counted.
pub async fn fullest(app: Arc<App>, who: Who, (): (), (): ()) -> Result<Vec<FullSubnet>, ApiError> {
    crate::history::blocking(move || Ok(app.fleet.fullest(|id| who.sees(id)))).await
}
