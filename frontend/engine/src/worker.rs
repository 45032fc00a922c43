//! The desk as the worker's JavaScript sees it.

use crate::{Ask, Desk};
use js_sys::{Array, JsString};
use wasm_bindgen::{JsCast as _, prelude::wasm_bindgen};

/// The desk, with JSON in and out.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Engine(Desk);

#[wasm_bindgen]
impl Engine {
    /// An empty desk.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        console_error_panic_hook::set_once();
        Self::default()
    }

    /// Takes `Settings`.
    pub fn configure(&mut self, settings: &str) {
        if let Ok(settings) = serde_json::from_str(settings) {
            self.0.configure(settings);
        }
    }

    /// Puts a text on the desk.
    pub fn open(&mut self, text: String) {
        self.0.open(text);
    }

    /// Changes the text: a flat list `from, to, text, …` in the order of the text, counted in the text as it was.
    pub fn edit(&mut self, changes: &Array) {
        let mut end = changes.length();
        while let Some(start) = end.checked_sub(3) {
            let place = |at| changes.get(at).as_f64().unwrap_or(0.0) as usize;
            let with: String =
                changes.get(start + 2).dyn_into::<JsString>().map(String::from).unwrap_or_default();
            self.0.replace(place(start), place(start + 1), &with);
            end = start;
        }
    }

    /// Gives a `Report` as lines of JSON: the `Summary`, then every `Finding`. The page reads those that it shows.
    pub fn report(&self) -> String {
        let report = self.0.report();
        let mut lines = serde_json::to_string(&report.summary).unwrap_or_default();
        for finding in &report.findings {
            lines.push('\n');
            lines.push_str(&serde_json::to_string(finding).unwrap_or_default());
        }
        lines
    }

    /// Takes an `Ask` and the file that it is about, gives an `Answer`; nothing for what is no question.
    pub fn answer(&self, ask: &str, bytes: &[u8]) -> Option<String> {
        let ask: Ask = serde_json::from_str(ask).ok()?;
        serde_json::to_string(&self.0.answer(&ask, bytes)?).ok()
    }
}
