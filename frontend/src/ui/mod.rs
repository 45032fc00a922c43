//! Building blocks that know nothing of servers or DHCP: they depend on Leptos and the browser only.

mod code;
mod combobox;
mod copy;
mod count;
mod dialog;
mod duration;
mod field;
mod icon;
mod line_diff;
mod markdown;
mod menu;
mod meter;
mod moment;
mod notice;
mod prose;
mod select;
mod table;

pub use code::{CodeEditor, EditorCalls, EditorHandle, HoverText, Later, Offer, OfferItem, TextChange};
pub use combobox::{Choice, Combobox};
pub use copy::CopyButton;
pub use count::{count, counted};
pub use dialog::Dialog;
pub use duration::duration;
pub use field::{Check, Segments, TextField};
pub use icon::{Glyph, icon};
pub use line_diff::LineDiff;
pub use markdown::markdown;
pub use menu::{Menu, MenuItem};
pub use meter::{Meter, percent};
pub use moment::{ago, clock, day, exact, moment, seconds_since};
pub use notice::{Notice, Tone};
pub use prose::{capital, prose, remedy};
pub use select::Select;
pub use table::{Column, Columns, Selection, Sort, Table, TableRow};
