//! Which messages go where.

use crate::{
    forms::desk::{AddButton, Desk, KeyField, Row, WordField},
    ui::{Glyph, icon},
};
use leptos::prelude::*;

const LIST: &str = "loggers";
const SEVERITIES: &[&str] = &["FATAL", "ERROR", "WARN", "INFO", "DEBUG"];

#[component]
pub fn Loggers(desk: Desk) -> impl IntoView {
    let count = Memo::new(move |_| desk.draft.with(|draft| draft.items(LIST).len()));
    // Kea 2.5.1 spelled it anew.
    let outputs = desk.draft.with_untracked(|draft| {
        if draft.knows("loggers[0].output-options") { "output-options" } else { "output_options" }
    });
    let items = move || (0..count.get()).map(|index| view! { <Logger desk index outputs/> }).collect_view();
    let add = Callback::new(move |()| {
        desk.update(|draft| {
            let name = draft.family().daemon();
            let path = draft.push_map(LIST, &[("name", &format!("{name}.leases")), ("severity", "INFO")]);
            draft.push_map(&format!("{path}.{outputs}"), &[("output", "stdout")]);
        });
    });
    view! {
        <section class="props" id="loggers" aria-label="Loggers">
            <header class="props-head"><h2>"Loggers"</h2><p>"For this server alone: HA partners log for themselves."</p></header>
            {items}
            {move || (count.get() == 0).then(|| view! { <p class="props-none">"No logger: Kea writes where its start script says."</p> })}
            <p class="props-foot"><AddButton label="Add logger" testid="add-logger" on_add=add/></p>
        </section>
    }
}

#[component]
fn Logger(desk: Desk, index: usize, outputs: &'static str) -> impl IntoView {
    let path = format!("{LIST}[{index}]");
    let (titled, gone, listed) = (path.clone(), path.clone(), format!("{path}.{outputs}"));
    let title = move || {
        let name = desk.draft.with(|draft| draft.text_at(&format!("{titled}.name")));
        if name.is_empty() { format!("Logger {}", index + 1) } else { name }
    };
    let of = listed.clone();
    let count = Memo::new(move |_| desk.draft.with(|draft| draft.items(&of).len()));
    let list = StoredValue::new(listed);
    let items = move || {
        (0..count.get())
            .map(|index| {
                let path = format!("{}[{index}]", list.get_value());
                let gone = path.clone();
                let fields = ["output", "maxsize", "maxver", "flush", "pattern"]
                    .map(|key| view! { <KeyField desk path=format!("{path}.{key}")/> });
                view! {
                    <div class="props-inner">
                        <header class="props-sub">
                            <h4>{format!("Output {}", index + 1)}</h4>
                            <button type="button" class="btn small ghost" data-testid="remove-output" on:click=move |_| desk.update(|draft| draft.remove(&gone))>{icon(Glyph::Trash)}"Remove"</button>
                        </header>
                        {fields}
                    </div>
                }
            })
            .collect_view()
    };
    let add = Callback::new(move |()| {
        desk.update(|draft| {
            draft.push_map(&list.get_value(), &[("output", "syslog")]);
        });
    });
    let severity = format!("{path}.severity");
    view! {
        <div class="props-item" data-testid="logger">
            <header class="props-sub">
                <h3>{title}</h3>
                <button type="button" class="btn small ghost" data-testid="remove-logger" on:click=move |_| desk.update(|draft| draft.remove(&gone))>{icon(Glyph::Trash)}"Remove"</button>
            </header>
            <KeyField desk path=format!("{path}.name")/>
            <Row desk path=severity.clone()><WordField desk path=severity words=SEVERITIES/></Row>
            <KeyField desk path=format!("{path}.debuglevel")/>
            {items}
            <p class="props-foot"><AddButton label="Add output" testid="add-output" on_add=add/></p>
        </div>
    }
}
