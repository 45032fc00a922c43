//! The last configuration that was read from each daemon, compressed, in a bounded amount of memory.

use crate::{
    kea::{Packed, Printed},
    memory,
};
use perch_shared::{Family, api::ServerId, config::Config};
use serde::de::DeserializeOwned;
use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// How many bytes are kept at most. A configuration of a thousand subnets takes some 20 KB.
const LIMIT: usize = 24 << 20;

/// How many times as long a configuration is as what it is compressed to: about.
const RATIO: usize = 20;

/// The last configuration of each daemon.
#[derive(Debug, Default)]
pub struct Bodies(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    bodies: BTreeMap<(ServerId, Family), Body>,
    bytes: usize,
    turn: u64,
}

#[derive(Debug)]
struct Body {
    hash: String,
    packed: Packed,
    turn: u64,
}

impl Bodies {
    /// Keeps a configuration in place of the daemon's earlier one. Where there is no room, those that were kept first
    /// are forgotten.
    pub fn put(&self, server: &ServerId, hash: &str, running: &Printed) {
        let Ok(packed) = Packed::of_printed(running) else { return };
        let key = (server.clone(), running.family);
        let mut kept = self.kept();
        kept.remove(&key);
        kept.turn += 1;
        kept.bytes += packed.size();
        let body = Body { hash: hash.to_owned(), packed, turn: kept.turn };
        kept.bodies.insert(key, body);
        kept.make_room();
    }

    /// The daemon's configuration with this hash, when it is still there.
    pub fn get(&self, server: &ServerId, family: Family, hash: &str) -> Option<Config> {
        self.read(server, family, hash).map(|root| Config { family, root })
    }

    /// How many bytes the JSON of the daemon's configuration with this hash takes, when it is still there.
    pub fn length(&self, server: &ServerId, family: Family, hash: &str) -> Option<usize> {
        let kept = self.kept();
        let body = kept.bodies.get(&(server.clone(), family)).filter(|body| body.hash == hash)?;
        Some(body.packed.length())
    }

    /// What `T` takes of the daemon's configuration with this hash, when it is still there; the rest is passed over.
    pub fn read<T: DeserializeOwned>(&self, server: &ServerId, family: Family, hash: &str) -> Option<T> {
        let packed = {
            let kept = self.kept();
            let body = kept.bodies.get(&(server.clone(), family)).filter(|body| body.hash == hash)?;
            body.packed.clone()
        };
        memory::note(packed.size().saturating_mul(RATIO));
        packed.read().ok()
    }

    /// Forgets a server.
    pub fn forget(&self, server: &ServerId) {
        let mut kept = self.kept();
        for family in Family::ALL {
            kept.remove(&(server.clone(), family));
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn remove(&mut self, key: &(ServerId, Family)) {
        if let Some(body) = self.bodies.remove(key) {
            self.bytes -= body.packed.size();
        }
    }

    fn make_room(&mut self) {
        while self.bytes > LIMIT && self.bodies.len() > 1 {
            let oldest = self.bodies.iter().min_by_key(|(_, body)| body.turn).map(|(key, _)| key.clone());
            let Some(oldest) = oldest else { return };
            self.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kea::RunningConfig;
    use serde_json::json;

    fn id(text: &str) -> ServerId {
        ServerId::new(text).unwrap()
    }

    fn config(text: &str) -> Config {
        Config { family: Family::V4, root: json!({"user-context": {"comment": text}, "subnet4": []}) }
    }

    fn put(bodies: &Bodies, server: &str, hash: &str, text: &str) {
        let running = RunningConfig { config: config(text), hash: hash.to_owned() };
        bodies.put(&id(server), hash, &running.into());
    }

    #[test]
    fn gives_back_what_was_put_in_and_only_that() {
        let bodies = Bodies::default();
        put(&bodies, "a", "1", "zoë");
        put(&bodies, "a", "2", "two");
        assert_eq!(bodies.get(&id("a"), Family::V4, "2"), Some(config("two")));
        assert_eq!(bodies.get(&id("a"), Family::V4, "1"), None, "only the last one");
        assert_eq!(bodies.get(&id("a"), Family::V6, "2"), None);
        bodies.forget(&id("a"));
        assert_eq!(bodies.get(&id("a"), Family::V4, "2"), None);
        assert_eq!(bodies.kept().bytes, 0);
    }

    #[test]
    fn is_bounded() {
        let bodies = Bodies::default();
        // Hexadecimal noise: the digest of a counter, so that it does not compress to nothing.
        let noise = |seed: usize| {
            use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
            let hasher = BuildHasherDefault::<DefaultHasher>::default();
            (0..200_000).map(|number| format!("{:016x}", hasher.hash_one((seed, number)))).collect::<String>()
        };
        for seed in 0..20 {
            put(&bodies, &format!("s{seed}"), "1", &noise(seed));
        }
        let kept = bodies.kept();
        assert!(kept.bytes <= LIMIT && kept.bodies.len() > 5, "{} {}", kept.bytes, kept.bodies.len());
        assert!(kept.bodies.contains_key(&(id("s19"), Family::V4)), "the last one stays");
        assert!(!kept.bodies.contains_key(&(id("s0"), Family::V4)), "the first one goes");
    }
}
