//! What Perch tells while it happens: every page hears of it, and what it shows is read again.

use super::Fleet;
use crate::{api::Api, browser};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::api::{Endpoint, Event, StreamEvents};
use std::time::Duration;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{EventSource, MessageEvent};

/// How long events are gathered before the fleet is asked for again.
const GATHER: Duration = Duration::from_millis(150);

/// How long to wait before listening again where the browser has given up.
const AGAIN: Duration = Duration::from_secs(5);

/// What happened last.
#[derive(Debug, Clone, Copy)]
pub struct Events {
    last: RwSignal<(u32, Option<Event>)>,
    due: StoredValue<bool>,
    source: StoredValue<Option<Source>, LocalStorage>,
    api: Api,
    fleet: Fleet,
}

/// The stream, and what it calls.
#[derive(Debug)]
struct Source {
    stream: EventSource,
    _heard: Closure<dyn Fn(MessageEvent)>,
    _failed: Closure<dyn Fn()>,
}

impl Drop for Source {
    fn drop(&mut self) {
        self.stream.close();
    }
}

impl Events {
    /// Listens for as long as the page is open, and keeps the fleet fresh.
    pub fn follow(api: Api, fleet: Fleet) -> Self {
        let (last, due) = (RwSignal::new((0, None)), StoredValue::new(false));
        let events = Self { last, due, source: StoredValue::new_local(None), api, fleet };
        events.listen();
        // A browser keeps six connections to a host at most, those of pages that it keeps for Back among them.
        browser::on_leave(move || {
            let _ = events.source.try_set_value(None);
        });
        browser::on_visible(move || {
            if events.source.with_value(Option::is_none) && !events.api.locked().get_untracked() {
                events.listen();
                events.fleet.reload();
            }
        });
        events
    }

    /// What happened last, with a number that tells two alike apart.
    pub fn last(self) -> Signal<(u32, Option<Event>)> {
        self.last.into()
    }

    fn listen(self) {
        let Ok(stream) = EventSource::new(&StreamEvents::path(&())) else { return };
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            let event = message.data().as_string().and_then(|text| serde_json::from_str::<Event>(&text).ok());
            event.into_iter().for_each(|event| self.take(event));
        });
        stream.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        let ended = stream.clone();
        let failed = Closure::<dyn Fn()>::new(move || {
            // The browser tries again by itself unless Perch refused.
            if ended.ready_state() == EventSource::CLOSED {
                spawn_local(self.listen_again());
            }
        });
        stream.set_onerror(Some(failed.as_ref().unchecked_ref()));
        self.source.set_value(Some(Source { stream, _heard: heard, _failed: failed }));
    }

    /// Waits until somebody is signed in.
    async fn listen_again(self) {
        loop {
            browser::pause(AGAIN).await;
            if !self.api.locked().get_untracked() {
                break;
            }
        }
        self.listen();
        self.fleet.reload();
    }

    fn take(self, event: Event) {
        if event == Event::Inventory || event == Event::Missed {
            self.fleet.reload();
        } else {
            self.look_soon();
        }
        self.last.update(|(number, last)| {
            *number = number.wrapping_add(1);
            *last = Some(event);
        });
    }

    fn look_soon(self) {
        if self.due.get_value() {
            return;
        }
        self.due.set_value(true);
        spawn_local(async move {
            browser::pause(GATHER).await;
            self.due.set_value(false);
            self.fleet.look();
        });
    }
}
