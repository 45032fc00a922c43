//! The expression bench: an expression, a packet, and what the one makes of the other.

use super::{Head, KeaSelect, keep, packet::PacketEntry, trace::TraceView};
use crate::{
    browser,
    components::CodeDesk,
    routes::Route,
    state::Engine,
    ui::{EditorHandle, Segments},
};
use js_sys::JsString;
use leptos::{prelude::*, task::spawn_local};
use perch_engine::{Answer, Ask, PacketText, Settings, Subject, Trace};
use perch_shared::{Family, KeaVersion, examples};
use std::time::Duration;

/// How often the address is brought up to date while something changes.
const REMEMBER: Duration = Duration::from_secs(1);
/// The longest text that an address takes.
const LONGEST: usize = 4000;

/// What all parts of the bench share.
#[derive(Debug, Clone, Copy)]
pub struct Bench {
    /// The daemon's family.
    pub family: RwSignal<Family>,
    /// The daemon's version.
    pub kea: RwSignal<KeaVersion>,
    /// The engine with the expression.
    pub engine: Engine,
    /// The packet.
    pub packet: RwSignal<PacketText>,
}

/// The bench.
#[component]
pub fn ExpressionBench() -> impl IntoView {
    let kept = Kept::read();
    let (family, kea) = (RwSignal::new(kept.family), super::kea());
    let settings = move || Settings { subject: Subject::Expression(family.get()), version: kea.get() };
    let engine = Engine::start(untrack(settings));
    Effect::watch(settings, move |settings, _, _| engine.configure(*settings), false);
    let packet = RwSignal::new(PacketText { hex: kept.packet, ..PacketText::default() });
    let bench = Bench { family, kea, engine, packet };
    let editor = EditorHandle::default();
    let trace = traced(bench);
    remember(bench, editor);

    let choose = move |word: &'static str| {
        let Ok(chosen) = word.parse::<Family>() else { return };
        if chosen == family.get_untracked() {
            return;
        }
        let was = examples::expression(family.get_untracked()).test;
        let untouched = editor.plain().is_none_or(|text| text.as_string().as_deref() == Some(was));
        family.set(chosen);
        packet.set(PacketText::default());
        if untouched {
            let text = JsString::from(examples::expression(chosen).test);
            editor.open(&text);
            engine.open(&text);
        }
    };
    view! {
        <div class="playground">
            <Head here=Route::Bench>
                <Segments
                    label="Family" name="family"
                    choices=Family::ALL.map(|one| (one.service(), one.protocol())).to_vec()
                    chosen=Signal::derive(move || family.get().service())
                    on_choose=choose
                />
                <KeaSelect kea/>
            </Head>
            <div class="bench">
                <section class="bench-side" aria-label="Expression and packet">
                    <h2>"Expression"</h2>
                    <CodeDesk
                        engine editor text=JsString::from(kept.test.as_str())
                        language="expression" label="Expression" compact=true placeholder="option[60].exists"
                        on_change=|()| () on_files=|_| () empty=|| view! { <p class="muted">"A condition, as in a class's test."</p> }
                    />
                    {move || { let family = family.get(); view! { <PacketEntry bench family/> } }}
                </section>
                <section class="bench-side" aria-label="Result">
                    <h2>"Result"</h2>
                    <TraceView trace editor/>
                </section>
            </div>
        </div>
    }
}

/// What the expression makes of the packet, told again whenever one of them changes. `None`: there is no packet yet.
fn traced(bench: Bench) -> RwSignal<Option<Result<Trace, String>>> {
    let trace = RwSignal::new(None);
    Effect::new(move |_| {
        let packet = bench.packet.get();
        // Once the engine has read what was typed.
        if !bench.engine.is_current().get() {
            return;
        }
        spawn_local(async move {
            if packet.hex.trim().is_empty() {
                trace.try_set(None);
            } else if let Some(Answer::Trace(told)) = bench.engine.ask(Ask::Trace(packet)).await {
                trace.try_set(Some(told));
            }
        });
    });
    trace
}

/// What the address, or the tab, knows of an earlier visit.
struct Kept {
    family: Family,
    test: String,
    packet: String,
}

impl Kept {
    fn read() -> Self {
        if browser::fragment("test").is_empty() && browser::fragment("packet").is_empty() {
            browser::set_fragment_text(&keep::read(keep::BENCH));
        }
        let family = browser::fragment("family").parse().unwrap_or(Family::V4);
        let (test, packet) = (browser::fragment("test"), browser::fragment("packet"));
        let test = if test.is_empty() && packet.is_empty() {
            examples::expression(family).test.into()
        } else {
            test
        };
        Self { family, test, packet }
    }
}

/// Brings the address up to date: it leads back to what is on the bench.
fn remember(bench: Bench, editor: EditorHandle) {
    let write = move || {
        let (Some(family), Some(kea)) = (bench.family.try_get_untracked(), bench.kea.try_get_untracked())
        else {
            return;
        };
        let Some(test) = editor.plain().and_then(|text| text.as_string()) else { return };
        let packet = bench.packet.with_untracked(|packet| packet.hex.split_whitespace().collect::<String>());
        let short = |text: String| if text.len() > LONGEST { String::new() } else { text };
        let (test, packet, series) = (short(test), short(packet), kea.series());
        let text = browser::set_fragment(&[
            ("family", family.service()),
            ("kea", &series),
            ("test", &test),
            ("packet", &packet),
        ]);
        keep::write(keep::BENCH, &text);
    };
    browser::every(REMEMBER, write);
}
