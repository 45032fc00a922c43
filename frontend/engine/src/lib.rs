//! The engine as the page uses it: a worker beside the page holds the text, says what is wrong with it, and answers
//! questions about it. Places are counted as the browser counts them: in UTF-16 units.

mod bench;
mod desk;
mod inside;
mod places;
mod talk;
#[cfg(feature = "worker")]
mod worker;

pub use desk::Desk;
pub use talk::{
    Answer, Ask, CapturedPacket, Change, Example, Finding, Fix, HoverText, LimitText, Offer, OfferItem,
    PacketFields, PacketInfo, PacketText, Place, Report, RuleText, Settings, Step, Subject, Summary, Trace,
    Verdict, message_types,
};
