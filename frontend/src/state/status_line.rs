//! One short message about something that just happened, said once and gone after a few seconds.

use leptos::{leptos_dom::helpers::set_timeout, prelude::*};
use std::time::Duration;

const SHOWN: Duration = Duration::from_secs(5);

/// The message, and a count that tells messages apart.
#[derive(Debug, Clone, Copy, Default)]
pub struct StatusLine(RwSignal<(u32, String)>);

impl StatusLine {
    /// Says something for a few seconds.
    pub fn say(self, text: impl Into<String>) {
        let text = text.into();
        let Some(turn) = self.0.try_update(|(turn, said)| {
            *said = text;
            *turn = turn.wrapping_add(1);
            *turn
        }) else {
            return;
        };
        let clear = move || {
            self.0.maybe_update(|(now, said)| {
                let mine = *now == turn;
                if mine {
                    said.clear();
                }
                mine
            });
        };
        set_timeout(clear, SHOWN);
    }

    /// The message; empty when there is none.
    pub fn text(self) -> String {
        self.0.with(|(_, text)| text.clone())
    }
}
