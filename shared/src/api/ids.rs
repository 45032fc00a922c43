//! Several subnets, by their ids, as one word: `1-3,7`.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::{fmt, str::FromStr};

/// The ids of subnets: each once, in order, runs of them as their ends. Its text stands in addresses.
///
/// # Example
/// ```
/// use perch_shared::api::Ids;
/// let ids: Ids = [7, 2, 1, 3].into_iter().collect();
/// assert_eq!(ids.to_string(), "1-3,7");
/// assert_eq!("1-3,7".parse(), Ok(ids.clone()));
/// assert!(ids.contains(2) && !ids.contains(4) && ids.len() == 4);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ids(Vec<(u64, u64)>);

/// The text names no ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected ids such as `1-3,7`")]
pub struct NoIds;

impl Ids {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> u64 {
        self.0.iter().map(|(first, last)| last.saturating_sub(*first).saturating_add(1)).sum()
    }

    /// Whether an id is among them.
    pub fn contains(&self, id: u64) -> bool {
        self.0.iter().any(|(first, last)| (first..=last).contains(&&id))
    }
}

impl FromIterator<u64> for Ids {
    fn from_iter<I: IntoIterator<Item = u64>>(ids: I) -> Self {
        Self(joined(ids.into_iter().map(|id| (id, id)).collect()))
    }
}

/// Runs in order; those that meet are one.
fn joined(mut runs: Vec<(u64, u64)>) -> Vec<(u64, u64)> {
    runs.sort_unstable();
    let mut all: Vec<(u64, u64)> = Vec::new();
    for (first, last) in runs {
        match all.last_mut() {
            Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
            _ => all.push((first, last)),
        }
    }
    all
}

impl fmt::Display for Ids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (first, last)) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            if first == last {
                write!(f, "{comma}{first}")?;
            } else {
                write!(f, "{comma}{first}-{last}")?;
            }
        }
        Ok(())
    }
}

impl FromStr for Ids {
    type Err = NoIds;

    fn from_str(text: &str) -> Result<Self, NoIds> {
        let run = |part: &str| {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let (first, last) = (first.parse().map_err(|_| NoIds)?, last.parse().map_err(|_| NoIds)?);
            if first <= last { Ok((first, last)) } else { Err(NoIds) }
        };
        let runs: Vec<(u64, u64)> = text.split(',').map(run).collect::<Result<_, _>>()?;
        Ok(Self(joined(runs)))
    }
}

impl Serialize for Ids {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Ids {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for (text, spelled) in [("7", "7"), ("3,1,2", "1-3"), ("1-3,2-9,11", "1-9,11"), ("5-5", "5")] {
            let ids: Ids = text.parse().unwrap();
            assert_eq!(ids.to_string(), spelled);
            assert_eq!(spelled.parse(), Ok(ids));
        }
        let all: Ids = "0-18446744073709551615".parse().unwrap();
        assert!(all.contains(u64::MAX) && all.len() == u64::MAX);
    }

    #[test]
    fn what_is_no_list_of_ids_is_refused() {
        for text in ["", "x", "1,", "3-1", "-1", "1--2", " 1"] {
            assert_eq!(text.parse::<Ids>(), Err(NoIds), "{text}");
        }
    }
}
