//! The list of what was done.

use super::filter::Filter;
use crate::{
    auth::Who,
    error::ApiError,
    store::{Archive, Search},
};
use perch_shared::api::{HistoryPage, HistoryQuery, Record};
use std::ops::ControlFlow;

/// How many records a page has when nobody says how many.
const PAGE: u64 = 50;

/// How many records a page has at most.
const LONGEST: u64 = 500;

/// How many bytes of the history one request goes through at most.
pub(super) const SEARCHED: usize = 32 << 20;

/// How many sentences and objects of a record are listed; the rest is shown with the change itself.
const LISTED: usize = 20;

/// A page of the history, the latest first.
///
/// # Errors
/// When the query cannot be understood, or the history cannot be read.
pub fn list(archive: &Archive, who: &Who, query: &HistoryQuery) -> Result<HistoryPage, ApiError> {
    let filter = Filter::new(query)?;
    let limit = length(query.limit);
    let mut records = Vec::new();
    let search = Search { before: query.before, word: &filter.word(), bytes: SEARCHED };
    let next = archive.audit.scan(search, |record| {
        records.extend(seen(record, who).filter(|record| filter.wants(record)).map(short));
        if records.len() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    let damage = archive.audit.found().breaks.iter().map(ToString::to_string).collect();
    Ok(HistoryPage { records, next, damage })
}

/// How long a page is.
pub(super) fn length(limit: Option<u64>) -> usize {
    limit.unwrap_or(PAGE).clamp(1, LONGEST) as usize
}

/// What somebody may see of a record: whoever is limited to some servers sees what happened there.
pub(super) fn seen(mut record: Record, who: &Who) -> Option<Record> {
    if who.servers.is_none() {
        return Some(record);
    }
    record.places.retain(|place| who.sees(&place.server));
    (!record.places.is_empty()).then_some(record)
}

fn short(mut record: Record) -> Record {
    record.more += record.sentences.len().saturating_sub(LISTED);
    record.sentences.truncate(LISTED);
    record.touches.truncate(LISTED);
    record
}
