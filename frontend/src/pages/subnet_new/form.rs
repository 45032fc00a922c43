//! The fields of a new subnet.

use super::{
    Wanted,
    earlier::EarlierLeases,
    for_class::ForClass,
    gateway::Gateway,
    line::{Choice, Line},
    pool::Pool,
};
use crate::{
    browser,
    forms::desk::{Desk, KeyField, finding},
};
use leptos::{leptos_dom::helpers::request_animation_frame, prelude::*};
use perch_engine::Finding;
use perch_shared::{
    Family,
    draft::join,
    net::{AddressRange, Prefix, usable},
};

/// The fields. Before a prefix is typed, there is nothing to save.
#[component]
pub fn Form(desk: Desk, wanted: Wanted) -> impl IntoView {
    let family = desk.draft.with_untracked(|draft| draft.family());
    let path = Memo::new(move |_| desk.draft.with(|draft| draft.path_of_new_subnet()));
    let text = Memo::new(move |_| {
        path.with(|path| {
            path.as_ref().map(|path| desk.draft.with(|draft| draft.text_at(&join(path, "subnet"))))
        })
    });
    let pool = Pool::new(desk, path.get_untracked().as_deref());
    Effect::new(move |_| {
        let id = path.get().map(|path| desk.draft.with(|draft| draft.text_at(&join(&path, "id"))));
        if let (Some(id), Some(text)) = (id.and_then(|id| id.parse().ok()), text.get()) {
            wanted.made.set(Some((id, text)));
        }
    });
    let typed = move |text: String| {
        wanted.prefix.set(text.clone());
        let now = path.get_untracked();
        desk.update(|draft| {
            let at = match (now, text.trim().is_empty()) {
                (None, true) => return,
                (Some(path), true) => return draft.remove(&path),
                (Some(path), false) => {
                    draft.set_text(&join(&path, "subnet"), text.trim());
                    path
                }
                (None, false) => {
                    let like = wanted.like;
                    let of_like =
                        like.and_then(|id| draft.subnet_at(id)).and_then(|path| draft.network_of(&path));
                    let network =
                        Some(wanted.network.get_value()).filter(|name| !name.is_empty()).or(of_like);
                    draft.add_subnet(network.as_deref(), text.trim(), like)
                }
            };
            pool.follow(draft, &at);
        });
    };
    // What was typed for another server is carried over.
    let carried = wanted.prefix.get_untracked();
    if path.with_untracked(Option::is_none) && !carried.is_empty() {
        typed(carried);
    }
    request_animation_frame(|| browser::focus("prefix"));
    let like = wanted.like.and_then(|id| {
        desk.draft.with_untracked(|draft| Some(draft.text_at(&join(&draft.subnet_at(id)?, "subnet"))))
    });
    let news = desk.news();
    let of_prefix = move || {
        let at = path.get().map(|path| format!(".{path}.subnet"));
        news.with(|news| {
            let about = |one: &&Finding| {
                one.code.starts_with("subnet/")
                    && one.code != "subnet/duplicate-id"
                    && one.code != "subnet/nothing-to-lease"
                    || at.as_ref().is_some_and(|at| one.path.ends_with(at.as_str()))
            };
            news.iter().filter(about).map(finding).collect_view()
        })
    };
    let placeholder = match family {
        Family::V4 => "192.0.2.0/24",
        Family::V6 => "2001:db8:1::/64",
    };
    let put = typed;
    view! {
        {like.map(|like| view! {
            <p class="hint" data-testid="like">{format!("Like {like}: what it sets is copied, its pools and reservations are not.")}</p>
        })}
        <section class="props" aria-label="Subnet">
            <Line id="prefix" label="Prefix" note=ViewFn::from(move || view! {
                <PrefixNote family text put=Callback::new(put)/>
                {of_prefix()}
            })>
                <input
                    id="prefix"
                    data-testid="prefix"
                    class="input"
                    type="text"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    placeholder=placeholder
                    aria-describedby="prefix-note"
                    prop:value=move || text.get().unwrap_or_default()
                    on:input=move |event| typed(event_target_value(&event))
                />
            </Line>
            {move || path.get().map(|path| view! { <Fields desk path family pool/> })}
        </section>
    }
}

/// What the prefix means, or what is wrong with its text.
#[component]
fn PrefixNote(family: Family, text: Memo<Option<String>>, put: Callback<String>) -> impl IntoView {
    move || {
        let text = text.get()?;
        let Ok(prefix) = Prefix::parse(family, &text) else { return None };
        let aligned = prefix.aligned().to_string();
        Some(if prefix.has_host_bits() {
            let wanted = aligned.clone();
            view! {
                <p class="hint">
                    "This address lies in " <code>{aligned}</code> ". "
                    <button type="button" class="link" data-testid="align" on:click=move |_| put.run(wanted.clone())>"Use that prefix"</button>
                </p>
            }
            .into_any()
        } else {
            view! { <p class="hint" data-testid="usable">{format!("Clients can have {}.", usable(prefix))}</p> }.into_any()
        })
    }
}

/// Everything but the prefix.
#[component]
fn Fields(desk: Desk, path: String, family: Family, pool: Pool) -> impl IntoView {
    let networks = desk.draft.with_untracked(perch_shared::draft::Draft::network_names);
    let (of_network, of_pool) = (path.clone(), StoredValue::new(path.clone()));
    let (moved, of_comment, set_comment) = (path.clone(), path.clone(), path.clone());
    let network =
        Memo::new(move |_| desk.draft.with(|draft| draft.network_of(&of_network).unwrap_or_default()));
    let pool_findings = desk.findings_in(join(&path, "pools"));
    let comment_path = join(&of_comment, "user-context.comment");
    let comment = Memo::new(move |_| desk.draft.with(|draft| draft.text_at(&comment_path)));
    let relay = join(&path, "relay.ip-addresses");
    let has_relay = desk.draft.with_untracked(|draft| draft.get(&relay).is_some());
    let pool_note = move || {
        let size = AddressRange::parse(family, &pool.text.get()).ok().map(AddressRange::size);
        let words = match (pool.text.with(String::is_empty), size) {
            (true, _) => Some("No pool: only clients with a reservation get an address.".to_owned()),
            (_, Some(1)) => Some("1 address".to_owned()),
            (_, Some(size)) if size < 10_000_000 => Some(format!("{size} addresses")),
            _ => None,
        };
        let found = pool_findings.with(|all| all.iter().map(finding).collect_view());
        view! { {words.map(|words| view! { <p class="hint">{words}</p> })} {pool.halves(desk, &of_pool.get_value())} {found} }
    };
    let share = pool.sharers.with_value(|sharers| !sharers.is_empty()).then(|| {
        let change = move |event: leptos::ev::Event| {
            pool.shared.set(event_target_checked(&event));
            desk.update(|draft| pool.put(draft, &of_pool.get_value()));
        };
        view! {
            <label class="check inline">
                <input type="checkbox" data-testid="share" prop:checked=pool.shared on:change=change/>
                <span>"A half for each HA server"</span>
            </label>
        }
    });
    view! {
        <Line id="network" label="Shared network">
            <Choice id="network" names=networks none="None" chosen=network on_choose=Callback::new(move |name: String| {
                desk.update(|draft| drop(draft.move_subnet_to(&moved, Some(name.as_str()).filter(|name| !name.is_empty()))));
            })/>
        </Line>
        <KeyField desk path=join(&path, "id")/>
        <EarlierLeases desk path=path.clone()/>
        {(family == Family::V4).then(|| view! { <Gateway desk path=path.clone() pool/> })}
        <Line id="pool" label="First pool" note=ViewFn::from(pool_note)>
            <input
                id="pool"
                data-testid="pool"
                class="input"
                type="text"
                autocomplete="off"
                spellcheck="false"
                aria-describedby="pool-note"
                prop:value=pool.text
                on:input=move |event| {
                    pool.own.set(true);
                    pool.text.set(event_target_value(&event));
                    desk.update(|draft| pool.put(draft, &of_pool.get_value()));
                }
            />
            {share}
        </Line>
        <ForClass desk path=path.clone()/>
        <Line id="comment" label="Comment">
            <input
                id="comment"
                data-testid="comment"
                class="input"
                type="text"
                autocomplete="off"
                prop:value=comment
                on:input=move |event| desk.update(|draft| draft.set_comment(&set_comment, &event_target_value(&event)))
            />
        </Line>
        <details class="more-fields" open=has_relay>
            <summary data-testid="more">"Relay agents"</summary>
            <KeyField desk path=relay label="Relay addresses"/>
        </details>
    }
}
