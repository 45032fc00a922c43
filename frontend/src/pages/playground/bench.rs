//! The expression bench: an expression, a packet, and what the one makes of the other.

use super::{Head, KeaSelect, keep};
use crate::{
    browser,
    components::{CodeDesk, PacketBench, PacketEntry, TraceView},
    routes::Route,
    state::Engine,
    ui::{EditorHandle, Segments},
};
use js_sys::JsString;
use leptos::prelude::*;
use perch_engine::{PacketText, Settings, Subject};
use perch_shared::{Family, KeaVersion, examples};
use std::time::Duration;

/// How often the address is brought up to date while something changes.
const REMEMBER: Duration = Duration::from_secs(1);
/// The longest text that an address takes.
const LONGEST: usize = 4000;

/// The bench.
#[component]
pub fn ExpressionBench() -> impl IntoView {
    let kept = Kept::read();
    let (family, kea) = (RwSignal::new(kept.family), super::kea());
    let settings = move || Settings::new(Subject::Expression(family.get()), kea.get());
    let engine = Engine::start(untrack(settings));
    Effect::watch(settings, move |settings, _, _| engine.configure(settings.clone()), false);
    let packet = RwSignal::new(PacketText { hex: kept.packet, ..PacketText::default() });
    let bench = PacketBench { kea: kea.into(), engine, packet };
    let editor = EditorHandle::default();
    let trace = bench.traced();
    remember(family, kea, packet, editor);

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
fn remember(
    family: RwSignal<Family>,
    kea: RwSignal<KeaVersion>,
    packet: RwSignal<PacketText>,
    editor: EditorHandle,
) {
    let write = move || {
        let (Some(family), Some(kea)) = (family.try_get_untracked(), kea.try_get_untracked()) else {
            return;
        };
        let Some(test) = editor.plain().and_then(|text| text.as_string()) else { return };
        let packet = packet.with_untracked(|packet| packet.hex.split_whitespace().collect::<String>());
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
