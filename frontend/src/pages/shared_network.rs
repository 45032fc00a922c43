//! One shared network, and entering a new one.

mod add;
mod choose;
mod remove;
mod subnets;

use super::param;
use crate::{
    browser,
    components::{NotFound, PairLinks, SectionList, SectionTabs, open_section},
    forms::{
        desk::{Desk, OpenDesk},
        option_data::OptionsPanel,
        scope::ScopeFields,
    },
    routes::Route,
    state::Fleet,
    ui::{Glyph, Menu, MenuItem, Notice, Tone, icon},
};
use add::AddNetwork;
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ConfigurationQuery, Role, ServerId},
};
use remove::RemoveDialog;
use subnets::Subnets;

lazy_page!(shared_network_page, show);

/// What the address is about.
#[derive(Debug, Clone, PartialEq, Eq)]
enum At {
    New,
    Network(ServerId, Family, String),
}

/// The page.
fn show() -> AnyView {
    let at = param(|route| match route {
        Route::AddNetwork => Some(At::New),
        Route::Network(server, family, name) => Some(At::Network(server.clone(), *family, name.clone())),
        _ => None,
    });
    view! {
        {move || match at.get() {
            Some(At::New) => view! { <AddNetwork/> }.into_any(),
            Some(At::Network(server, family, name)) => view! { <Network server family name/> }.into_any(),
            None => view! { <NotFound/> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Network(server: ServerId, family: Family, name: String) -> impl IntoView {
    browser::set_title(&name);
    let desk = RwSignal::new(None::<Desk>);
    let of_form = name.clone();
    let form = Callback::new(move |opened: Desk| {
        desk.set(Some(opened));
        view! { <Form desk=opened name=of_form.clone()/> }.into_any()
    });
    let query = ConfigurationQuery { network: Some(name.clone()), ..ConfigurationQuery::frame() };
    view! {
        <Head server=server.clone() family name=name.clone() desk/>
        <OpenDesk server family query name=format!("network-{name}") form/>
    }
}

#[component]
fn Head(server: ServerId, family: Family, name: String, desk: RwSignal<Option<Desk>>) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let refused = fleet.lacks(Role::Operator);
    let removing = RwSignal::new(false);
    let label = format!("Actions for {name}");
    let menu = move || {
        let items = vec![MenuItem {
            label: "Remove…",
            refused: refused.get(),
            act: Callback::new(move |()| removing.set(true)),
        }];
        view! { <Menu label=label.clone() items testid="network-menu"/> }
    };
    let comment = {
        let name = name.clone();
        move || {
            let comment =
                desk.get()?.draft.with(|draft| Some(draft.comment_at(&draft.network_at(&name)?)))?;
            (!comment.is_empty()).then(|| view! { <span>{comment}</span> })
        }
    };
    let of_dialog = name.clone();
    view! {
        <header class="page-head">
            <div class="crumbs"><a href=Route::Networks.path()>{icon(Glyph::Back)} "Networks"</a></div>
            <div class="page-title">
                <h1 data-testid="network-name">{name}</h1>
                <span class="chip">"Shared network"</span>
                <span class="chip">{family.protocol()}</span>
                <div class="actions">{menu}</div>
            </div>
            <p class="head-facts"><PairLinks server family/> {comment}</p>
        </header>
        {move || desk.get().map(|desk| view! { <RemoveDialog desk name=of_dialog.clone() open=removing/> })}
    }
}

/// The sections of the page.
const TABS: SectionList = &[("", "Subnets"), ("properties", "Properties"), ("options", "Options")];

#[component]
fn Form(desk: Desk, name: String) -> impl IntoView {
    let tab = open_section();
    let (server, family) = desk.place();
    let route = Route::Network(server, family, name.clone());
    let wanted = name.clone();
    let path = Memo::new(move |_| desk.draft.with(|draft| draft.network_at(&wanted)));
    let section = move || {
        let Some(path) = path.get() else { return view! { <Gone name=name.clone()/> }.into_any() };
        match tab.get().as_str() {
            "properties" => {
                view! { <div class="overview" data-testid="properties"><ScopeFields desk path/></div> }
                    .into_any()
            }
            "options" => view! { <OptionsPanel desk path/> }.into_any(),
            _ => view! { <Subnets desk path name=name.clone()/> }.into_any(),
        }
    };
    view! {
        <SectionTabs label="Shared network" sections=TABS route/>
        {section}
    }
}

/// The network was removed, here or elsewhere.
#[component]
fn Gone(name: String) -> impl IntoView {
    view! {
        <div data-testid="gone">
            <Notice tone=Tone::Info title=format!("This daemon has no shared network `{name}`.")>
                <p>"It may have been removed. " <a href=Route::Networks.path()>"All subnets and networks"</a></p>
            </Notice>
        </div>
    }
}
