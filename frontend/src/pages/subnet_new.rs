//! Creating a subnet.

mod daemons;
mod earlier;
mod for_class;
mod form;
mod gateway;
mod line;
mod pool;

use crate::{
    browser,
    components::ErrorNotice,
    forms::desk::{Desk, OpenDesk},
    routes::{Address, Route},
    state::{Fleet, StatusLine},
    ui::{Glyph, Notice, Select, Tone, icon},
};
use daemons::{Choice, choices};
use form::Form;
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ApplyReport, ConfigurationQuery, Role},
};

lazy_page!(subnet_new_page, show);

/// The page.
fn show() -> AnyView {
    view! { <SubnetNew/> }.into_any()
}

/// What the address says about the new subnet.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    /// The id of the subnet that it shall be like.
    like: Option<u64>,
    /// Its shared network; empty: none.
    network: StoredValue<String>,
    /// The prefix, as it was typed for another server.
    prefix: RwSignal<String>,
    /// What is being created: its id and prefix.
    made: RwSignal<Option<(u64, String)>>,
}

#[component]
fn SubnetNew() -> impl IntoView {
    browser::set_title("Create subnet");
    let (fleet, address) = (expect_context::<Fleet>(), expect_context::<Address>());
    let refused = fleet.lacks(Role::Operator);
    let all = Memo::new(move |_| fleet.view().answer().with(|view| view.as_ref().map(choices)));
    let (of_server, of_family) = (address.query("server"), address.query("family"));
    let chosen = Memo::new(move |_| {
        let (server, family) = (of_server.get(), of_family.get().parse::<Family>().ok());
        all.with(|all| daemons::find(all.as_deref().unwrap_or_default(), &server, family))
    });
    let wanted = Wanted {
        like: address.query("like").get_untracked().parse().ok(),
        network: StoredValue::new(address.query("network").get_untracked()),
        prefix: RwSignal::new(String::new()),
        made: RwSignal::new(None),
    };
    let choose = Callback::new(move |key: String| {
        let (server, family) = key.split_once('/').unwrap_or_default();
        address.set_queries(&[("server", server), ("family", family)]);
    });
    let content = move || {
        if let Some(why) = refused.get() {
            return view! { <Notice tone=Tone::Info title=format!("You cannot create subnets: {why}.")/> }
                .into_any();
        }
        match (all.with(Option::is_some), fleet.view().failure().get()) {
            (false, Some(failure)) => {
                view! { <ErrorNotice failure retry=Callback::new(move |()| fleet.look())/> }.into_any()
            }
            (false, None) => view! { <div class="skeleton" aria-busy="true"><span class="sr">"Reading the servers…"</span></div> }.into_any(),
            (true, _) => view! { <Choose all chosen choose/> }.into_any(),
        }
    };
    let desk = move || {
        let choice = chosen.get().filter(|_| refused.get().is_none())?;
        Some(view! { <Open choice wanted/> })
    };
    view! {
        <header class="page-head">
            <div class="crumbs"><a href=Route::Networks.path()>{icon(Glyph::Back)} "Networks"</a></div>
            <div class="page-title"><h1>"Create subnet"</h1></div>
        </header>
        <div class="overview" data-testid="subnet-new">{content} {desk}</div>
    }
}

/// The choice of the daemon.
#[component]
fn Choose(
    all: Memo<Option<Vec<Choice>>>,
    chosen: Memo<Option<Choice>>,
    choose: Callback<String>,
) -> impl IntoView {
    move || {
        let all = all.get().unwrap_or_default();
        if all.is_empty() {
            return view! { <section class="empty"><h2>"No DHCP daemon is known"</h2><p>"Add a server first: a subnet belongs to one of its daemons."</p><p><a class="btn primary" href=Route::AddServer.path()>"Add server"</a></p></section> }.into_any();
        }
        let none = (String::new(), "Choose a server…".to_owned());
        let choices = std::iter::once(none).chain(all.into_iter().map(|choice| (choice.key(), choice.words)));
        let now = Signal::derive(move || chosen.get().map(|choice| choice.key()).unwrap_or_default());
        view! { <div class="daemon-choice"><Select id="daemon" label="Server" choices=choices.collect() chosen=now on_choose=choose/></div> }.into_any()
    }
}

/// The form over the daemon's whole configuration: overlaps are seen only there.
#[component]
fn Open(choice: Choice, wanted: Wanted) -> impl IntoView {
    let (address, status) = (expect_context::<Address>(), expect_context::<StatusLine>());
    let (server, family) = (choice.server.clone(), choice.family);
    let created = RwSignal::new(None::<(Route, String)>);
    let of_route = server.clone();
    let done = Callback::new(move |report: ApplyReport| {
        let Some((id, prefix)) = wanted.made.get_untracked() else { return };
        let route = Route::Subnet(of_route.clone(), family, id);
        if report.targets.iter().all(|target| target.written.is_some()) {
            status.say(format!("Subnet {prefix} was created."));
            address.go(&route);
        } else {
            created.set(Some((route, prefix)));
        }
    });
    let form = Callback::new(move |desk: Desk| view! { <Form desk wanted/> }.into_any());
    let notice = move || {
        created.get().map(|(route, prefix)| {
            view! {
                <Notice tone=Tone::Good title=format!("Subnet {prefix} was created.")>
                    <p><a href=route.path()>"Go to the subnet"</a></p>
                </Notice>
            }
        })
    };
    view! {
        {notice}
        <OpenDesk server family query=ConfigurationQuery::default() name="new-subnet" form done/>
    }
}
