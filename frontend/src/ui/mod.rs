//! Building blocks that know nothing of servers or DHCP: they depend on Leptos and the browser only.

mod combobox;
mod copy;
mod dialog;
mod duration;
mod field;
mod icon;
mod menu;
mod notice;
mod prose;

pub use combobox::{Choice, Combobox};
pub use copy::CopyButton;
pub use dialog::Dialog;
pub use duration::duration;
pub use field::{Check, Segments, TextField};
pub use icon::{Glyph, icon};
pub use menu::{Menu, MenuItem};
pub use notice::{Notice, Tone};
pub use prose::{prose, remedy};
