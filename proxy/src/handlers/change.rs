//! Reading a daemon's options, and changing its configuration.

use crate::{
    app::App,
    controller::{Daemon, Target, said},
    error::ApiError,
};
use futures_util::future::try_join_all;
use perch_shared::{
    Family,
    api::{ApplyReport, ChangeRequest, ChangeTarget, ErrorCode, KeaSaid, OptionsView, Preview, ServerId},
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
pub async fn preview(app: Arc<App>, (): (), request: ChangeRequest) -> Result<Preview, ApiError> {
    let targets = targets(&app, &request).await?;
    app.controller.preview(targets, &request).await
}

/// Carries a change out.
pub async fn apply(app: Arc<App>, (): (), request: ChangeRequest) -> Result<ApplyReport, ApiError> {
    let targets = targets(&app, &request).await?;
    app.to_the_end(move |app| async move { app.controller.apply("", targets, &request).await }).await
}

async fn targets(app: &Arc<App>, request: &ChangeRequest) -> Result<Vec<Target>, ApiError> {
    let target = |target: &ChangeTarget| {
        let (at, based_on) = ((target.server.clone(), target.family), target.based_on.clone());
        async move { Ok(Target { daemon: daemon(app, &at).await?, based_on }) }
    };
    try_join_all(request.targets.iter().map(target)).await
}

/// Has the daemon read its configuration file again.
pub async fn reload(app: Arc<App>, at: (ServerId, Family), (): ()) -> Result<KeaSaid, ApiError> {
    let daemon = daemon(&app, &at).await?;
    let work = move |app: Arc<App>| async move {
        let _alone = app.controller.lock(&daemon.address()).await;
        let answer = daemon.send(Command::new("config-reload")).await?;
        let said = said("config-reload", &answer);
        if answer.outcome == Outcome::Ok {
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
