//! Finding what a text belongs to, on all servers that whoever asks may see.

use super::configuration::{list_leases, rows};
use crate::{app::App, auth::Who, error::ApiError};
use futures_util::future::join_all;
use perch_shared::{
    Family,
    api::{FindQuery, Found, Hit, HitKind, ServerId},
    find::Sought,
};
use std::sync::Arc;

/// How many hits are told: more help nobody.
const MOST: usize = 200;

/// Finds it.
pub async fn find(app: Arc<App>, who: Who, (): (), query: FindQuery) -> Result<Found, ApiError> {
    let Some(sought) = Sought::read(&query.text) else { return Ok(Found::default()) };
    let mut servers = app.fleet.all();
    servers.retain(|status| who.sees(&status.server.id));
    let named = servers.iter().filter(|status| sought.occurs_in(&status.server.name)).map(|status| Hit {
        server: status.server.id.clone(),
        family: None,
        what: HitKind::Server,
    });
    let mut hits: Vec<Hit> = named.collect();
    let daemons: Vec<(ServerId, Family)> = servers
        .iter()
        .flat_map(|status| status.daemons.iter().map(|daemon| (status.server.id.clone(), daemon.family)))
        .collect();
    let (mut silent, mut leased) = (Vec::new(), Vec::new());
    if query.leases {
        let asked = daemons.iter().filter_map(|(id, family)| {
            let question = sought.lease_query(*family)?;
            let (app, id, family) = (app.clone(), id.clone(), *family);
            Some(async move { (id.clone(), family, list_leases(app, (id, family), question).await) })
        });
        for (server, family, answer) in join_all(asked).await {
            match answer {
                Ok(page) => {
                    let hit = |lease| Hit {
                        server: server.clone(),
                        family: Some(family),
                        what: HitKind::Lease(lease),
                    };
                    leased.extend(page.leases.into_iter().map(hit));
                }
                Err(error) => silent.push((server, error.body().message.clone())),
            }
        }
    }
    let read = daemons.into_iter().map(|at| {
        let app = app.clone();
        async move { (at.clone(), rows(&app, at).await) }
    });
    for ((server, family), rows) in join_all(read).await {
        match rows {
            Ok((_, _, rows)) => {
                let hit = |what| Hit { server: server.clone(), family: Some(family), what };
                hits.extend(sought.in_rows(family, rows).into_iter().map(hit));
            }
            Err(error) => silent.push((server, error.body().message.clone())),
        }
    }
    hits.splice(0..0, leased);
    let more = hits.len().saturating_sub(MOST);
    hits.truncate(MOST);
    silent.sort();
    silent.dedup();
    Ok(Found { read_as: sought.read_as(), spelled: sought.spelled(), hits, more, silent })
}
