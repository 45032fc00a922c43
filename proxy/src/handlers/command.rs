//! One Kea command, forwarded as it is.

use crate::{app::App, error::ApiError, kea::Target, store::ServerRecord, web::decode};
use bytes::Bytes;
use perch_shared::{
    Family,
    api::{Channel, ChannelKind, ErrorCode, ServerId},
    command::Command,
};
use serde::{Deserialize, de::Error as _};
use std::sync::Arc;

/// Commands that change the configuration: they wait for a change that is going on.
const CHANGING: [&str; 3] = ["config-reload", "config-set", "config-write"];

/// Forwards one command and gives back Kea's own bytes.
pub async fn send(app: Arc<App>, (id,): (ServerId,), body: Bytes) -> Result<Bytes, ApiError> {
    let command: Command = decode(&body)?;
    let record = app.server(&id).await?;
    let mut answers = Vec::new();
    for channel in channels(&record, &command.service)? {
        let target = Target::of_channel(&record, channel).map_err(|error| {
            ApiError::new(ErrorCode::Invalid, format!("The inventory's address is wrong: {error}."))
                .help(error.remedy())
        })?;
        let _alone = match CHANGING.contains(&command.command.as_str()) {
            true => Some(app.controller.lock(&channel.address).await),
            false => None,
        };
        answers.push(as_list(app.kea.forward(&target, sendable(&body, &command)).await?, &channel.address)?);
    }
    Ok(join(answers))
}

/// The channels that a command goes to, from its `service`; never another one than the server's own.
fn channels<'a>(record: &'a ServerRecord, service: &[String]) -> Result<Vec<&'a Channel>, ApiError> {
    let channels = &record.server.channels;
    let agent = channels.iter().find(|channel| channel.kind == ChannelKind::ControlAgent);
    match (agent, service) {
        (Some(agent), []) => return Ok(vec![agent]),
        (None, []) => match channels.as_slice() {
            [only] => return Ok(vec![only]),
            _ => return Err(ambiguous(record)),
        },
        (_, _) => {}
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

/// What makes it an answer; everything else in it is skipped.
#[derive(Deserialize)]
struct Head {
    #[serde(rename = "result")]
    _result: i64,
}

/// Kea's answer as a list, its bytes unchanged.
fn as_list(answer: Bytes, address: &str) -> Result<Bytes, ApiError> {
    let malformed = |error: serde_json::Error| {
        ApiError::new(ErrorCode::Malformed, format!("{address}: the answer is not one of Kea's."))
            .help("Check that the address is Kea's, and that nothing between changes its answers.")
            .because(error)
    };
    if answer.trim_ascii_start().starts_with(b"[") {
        let heads = serde_json::from_slice::<Vec<Head>>(&answer).map_err(malformed)?;
        return if heads.is_empty() {
            Err(malformed(serde_json::Error::custom("an empty list")))
        } else {
            Ok(answer)
        };
    }
    serde_json::from_slice::<Head>(&answer).map_err(malformed)?;
    Ok(Bytes::from([b"[", answer.as_ref(), b"]"].concat()))
}

/// The answers of several daemons as one list, in the order asked.
fn join(mut answers: Vec<Bytes>) -> Bytes {
    if answers.len() == 1 {
        return answers.swap_remove(0);
    }
    let inner = |list: &Bytes| {
        let list = list.trim_ascii();
        list.strip_prefix(b"[").and_then(|list| list.strip_suffix(b"]")).unwrap_or(list).to_vec()
    };
    let lists: Vec<Vec<u8>> = answers.iter().map(inner).collect();
    Bytes::from([b"[", lists.join(&b","[..]).as_slice(), b"]"].concat())
}
