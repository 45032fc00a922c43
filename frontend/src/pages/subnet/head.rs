//! The head of a subnet's page: what it is, whose it is, and how full it is.

use super::remove::RemoveDialog;
use crate::{
    api::Api,
    browser,
    forms::desk::Desk,
    routes::Route,
    state::{Fleet, Loader},
    ui::{Glyph, Menu, MenuItem, Meter, count, icon},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{Endpoint, GetUsage, Role, ServerId, Usage, UsageList},
    draft::join,
};

/// What the head says of the subnet, once its configuration is there.
#[derive(Debug, Clone, Default, PartialEq)]
struct About {
    prefix: String,
    network: Option<String>,
    comment: String,
    classes: Vec<String>,
}

/// The head.
#[component]
pub fn Head(
    /// The server.
    server: ServerId,
    /// The daemon.
    family: Family,
    /// The subnet.
    id: u64,
    /// The form, once it is open.
    desk: RwSignal<Option<Desk>>,
) -> impl IntoView {
    let about = Memo::new(move |before: Option<&About>| {
        let found = desk.get().and_then(|desk| {
            desk.draft.with(|draft| {
                let path = draft.subnet_at(id)?;
                Some(About {
                    prefix: draft.text_at(&join(&path, "subnet")),
                    network: draft.network_of(&path),
                    comment: draft.comment_at(&path),
                    classes: draft.classes_of(&path),
                })
            })
        });
        found.or_else(|| before.cloned()).unwrap_or_default()
    });
    let title = move || {
        about.with(|about| match about.prefix.as_str() {
            "" => format!("Subnet {id}"),
            prefix => prefix.to_owned(),
        })
    };
    Effect::new(move |_| browser::set_title(&title()));
    let (of_network, of_classes, of_menu) = (server.clone(), server.clone(), title);
    let network = move || {
        about.with(|about| about.network.clone()).map(|name| {
            let href = Route::Network(of_network.clone(), family, name.clone()).path();
            view! { <span>"in " <a href=href data-testid="of-network">{name}</a></span> }
        })
    };
    let classes = move || {
        let one = |name: String| {
            let href = Route::Class(of_classes.clone(), family, name.clone()).path();
            view! { <span>"for " <a href=href data-testid="of-class">{name}</a></span> }
        };
        about.with(|about| about.classes.clone()).into_iter().map(one).collect_view()
    };
    let comment = move || {
        about
            .with(|about| (!about.comment.is_empty()).then(|| view! { <span>{about.comment.clone()}</span> }))
    };
    let removing = RwSignal::new(false);
    let refused = expect_context::<Fleet>().lacks(Role::Operator);
    let menu = move || {
        let items = vec![MenuItem {
            label: "Remove…",
            refused: refused.get(),
            act: Callback::new(move |()| removing.set(true)),
        }];
        view! { <Menu label=format!("Actions for {}", of_menu()) items testid="subnet-menu"/> }
    };
    view! {
        <header class="page-head">
            <div class="crumbs"><a href=Route::Networks.path()>{icon(Glyph::Back)} "Networks"</a></div>
            <div class="page-title">
                <h1 data-testid="subnet-prefix">{title}</h1>
                <span class="chip">{family.protocol()}</span>
                <div class="actions">{menu}</div>
            </div>
            <p class="head-facts">
                <Servers server=server.clone() family/>
                {network}
                {classes}
                <span>"ID " {id}</span>
                {comment}
                <HowFull server family id/>
            </p>
        </header>
        {move || desk.get().map(|desk| view! { <RemoveDialog desk id open=removing/> })}
    }
}

/// The server, and the HA partners that have the subnet too.
#[component]
fn Servers(server: ServerId, family: Family) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    move || {
        let pairs = fleet.pairs_of(&server, family);
        let members = pairs.into_iter().flat_map(|pair| pair.members);
        let mut all: Vec<ServerId> = members.filter_map(|member| member.server).collect();
        all.retain(|other| *other != server);
        all.sort();
        all.dedup();
        all.insert(0, server.clone());
        let link = |(index, server): (usize, ServerId)| {
            let and = if index == 0 { "on " } else { " and " };
            let name = fleet.name(&server);
            view! { {and} <a href=Route::Server(server).path()>{name}</a> }
        };
        let links = all.into_iter().enumerate().map(link).collect_view();
        view! { <span data-testid="of-servers">{links}</span> }
    }
}

/// How full the subnet is; nothing where that is not known.
#[component]
fn HowFull(server: ServerId, family: Family, id: u64) -> impl IntoView {
    let api = expect_context::<Api>();
    let loader = Loader::<UsageList>::default();
    let path = GetUsage::path(&(server, family));
    loader.run(async move { api.read::<GetUsage>(path, &()).await });
    move || {
        let usage = loader
            .answer()
            .with(|list| list.iter().flat_map(|list| &list.subnets).find(|usage| usage.id == id).copied())?;
        let words = words(&usage);
        (!words.is_empty()).then(|| {
            view! {
                <span class="head-usage" data-testid="usage">
                    <span class="head-meter"><Meter part=usage.fullness() title=words.clone()/></span>
                    {words}
                </span>
            }
        })
    }
}

fn words(usage: &Usage) -> String {
    let of = |used: f64, total: f64, what: &str| {
        (total > 0.0).then(|| format!("{} of {} {what}", count(used as u128), count(total as u128)))
    };
    let addresses = of(usage.assigned, usage.total, "addresses");
    let prefixes = of(usage.assigned_prefixes, usage.total_prefixes, "prefixes");
    [addresses, prefixes].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
