//! Reading a daemon's options, and changing its configuration.

use crate::{
    app::App,
    controller::{Daemon, said},
    error::ApiError,
};
use perch_shared::{
    Family,
    api::{ApplyPhase, ApplyReport, ChangeRequest, ErrorCode, KeaSaid, OptionsView, Preview, ServerId},
    command::{Command, Outcome},
};
use std::sync::Arc;

/// The daemon's global options as they are now.
pub async fn options(app: Arc<App>, at: (ServerId, Family), (): ()) -> Result<OptionsView, ApiError> {
    let daemon = daemon(&app, &at).await?;
    let now = app.controller.read(&daemon).await?;
    Ok(OptionsView {
        family: daemon.family,
        version: now.version,
        hash: now.hash,
        options: now.config.options(),
        definitions: now.config.definitions(),
    })
}

/// What a change would do.
pub async fn preview(
    app: Arc<App>,
    at: (ServerId, Family),
    request: ChangeRequest,
) -> Result<Preview, ApiError> {
    let daemon = daemon(&app, &at).await?;
    app.controller.preview(&daemon, &request).await
}

/// Carries a change out.
pub async fn apply(
    app: Arc<App>,
    at: (ServerId, Family),
    request: ChangeRequest,
) -> Result<ApplyReport, ApiError> {
    let daemon = daemon(&app, &at).await?;
    let work = move |app: Arc<App>| async move {
        let changing = app.fleet.changing(&daemon.server, daemon.family);
        let result = app.controller.apply(&daemon, &request).await;
        match &result {
            Ok(report) => changing.applied(report.hash.as_deref(), report.written.is_some()),
            Err(error) => match error.body().apply.as_ref().filter(|report| was_sent(report)) {
                Some(report) => changing.failed(report.hash.as_deref()),
                None => changing.untouched(),
            },
        }
        result
    };
    app.to_the_end(work).await
}

/// Whether anything was sent that may have changed something.
fn was_sent(report: &ApplyReport) -> bool {
    report.steps.iter().any(|step| matches!(step.phase, ApplyPhase::ConfigSet | ApplyPhase::PutBack))
}

/// Has the daemon read its configuration file again.
pub async fn reload(app: Arc<App>, at: (ServerId, Family), (): ()) -> Result<KeaSaid, ApiError> {
    let daemon = daemon(&app, &at).await?;
    let work = move |app: Arc<App>| async move {
        let _alone = app.controller.lock(&daemon.address()).await;
        let changing = app.fleet.changing(&daemon.server, daemon.family);
        let answer = daemon.send(Command::new("config-reload")).await?;
        let said = said("config-reload", &answer);
        if answer.outcome == Outcome::Ok {
            changing.applied(None, true);
            return Ok(said);
        }
        Err(ApiError::new(ErrorCode::Refused, "Kea did not load its configuration file.")
            .help("Correct the file as Kea's words say; they name line and column. Then reload again.")
            .with(|body| body.kea = Some(said)))
    };
    app.to_the_end(work).await
}

async fn daemon(app: &Arc<App>, (id, family): &(ServerId, Family)) -> Result<Daemon, ApiError> {
    let record = app.server(id).await?;
    app.controller.daemon(&record, *family)
}
