//! A packet that an expression is tried on, and what the one makes of the other.

mod fields;
mod packet;
mod trace;

pub use packet::PacketEntry;
pub use trace::TraceView;

use crate::state::Engine;
use leptos::{prelude::*, task::spawn_local};
use perch_engine::{Answer, Ask, PacketText, Trace};
use perch_shared::KeaVersion;

/// What all parts of the bench share.
#[derive(Debug, Clone, Copy)]
pub struct PacketBench {
    /// The daemon's version.
    pub kea: Signal<KeaVersion>,
    /// The engine with the expression.
    pub engine: Engine,
    /// The packet.
    pub packet: RwSignal<PacketText>,
}

impl PacketBench {
    /// What the expression makes of the packet, told again whenever one of them changes. `None`: there is no packet yet.
    pub fn traced(self) -> RwSignal<Option<Result<Trace, String>>> {
        let trace = RwSignal::new(None);
        Effect::new(move |_| {
            let packet = self.packet.get();
            // Once the engine has read what was typed.
            if !self.engine.is_current().get() {
                return;
            }
            spawn_local(async move {
                if packet.hex.trim().is_empty() {
                    trace.try_set(None);
                } else if let Some(Answer::Trace(told)) = self.engine.ask(Ask::Trace(packet)).await {
                    trace.try_set(Some(told));
                }
            });
        });
        trace
    }
}
