//! A packet made of fields: its type, the client's hardware address, a relay, and options.

use super::PacketBench;
use crate::ui::{Glyph, icon};
use leptos::{prelude::*, task::spawn_local};
use perch_engine::{Answer, Ask, PacketFields, message_types};
use perch_shared::{Family, examples};

/// The fields. Whenever they make a packet, that packet is on the bench.
#[component]
pub fn FieldsEntry(
    /// The bench.
    bench: PacketBench,
    /// The packet's family.
    family: Family,
) -> impl IntoView {
    let options = examples::expression(family).options;
    let fields = RwSignal::new(PacketFields {
        message_type: 1,
        hardware: "02:00:00:00:00:01".into(),
        relay: String::new(),
        options: options.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(),
    });
    let wrong = made(bench, fields);
    let types = message_types(family)
        .iter()
        .map(|(number, name)| view! { <option value=number.to_string()>{*name}</option> });
    let rows = move || fields.with(|fields| fields.options.len());
    let set = move |edit: Box<dyn Fn(&mut PacketFields)>| fields.update(|fields| edit(fields));
    view! {
        <div class="packet-fields">
            <div class="field">
                <label for="message-type">"Message"</label>
                <select id="message-type" class="input" on:change=move |event| {
                    let number = event_target_value(&event).parse().unwrap_or(1);
                    fields.update(|fields| fields.message_type = number);
                }>{types.collect_view()}</select>
            </div>
            {field("packet-hardware", "Hardware address", Signal::derive(move || fields.with(|fields| fields.hardware.clone())), Callback::new(move |text| fields.update(|fields| fields.hardware = text)))}
            {field("packet-relay", "Relay", Signal::derive(move || fields.with(|fields| fields.relay.clone())), Callback::new(move |text| fields.update(|fields| fields.relay = text)))}
        </div>
        <table class="packet-options">
            <thead><tr><th scope="col">"Option"</th><th scope="col">"Value"</th><td></td></tr></thead>
            <tbody>
                <For each=move || 0..rows() key=|at| *at let:at>
                    <Row fields at/>
                </For>
            </tbody>
        </table>
        <p class="packet-foot">
            <button type="button" class="btn small" data-testid="add-option" on:click=move |_| set(Box::new(|fields| fields.options.push(Default::default())))>
                {icon(Glyph::Add)}"Option"
            </button>
            <span class="field-error" role="alert">{move || crate::ui::prose(&wrong.get())}</span>
        </p>
    }
}

fn field(
    id: &'static str,
    label: &'static str,
    value: Signal<String>,
    on_input: Callback<String>,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input id=id data-testid=id class="input" type="text" autocomplete="off" spellcheck="false" prop:value=value on:input=move |event| on_input.run(event_target_value(&event))/>
        </div>
    }
}

#[component]
fn Row(fields: RwSignal<PacketFields>, at: usize) -> impl IntoView {
    let cell = move |name: bool| {
        let label = if name { "The option's name or code" } else { "The option's value" };
        let value = move || {
            fields.with(|fields| {
                fields
                    .options
                    .get(at)
                    .map(|(code, value)| if name { code.clone() } else { value.clone() })
                    .unwrap_or_default()
            })
        };
        let input = move |event: leptos::ev::Event| {
            let text = event_target_value(&event);
            fields.update(|fields| {
                if let Some((code, value)) = fields.options.get_mut(at) {
                    *(if name { code } else { value }) = text;
                }
            });
        };
        let testid = if name { format!("option-name-{at}") } else { format!("option-value-{at}") };
        view! { <td><input class="input" type="text" autocomplete="off" spellcheck="false" aria-label=label data-testid=testid prop:value=value on:input=input/></td> }
    };
    let remove = move |_| {
        fields.update(|fields| {
            if at < fields.options.len() {
                fields.options.remove(at);
            }
        });
    };
    view! {
        <tr>
            {cell(true)}{cell(false)}
            <td><button type="button" class="btn ghost square" aria-label="Remove the option" on:click=remove>{icon(Glyph::Close)}</button></td>
        </tr>
    }
}

/// Puts the packet on the bench, and says why the fields make none.
fn made(bench: PacketBench, fields: RwSignal<PacketFields>) -> RwSignal<String> {
    let wrong = RwSignal::new(String::new());
    Effect::new(move |_| {
        let fields = fields.get();
        spawn_local(async move {
            match bench.engine.ask(Ask::Build(fields)).await {
                Some(Answer::Built(Ok(hex))) => {
                    wrong.try_set(String::new());
                    let _ = bench.packet.try_update(|packet| packet.hex = hex);
                }
                Some(Answer::Built(Err(why))) => {
                    wrong.try_set(why);
                }
                _ => {}
            }
        });
    });
    wrong
}
