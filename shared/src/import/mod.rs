//! Reservations out of a table of texts: a CSV file, or what a spreadsheet puts on the clipboard.

mod columns;
mod reservations;
mod table;

pub use reservations::{Deed, Import, ImportLine};
