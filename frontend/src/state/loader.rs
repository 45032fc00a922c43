//! One thing that is fetched: its last answer, its last failure, and whether it is being asked for.

use crate::api::Failure;
use leptos::{prelude::*, task::spawn_local};

/// Fetches one thing, again and again. The last good answer stays while a newer one is on its way and when that
/// fails, so that nothing flickers; an answer equal to the last one changes nothing on the screen.
#[derive(Debug)]
pub struct Loader<T: Send + Sync + 'static> {
    answer: RwSignal<Option<T>>,
    failure: RwSignal<Option<Failure>>,
    busy: RwSignal<bool>,
    turn: StoredValue<u32>,
}

impl<T: Send + Sync + 'static> Clone for Loader<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Loader<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Default for Loader<T> {
    fn default() -> Self {
        Self {
            answer: RwSignal::new(None),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            turn: StoredValue::new(0),
        }
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Loader<T> {
    /// The last good answer.
    pub fn answer(self) -> RwSignal<Option<T>> {
        self.answer
    }

    /// Why the last request failed; `None` when it did not.
    pub fn failure(self) -> RwSignal<Option<Failure>> {
        self.failure
    }

    /// Whether an answer is on its way.
    pub fn busy(self) -> RwSignal<bool> {
        self.busy
    }

    /// Waits for `request` and keeps what comes of it, unless a later request was begun meanwhile.
    pub fn run(self, request: impl Future<Output = Result<T, Failure>> + 'static) {
        let turn = self.turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        });
        self.busy.set(true);
        spawn_local(async move {
            let result = request.await;
            if self.turn.try_get_value() == turn {
                self.keep(result);
            }
        });
    }

    fn keep(self, result: Result<T, Failure>) {
        match result {
            Ok(answer) => {
                set_if_new(self.answer, Some(answer));
                set_if_new(self.failure, None);
            }
            Err(failure) => set_if_new(self.failure, Some(failure)),
        }
        self.busy.set(false);
    }
}

fn set_if_new<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    signal.maybe_update(|old| {
        let new = *old != value;
        if new {
            *old = value;
        }
        new
    });
}
