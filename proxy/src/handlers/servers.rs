//! The inventory, and what is at an address.

use crate::{
    app::App,
    auth::Who,
    error::ApiError,
    fleet,
    store::{Event, NewServer, ServerRecord, StoreError, keep_known},
};
use perch_shared::{
    Family,
    api::{
        Channel, Credentials, CredentialsDraft, DaemonState, DaemonStatus, ErrorCode, Kind, Origin, Outcome,
        Place, ProbeReport, Reason, ReasonCode, Server, ServerDraft, ServerId, ServerStatus, Verdict,
    },
    diagnostic::Diagnostic,
};
use std::sync::Arc;

/// The inventory, without what whoever asks may not see.
pub async fn list(app: Arc<App>, who: Who, (): (), (): ()) -> Result<Vec<Server>, ApiError> {
    let mut servers = app.store.list();
    servers.retain(|server| who.sees(&server.id));
    Ok(servers)
}

/// Probes the addresses and keeps them as a server.
pub async fn add(app: Arc<App>, who: Who, (): (), draft: ServerDraft) -> Result<Server, ApiError> {
    let server = probed(&app, draft, None).await?;
    let server = app.store.add(server).await?;
    note(&app, &who, &server.id, vec![format!("Add server `{}` at {}", server.name, addresses(&server))])
        .await;
    Ok(server)
}

/// One server, and what its daemons say now.
pub async fn get(app: Arc<App>, (id,): (ServerId,), (): ()) -> Result<ServerStatus, ApiError> {
    match app.server_or_why(&id).await? {
        Ok(record) => Ok(app.fleet.look(&record).await),
        Err((record, report)) => Ok(never_seen(record.server, &report)),
    }
}

/// Replaces a server's name, addresses, credentials and TLS files, after probing them. A daemon that is down at the
/// moment stays with the server.
pub async fn edit(
    app: Arc<App>,
    who: Who,
    (id,): (ServerId,),
    mut draft: ServerDraft,
) -> Result<Server, ApiError> {
    let old = app.store.changeable(&id)?;
    draft.based_on = Some(id.clone());
    let server = probed(&app, draft, Some(&old)).await?;
    let credentials = server.credentials.clone();
    let server = app.store.replace(id, server).await?;
    let mut sentences = changes(&old.server, &server);
    if credentials != old.credentials {
        sentences.push("Change what Perch proves itself to Kea with".to_owned());
    }
    note(&app, &who, &server.id, sentences).await;
    Ok(server)
}

/// What was changed of a server, in words.
fn changes(old: &Server, new: &Server) -> Vec<String> {
    let mut sentences = Vec::new();
    if old.name != new.name {
        sentences.push(format!("Rename server `{}` to `{}`", old.name, new.name));
    }
    if addresses(old) != addresses(new) {
        sentences.push(format!(
            "Reach server `{}` at {}, not at {}",
            new.name,
            addresses(new),
            addresses(old)
        ));
    }
    if old.tls != new.tls {
        sentences.push(format!("Change the TLS files for server `{}`", new.name));
    }
    sentences
}

fn addresses(server: &Server) -> String {
    let addresses: Vec<&str> = server.channels.iter().map(|channel| channel.address.as_str()).collect();
    addresses.join(", ")
}

/// Writes a change of the inventory into the history.
async fn note(app: &App, who: &Who, server: &ServerId, mut sentences: Vec<String>) {
    if sentences.is_empty() {
        sentences.push("Look at the server again".to_owned());
    }
    let places = vec![Place::new(server.clone(), None, Outcome::Applied)];
    let who = who.signature();
    app.note(Event { who, kind: Kind::Inventory, sentences, places, ..Event::default() }).await;
}

/// Forgets a server.
pub async fn remove(app: Arc<App>, who: Who, (id,): (ServerId,), (): ()) -> Result<(), ApiError> {
    let name = app.store.get(&id).map(|record| record.server.name).unwrap_or_default();
    app.store.remove(id.clone()).await?;
    note(&app, &who, &id, vec![format!("Remove server `{name}`")]).await;
    Ok(())
}

/// Finds out what is at the addresses, without keeping anything.
pub async fn probe(app: Arc<App>, (): (), draft: ServerDraft) -> Result<ProbeReport, ApiError> {
    let credentials = credentials(&app, &draft)?;
    Ok(fleet::probe(&app.kea, &draft.addresses, credentials.as_ref(), &draft.tls).await)
}

async fn probed(app: &App, draft: ServerDraft, old: Option<&ServerRecord>) -> Result<NewServer, ApiError> {
    let credentials = credentials(app, &draft)?;
    let mut report = fleet::probe(&app.kea, &draft.addresses, credentials.as_ref(), &draft.tls).await;
    // Whoever only renames a server that is down shall not have to wait until it is up.
    if !report.is_usable() && !old.is_some_and(|old| is_reached_alike(old, &draft, credentials.as_ref())) {
        return Err(unusable(report));
    }
    let mut known = old.map(|old| old.server.channels.clone()).unwrap_or_default();
    known.retain(|channel| draft.addresses.iter().any(|text| means(text, &channel.address)));
    keep_known(&mut report, &known);
    let name = draft.name.trim();
    let first = report.channels.first().map(|channel| host(&channel.address)).unwrap_or_default();
    let except = old.map(|old| &old.server.id);
    let name = if name.is_empty() { app.store.free_name(&first, except) } else { name.to_owned() };
    Ok(NewServer { name, channels: report.channels, credentials, tls: draft.tls })
}

/// Whether the draft leaves everything as it is that matters for reaching the server.
fn is_reached_alike(old: &ServerRecord, draft: &ServerDraft, credentials: Option<&Credentials>) -> bool {
    let channels = &old.server.channels;
    let known = |text: &String| channels.iter().any(|channel| means(text, &channel.address));
    let still_there = |channel: &Channel| draft.addresses.iter().any(|text| means(text, &channel.address));
    draft.addresses.iter().all(known)
        && channels.iter().all(still_there)
        && credentials == old.credentials.as_ref()
        && draft.tls == old.server.tls
}

/// Whether a text that somebody entered means this address.
fn means(text: &str, address: &str) -> bool {
    let meant = crate::kea::Address::candidates(text).unwrap_or_default();
    meant.iter().any(|meant| meant.to_string() == address)
}

/// The credentials that a draft means.
pub(super) fn credentials(app: &App, draft: &ServerDraft) -> Result<Option<Credentials>, ApiError> {
    match &draft.credentials {
        CredentialsDraft::None => Ok(None),
        CredentialsDraft::Set(credentials) => Ok(Some(credentials.clone())),
        CredentialsDraft::Keep => {
            let kept = draft.based_on.as_ref().and_then(|id| app.store.get(id));
            let kept = kept.ok_or_else(|| {
                ApiError::new(
                    ErrorCode::Invalid,
                    "`keep` needs a server whose credentials are kept: `based-on`.",
                )
            })?;
            check_same_place(&kept, draft)?;
            Ok(kept.credentials)
        }
    }
}

/// Kept credentials go only where they went before; otherwise whoever can edit a server could read its password by
/// naming an address of their own.
fn check_same_place(kept: &ServerRecord, draft: &ServerDraft) -> Result<(), ApiError> {
    let known = |text: &String| kept.server.channels.iter().any(|channel| means(text, &channel.address));
    if kept.credentials.is_none() || draft.addresses.iter().all(known) {
        return Ok(());
    }
    Err(ApiError::new(
        ErrorCode::Invalid,
        "The kept password is sent only to the addresses that it was given for.",
    )
    .help("Enter the user name and the password again for the new address."))
}

fn unusable(report: ProbeReport) -> ApiError {
    let failed = report.steps.iter().find(|step| step.verdict == Verdict::Failed);
    let message = match failed {
        Some(step) => format!("{}: {}: {}", step.address, step.title, step.detail),
        None => "No DHCP daemon answers at these addresses.".to_owned(),
    };
    let remedy = failed.and_then(|step| step.remedy.clone());
    ApiError::new(ErrorCode::Invalid, message).with(|body| {
        body.help = remedy;
        body.probe = Some(report);
    })
}

/// The name for people of a server that nobody named.
fn host(address: &str) -> String {
    let parsed = address.parse::<crate::kea::Address>().ok();
    parsed
        .and_then(|address| address.host_port().map(|(host, _)| host.to_owned()))
        .unwrap_or_else(|| address.to_owned())
}

/// The state of a server from the settings that has never answered: which daemons it has is not known, so the reason
/// stands with both.
fn never_seen(server: Server, report: &ProbeReport) -> ServerStatus {
    let failed = report.steps.iter().find(|step| step.verdict == Verdict::Failed);
    let daemons = Family::ALL.into_iter().filter_map(|family| {
        let channel = server.channels.first()?;
        let silent = DaemonStatus::silent(family, DaemonState::Unreachable, channel);
        let reason = failed.map(|step| Reason {
            code: ReasonCode::Unreachable,
            text: step.detail.clone(),
            help: step.remedy.clone().unwrap_or_default(),
        });
        Some(DaemonStatus { reasons: reason.into_iter().collect(), ..silent })
    });
    ServerStatus { state: DaemonState::Unreachable, daemons: daemons.collect(), server }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let message = error.to_string();
        match error {
            StoreError::Unknown(_) => Self::new(ErrorCode::NotFound, message)
                .help("It may have been removed. The list of servers shows which there are."),
            StoreError::Fixed { origin: Origin::Demo, .. } => Self::new(ErrorCode::Conflict, message)
                .help("Add a server of your own, and edit or remove that one."),
            StoreError::Fixed { .. } => Self::new(ErrorCode::Conflict, message)
                .help("Change it where it is named, and restart Perch."),
            StoreError::Taken { .. } => Self::new(ErrorCode::Conflict, message)
                .help("Edit that server, or remove it first: one daemon belongs to one server."),
            StoreError::SameName(_) => {
                let help = "Choose another name, so that people can tell the two apart.";
                let finding = Diagnostic::error("server/same-name", &message).at("name").help(help);
                Self::new(ErrorCode::Conflict, message).help(help).with(|body| body.diagnostics.push(finding))
            }
            StoreError::Write(cause) => Self::new(ErrorCode::Storage, message)
                .help("Nothing was changed. Check that the disk is not full and that Perch may write its state directory.")
                .because(cause),
        }
    }
}
