//! How often somebody may try a password: a delay that grows with every failure, for each user and each address.

use super::Digest;
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// After this long without an attempt, failures are forgotten.
const FORGOTTEN: Duration = Duration::from_secs(900);
/// How many users and addresses are remembered.
const MOST: usize = 20_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    /// A user's name, there or not: names are not kept.
    User(Digest),
    /// An IPv4 address, or an IPv6 network of 64 bits, which one customer has.
    Address(IpAddr),
}

impl Key {
    /// How many failures cost nothing, and the longest delay. A user's is short, so that nobody can be locked out for
    /// long by others who guess.
    const fn limits(self) -> (u32, Duration) {
        match self {
            Self::User(_) => (5, Duration::from_secs(60)),
            Self::Address(_) => (10, FORGOTTEN),
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: Instant,
}

/// The failures of late.
#[derive(Debug, Default)]
pub struct Attempts(Mutex<HashMap<Key, Failures>>);

impl Attempts {
    /// Takes the turn to try one password; it counts as failed until [`Self::succeeded`].
    ///
    /// # Errors
    /// How long to wait before the next one.
    pub fn begin(&self, user: &str, address: Option<IpAddr>, now: Instant) -> Result<(), Duration> {
        let keys = keys(user, address);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = keys.iter().filter_map(|key| wait(*key, *known.get(key)?, now)).max();
        if let Some(wait) = wait {
            return Err(wait);
        }
        make_room(&mut known, now);
        for key in keys {
            let failures = known.entry(key).or_insert(Failures { count: 0, last: now });
            let old = now.saturating_duration_since(failures.last) >= FORGOTTEN;
            failures.count = if old { 1 } else { failures.count.saturating_add(1) };
            failures.last = now;
        }
        Ok(())
    }

    /// The password was right. The address keeps its failures but this one: whoever has one account could otherwise
    /// try others for ever.
    pub fn succeeded(&self, user: &str, address: Option<IpAddr>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys(user, address) {
            match key {
                Key::User(_) => drop(known.remove(&key)),
                Key::Address(_) => {
                    if let Some(failures) = known.get_mut(&key) {
                        failures.count = failures.count.saturating_sub(1);
                    }
                }
            }
        }
    }
}

fn keys(user: &str, address: Option<IpAddr>) -> Vec<Key> {
    let network = |address: IpAddr| match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
    };
    let address = address.map(|address| Key::Address(network(address)));
    [Some(Key::User(Digest::of(user))), address].into_iter().flatten().collect()
}

fn wait(key: Key, failures: Failures, now: Instant) -> Option<Duration> {
    let (free, longest) = key.limits();
    let over = failures.count.checked_sub(free)?;
    let delay = Duration::from_secs(1u64 << over.min(20)).min(longest);
    delay.checked_sub(now.saturating_duration_since(failures.last)).filter(|left| !left.is_zero())
}

fn make_room(known: &mut HashMap<Key, Failures>, now: Instant) {
    if known.len() < MOST {
        return;
    }
    known.retain(|_, failures| now.saturating_duration_since(failures.last) < FORGOTTEN);
    if known.len() >= MOST {
        // Somebody tries from very many places at once: those that cost nothing yet are the ones to forget.
        known.retain(|key, failures| failures.count >= key.limits().0);
    }
    if known.len() >= MOST {
        known.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn the_delay_grows_and_ends() {
        let (attempts, mut now) = (Attempts::default(), Instant::now());
        for _ in 0..5 {
            assert_eq!(attempts.begin("ada", None, now), Ok(()));
        }
        for seconds in [1, 2, 4, 8, 16, 32, 60, 60] {
            assert_eq!(attempts.begin("ada", None, now), Err(SECOND * seconds));
            now += SECOND * seconds;
            assert_eq!(attempts.begin("ada", None, now), Ok(()));
        }
        assert_eq!(attempts.begin("bob", None, now), Ok(()), "somebody else does not wait");
        attempts.succeeded("ada", None);
        assert_eq!(attempts.begin("ada", None, now), Ok(()));
    }

    #[test]
    fn an_address_that_tries_many_names_waits() {
        let (attempts, now) = (Attempts::default(), Instant::now());
        let address = |text: &str| Some(text.parse().unwrap());
        for number in 0..10 {
            assert_eq!(attempts.begin(&format!("user-{number}"), address("2001:db8::1"), now), Ok(()));
        }
        assert!(attempts.begin("ada", address("2001:db8::2"), now).is_err(), "the same network");
        assert_eq!(attempts.begin("ada", address("2001:db8:0:1::1"), now), Ok(()), "another one");
        attempts.succeeded("user-9", address("2001:db8::1"));
        for _ in 0..9 {
            let _ = attempts.begin("user-9", address("2001:db8::1"), now);
            attempts.succeeded("user-9", address("2001:db8::1"));
        }
        assert_eq!(attempts.begin("ada", address("2001:db8::1"), now), Ok(()));
        assert!(attempts.begin("bob", address("2001:db8::1"), now).is_err(), "one account opens no others");
        assert_eq!(attempts.begin("bob", address("2001:db8::1"), now + FORGOTTEN), Ok(()));
    }

    #[test]
    fn memory_is_limited() {
        let (attempts, now) = (Attempts::default(), Instant::now());
        for number in 0..(MOST + 10) {
            let _ = attempts.begin(&number.to_string(), None, now);
        }
        assert!(attempts.0.lock().unwrap().len() <= MOST);
    }
}
