//! Where a table is pasted, dropped or opened.

use super::reading::Reading;
use crate::{
    browser,
    ui::{Glyph, icon},
};
use leptos::{html, prelude::*, task::spawn_local};

/// Where the table is pasted, dropped or opened.
#[component]
pub fn Entry(
    /// What is read.
    reading: Reading,
) -> impl IntoView {
    let file = NodeRef::<html::Input>::new();
    let over = RwSignal::new(false);
    let open = move |files: Option<web_sys::FileList>| {
        let Some(file) = files.and_then(|files| files.get(0)) else { return };
        spawn_local(async move {
            if let Ok(text) = browser::read_file(&file).await {
                reading.read(text.as_string().unwrap_or_default());
            }
        });
    };
    let chosen = move |event: leptos::ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        open(input.files());
        input.set_value("");
    };
    let has_text = move || reading.text.with(|text| !text.is_empty());
    view! {
        <div class="import-entry" class:over=over class:filled=has_text>
            <label for="import-text">"Paste a table, or drop a file here"</label>
            <button type="button" class="btn small" on:click=move |_| file.get_untracked().into_iter().for_each(|file| file.click())>
                {icon(Glyph::Open)} "Open a file…"
            </button>
            <input type="file" node_ref=file hidden data-testid="import-file" aria-label="Open a file" accept=".csv,.tsv,.txt,text/csv,text/plain" on:change=chosen/>
            <textarea
                id="import-text"
                data-testid="import-text"
                class="input mono"
                rows="6"
                spellcheck="false"
                autocomplete="off"
                aria-describedby="import-note"
                placeholder="MAC address;IP address;Host name\n1a:2b:3c:4d:5e:6f;192.0.2.7;printer-north"
                prop:value=reading.text
                on:input=move |event| reading.read(event_target_value(&event))
                on:dragover=move |event| { event.prevent_default(); over.set(true); }
                on:dragleave=move |_| over.set(false)
                on:drop=move |event| {
                    over.set(false);
                    let files = event.data_transfer().and_then(|data| data.files()).filter(|files| files.length() > 0);
                    if files.is_some() {
                        event.prevent_default();
                        open(files);
                    }
                }
            ></textarea>
            <p class="hint" id="import-note">
                "Commas, semicolons or tabs. Columns by their heads: "<code>"MAC address"</code>", "<code>"Client ID"</code>", "<code>"DUID"</code>", "<code>"Circuit ID"</code>" or "<code>"Flex ID"</code>", then "
                <code>"IP address"</code>", "<code>"Host name"</code>", "<code>"Classes"</code>", "<code>"Comment"</code>". With a column "<code>"Action"</code>" (Add, Update, Delete) lines do just that; without it, a client that has a reservation here is updated. An empty cell leaves what is there, "<code>"<empty>"</code>" removes it."
            </p>
        </div>
    }
}
