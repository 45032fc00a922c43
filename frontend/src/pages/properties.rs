//! A daemon's global parameters.

use super::daemon_param;
use crate::{
    components::{NotFound, ServerFrame, Tab},
    forms::desk::{Desk, KeyField, OpenDesk},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ConfigurationQuery, ServerId},
};

lazy_page!(properties_page, show);

/// The page.
fn show() -> AnyView {
    let at = daemon_param();
    view! {
        {move || match at.get() {
            Some((id, family)) => view! { <Properties id family/> }.into_any(),
            None => view! { <NotFound/> }.into_any(),
        }}
    }
    .into_any()
}

/// A group of keys under one head.
struct Group {
    title: &'static str,
    keys: &'static [&'static str],
}

const GROUPS: [Group; 4] = [
    Group {
        title: "Lifetimes",
        keys: &[
            "valid-lifetime",
            "min-valid-lifetime",
            "max-valid-lifetime",
            "preferred-lifetime",
            "min-preferred-lifetime",
            "max-preferred-lifetime",
        ],
    },
    Group {
        title: "Timers",
        keys: &["renew-timer", "rebind-timer", "calculate-tee-times", "t1-percent", "t2-percent"],
    },
    Group {
        title: "Clients",
        keys: &["echo-client-id", "match-client-id", "authoritative", "decline-probation-period"],
    },
    Group { title: "Booting", keys: &["next-server", "server-hostname", "boot-file-name"] },
];

#[component]
fn Properties(id: ServerId, family: Family) -> impl IntoView {
    let form = Callback::new(move |desk: Desk| view! { <Form desk/> }.into_any());
    view! {
        <ServerFrame id=id.clone() tab=Tab::Properties family>
            <OpenDesk server=id family query=ConfigurationQuery::frame() name="properties" form/>
        </ServerFrame>
    }
}

#[component]
fn Form(desk: Desk) -> impl IntoView {
    let group = |group: &Group| {
        let keys = group.keys.iter().map(|key| view! { <KeyField desk path=*key/> }).collect_view();
        view! {
            <section class="props" aria-label=group.title>
                <header class="props-head"><h2>{group.title}</h2></header>
                {keys}
            </section>
        }
    };
    view! { <div class="overview" data-testid="properties">{GROUPS.iter().map(group).collect_view()}</div> }
}
