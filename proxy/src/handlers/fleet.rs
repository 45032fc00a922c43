//! The whole fleet at a glance, partners, and drift between them.

use super::servers::credentials;
use crate::{app::App, auth::Who, error::ApiError, fleet, store::ServerRecord};
use perch_shared::{
    Family,
    api::{
        DaemonFindings, ErrorCode, ExternalChange, FleetView, Origin, Partner, PartnerDraft, PartnerProof,
        Server, ServerId,
    },
    config::Config,
    status::{self, Drift},
};
use std::sync::Arc;

/// Every server as it was last seen, and the HA pairs; without what whoever asks may not see.
pub async fn get(app: Arc<App>, who: Who, (): (), (): ()) -> Result<FleetView, ApiError> {
    let mut servers = app.fleet.all();
    servers.retain(|status| who.sees(&status.server.id));
    let mut pairs = app.fleet.pairs();
    pairs.retain(|pair| {
        pair.members.iter().filter_map(|member| member.server.as_ref()).any(|id| who.sees(id))
    });
    for member in pairs.iter_mut().flat_map(|pair| &mut pair.members) {
        member.server.take_if(|server| !who.sees(server));
    }
    Ok(FleetView { servers, pairs, sync_interval: app.fleet.interval().as_secs().max(1) })
}

/// What somebody else changed lately.
pub async fn external_changes(
    app: Arc<App>,
    who: Who,
    (): (),
    (): (),
) -> Result<Vec<ExternalChange>, ApiError> {
    let mut changes = app.fleet.external().list();
    changes.retain(|change| who.sees(&change.server));
    Ok(changes)
}

/// What the rules find in what the daemons run.
pub async fn findings(app: Arc<App>, who: Who, (): (), (): ()) -> Result<Vec<DaemonFindings>, ApiError> {
    Ok(app.fleet.findings(|id| who.sees(id)).await)
}

/// Where two servers differ.
pub async fn drift(
    app: Arc<App>,
    who: Who,
    (family, left, right): (Family, ServerId, ServerId),
    (): (),
) -> Result<Drift, ApiError> {
    who.may_touch(&right)?;
    let (left, right) = tokio::join!(running(&app, &left, family), running(&app, &right, family));
    let (left, right) = (left?, right?);
    // Two configurations of ten thousand subnets take a second.
    tokio::task::spawn_blocking(move || status::drift(&left, &right))
        .await
        .map_err(|error| ApiError::new(ErrorCode::Internal, "The comparison failed.").because(error))
}

async fn running(app: &Arc<App>, id: &ServerId, family: Family) -> Result<Config, ApiError> {
    let record = app.server(id).await?;
    let daemon = app.controller.daemon(&record, family)?;
    Ok(app.controller.read(&daemon).await?.config)
}

/// The HA partners that a server names.
pub async fn partners(app: Arc<App>, who: Who, (id,): (ServerId,), (): ()) -> Result<Vec<Partner>, ApiError> {
    let record = app.server(&id).await?;
    app.fleet.look(&record).await;
    let mut found = fleet::partners(&app.fleet, &record);
    for partner in &mut found {
        partner.server.take_if(|server| !who.sees(server));
    }
    Ok(found)
}

/// Whether a partner is at the addresses that the operator confirmed.
pub async fn prove(app: Arc<App>, (id,): (ServerId,), draft: PartnerDraft) -> Result<PartnerProof, ApiError> {
    let own = running(&app, &id, draft.family).await?;
    let own = status::ha_settings(&own.root);
    let credentials = credentials(&app, &draft.server)?;
    let probe =
        fleet::probe(&app.kea, &draft.server.addresses, credentials.as_ref(), &draft.server.tls).await;
    let server = Server {
        id,
        name: String::new(),
        origin: Origin::Inventory,
        channels: probe.channels.clone(),
        has_credentials: credentials.is_some(),
        tls: draft.server.tls,
    };
    let found = ServerRecord { server, credentials };
    Ok(fleet::prove(&app.kea, probe, &found, (draft.family, &draft.name), &own).await)
}
