//! Reading a daemon's options, and changing its configuration.

use super::command::not_sent;
use crate::{
    app::App,
    auth::Who,
    controller::{Daemon, Order, Target, said},
    error::ApiError,
    history,
};
use futures_util::future::try_join_all;
use perch_shared::{
    Family,
    api::{
        ApplyReport, ChangeId, ChangeRequest, ChangeTarget, ErrorCode, KeaSaid, Kind, Missed, OptionsView,
        Preview, Recovery, ServerId, TargetCommands, TargetReport,
    },
    change::Edit,
    command::{Command, Outcome},
};
use std::{sync::Arc, time::Instant};

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
pub async fn preview(app: Arc<App>, who: Who, (): (), request: ChangeRequest) -> Result<Preview, ApiError> {
    let (targets, order) = order(&app, &who, request).await?;
    app.controller.preview(targets, &order).await
}

/// The change as commands for Kea.
pub async fn commands(
    app: Arc<App>,
    who: Who,
    (): (),
    request: ChangeRequest,
) -> Result<Vec<TargetCommands>, ApiError> {
    let (targets, order) = order(&app, &who, request).await?;
    app.controller.commands(targets, &order).await
}

/// Carries a change out.
pub async fn apply(app: Arc<App>, who: Who, (): (), request: ChangeRequest) -> Result<ApplyReport, ApiError> {
    let (targets, order) = order(&app, &who, request).await?;
    let work = move |app: Arc<App>| async move {
        let changing = |target: &Target| app.fleet.changing(&target.daemon.server, target.daemon.family);
        let changing: Vec<_> = targets.iter().map(changing).collect();
        let result = app.controller.apply(targets, &order).await;
        changing.into_iter().for_each(|changing| changing.ended(reports(&result)));
        result
    };
    app.to_the_end(work).await
}

/// What became of each target.
fn reports(result: &Result<ApplyReport, ApiError>) -> &[TargetReport] {
    let report = match result {
        Ok(report) => Some(report),
        Err(error) => error.body().apply.as_ref(),
    };
    report.map(|report| report.targets.as_slice()).unwrap_or_default()
}

async fn order(app: &Arc<App>, who: &Who, request: ChangeRequest) -> Result<(Vec<Target>, Order), ApiError> {
    let (places, lists) = lists(&request)?;
    let ChangeRequest { targets, comment, absent, undoes, restores, .. } = request;
    targets.iter().try_for_each(|target| who.may_touch(&target.server))?;
    let target = |(target, list): (ChangeTarget, usize)| async move {
        let daemon = daemon(app, &(target.server, target.family)).await?;
        Ok::<_, ApiError>(Target { daemon, based_on: target.based_on, list })
    };
    let targets = try_join_all(targets.into_iter().zip(places).map(target)).await?;
    let unsealed = lists.iter().map(|edits| Ok::<_, ApiError>(app.archive.with_secrets(edits)?.into()));
    let lists = unsealed.collect::<Result<_, _>>()?;
    let kind = match (&undoes, &restores) {
        (Some(_), _) => Kind::Undo,
        (None, Some(_)) => Kind::Restore,
        (None, None) => Kind::Change,
    };
    let who = who.signature();
    let helpers = helpers(app, &targets).await;
    Ok((targets, Order { who, kind, comment, of: undoes, snapshot: restores, absent, lists, helpers }))
}

/// The different lists of edits, and which of them goes to each target.
fn lists(request: &ChangeRequest) -> Result<(Vec<usize>, Vec<Vec<Edit>>), ApiError> {
    let mut lists: Vec<Vec<Edit>> = Vec::new();
    let mut place = |edits: &Vec<Edit>| {
        lists.iter().position(|known| known == edits).unwrap_or_else(|| {
            lists.push(edits.clone());
            lists.len() - 1
        })
    };
    let of = |target: &ChangeTarget| !target.edits.is_empty();
    if !request.edits.is_empty() && !request.targets.is_empty() && request.targets.iter().all(of) {
        let message = "The change's `edits` are for nobody: every target has `edits` of its own.";
        return Err(
            ApiError::new(ErrorCode::Invalid, message).help("Nothing was changed. Leave one of them out.")
        );
    }
    let places = request.targets.iter();
    let places = places.map(|target| place(if of(target) { &target.edits } else { &request.edits }));
    let places = places.collect();
    Ok((places, lists))
}

/// The HA partners of the targets that are no targets themselves, as the fleet knows them.
async fn helpers(app: &Arc<App>, targets: &[Target]) -> Vec<(usize, Daemon)> {
    let is = |target: &Target, server: &ServerId, family| {
        target.daemon.server == *server && target.daemon.family == family
    };
    let mut helpers = Vec::new();
    for pair in app.fleet.pairs() {
        let members: Vec<&ServerId> =
            pair.members.iter().filter_map(|member| member.server.as_ref()).collect();
        let target = |server: &&&ServerId| targets.iter().any(|target| is(target, server, pair.family));
        let Some(helped) = members.iter().find(target) else { continue };
        let Some(index) = targets.iter().position(|target| is(target, helped, pair.family)) else { continue };
        for server in members.iter().filter(|server| !target(server)) {
            helpers.extend(
                daemon(app, &((*server).clone(), pair.family)).await.ok().map(|daemon| (index, daemon)),
            );
        }
    }
    helpers
}

/// What Perch found half-done, and what became of it.
pub async fn recoveries(app: Arc<App>, who: Who, (): (), (): ()) -> Result<Vec<Recovery>, ApiError> {
    let mut all = app.controller.recoveries();
    all.retain(|one| one.targets.iter().all(|target| who.sees(&target.server)));
    Ok(all)
}

/// Leaves as it is what cannot be settled.
pub async fn give_up(app: Arc<App>, (id,): (ChangeId,), (): ()) -> Result<(), ApiError> {
    app.controller.give_up(&id).await
}

/// What daemons have missed.
pub async fn missed(app: Arc<App>, who: Who, (): (), (): ()) -> Result<Vec<Missed>, ApiError> {
    let mut all = app.controller.missed();
    all.retain(|one| who.sees(&one.server));
    Ok(all)
}

/// Carries out what a daemon has missed.
pub async fn catch_up(
    app: Arc<App>,
    who: Who,
    at: (ServerId, Family),
    (): (),
) -> Result<ApplyReport, ApiError> {
    let record = app.server(&at.0).await?;
    let (daemon, who) = (app.controller.daemon(&record, at.1)?, who.signature());
    // It has been away: who its partners are is known once it was looked at.
    app.fleet.look(&record).await;
    let work = move |app: Arc<App>| async move {
        let changing = app.fleet.changing(&daemon.server, daemon.family);
        let target = Target { daemon: daemon.clone(), based_on: None, list: 0 };
        let helpers = helpers(&app, &[target]).await;
        let result = app.controller.catch_up(who, daemon, helpers).await;
        changing.ended(reports(&result));
        result
    };
    app.to_the_end(work).await
}

/// Forgets what a daemon has missed.
pub async fn forget_missed(app: Arc<App>, at: (ServerId, Family), (): ()) -> Result<(), ApiError> {
    let daemon = daemon(&app, &at).await?;
    app.controller.forget_missed(&daemon).await
}

/// Has the daemon read its configuration file again.
pub async fn reload(app: Arc<App>, who: Who, at: (ServerId, Family), (): ()) -> Result<KeaSaid, ApiError> {
    let daemon = daemon(&app, &at).await?;
    app.archive.ready().await.map_err(|error| not_sent(error.into()))?;
    let work = move |app: Arc<App>| async move {
        let start = Instant::now();
        let said = reload_alone(&app, &daemon).await;
        let who = who.signature();
        app.note(history::reloaded(who, &at.0, at.1, said.as_ref(), start.elapsed())).await;
        said
    };
    app.to_the_end(work).await
}

async fn reload_alone(app: &App, daemon: &Daemon) -> Result<KeaSaid, ApiError> {
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
}

async fn daemon(app: &Arc<App>, (id, family): &(ServerId, Family)) -> Result<Daemon, ApiError> {
    let record = app.server(id).await?;
    app.controller.daemon(&record, *family)
}
