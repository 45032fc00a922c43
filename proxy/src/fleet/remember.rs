//! Changes that somebody else made, on their way into the history.

use super::External;
use crate::store::{Archive, Event};
use perch_shared::api::{ExternalChange, Kind, Moment, Outcome, Place, Via, Who};
use std::sync::Arc;

/// How many places of a change are named.
const NAMED: usize = 20;

impl External {
    /// Has every change written into the history from now on.
    pub fn remember(&self, archive: Arc<Archive>) {
        self.on_change(move |change| {
            let (archive, event) = (archive.clone(), event(change));
            tokio::spawn(async move {
                if let Err(error) = archive.note(event).await {
                    tracing::error!(%error, "an external change is not in the history");
                }
            });
        });
    }
}

fn event(change: &ExternalChange) -> Event {
    let place = Place {
        server: change.server.clone(),
        family: Some(change.daemon),
        before: Moment { hash: Some(change.before.clone()), snapshot: None },
        after: Moment { hash: Some(change.after.clone()), snapshot: None },
        outcome: Outcome::Applied,
        text: String::new(),
        list: 0,
    };
    let paths: Vec<String> =
        change.differences.iter().take(NAMED).map(|difference| difference.path.clone()).collect();
    let what = if change.compared {
        format!("Somebody else changed {}", counted(change.differences.len() + change.more))
    } else {
        "Somebody else changed the configuration".to_owned()
    };
    let sentences = std::iter::once(what).chain(paths).collect();
    let who = Who { user: String::new(), via: Via::Perch };
    Event { who, kind: Kind::External, sentences, places: vec![place], ..Event::default() }
}

fn counted(places: usize) -> String {
    if places == 1 {
        "one place of the configuration".to_owned()
    } else {
        format!("{places} places of the configuration")
    }
}
