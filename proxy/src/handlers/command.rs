//! One Kea command, forwarded as it is.

use crate::{
    app::App, auth::Who, controller::never_answered, error::ApiError, history, kea::Target,
    store::ServerRecord, web::decode,
};
use bytes::Bytes;
use perch_shared::{
    Family,
    api::{self, Channel, ChannelKind, ErrorCode, Role, ServerId},
    command::{Command, is_read_only},
    config::{HIDDEN, mask_text},
};
use std::{borrow::Cow, sync::Arc, time::Instant};

/// Forwards one command and gives back Kea's own bytes. One that may change something waits for a change that is
/// going on, is carried to its end, and needs an operator. Kea's secrets are for administrators.
pub async fn send(app: Arc<App>, who: Who, (id,): (ServerId,), body: Bytes) -> Result<Bytes, ApiError> {
    let command: Command = decode(&body)?;
    let changes = !is_read_only(&command.command);
    if changes {
        who.needs(Role::Operator)?;
        refuse_masked(&body)?;
    }
    let record = app.server(&id).await?;
    let targets = targets(&record, &command.service)?;
    let body = sendable(&body, &command);
    let answer = match changes {
        false => forward(&app, targets, body, false).await?,
        true => {
            app.archive.ready().await.map_err(|error| not_sent(error.into()))?;
            let (families, who) = (families(&record, &command.service), who.signature());
            app.to_the_end(move |app| async move {
                // Dropped at the end: what the command did is not known, but it was Perch that sent it.
                let _changing: Vec<_> =
                    families.into_iter().map(|family| app.fleet.changing(&id, family)).collect();
                recorded(&app, who, &id, &command, targets, body).await
            })
            .await?
        }
    };
    Ok(if who.role == Role::Administrator { answer } else { without_secrets(answer) })
}

/// Kea's answer with its secrets hidden, everything else unchanged.
fn without_secrets(answer: Bytes) -> Bytes {
    let text = String::from_utf8_lossy(&answer);
    match mask_text(&text) {
        Cow::Borrowed(_) => answer,
        Cow::Owned(masked) => Bytes::from(masked),
    }
}

/// Whoever sends back what Perch has masked would set Kea's passwords to the mask.
fn refuse_masked(body: &[u8]) -> Result<(), ApiError> {
    if !body.windows(HIDDEN.len()).any(|part| part == HIDDEN.as_bytes()) {
        return Ok(());
    }
    let message = format!("The command holds `{}`, which Perch writes in place of a password.", HIDDEN);
    Err(ApiError::new(ErrorCode::Invalid, message)
        .help("Nothing was sent. Write the password itself; only an administrator sees it in `config-get`."))
}

/// Forwards a command that may change something, and writes it into the history.
async fn recorded(
    app: &App,
    who: api::Who,
    server: &ServerId,
    command: &Command,
    targets: Vec<Target>,
    body: Bytes,
) -> Result<Bytes, ApiError> {
    let start = Instant::now();
    let answer = forward(app, targets, body, true).await;
    let said = answer.as_ref().map(|answer| &**answer);
    app.note(history::forwarded(who, server, command, said, start.elapsed())).await;
    answer
}

/// What cannot be written into the history is not done.
pub(super) fn not_sent(error: ApiError) -> ApiError {
    error.with(|body| {
        let help = body.help.take().unwrap_or_default();
        body.help = Some(format!("Nothing was sent. {help}"));
    })
}

async fn forward(app: &App, targets: Vec<Target>, body: Bytes, changes: bool) -> Result<Bytes, ApiError> {
    let mut answers = Vec::new();
    for target in targets {
        let _alone =
            if changes { Some(app.controller.lock(&target.address.to_string()).await) } else { None };
        let answer = app.kea.forward(&target, body.clone()).await;
        answers.push(as_list(answer.map_err(|error| after(answers.len(), error.into()))?));
    }
    Ok(join(answers))
}

/// Says that other daemons have carried the command out already.
fn after(done: usize, error: ApiError) -> ApiError {
    if done == 0 {
        return error;
    }
    error.with(|body| {
        let help = body.help.take().unwrap_or_default();
        body.help = Some(format!("The daemons named before it in `service` have answered already. {help}"));
    })
}

fn targets(record: &ServerRecord, service: &[String]) -> Result<Vec<Target>, ApiError> {
    // What is at its addresses is not known, and a daemon's own socket carries out what is meant for another.
    if !record.is_known() {
        return Err(never_answered(record));
    }
    let wrong = |error: crate::kea::AddressError| {
        ApiError::new(ErrorCode::Invalid, format!("The inventory's address is wrong: {error}."))
            .help(error.remedy())
    };
    let channels = channels(record, service)?.into_iter();
    channels.map(|channel| Target::of_channel(record, channel).map_err(wrong)).collect()
}

/// The daemons that a command may change: those it names, else all.
fn families(record: &ServerRecord, service: &[String]) -> Vec<Family> {
    let named: Vec<Family> = service.iter().filter_map(|name| name.parse().ok()).collect();
    let all = || record.server.channels.iter().flat_map(|channel| channel.daemons.clone()).collect();
    if named.is_empty() { all() } else { named }
}

/// The channels that a command goes to, from its `service`; never another one than the server's own.
fn channels<'a>(record: &'a ServerRecord, service: &[String]) -> Result<Vec<&'a Channel>, ApiError> {
    // An address where nobody has answered yet may be anybody's.
    let channels: Vec<_> =
        record.server.channels.iter().filter(|channel| !channel.daemons.is_empty()).collect();
    let agent = channels.iter().find(|channel| channel.kind == ChannelKind::ControlAgent).copied();
    match (agent, channels.as_slice(), service) {
        (Some(agent), _, []) => return Ok(vec![agent]),
        (None, [only], []) => return Ok(vec![*only]),
        (None, _, []) => return Err(ambiguous(record)),
        (_, _, _) => {}
    }
    let named: Vec<_> = service.iter().map(|name| named(record, agent, name)).collect::<Result<_, _>>()?;
    match named.as_slice() {
        // One agent passes the command on to all of them.
        [first, rest @ ..] if rest.iter().all(|channel| channel == first) => Ok(vec![first]),
        all if all.iter().any(|channel| channel.kind == ChannelKind::ControlAgent) => Err(mixed()),
        _ => Ok(named),
    }
}

/// The channel of one daemon. A daemon's own socket carries out whatever it is sent, whatever `service` says, so only
/// the daemon's own one will do; an agent knows its daemons itself.
fn named<'a>(
    record: &'a ServerRecord,
    agent: Option<&'a Channel>,
    name: &str,
) -> Result<&'a Channel, ApiError> {
    let family = name.parse::<Family>().ok();
    let own = |channel: &&Channel| family.is_some_and(|family| channel.daemons.contains(&family));
    record.server.channels.iter().find(own).or(agent).ok_or_else(|| {
        ApiError::new(ErrorCode::Invalid, format!("`{}` has no daemon `{name}`.", record.server.name))
            .help(format!("Nothing was sent. `service` may name {}.", daemons(record)))
    })
}

fn mixed() -> ApiError {
    ApiError::new(ErrorCode::Invalid, "The daemons in `service` are reached in different ways.")
        .help("Nothing was sent. Send the command to each daemon alone.")
}

fn ambiguous(record: &ServerRecord) -> ApiError {
    ApiError::new(ErrorCode::Invalid, "The command does not say which daemon it is for.")
        .help(format!("Nothing was sent. Name it in `service`: {}.", daemons(record)))
}

fn daemons(record: &ServerRecord) -> String {
    let families = record.server.channels.iter().flat_map(|channel| &channel.daemons);
    let names: Vec<String> = families.map(|family| format!("`{family}`")).collect();
    if names.is_empty() { "a daemon that answers".to_owned() } else { names.join(" or ") }
}

/// The body as it came; only escapes are spelled out, since Kea refuses those above `\u00ff`.
fn sendable(body: &Bytes, command: &Command) -> Bytes {
    if body.windows(2).any(|pair| pair == b"\\u") {
        serde_json::to_vec(command).map_or_else(|_| body.clone(), Bytes::from)
    } else {
        body.clone()
    }
}

/// Kea's answer as a list, its bytes unchanged.
fn as_list(answer: Bytes) -> Bytes {
    if answer.starts_with(b"[") { answer } else { Bytes::from([b"[", answer.as_ref(), b"]"].concat()) }
}

/// The answers of several daemons as one list, in the order asked.
fn join(mut answers: Vec<Bytes>) -> Bytes {
    if answers.len() == 1 {
        return answers.swap_remove(0);
    }
    let inner = |list: &Bytes| {
        list.strip_prefix(b"[").and_then(|list| list.strip_suffix(b"]")).unwrap_or(list).to_vec()
    };
    let lists: Vec<Vec<u8>> = answers.iter().map(inner).collect();
    Bytes::from([b"[", lists.join(&b","[..]).as_slice(), b"]"].concat())
}
