//! The engine in its worker: it is given a text and its changes, and says what is wrong with it.

use crate::browser;
use js_sys::{Array, Function, JsString, Promise};
use leptos::prelude::*;
use perch_engine::{Answer, Ask, Settings, Summary};
use std::collections::BTreeMap;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker};

/// The worker's module.
const MODULE: &str = "worker.js";

/// A worker for one text. It ends with the component that started it.
#[derive(Debug, Clone, Copy)]
pub struct Engine {
    summary: RwSignal<Option<Summary>>,
    findings: RwSignal<Array, LocalStorage>,
    millis: RwSignal<f64>,
    current: RwSignal<bool>,
    failed: RwSignal<bool>,
    desk: StoredValue<Desk, LocalStorage>,
}

/// What the worker's messages call.
type OnMessage = Closure<dyn Fn(MessageEvent)>;

#[derive(Debug)]
struct Desk {
    worker: Option<(Worker, OnMessage)>,
    settings: Settings,
    /// Counts the changes of the text, so that what is said about an older text can be told.
    revision: u32,
    asked: u32,
    waiting: BTreeMap<u32, Function>,
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let Some((worker, _)) = &self.worker {
            worker.terminate();
        }
    }
}

impl Engine {
    /// Starts a worker with no text.
    pub fn start(settings: Settings) -> Self {
        let desk = Desk { worker: None, settings, revision: 0, asked: 0, waiting: BTreeMap::new() };
        let engine = Self {
            summary: RwSignal::new(None),
            findings: RwSignal::new_local(Array::new()),
            millis: RwSignal::new(0.0),
            current: RwSignal::new(true),
            failed: RwSignal::new(false),
            desk: StoredValue::new_local(desk),
        };
        engine.begin();
        on_cleanup(move || {
            engine.desk.try_update_value(|desk| desk.worker.take().map(|(worker, _)| worker.terminate()));
        });
        engine
    }

    /// What there is to say about the whole text; `None` before the first answer.
    pub fn summary(self) -> RwSignal<Option<Summary>> {
        self.summary
    }

    /// What was found in the text: for each `Finding` a string of JSON, in the order of the text. Whoever needs only
    /// some reads only those.
    pub fn findings(self) -> RwSignal<Array, LocalStorage> {
        self.findings
    }

    /// How long the last check took, in milliseconds.
    pub fn millis(self) -> Signal<f64> {
        self.millis.into()
    }

    /// Whether what was found is about the text as it is now.
    pub fn is_current(self) -> Signal<bool> {
        self.current.into()
    }

    /// Whether the engine stopped because of a mistake in it. [`open`](Self::open) starts another one.
    pub fn has_failed(self) -> Signal<bool> {
        self.failed.into()
    }

    /// Says what the text is, and for which Kea it is judged.
    pub fn configure(self, settings: Settings) {
        let text = serde_json::to_string(&settings);
        self.desk.update_value(|desk| desk.settings = settings);
        self.current.set(false);
        if let Ok(text) = text {
            self.post("configure", &[text.into()]);
        }
    }

    /// Takes another text.
    pub fn open(self, text: &JsString) {
        if self.failed.get_untracked() {
            self.begin();
        }
        let revision = self.turn();
        self.post("open", &[revision.into(), text.clone().into()]);
    }

    /// Takes changes of the text: a flat list `from, to, text, …` in the order of the text as it was.
    pub fn edit(self, changes: &Array) {
        let revision = self.turn();
        self.post("edit", &[revision.into(), changes.clone().into()]);
    }

    /// Answers a question about the text as it is now. `None`: the text was changed meanwhile, or the engine stopped.
    pub async fn ask(self, ask: Ask) -> Option<Answer> {
        self.ask_about(ask, &JsValue::UNDEFINED).await
    }

    /// As [`ask`](Self::ask), about the bytes of a file.
    pub async fn ask_about(self, ask: Ask, bytes: &JsValue) -> Option<Answer> {
        let question = serde_json::to_string(&ask).ok()?;
        let (number, revision) = self.desk.try_update_value(|desk| {
            desk.asked = desk.asked.wrapping_add(1);
            (desk.asked, desk.revision)
        })?;
        let promise = Promise::new(&mut |resolve, _| {
            self.desk.update_value(|desk| drop(desk.waiting.insert(number, resolve)));
        });
        self.post("ask", &[number.into(), question.into(), bytes.clone()]);
        let answer = JsFuture::from(promise).await.ok()?.as_string()?;
        let unchanged = self.desk.try_with_value(|desk| desk.revision == revision)?;
        if unchanged { serde_json::from_str(&answer).ok() } else { None }
    }

    fn begin(self) {
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| self.hear(&event));
        let worker = browser::start_worker(MODULE).ok();
        self.failed.set(worker.is_none());
        let Some(worker) = worker else { return };
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        let settings = self.desk.try_update_value(|desk| {
            desk.worker = Some((worker, heard));
            desk.settings.clone()
        });
        settings.into_iter().for_each(|settings| self.configure(settings));
    }

    fn turn(self) -> u32 {
        self.current.set(false);
        self.desk
            .try_update_value(|desk| {
                desk.revision = desk.revision.wrapping_add(1);
                desk.revision
            })
            .unwrap_or_default()
    }

    fn post(self, task: &str, rest: &[JsValue]) {
        let message: Array = std::iter::once(JsValue::from(task)).chain(rest.iter().cloned()).collect();
        self.desk.try_with_value(|desk| {
            if let Some((worker, _)) = &desk.worker {
                let _ = worker.post_message(&message);
            }
        });
    }

    /// What the worker says: `report`, revision, lines of JSON, milliseconds; `answer`, number, JSON; `failed`.
    fn hear(self, event: &MessageEvent) {
        let message: Array = event.data().unchecked_into();
        let number = || message.get(1).as_f64().map(|number| number as u32);
        match message.get(0).as_string().as_deref() {
            Some("report") => self.take(number(), &message),
            Some("answer") => {
                let waiting = number().and_then(|number| {
                    self.desk.try_update_value(|desk| desk.waiting.remove(&number)).flatten()
                });
                if let Some(resolve) = waiting {
                    let _ = resolve.call1(&JsValue::NULL, &message.get(2));
                }
            }
            _ => self.stop(),
        }
    }

    /// A report about an older text is dropped: one about the text as it is follows.
    fn take(self, revision: Option<u32>, message: &Array) {
        let now = self.desk.try_with_value(|desk| desk.revision);
        if now.is_none() || now != revision {
            return;
        }
        let Ok(text) = message.get(2).dyn_into::<JsString>() else { return };
        let lines = text.split("\n");
        let Some(Ok(summary)) = lines.shift().as_string().map(|line| serde_json::from_str::<Summary>(&line))
        else {
            return;
        };
        self.millis.set(message.get(3).as_f64().unwrap_or_default());
        if self.findings.with_untracked(|old| old.length() > 0 || lines.length() > 0) {
            self.findings.set(lines);
        }
        if self.summary.with_untracked(|old| old.as_ref() != Some(&summary)) {
            self.summary.set(Some(summary));
        }
        self.current.set(true);
    }

    fn stop(self) {
        let waiting = self.desk.try_update_value(|desk| {
            if let Some((worker, _)) = desk.worker.take() {
                worker.terminate();
            }
            std::mem::take(&mut desk.waiting)
        });
        for resolve in waiting.into_iter().flatten().map(|(_, resolve)| resolve) {
            let _ = resolve.call1(&JsValue::NULL, &JsValue::NULL);
        }
        self.summary.set(None);
        self.findings.set(Array::new());
        self.failed.set(true);
    }
}
