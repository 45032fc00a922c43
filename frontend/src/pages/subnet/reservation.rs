//! One reservation: in a line what tells it from the others, and its fields once it is opened.

use crate::{
    forms::{
        desk::{Desk, FieldFindings, KeyField, Row, TextKey, field_id},
        item::Item,
        option_data::OptionsPanel,
        scope::CommentField,
    },
    ui::prose,
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    draft::{FreeAddress, join, usual_identifier},
};

/// A line of the list.
#[component]
pub fn ReservationRow(
    /// The desk.
    desk: Desk,
    /// The subnet's path.
    subnet: String,
    /// Its place in the list.
    index: usize,
    /// Which line is open.
    open: RwSignal<Option<usize>>,
) -> impl IntoView {
    let list = join(&subnet, "reservations");
    let path = format!("{list}[{index}]");
    let text = |key: &'static str| {
        let path = join(&path, key);
        move || desk.draft.with(|draft| draft.text_at(&path))
    };
    let addresses = {
        let keys = ["ip-address", "ip-addresses", "prefixes"].map(|key| join(&path, key));
        move || {
            let all = desk.draft.with(|draft| keys.iter().map(|key| draft.text_at(key)).collect::<Vec<_>>());
            all.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
        }
    };
    let place = path.clone();
    let identifier = Memo::new(move |_| desk.draft.with(|draft| draft.identifier_of(&place)));
    let shown = move || match identifier.get() {
        Some((kind, value)) if !value.is_empty() => {
            view! { <code>{value}</code> <span class="muted">{kind}</span> }.into_any()
        }
        _ => view! { <span class="muted">"New reservation"</span> }.into_any(),
    };
    let comment = {
        let path = path.clone();
        move || desk.draft.with(|draft| draft.comment_at(&path))
    };
    let name = Signal::derive(move || match identifier.get() {
        Some((_, value)) => format!("reservation {value}"),
        None => format!("reservation {}", index + 1),
    });
    let line = view! {
        <button
            type="button"
            class="item-open reservation-line"
            data-testid="reservation-open"
            aria-expanded=move || (open.get() == Some(index)).to_string()
            on:click=move |_| open.update(|open| *open = if *open == Some(index) { None } else { Some(index) })
        >
            <span class="item-id">{shown}</span>
            <code>{addresses}</code>
            <span class="item-text">{text("hostname")}</span>
            <span class="item-text muted">{text("client-classes")} " " {comment}</span>
        </button>
    }
    .into_any();
    let more = move || view! { <Fields desk subnet=subnet.clone() path=path.clone()/> };
    view! { <Item desk list index open testid="reservation" name keys=Vec::new() line more/> }
}

#[component]
fn Fields(desk: Desk, subnet: String, path: String) -> impl IntoView {
    let family = desk.draft.with_untracked(|draft| draft.family());
    let row = |key: &str| view! { <KeyField desk path=join(&path, key)/> };
    let address = match family {
        Family::V4 => "ip-address",
        Family::V6 => "ip-addresses",
    };
    let of_version: &[&str] = match family {
        Family::V4 => &["next-server", "server-hostname", "boot-file-name"],
        Family::V6 => &["prefixes", "excluded-prefixes"],
    };
    view! {
        <div class="item-fields" data-testid="reservation-fields">
            <Identifier desk path=path.clone()/>
            <AddressField desk subnet path=join(&path, address) reservation=path.clone() family/>
            {row("hostname")}
            {row("client-classes")}
            {of_version.iter().map(|key| row(key)).collect_view()}
            <CommentField desk path=path.clone()/>
        </div>
        <div class="item-options"><OptionsPanel desk path=path/></div>
    }
}

/// The kind of the identifier and the identifier, in any spelling. Kea's own is put there when the field is left.
#[component]
fn Identifier(desk: Desk, path: String) -> impl IntoView {
    let place = path.clone();
    let found = Memo::new(move |_| desk.draft.with(|draft| draft.identifier_of(&place)));
    let kinds = desk.draft.with_untracked(|draft| draft.identifier_kinds());
    let first = kinds.first().copied().unwrap_or_default();
    let kind = Memo::new(move |_| found.get().map_or(first, |(kind, _)| kind));
    let value = move || found.get().map(|(_, value)| value).unwrap_or_default();
    let put = StoredValue::new(path.clone());
    let set = move |kind: &str, text: &str| {
        put.with_value(|path| desk.update(|draft| draft.set_identifier(path, kind, text)));
    };
    let whole = desk.findings_in(path.clone());
    let wrong = move || {
        let kind = format!(".{}", kind.get());
        whole.with(|all| all.iter().any(|one| one.refused_by != [false, false] && one.path.ends_with(&kind)))
    };
    let findings =
        kinds.iter().map(|kind| view! { <FieldFindings desk path=join(&path, kind)/> }).collect_view();
    let option = move |kind_of: &'static str| {
        view! { <option value=kind_of selected=move || kind.get() == kind_of>{words(kind_of)}</option> }
    };
    view! {
        <div class="prop" class:wrong=wrong>
            <div class="prop-name"><label for="identifier">"Identifier"</label></div>
            <div class="prop-value identifier">
                <select
                    class="input"
                    aria-label="Kind of identifier"
                    data-testid="identifier-kind"
                    on:change=move |event| set(&event_target_value(&event), &found.get_untracked().map(|(_, value)| value).unwrap_or_default())
                >
                    {kinds.iter().map(|kind| option(kind)).collect_view()}
                </select>
                <input
                    id="identifier"
                    data-testid="identifier"
                    class="input mono"
                    type="text"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-describedby="identifier-note"
                    aria-invalid=move || wrong().to_string()
                    prop:value=value
                    on:input=move |event| set(kind.get_untracked(), &event_target_value(&event))
                    on:blur=move |event| {
                        let typed = event_target_value(&event);
                        let usual = usual_identifier(kind.get_untracked(), &typed);
                        if usual != typed {
                            set(kind.get_untracked(), &usual);
                        }
                    }
                />
            </div>
            <div class="prop-note" id="identifier-note" aria-live="polite">
                {findings}
                <p class="hint">{move || prose(example(kind.get()))}</p>
            </div>
        </div>
    }
}

fn words(kind: &str) -> &'static str {
    match kind {
        "hw-address" => "MAC address",
        "client-id" => "Client identifier",
        "duid" => "DUID",
        "circuit-id" => "Circuit ID",
        _ => "Flexible ID",
    }
}

fn example(kind: &str) -> &'static str {
    match kind {
        "hw-address" => "Any spelling: `1a:2b:3c:4d:5e:6f`, `1A-2B-3C-4D-5E-6F`, `1a2b.3c4d.5e6f`.",
        "client-id" => "What the client sends as option 61. Often `01` and its MAC address.",
        "duid" => "The client's DHCP unique identifier, such as `00:01:00:01:2c:8e:11:5a:1a:2b:3c:4d:5e:6f`.",
        "circuit-id" => "What the relay adds to option 82: hexadecimal digits, or text in single quotes.",
        _ => {
            "What the flex_id hook library makes of the packet: hexadecimal digits, or text in single quotes."
        }
    }
}

/// The address, and one that is free.
#[component]
fn AddressField(
    desk: Desk,
    subnet: String,
    path: String,
    reservation: String,
    family: Family,
) -> impl IntoView {
    let in_subnet = !subnet.is_empty();
    let said = RwSignal::new(String::new());
    let put = path.clone();
    let take = move |_| {
        let free = desk.draft.with_untracked(|draft| draft.free_address(&subnet, &reservation));
        match free {
            Some(FreeAddress { address, pool }) => {
                desk.update(|draft| draft.set_text(&put, &address));
                said.set(match pool {
                    None => "Free, and outside all pools.".to_owned(),
                    Some(pool) => {
                        format!("Every address outside pools is taken. This one is in pool {pool}.")
                    }
                });
            }
            None => said.set("No address of this subnet is free outside its pools.".to_owned()),
        }
    };
    let label = match family {
        Family::V4 => "Address",
        Family::V6 => "Addresses",
    };
    let status = format!("{}-free", field_id(&path));
    view! {
        <Row desk path=path.clone() label>
            <TextKey desk path/>
            {in_subnet.then(|| view! { <button type="button" class="btn" data-testid="next-free" on:click=take>"Next free"</button> })}
            <p class="hint said-free" role="status" id=status data-testid="free-words">{move || said.get()}</p>
        </Row>
    }
}
