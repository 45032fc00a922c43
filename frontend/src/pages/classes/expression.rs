//! The expression of a class: built of conditions or written, with what is wrong with it, and tried on a packet.

use super::builder::Builder;
use crate::{
    components::{CodeDesk, PacketBench, PacketEntry, TraceView},
    forms::desk::Desk,
    state::Engine,
    ui::{EditorHandle, Segments},
};
use js_sys::JsString;
use leptos::prelude::*;
use perch_engine::{PacketText, Settings, Subject};
use perch_shared::expr;

const TEST: &str = "test";
const TEMPLATE: &str = "template-test";

/// The editor with everything around it.
#[component]
pub fn Expression(
    /// The desk.
    desk: Desk,
    /// Where the class stands.
    path: String,
) -> impl IntoView {
    let family = desk.place().1;
    let at = StoredValue::new(path);
    let of = move |key: &str| format!("{}.{key}", at.get_value());
    let has_template = desk.draft.with_untracked(|draft| draft.knows(&of(TEMPLATE)));
    let template = of(TEMPLATE);
    let key =
        Memo::new(
            move |_| {
                if desk.draft.with(|draft| draft.get(&template).is_some()) { TEMPLATE } else { TEST }
            },
        );
    // What is chosen while there is no text yet.
    let chosen = RwSignal::new(key.get_untracked());
    Effect::new(move |_| chosen.set(key.get()));
    let text = Memo::new(move |_| {
        let path = of(key.get());
        desk.draft.with(|draft| draft.text_at(&path))
    });
    let write = Callback::new(move |text: String| {
        let path = of(chosen.get_untracked());
        desk.update(|draft| draft.set_text(&path, &text));
    });
    let choose = move |word: &'static str| {
        let (was, now) = (of(key.get_untracked()), of(word));
        if was != now {
            let text = text.get_untracked();
            desk.update(|draft| {
                draft.put(&was, None);
                draft.set_text(&now, &text);
            });
        }
        chosen.set(word);
    };
    let settings = Memo::new(move |_| {
        let subject =
            if chosen.get() == TEMPLATE { Subject::Template(family) } else { Subject::Expression(family) };
        desk.draft.with(|draft| Settings {
            around: at.with_value(|path| draft.around_class(path)),
            ..Settings::new(subject, draft.version)
        })
    });
    let engine = Engine::start(settings.get_untracked());
    Effect::watch(move || settings.get(), move |settings, _, _| engine.configure(settings.clone()), false);
    let editor = EditorHandle::default();
    // What became of the text elsewhere, such as in the builder, comes into the editor.
    Effect::new(move |_| {
        let text = text.get();
        let shown = editor.plain().and_then(|shown| shown.as_string());
        if shown.is_some_and(|shown| shown != text && !(text.is_empty() && shown.trim().is_empty())) {
            editor.open(&JsString::from(text.as_str()));
            engine.open(&JsString::from(text.as_str()));
        }
    });
    let changed = Callback::new(move |()| {
        if let Some(text) = editor.plain().and_then(|text| text.as_string()) {
            write.run(text);
        }
    });
    let kinds = has_template.then(|| {
        view! {
            <Segments label="What the expression is" name="expression-kind" choices=vec![(TEST, "Test"), (TEMPLATE, "Template test")] chosen on_choose=choose/>
        }
    });
    let about = move || {
        if chosen.get() == TEMPLATE {
            "Gives a text. Each value is a class of its own: `SPAWN_`, this class's name, `_` and the value."
        } else {
            "A client is in the class when this holds for its packet. Without a test, reservations, hook libraries and lists put clients in."
        }
    };
    let builder = move || (chosen.get() == TEST).then(|| view! { <Builder family text on_write=write/> });
    let bench = PacketBench {
        kea: Signal::derive(move || settings.with(|settings| settings.version)),
        engine,
        packet: RwSignal::new(PacketText::default()),
    };
    view! {
        <section class="expression" aria-label="Expression">
            <header class="expression-head">
                <h3>"Expression"</h3>
                {kinds}
                <p class="hint">{move || crate::ui::prose(about())}</p>
            </header>
            {builder}
            <CodeDesk
                engine editor text=JsString::from(text.get_untracked().as_str())
                language="expression" label="Expression" compact=true placeholder="option[60].exists"
                on_change=changed on_files=|_| () empty=|| view! { <p class="muted">"What is wrong with it is said here while you type."</p> }
            />
            <Canonical text write/>
            <Trial bench family editor/>
        </section>
    }
}

/// The one way to write the expression, where that is another one.
#[component]
fn Canonical(text: Memo<String>, write: Callback<String>) -> impl IntoView {
    let form = Memo::new(move |_| {
        text.with(|text| {
            let parsed = expr::parse(text);
            let form = expr::print(&parsed);
            (parsed.problems().is_empty() && !form.is_empty() && form != *text).then_some(form)
        })
    });
    move || {
        form.get().map(|form| {
            let whole = form.clone();
            view! {
                <p class="canonical" data-testid="canonical">
                    "In short: " <code>{form}</code>
                    <button type="button" class="link" data-testid="use-canonical" on:click=move |_| write.run(whole.clone())>"Write it so"</button>
                </p>
            }
        })
    }
}

/// A packet to try the expression on.
#[component]
fn Trial(bench: PacketBench, family: perch_shared::Family, editor: EditorHandle) -> impl IntoView {
    let open = RwSignal::new(false);
    let trace = bench.traced();
    let content = move || {
        open.get().then(|| {
            view! {
                <div class="bench">
                    <div class="bench-side"><PacketEntry bench family/></div>
                    <div class="bench-side"><h3>"Result"</h3><TraceView trace editor/></div>
                </div>
            }
        })
    };
    view! {
        <details class="trial" on:toggle=move |_| open.update(|open| *open = !*open)>
            <summary data-testid="try-packet">"Try it on a packet"</summary>
            {content}
        </details>
    }
}
