//! Forwarded commands as the history keeps them.

use crate::{error::ApiError, store::Event};
use perch_shared::{
    Family,
    api::{ErrorCode, KeaSaid, Kind, Outcome, Place, ServerId, Who},
    command::{Answer, Command, parse_answers},
    config::hidden,
};
use std::time::Duration;

/// What the history says about a command that may have changed something. Its arguments are kept without secrets.
pub fn forwarded(
    who: Who,
    server: &ServerId,
    command: &Command,
    answer: Result<&[u8], &ApiError>,
    duration: Duration,
) -> Event {
    let daemons: Vec<Option<Family>> = match command.service.as_slice() {
        [] => vec![None],
        names => names.iter().map(|name| name.parse().ok()).collect(),
    };
    let answers = answer.map(|bytes| parse_answers(bytes).unwrap_or_default());
    let place = |(index, family): (usize, Option<Family>)| {
        let (outcome, text) = match &answers {
            Ok(answers) => answers.get(index).map_or((Outcome::Unknown, String::new()), said),
            Err(error) => (Outcome::Unknown, error.body().message.clone()),
        };
        Place::new(server.clone(), family, outcome).text(text)
    };
    let places: Vec<Place> = daemons.into_iter().enumerate().map(place).collect();
    let outcome = places.iter().map(|place| place.outcome).max().unwrap_or_default();
    let mut event = Event { who, kind: Kind::Command, places, outcome, ..Event::default() }.lasting(duration);
    event.sentences.push(format!("Send `{}`", command.command));
    event.details =
        serde_json::to_value(command).ok().map(|command| hidden("", &command)).into_iter().collect();
    event
}

fn said(answer: &Answer) -> (Outcome, String) {
    let outcome = if answer.outcome.is_done() { Outcome::Applied } else { Outcome::Refused };
    (outcome, answer.text.clone())
}

/// What the history says about a daemon that read its file again.
pub fn reloaded(
    who: Who,
    server: &ServerId,
    family: Family,
    answer: Result<&KeaSaid, &ApiError>,
    duration: Duration,
) -> Event {
    let (outcome, text) = match answer {
        Ok(said) => (Outcome::Applied, said.text.clone()),
        Err(error) if error.body().code == ErrorCode::Refused => {
            let said = error.body().kea.as_ref().map(|said| said.text.clone());
            (Outcome::Refused, said.unwrap_or_else(|| error.body().message.clone()))
        }
        Err(error) => (Outcome::Unknown, error.body().message.clone()),
    };
    let places = vec![Place::new(server.clone(), Some(family), outcome).text(text)];
    let sentences = vec![format!("Have {} read its configuration file again", family.daemon())];
    Event { who, kind: Kind::Reload, sentences, places, outcome, ..Event::default() }.lasting(duration)
}
