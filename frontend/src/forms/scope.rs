//! What subnets and shared networks have in common: their parameters, in groups.

use super::{
    desk::{Desk, KeyField, Row, TextKey, field_id},
    item::LineField,
    keys::{BOOTING, LIFETIMES, TIMERS},
};
use leptos::prelude::*;
use perch_shared::draft::{KeyKind, join};

/// Keys under one head.
struct Group {
    title: &'static str,
    keys: &'static [&'static str],
}

const GROUPS: [Group; 7] = [
    Group {
        title: "Which clients",
        keys: &["interface", "interface-id", "relay.ip-addresses", CLASSES, MORE_CLASSES],
    },
    Group { title: "Lifetimes", keys: LIFETIMES },
    Group { title: "Timers", keys: TIMERS },
    Group {
        title: "Giving addresses",
        keys: &[
            "reservations-global",
            "reservations-in-subnet",
            "reservations-out-of-pool",
            "match-client-id",
            "authoritative",
            "rapid-commit",
            "allocator",
            "pd-allocator",
            "adaptive-lease-time-threshold",
            "cache-threshold",
            "cache-max-age",
            "store-extended-info",
        ],
    },
    Group { title: "Booting", keys: BOOTING },
    Group {
        title: "Names in DNS",
        keys: &[
            "ddns-send-updates",
            "ddns-qualifying-suffix",
            "ddns-generated-prefix",
            "ddns-override-no-update",
            "ddns-override-client-update",
            "ddns-replace-client-name",
            "ddns-update-on-renew",
            "ddns-conflict-resolution-mode",
            "ddns-ttl",
            "ddns-ttl-percent",
            "ddns-ttl-min",
            "ddns-ttl-max",
            "hostname-char-set",
            "hostname-char-replacement",
        ],
    },
    Group { title: "DHCPv4 over DHCPv6", keys: &["4o6-interface", "4o6-interface-id", "4o6-subnet"] },
];

/// The classes that an object is for: one key or another, by the version.
const CLASSES: &str = "client-classes";

/// The classes that are evaluated late: one key or another, by the version.
const MORE_CLASSES: &str = "evaluate-additional-classes";

/// The parameters of a subnet or a shared network. Those that this Kea does not know are left out.
#[component]
pub fn ScopeFields(
    /// The desk.
    desk: Desk,
    /// The path of the subnet or network.
    path: String,
) -> impl IntoView {
    let group = |group: &Group| {
        let keys: Vec<String> =
            group.keys.iter().map(|key| join(&path, version_key(desk, &path, key))).collect();
        let known =
            |key: &&String| desk.draft.with_untracked(|draft| draft.knows(key) || draft.get(key).is_some());
        let keys: Vec<String> = keys.iter().filter(known).cloned().collect();
        (!keys.is_empty()).then(|| {
            let rows = keys.into_iter().map(|key| view! { <KeyField desk path=key/> }).collect_view();
            view! {
                <section class="props" aria-label=group.title>
                    <header class="props-head"><h2>{group.title}</h2></header>
                    {rows}
                </section>
            }
        })
    };
    let groups = GROUPS.iter().map(group).collect_view();
    view! {
        <section class="props" aria-label="Comment">
            <CommentField desk path=path.clone()/>
        </section>
        {groups}
    }
}

/// The name that this daemon's version has for a key.
fn version_key(desk: Desk, path: &str, key: &'static str) -> &'static str {
    desk.draft.with_untracked(|draft| match key {
        CLASSES => draft.classes_key(),
        MORE_CLASSES if !draft.knows(&join(path, MORE_CLASSES)) => "require-client-classes",
        key => key,
    })
}

/// The classes that are evaluated once a client is served by an object.
#[component]
pub fn MoreClasses(
    /// The desk.
    desk: Desk,
    /// The object's path.
    path: String,
) -> impl IntoView {
    let key = version_key(desk, &path, MORE_CLASSES);
    view! { <KeyField desk path=join(&path, key)/> }
}

/// The classes that an object is for: a field for a line.
#[component]
pub fn ClassesInLine(
    /// The desk.
    desk: Desk,
    /// The object's path.
    path: String,
) -> impl IntoView {
    let key = join(&path, desk.draft.with_untracked(|draft| draft.classes_key()));
    let is_list = desk.draft.with_untracked(|draft| draft.kind(&key)) == KeyKind::Words;
    let label = if is_list { "Client classes" } else { "Client class" };
    let note = format!("{}-note", field_id(&key));
    view! {
        <LineField path=key.clone() label>
            <TextKey desk path=key placeholder="all clients of the subnet"/>
            <span class="sr" id=note>"Without a class, for all clients that the subnet is for."</span>
        </LineField>
    }
}

/// What people write about an object.
#[component]
pub fn CommentField(
    /// The desk.
    desk: Desk,
    /// The object's path.
    path: String,
) -> impl IntoView {
    let place = join(&join(&path, "user-context"), "comment");
    let field = field_id(&place);
    let (shown, set) = (path.clone(), path);
    view! {
        <Row desk path=place label="Comment">
            <input
                id=field.clone()
                data-testid=field.clone()
                class="input"
                type="text"
                autocomplete="off"
                aria-describedby=format!("{field}-note")
                prop:value=move || desk.draft.with(|draft| draft.comment_at(&shown))
                on:input=move |event| desk.update(|draft| draft.set_comment(&set, &event_target_value(&event)))
            />
        </Row>
    }
}
