//! Leases, searched for on all servers, or those of one subnet.

mod search;

use crate::{
    api::Api,
    browser,
    components::{ErrorNotice, LeaseTable, NoLeaseCmds},
    routes::{Address, Route},
    state::{Fleet, Subnets},
    ui::{Choice, Combobox, Glyph, counted, icon},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ReadAs, ServerId},
    find::Sought,
};
use search::Search;

lazy_page!(leases_page, show);

/// The page.
fn show() -> AnyView {
    view! { <Leases/> }.into_any()
}

#[component]
fn Leases() -> impl IntoView {
    browser::set_title("Leases");
    let (address, query) = (expect_context::<Address>(), expect_context::<Address>().query("q"));
    let asked = Memo::new(move |_| query.get());
    let typed = RwSignal::new(asked.get_untracked());
    Effect::new(move |_| typed.set(asked.get()));
    let search = Search::new();
    Effect::new(move |_| search.find(Sought::read(&asked.get())));
    browser::on_key(move |event| {
        if browser::is_shortcut(&event, "/") {
            event.prevent_default();
            browser::focus("lease-search");
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = typed.get_untracked().trim().to_owned();
        if text == asked.get_untracked() {
            search.find(Sought::read(&text));
        }
        address.set_query("q", &text);
    };
    let content = move || {
        if asked.with(|asked| asked.trim().is_empty()) {
            view! { <Begin/> }.into_any()
        } else {
            view! { <Found search asked/> }.into_any()
        }
    };
    view! {
        <header class="page-head"><div class="page-title"><h1>"Leases"</h1></div></header>
        <form class="list-bar" role="search" on:submit=submit>
            <div class="combo-field grow">
                {icon(Glyph::Search)}
                <input
                    id="lease-search"
                    data-testid="lease-search"
                    class="input"
                    type="search"
                    aria-label="Address, MAC address, client identifier, DUID or host name"
                    placeholder="Address, MAC, client ID, DUID or host name"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                />
            </div>
            <button type="submit" class="btn primary" data-testid="lease-find">"Find"</button>
        </form>
        {content}
    }
}

/// What was found, and by whom nothing could be said.
#[component]
fn Found(search: Search, asked: Memo<String>) -> impl IntoView {
    let read_as = move || {
        let sought = Sought::read(&asked.get())?;
        let spelled = sought.spelled();
        Some(match sought.read_as() {
            ReadAs::Address => view! { "Leases of the address " <code>{spelled}</code> }.into_any(),
            ReadAs::Identifier => view! { "Leases of the client " <code>{spelled}</code> }.into_any(),
            ReadAs::Word => view! { "Leases with the host name " <code>{spelled}</code> }.into_any(),
            ReadAs::Prefix => "A prefix has no lease of its own: choose its subnet below.".into_any(),
        })
    };
    let rows = Memo::new(move |_| search.rows());
    let count = move || counted(rows.with(Vec::len) as u128, "lease", "leases");
    let busy = move || {
        let waiting = search.waiting();
        (waiting > 0).then(|| view! { <span class="muted" role="status">{format!("Asking {}…", counted(waiting as u128, "daemon", "daemons"))}</span> })
    };
    let failures = move || {
        let retry = Callback::new(move |()| search.find(Sought::read(&asked.get_untracked())));
        let one = |(server, failure): (String, crate::api::Failure)| {
            view! { <p class="silent-name">{server}</p> <ErrorNotice failure retry/> }
        };
        search.failures().into_iter().map(one).collect_view()
    };
    let without = move || {
        Family::ALL
            .map(|family| {
                let servers: Vec<ServerId> = search.without_hook(family);
                (!servers.is_empty()).then(|| view! { <NoLeaseCmds servers family/> })
            })
            .into_iter()
            .collect_view()
    };
    let only_prefix =
        move || Sought::read(&asked.get()).is_some_and(|sought| sought.read_as() == ReadAs::Prefix);
    view! {
        <p class="list-foot" data-testid="lease-count"><span>{read_as}</span> <span>{count}</span> {busy}</p>
        <LeaseTable name="leases" rows empty="No server that answered has such a lease now. Host names are found whole, not by a part."/>
        {failures}
        {without}
        {move || only_prefix().then(|| view! { <Begin/> })}
    }
}

/// Before anything is searched for: choosing a subnet.
#[component]
fn Begin() -> impl IntoView {
    let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
    let known = Memo::new(move |_| fleet.view().answer().with(Option::is_some));
    let chooser = move || known.get().then(|| view! { <ChooseSubnet subnets=Subnets::load(api, fleet)/> });
    view! {
        <section class="empty" data-testid="lease-begin">
            <h2>"Who has which address"</h2>
            <p>"Search for an address, a hardware address, a client identifier, a DUID or a host name, in any spelling. All servers are asked at once."</p>
            <p>"Or see all leases of a subnet:"</p>
            {chooser}
        </section>
    }
}

#[component]
fn ChooseSubnet(subnets: Subnets) -> impl IntoView {
    let (fleet, address) = (expect_context::<Fleet>(), expect_context::<Address>());
    let search = Callback::new(move |text: String| {
        let choice = |index: usize| {
            let subnet = subnets.get(index)?;
            let detail = format!("{} {}", fleet.name(&subnet.server), subnet.row.comment);
            Some(Choice {
                key: index.to_string(),
                mark: String::new(),
                title: subnet.row.subnet,
                detail,
                badge: "",
            })
        };
        subnets.find(&text, 40).into_iter().filter_map(choice).collect::<Vec<_>>()
    });
    let pick = Callback::new(move |key: String| {
        let Some(subnet) = key.parse().ok().and_then(|index| subnets.get(index)) else { return };
        let route = Route::Subnet(subnet.server, subnet.family, subnet.row.id);
        address.go_to(&route.with(&[("tab", "leases")]));
    });
    view! {
        <div class="choose-subnet">
            <Combobox id="subnet" label="Subnet" placeholder="192.0.2.7, 192.0.2.0/24 or a word" search on_pick=pick/>
        </div>
    }
}
