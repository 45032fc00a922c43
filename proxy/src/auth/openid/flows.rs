//! Sign-ins that are under way, and why a browser's last one failed. In memory, for ten minutes.

use crate::auth::Digest;
use perch_shared::api::OpenIdFailure;
use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How long a sign-in may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(600);
/// How many are remembered; the oldest goes for another one.
const MOST: usize = 5000;

/// A sign-in under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Flow {
    /// The browser that began it, by the digest of its cookie.
    pub(super) browser: Digest,
    /// What proves to the provider that it is the same one who asks; the nonce is made of it.
    pub(super) verifier: String,
    /// The page to go back to.
    pub(super) to: String,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Flows {
    /// By the digest of `state`.
    under_way: Aging<Digest, Flow>,
    /// By the digest of the browser's cookie.
    failures: Aging<Digest, OpenIdFailure>,
}

impl Flows {
    /// Remembers a sign-in.
    pub(super) fn begin(&self, state: &str, flow: Flow, now: Instant) {
        self.failures.take(&flow.browser, now);
        self.under_way.put(Digest::of(state), flow, now);
    }

    /// The sign-in of a browser that comes back. It is over with that.
    pub(super) fn take(&self, state: &str, browser: Digest, now: Instant) -> Option<Flow> {
        self.under_way.take(&Digest::of(state), now).filter(|flow| flow.browser == browser)
    }

    /// Remembers why a browser's sign-in failed.
    pub(super) fn failed(&self, browser: Digest, failure: OpenIdFailure, now: Instant) {
        self.failures.put(browser, failure, now);
    }

    /// Why a browser's last sign-in failed.
    pub(super) fn failure(&self, browser: &Digest, now: Instant) -> Option<OpenIdFailure> {
        self.failures.get(browser, now)
    }
}

/// A map that forgets.
#[derive(Debug)]
struct Aging<K, V>(Mutex<HashMap<K, (Instant, V)>>);

impl<K, V> Default for Aging<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Copy + Eq + Hash, V: Clone> Aging<K, V> {
    fn put(&self, key: K, value: V, now: Instant) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.retain(|_, (began, _)| lasts(*began, now));
        }
        if known.len() >= MOST
            && let Some(oldest) = known.iter().min_by_key(|(_, (began, _))| *began).map(|(key, _)| *key)
        {
            known.remove(&oldest);
        }
        known.insert(key, (now, value));
    }

    fn take(&self, key: &K, now: Instant) -> Option<V> {
        let taken = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
        taken.filter(|(began, _)| lasts(*began, now)).map(|(_, value)| value)
    }

    fn get(&self, key: &K, now: Instant) -> Option<V> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(key).filter(|(began, _)| lasts(*began, now)).map(|(_, value)| value.clone())
    }
}

fn lasts(began: Instant, now: Instant) -> bool {
    now.saturating_duration_since(began) < PATIENCE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(browser: &str) -> Flow {
        Flow { browser: Digest::of(browser), verifier: "v".into(), to: "/".into() }
    }

    #[test]
    fn a_sign_in_belongs_to_its_browser_once_and_for_a_while() {
        let (flows, now) = (Flows::default(), Instant::now());
        let begin = || flows.begin("state", flow("mine"), now);
        begin();
        assert!(flows.take("other", Digest::of("mine"), now).is_none());
        assert!(flows.take("state", Digest::of("mine"), now).is_some());
        assert!(flows.take("state", Digest::of("mine"), now).is_none(), "once");
        begin();
        assert!(flows.take("state", Digest::of("theirs"), now).is_none());
        assert!(flows.take("state", Digest::of("mine"), now).is_none(), "whoever tries it ends it");
        begin();
        assert!(flows.take("state", Digest::of("mine"), now + PATIENCE).is_none());
    }

    #[test]
    fn memory_is_limited() {
        let (flows, now) = (Flows::default(), Instant::now());
        for number in 0..MOST + 10 {
            flows.begin(&number.to_string(), flow("mine"), now + Duration::from_millis(number as u64));
        }
        assert_eq!(flows.under_way.0.lock().unwrap().len(), MOST);
        let now = now + Duration::from_secs(10);
        assert!(flows.take("0", Digest::of("mine"), now).is_none());
        assert!(flows.take(&MOST.to_string(), Digest::of("mine"), now).is_some());
    }
}
