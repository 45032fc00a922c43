//! The events of this run: the latest are kept, so that a page that was away can be told what it missed.

use crate::auth::Who;
use perch_shared::api::{Event, ServerId};
use std::{
    collections::VecDeque,
    hash::{BuildHasher, RandomState},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// How many events are kept.
const KEPT: usize = 1024;

/// How many listeners there may be at once.
const LISTENERS: usize = 256;

/// The events of this run.
#[derive(Debug)]
pub struct Events {
    /// Differs between runs, so that an id of an earlier run is not taken for one of this run.
    run: u32,
    ring: Mutex<Ring>,
    /// The number that the next event will have.
    head: watch::Sender<u64>,
    listeners: Arc<Semaphore>,
}

#[derive(Debug, Default)]
struct Ring {
    next: u64,
    kept: VecDeque<Kept>,
}

/// One event.
#[derive(Debug)]
struct Kept {
    json: Arc<str>,
    /// The servers that it is about; none: it is for everybody.
    about: Box<[ServerId]>,
}

/// What is new for a listener.
#[derive(Debug, PartialEq, Eq)]
pub struct News {
    /// The events as JSON with their ids; the oldest first.
    pub events: Vec<(String, Arc<str>)>,
    /// Whether events were lost before these.
    pub missed: bool,
}

/// One who listens. There are at most 256; dropping it makes room for another.
#[derive(Debug)]
pub struct Listener {
    events: Arc<Events>,
    /// Who listens.
    who: Who,
    next: u64,
    missed: bool,
    head: watch::Receiver<u64>,
    _room: OwnedSemaphorePermit,
}

impl Default for Events {
    fn default() -> Self {
        Self {
            run: RandomState::new().hash_one("events") as u32,
            ring: Mutex::default(),
            head: watch::Sender::new(0),
            listeners: Arc::new(Semaphore::new(LISTENERS)),
        }
    }
}

impl Events {
    /// Tells everybody who may see one of the servers that it is about.
    pub fn publish(&self, event: &Event) {
        let about = match event {
            Event::Server { server, .. }
            | Event::Configuration { server, .. }
            | Event::Change { server, .. } => {
                vec![server.clone()]
            }
            Event::Inventory | Event::Pair { .. } | Event::Missed => Vec::new(),
        };
        self.publish_about(event, about);
    }

    /// Tells everybody who may see one of these servers; all, when there are none.
    pub fn publish_about(&self, event: &Event, about: Vec<ServerId>) {
        let Ok(json) = serde_json::to_string(event) else { return };
        let next = {
            let mut ring = self.ring();
            ring.kept.push_back(Kept { json: json.into(), about: about.into() });
            while ring.kept.len() > KEPT {
                ring.kept.pop_front();
            }
            ring.next += 1;
            ring.next
        };
        self.head.send_replace(next);
    }

    /// Listens from now on, or from behind the event with the id `last`; `None`: too many listen.
    pub fn listen(self: &Arc<Self>, who: Who, last: Option<&str>) -> Option<Listener> {
        let room = self.listeners.clone().try_acquire_owned().ok()?;
        let now = self.ring().next;
        let known = last.map(|last| self.number(last).filter(|number| *number < now));
        Some(Listener {
            events: self.clone(),
            who,
            next: known.flatten().map_or(now, |last| last + 1),
            missed: known == Some(None),
            head: self.head.subscribe(),
            _room: room,
        })
    }

    /// How many listen.
    pub fn listeners(&self) -> usize {
        LISTENERS.saturating_sub(self.listeners.available_permits())
    }

    fn number(&self, id: &str) -> Option<u64> {
        let (run, number) = id.split_once('-')?;
        (u32::from_str_radix(run, 16).ok()? == self.run).then(|| number.parse().ok())?
    }

    fn id(&self, number: u64) -> String {
        format!("{:08x}-{number}", self.run)
    }

    fn ring(&self) -> MutexGuard<'_, Ring> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn is_for(&self, who: &Who) -> bool {
        self.about.is_empty() || self.about.iter().any(|server| who.sees(server))
    }
}

impl Listener {
    /// What is new, at once when there is something, else as soon as there is.
    pub async fn news(&mut self) -> News {
        loop {
            self.head.mark_unchanged();
            let news = self.take();
            if news.missed || !news.events.is_empty() {
                return news;
            }
            if self.head.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    fn take(&mut self) -> News {
        let ring = self.events.ring();
        let oldest = ring.next.saturating_sub(u64::try_from(ring.kept.len()).unwrap_or(u64::MAX));
        let missed = std::mem::take(&mut self.missed) || self.next < oldest;
        let first = self.next.max(oldest);
        let skipped = usize::try_from(first - oldest).unwrap_or(usize::MAX);
        let kept = (first..).zip(ring.kept.iter().skip(skipped));
        let seen = kept.filter(|(_, kept)| kept.is_for(&self.who));
        let events = seen.map(|(number, kept)| (self.events.id(number), kept.json.clone())).collect();
        self.next = ring.next;
        News { events, missed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use perch_shared::api::DaemonState;

    fn publish(events: &Events, count: usize) {
        for _ in 0..count {
            events.publish(&Event::Inventory);
        }
    }

    #[tokio::test]
    async fn a_listener_hears_what_comes_and_resumes_where_it_was() {
        let events = Arc::new(Events::default());
        publish(&events, 1);
        let mut listener = events.listen(Who::local(), None).unwrap();
        publish(&events, 2);
        let News { events: heard, missed } = listener.news().await;
        assert_eq!((heard.len(), missed), (2, false));
        let mut resumed = events.listen(Who::local(), Some(&heard[0].0)).unwrap();
        assert_eq!(resumed.news().await, News { events: vec![heard[1].clone()], missed: false });
    }

    #[tokio::test]
    async fn who_was_away_too_long_is_told_so() {
        let events = Arc::new(Events::default());
        publish(&events, 1);
        let first = events.id(0);
        publish(&events, KEPT + 5);
        let News { events: heard, missed } = events.listen(Who::local(), Some(&first)).unwrap().news().await;
        assert_eq!((heard.len(), missed), (KEPT, true));
        for odd in ["", "x", "00000000-1", "-", &events.id(u64::MAX), &events.id(9_999)] {
            assert!(events.listen(Who::local(), Some(odd)).unwrap().news().await.missed, "{odd}");
        }
    }

    #[tokio::test]
    async fn a_slow_listener_costs_nothing_and_is_told() {
        let events = Arc::new(Events::default());
        let mut slow = events.listen(Who::local(), None).unwrap();
        publish(&events, KEPT * 2);
        let News { events: heard, missed } = slow.news().await;
        assert_eq!((heard.len(), missed), (KEPT, true));
    }

    #[tokio::test]
    async fn who_is_limited_hears_of_their_servers_only() {
        let events = Arc::new(Events::default());
        let id = |text| ServerId::new(text).unwrap();
        let mut who = Who::local();
        who.servers = Some([id("a")].into());
        let mut limited = events.listen(who, None).unwrap();
        for server in ["b", "a"] {
            events.publish(&Event::Server { server: id(server), state: DaemonState::Ok });
        }
        events.publish_about(&Event::Inventory, vec![id("b")]);
        let heard = limited.news().await.events;
        assert_eq!(heard.len(), 1, "{heard:?}");
        assert!(heard[0].1.contains("\"a\""), "{heard:?}");
    }

    #[test]
    fn there_is_a_limit_and_who_leaves_makes_room() {
        let events = Arc::new(Events::default());
        let mut all: Vec<_> = std::iter::from_fn(|| events.listen(Who::local(), None)).collect();
        assert_eq!((all.len(), events.listeners()), (LISTENERS, LISTENERS));
        all.pop();
        assert!(events.listen(Who::local(), None).is_some());
    }
}
