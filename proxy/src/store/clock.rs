//! Names for changes that only grow, whatever the clock does.

use super::durable::{chance, hex};
use jiff::Timestamp;
use perch_shared::api::ChangeId;
use std::{
    io,
    sync::{Mutex, PoisonError},
};

/// Gives each change a name.
#[derive(Debug, Default)]
pub(super) struct Clock {
    /// Milliseconds of the last name.
    last: Mutex<i64>,
}

impl Clock {
    /// A name that is greater than each before it.
    pub(super) fn name(&self) -> io::Result<ChangeId> {
        let millis = {
            let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
            *last = Timestamp::now().as_millisecond().max(*last + 1);
            *last
        };
        let stamp = Timestamp::from_millisecond(millis).map_err(io::Error::other)?;
        let text = format!("{}-{}", stamp.strftime("%Y%m%d-%H%M%S-%3f"), hex(&chance::<2>()?));
        ChangeId::new(text).map_err(io::Error::other)
    }

    /// Goes on after a name from an earlier run.
    pub(super) fn seen(&self, id: &ChangeId) {
        let Some(millis) = millis(id) else { return };
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = millis.max(*last);
    }
}

/// The milliseconds in a name.
fn millis(id: &ChangeId) -> Option<i64> {
    let (stamp, _) = id.as_str().rsplit_once('-')?;
    let civil = jiff::civil::DateTime::strptime("%Y%m%d-%H%M%S-%3f", stamp).ok()?;
    Some(civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_millisecond())
}

/// Now: UTC as RFC 3339, with milliseconds.
pub(super) fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_grow_although_the_clock_was_set_back() {
        let clock = Clock::default();
        let future = ChangeId::new("29991231-235959-998-abcd").unwrap();
        clock.seen(&future);
        let names: Vec<_> = (0..3).map(|_| clock.name().unwrap()).collect();
        assert!(future < names[0] && names.is_sorted(), "{names:?}");
        assert!(names[0].as_str().starts_with("29991231-235959-999-"), "{names:?}");
        assert!(names[1].as_str().starts_with("30000101-000000-000-"), "{names:?}");
    }
}
