//! What a person does in the page, in a real browser, with real Kea daemons and with the demo fleet.

mod demo;
mod looks;
mod playground;
mod real;
mod walk;
mod weight;
