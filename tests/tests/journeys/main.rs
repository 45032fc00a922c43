//! What a person does in the page, in a real browser, with real Kea daemons and with the demo fleet.

mod access;
mod classes;
mod console;
mod demo;
mod every_page;
mod global;
mod global_class;
mod history;
mod keyboard;
mod looks;
mod networks;
mod pace;
mod pairs;
mod people;
mod playground;
mod playground_alone;
mod playground_keys;
mod real;
mod scopes;
mod states;
mod walk;
mod weight;
