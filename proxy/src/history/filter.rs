//! Which records are wanted.

use crate::error::ApiError;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use perch_shared::{
    Family,
    api::{ErrorCode, HistoryQuery, Kind, Outcome, Record, ServerId},
};

/// Which records are wanted, ready to be compared.
#[derive(Debug)]
pub(super) struct Filter {
    server: Option<ServerId>,
    family: Option<Family>,
    outcome: Option<Outcome>,
    kind: Option<Kind>,
    object: String,
    user: String,
    words: Vec<String>,
    from: Option<Timestamp>,
    before: Option<Timestamp>,
}

impl Filter {
    /// Reads what is asked for.
    ///
    /// # Errors
    /// 422 when a time cannot be read.
    pub(super) fn new(query: &HistoryQuery) -> Result<Self, ApiError> {
        Ok(Self {
            server: query.server.clone(),
            family: query.family,
            outcome: query.outcome,
            kind: query.kind,
            object: query.object.clone(),
            user: query.user.to_lowercase(),
            words: query.text.to_lowercase().split_whitespace().map(str::to_owned).collect(),
            from: moment("from", &query.from, false)?,
            before: moment("to", &query.to, true)?,
        })
    }

    /// What every wanted record's line contains.
    pub(super) fn word(&self) -> String {
        self.server.as_ref().map(|server| format!("\"{server}\"")).unwrap_or_default()
    }

    pub(super) fn wants(&self, record: &Record) -> bool {
        self.outcome.is_none_or(|outcome| outcome == record.outcome)
            && self.kind.is_none_or(|kind| kind == record.kind)
            && (self.user.is_empty() || record.who.user.to_lowercase() == self.user)
            && self.wants_place(record)
            && self.wants_object(record)
            && self.wants_time(record)
            && self.wants_words(record)
    }

    fn wants_place(&self, record: &Record) -> bool {
        let everywhere = self.server.is_none() && self.family.is_none();
        everywhere
            || record.places.iter().any(|place| {
                self.server.as_ref().is_none_or(|server| *server == place.server)
                    && (self.family.is_none() || place.family == self.family)
            })
    }

    /// What is in the object, and what the object is in.
    fn wants_object(&self, record: &Record) -> bool {
        let object = self.object.as_str();
        object.is_empty()
            || record.touches.iter().any(|place| is_within(place, object) || is_within(object, place))
    }

    fn wants_time(&self, record: &Record) -> bool {
        if self.from.is_none() && self.before.is_none() {
            return true;
        }
        let Ok(time) = record.time.parse::<Timestamp>() else { return false };
        self.from.is_none_or(|from| time >= from) && self.before.is_none_or(|before| time < before)
    }

    fn wants_words(&self, record: &Record) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let places = record.places.iter().flat_map(|place| [place.server.as_str(), place.text.as_str()]);
        let texts = record.sentences.iter().map(String::as_str).chain(places);
        let texts = texts.chain([record.comment.as_str(), record.who.user.as_str(), record.id.as_str()]);
        let text = texts.collect::<Vec<_>>().join("\n").to_lowercase();
        self.words.iter().all(|word| text.contains(word))
    }
}

/// Whether a place is the object or in it: `subnet4[a].pools[b]` is in `subnet4[a]`, `subnet4[ab]` is not.
fn is_within(place: &str, object: &str) -> bool {
    place.strip_prefix(object).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// A day or a moment. `after` is the end of a day.
fn moment(name: &str, text: &str, after: bool) -> Result<Option<Timestamp>, ApiError> {
    if text.is_empty() {
        return Ok(None);
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(Some(moment));
    }
    let day = text.parse::<Date>().and_then(|day| if after { day.tomorrow() } else { Ok(day) });
    let moment = day.and_then(|day| Ok(day.to_zoned(TimeZone::UTC)?.timestamp()));
    moment.map(Some).map_err(|_| {
        ApiError::new(ErrorCode::Invalid, format!("`{name}` is not a day or a moment: `{text}`."))
            .help("Write `2026-11-24` or `2026-11-24T03:15:00Z`.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_found_by_what_is_in_it() {
        for (place, object, within) in [
            ("subnet4[10.0.0.0/8].pools[a]", "subnet4[10.0.0.0/8]", true),
            ("subnet4[10.0.0.0/8]", "subnet4[10.0.0.0/8]", true),
            ("subnet4[10.0.0.0/8]", "subnet4", true),
            ("subnet4[10.0.0.0/8]", "subnet4[10.0.0.0/8].pools[a]", false),
            ("option-data[routers]", "option-data[router", false),
            ("valid-lifetime-x", "valid-lifetime", false),
        ] {
            assert_eq!(is_within(place, object), within, "{place} in {object}");
        }
    }

    #[test]
    fn a_day_has_a_beginning_and_an_end() {
        let text = |text: &str, after| moment("from", text, after).unwrap().unwrap().to_string();
        assert_eq!(text("2026-11-24", false), "2026-11-24T00:00:00Z");
        assert_eq!(text("2026-11-24", true), "2026-11-25T00:00:00Z");
        assert_eq!(text("2026-11-24T03:15:00+01:00", true), "2026-11-24T02:15:00Z");
        assert!(moment("from", "soon", false).is_err());
    }
}
