//! The packet on the bench: pasted, taken out of a capture file, or made of fields.

use super::{PacketBench, fields::FieldsEntry};
use crate::{
    browser,
    ui::{Glyph, Segments, icon},
};
use leptos::{html, prelude::*, task::spawn_local};
use perch_engine::{Answer, Ask, CapturedPacket, PacketInfo, PacketText};
use perch_shared::Family;

/// How many of a capture's packets are listed.
const MOST: usize = 500;

/// Looks for packets in a capture file.
fn open_capture(
    bench: PacketBench,
    file: web_sys::File,
    source: RwSignal<&'static str>,
    captured: RwSignal<Result<Vec<CapturedPacket>, String>>,
) {
    spawn_local(async move {
        let Ok(bytes) = browser::read_bytes(&file).await else { return };
        if let Some(Answer::Captured(found)) = bench.engine.ask_about(Ask::Capture, &bytes).await {
            let _ = source.try_set("hex");
            let _ = captured.try_set(found);
        }
    });
}

/// Where the packet comes from.
#[component]
pub fn PacketEntry(
    /// The bench.
    bench: PacketBench,
    /// The family of its packets.
    family: Family,
) -> impl IntoView {
    // Somebody who comes with a packet sees its bytes; others begin with fields.
    let begin = if bench.packet.with_untracked(|packet| packet.hex.is_empty()) { "fields" } else { "hex" };
    let source = RwSignal::new(begin);
    let captured = RwSignal::new(Ok(Vec::<CapturedPacket>::new()));
    let info = information(bench);
    let file = NodeRef::<html::Input>::new();
    let chosen = move |event: leptos::ev::Event| {
        let input: web_sys::HtmlInputElement = event_target(&event);
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            open_capture(bench, file, source, captured);
        }
        input.set_value("");
    };
    let change = move |edit: fn(&mut PacketText, String)| {
        move |event: leptos::ev::Event| bench.packet.update(|packet| edit(packet, event_target_value(&event)))
    };
    let text = move |read: fn(&PacketText) -> &String| {
        Signal::derive(move || bench.packet.with(|packet| read(packet).clone()))
    };
    let line = move |id: &'static str,
                     label: &'static str,
                     read: fn(&PacketText) -> &String,
                     edit: fn(&mut PacketText, String)| {
        view! {
            <div class="field">
                <label for=id>{label}</label>
                <input id=id class="input" type="text" autocomplete="off" spellcheck="false" prop:value=text(read) on:input=change(edit)/>
            </div>
        }
    };
    view! {
        <div class="packet-head">
            <h2>"Packet"</h2>
            <Segments
                label="The packet's source" name="source" choices=vec![("hex", "Bytes"), ("fields", "Fields")]
                chosen=source on_choose=move |one| source.set(one)
            />
            <button type="button" class="btn small" on:click=move |_| file.get_untracked().into_iter().for_each(|file| file.click())>
                {icon(Glyph::Open)}"Open a capture…"
            </button>
            <input type="file" node_ref=file hidden data-testid="capture" aria-label="Open a capture" accept=".pcap,.pcapng,.cap" on:change=chosen/>
        </div>
        {move || captured.get().map_or_else(
            |why| view! { <p class="field-error" role="alert">{why}</p> }.into_any(),
            |found| view! { <Captures found family bench/> }.into_any(),
        )}
        {move || (source.get() == "fields").then(|| view! { <FieldsEntry bench family/> })}
        <div class="field" class:sr=move || source.get() == "fields">
            <label for="packet-hex" class="sr">"The packet's bytes"</label>
            <textarea
                id="packet-hex" data-testid="packet-hex" class="input packet-hex" rows="5" spellcheck="false" autocomplete="off"
                placeholder="Hexadecimal digits in any spelling: of the message, or of a frame around it"
                tabindex=move || if source.get() == "fields" { "-1" } else { "0" }
                prop:value=text(|packet| &packet.hex)
                on:input=change(|packet, text| packet.hex = text)
            ></textarea>
        </div>
        <div class="packet-info" role="status">{move || info.get().map(|info| match info {
            Ok(PacketInfo { summary, description }) => view! {
                <p data-testid="packet-summary"><code>{summary}</code></p>
                <details><summary>"Fields and options"</summary><pre tabindex="0">{description}</pre></details>
            }.into_any(),
            Err(why) => view! { <p class="field-error" data-testid="packet-error">{why}</p> }.into_any(),
        })}</div>
        <details class="packet-more">
            <summary>"What the bytes do not say"</summary>
            <div class="packet-fields">
                {line("packet-interface", "Interface", |packet| &packet.interface, |packet, text| packet.interface = text)}
                {line("packet-source", "From", |packet| &packet.source, |packet, text| packet.source = text)}
                {line("packet-destination", "To", |packet| &packet.destination, |packet, text| packet.destination = text)}
                {line("packet-classes", "Classes it is in", |packet| &packet.classes, |packet, text| packet.classes = text)}
            </div>
            <label class="check">
                <input type="checkbox" prop:checked=move || bench.packet.with(|packet| packet.known) on:change=move |event| bench.packet.update(|packet| packet.known = event_target_checked(&event))/>
                <span>"The client has a reservation"</span>
            </label>
        </details>
    }
}

/// What the packet is; `None`: there is none yet.
fn information(bench: PacketBench) -> RwSignal<Option<Result<PacketInfo, String>>> {
    let info = RwSignal::new(None);
    Effect::new(move |_| {
        let (packet, _) = (bench.packet.get(), bench.kea.get());
        spawn_local(async move {
            if packet.hex.trim().is_empty() {
                info.try_set(None);
            } else if let Some(Answer::Packet(told)) = bench.engine.ask(Ask::Packet(packet)).await {
                info.try_set(Some(told));
            }
        });
    });
    info
}

/// The packets of a capture, to pick one.
#[component]
fn Captures(found: Vec<CapturedPacket>, family: Family, bench: PacketBench) -> impl IntoView {
    let all = found.len();
    let fitting: Vec<CapturedPacket> = found.into_iter().filter(|one| one.family == family).collect();
    let others = (all > fitting.len()).then(|| {
        let count = all - fitting.len();
        view! { <p class="hint">{format!("{count} of the capture's packets are of the other family.")}</p> }
    });
    let cut = (fitting.len() > MOST)
        .then(|| view! { <p class="hint">{format!("The first {MOST} of {} packets.", fitting.len())}</p> });
    let one = move |one: CapturedPacket| {
        let packet = one.packet.clone();
        let picked = move || bench.packet.with(|now| now.hex == one.packet.hex).to_string();
        view! {
            <li><button type="button" data-testid="captured" aria-pressed=picked on:click=move |_| bench.packet.set(packet.clone())>
                <span>{one.number}</span><code>{one.summary}</code>
            </button></li>
        }
    };
    view! {
        {(!fitting.is_empty()).then(|| view! { <ul class="captures" aria-label="Packets of the capture">{fitting.into_iter().take(MOST).map(one).collect_view()}</ul> })}
        {others}{cut}
    }
}
