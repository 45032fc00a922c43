//! What a person does in the page, in a real browser, with real Kea daemons and with the demo fleet.

mod console;
mod demo;
mod looks;
mod pace;
mod playground;
mod playground_alone;
mod playground_keys;
mod real;
mod walk;
mod weight;
