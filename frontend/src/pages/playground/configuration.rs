//! A whole configuration: pasted, dropped, opened or begun from an example.

use super::{Head, KeaSelect, examples::Begin, kea, keep};
use crate::{
    browser,
    components::{CodeDesk, copy_text, download_text},
    routes::Route,
    state::{Engine, StatusLine},
    ui::{EditorHandle, Glyph, icon},
};
use js_sys::JsString;
use leptos::{html, prelude::*, task::spawn_local};
use perch_engine::{Settings, Subject};
use perch_shared::Daemon;
use std::time::Duration;
use web_sys::FileList;

/// How long nobody must have typed before the text is remembered.
const REMEMBER: Duration = Duration::from_secs(2);

#[component]
pub fn Configuration() -> impl IntoView {
    let (kea, editor) = (kea(), EditorHandle::default());
    let settings = move || Settings::new(Subject::Configuration, kea.get());
    let engine = Engine::start(untrack(settings));
    Effect::watch(settings, move |settings, _, _| engine.configure(settings.clone()), false);

    let text = keep::read(keep::CONFIGURATION);
    let changed = RwSignal::new(false);
    remember(editor, changed);
    let name = RwSignal::new(String::new());
    let file = NodeRef::<html::Input>::new();
    let pick = move || file.get_untracked().into_iter().for_each(|file| file.click());
    let show = move |text: &JsString| {
        editor.open(text);
        // The editor has its own idea of line breaks, in which places count.
        engine.open(&editor.plain().unwrap_or_else(|| text.clone()));
        changed.set(true);
    };
    let said = expect_context::<StatusLine>();
    let take = move |files: FileList| {
        let Some(file) = files.get(0) else { return };
        spawn_local(async move {
            match browser::read_file(&file).await.map(JsString::from) {
                Ok(text) => {
                    name.set(file.name());
                    show(&text);
                    editor.focus();
                }
                Err(_) => said.say("The file could not be read."),
            }
        });
    };
    let chosen = move |event: leptos::ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        input.files().into_iter().for_each(take);
        input.set_value("");
    };
    let dropped = move |event: web_sys::DragEvent| {
        let files = event.data_transfer().and_then(|data| data.files());
        // What the editor took is taken.
        if let Some(files) = files.filter(|files| files.length() > 0 && !event.default_prevented()) {
            event.prevent_default();
            take(files);
        }
    };
    let download = move |_| download(engine, editor, name);
    let copy = move |_| copy_text(editor, said);
    let clear = move |_| {
        name.set(String::new());
        show(&JsString::from(""));
        editor.focus();
    };
    let begin = move || {
        view! {
            <Begin
                engine
                on_pick=move |text: String| { show(&JsString::from(text)); editor.focus(); }
                on_open=move |()| pick()
            />
        }
    };
    let nothing = Memo::new(move |_| {
        engine.summary().with(|summary| summary.as_ref().is_none_or(|summary| summary.verdict.is_none()))
    });
    view! {
        <div class="playground" on:dragover=|event| event.prevent_default() on:drop=dropped>
            <Head here=Route::Playground>
                <KeaSelect kea/>
                <button type="button" class="btn" on:click=move |_| pick()>{icon(Glyph::Open)}"Open…"</button>
                <button type="button" class="btn" disabled=nothing on:click=copy>{icon(Glyph::Copy)}"Copy"</button>
                <button type="button" class="btn" disabled=nothing on:click=download>{icon(Glyph::Save)}"Download"</button>
                <button type="button" class="btn" data-testid="clear" disabled=nothing on:click=clear>{icon(Glyph::Trash)}"Clear"</button>
            </Head>
            <input type="file" node_ref=file hidden data-testid="file" aria-label="Open a configuration" on:change=chosen/>
            <CodeDesk
                engine editor text=JsString::from(text.as_str())
                language="configuration" label="Configuration" placeholder="{ \"Dhcp4\": { … } }"
                on_change=move |()| changed.set(true) on_files=take empty=begin
            />
        </div>
    }
}

/// Saves the text as a file: with its name, or with the one that the daemon's package uses.
fn download(engine: Engine, editor: EditorHandle, name: RwSignal<String>) {
    let daemon =
        engine.summary().with_untracked(|summary| summary.as_ref().and_then(|summary| summary.daemon));
    let default = || format!("{}.conf", daemon.map_or("kea", Daemon::name));
    let name = Some(name.get_untracked()).filter(|name| !name.is_empty()).unwrap_or_else(default);
    download_text(editor, &name);
}

/// Keeps the text for the tab: when nobody has typed for a while, and when the page is left. Writing a big text takes
/// longer than a keystroke may.
fn remember(editor: EditorHandle, changed: RwSignal<bool>) {
    let due = StoredValue::new(false);
    let write = move || {
        due.try_set_value(false);
        changed.try_set(false);
        let Some(text) = editor.plain() else { return };
        let text = if text.length() > keep::LONGEST { String::new() } else { String::from(text) };
        keep::write(keep::CONFIGURATION, &text);
    };
    browser::every(REMEMBER, move || {
        if changed.try_get_untracked() == Some(true) {
            changed.set(false);
            due.set_value(true);
        } else if due.try_get_value() == Some(true) {
            write();
        }
    });
    browser::on_leave(move || {
        if changed.try_get_untracked() == Some(true) || due.try_get_value() == Some(true) {
            write();
        }
    });
}
