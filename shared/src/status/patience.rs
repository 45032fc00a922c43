//! How patient partners are with each other: four numbers of their relationship.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// One of the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delay {
    /// Kea's word for it.
    pub key: &'static str,
    /// What Kea takes where it is not set.
    pub default: u32,
    /// What it counts.
    pub unit: &'static str,
    /// What it means.
    pub about: &'static str,
}

impl Delay {
    /// The number that somebody has set in place of Kea's own.
    fn other_than_usual(self, value: Option<&Value>) -> Option<u64> {
        value?.as_u64().filter(|number| *number != u64::from(self.default))
    }
}

/// All of them. Source: <https://kea.readthedocs.io/en/kea-3.0.0/arm/hooks.html#load-balancing-configuration>.
pub const DELAYS: [Delay; 4] = [
    Delay {
        key: "heartbeat-delay",
        default: 10_000,
        unit: "ms",
        about: "How long after one sign of life the next one is sent.",
    },
    Delay {
        key: "max-response-delay",
        default: 60_000,
        unit: "ms",
        about: "How long a partner may be silent before it counts as out of reach.",
    },
    Delay {
        key: "max-ack-delay",
        default: 10_000,
        unit: "ms",
        about: "How long a client may ask a silent partner before it counts as unanswered.",
    },
    Delay {
        key: "max-unacked-clients",
        default: 10,
        unit: "clients",
        about: "How many unanswered clients it takes before the other one serves them. `0`: it does so at once.",
    },
];

/// The numbers as somebody types them, in the order of [`DELAYS`]; empty: as Kea has them by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patience(pub [String; 4]);

impl Patience {
    /// What a relationship says. Kea prints its own numbers where nobody has set others.
    pub(super) fn of(relationship: &Value) -> Self {
        let other = |delay: Delay| delay.other_than_usual(relationship.get(delay.key));
        Self(DELAYS.map(|delay| other(delay).map(|number| number.to_string()).unwrap_or_default()))
    }

    /// Writes it into a relationship.
    pub(super) fn write(&self, relationship: &mut Map<String, Value>) {
        for (delay, text) in DELAYS.iter().zip(&self.0) {
            if let Ok(number) = text.trim().parse::<u32>() {
                relationship.insert(delay.key.to_owned(), json!(number));
            } else if delay.other_than_usual(relationship.get(delay.key)).is_some() {
                relationship.remove(delay.key);
            }
        }
    }

    /// What is wrong with each of them; empty: nothing.
    ///
    /// # Example
    /// ```
    /// use perch_shared::status::Patience;
    /// let patience = |heartbeat: &str, silence: &str| {
    ///     Patience([heartbeat, silence, "", ""].map(str::to_owned)).problems()
    /// };
    /// assert!(patience("", "").iter().all(|problem| problem.is_empty()));
    /// assert!(patience("5 s", "")[0].contains("whole number"));
    /// assert!(patience("20000", "15000")[1].contains("longer than"));
    /// ```
    pub fn problems(&self) -> [&'static str; 4] {
        let [heartbeat, silence, ack, clients] = &self.0;
        let value = |text: &str, delay: Delay| match text.trim() {
            "" => Some(delay.default),
            text => text.parse().ok(),
        };
        let [of_heartbeat, of_silence, of_ack, of_clients] = DELAYS;
        let numbers = (value(heartbeat, of_heartbeat), value(silence, of_silence));
        let wrong = |number: Option<u32>| match number {
            None => "It is a whole number, at most 4294967295.",
            Some(_) => "",
        };
        let short = match numbers {
            (Some(heartbeat), Some(silence)) if silence <= heartbeat => {
                "It has to be longer than `heartbeat-delay`: a healthy partner would be given up."
            }
            (_, silence) => wrong(silence),
        };
        [wrong(numbers.0), short, wrong(value(ack, of_ack)), wrong(value(clients, of_clients))]
    }
}
