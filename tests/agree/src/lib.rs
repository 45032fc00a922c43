//! Perch's verdicts beside those of real Keas: cases, the daemons that judge them, and what the two disagree on.
//!
//! - [`generate`] writes cases from a seed, [`corpus`] reads those that are kept, [`recorded`] those with old verdicts.
//! - [`kea`] asks real daemons, through both of their readers.
//! - [`run`] compares, [`minimise`] shrinks what differs, [`tally`] counts and prints it.

pub mod case;
pub mod corpus;
pub mod engine;
pub mod fuzz;
pub mod generate;
pub mod kea;
pub mod keep;
pub mod limits;
pub mod minimise;
pub mod node;
pub mod random;
pub mod recorded;
pub mod run;
pub mod shape;
pub mod tally;
