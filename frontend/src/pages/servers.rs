//! All servers: the first page.

mod filter;
mod inspector;
mod remove;
mod row;

use crate::{
    browser,
    components::ErrorNotice,
    routes::{Address, Route},
    state::Fleet,
    ui::{Glyph, icon},
};
use filter::{Facets, fits};
use inspector::Inspector;
use leptos::prelude::*;
use perch_shared::api::{Role, Server, ServerId};
use remove::RemoveDialog;
use row::ServerRow;
use std::time::Duration;

const REFRESH: Duration = Duration::from_secs(10);

/// From which width of the window on the selected server is shown beside the list.
const ROOM: f64 = 1200.0;

lazy_page!(servers_page, servers);

/// The page.
fn servers() -> AnyView {
    view! { <Servers/> }.into_any()
}

#[component]
fn Servers() -> impl IntoView {
    browser::set_title("Servers");
    let fleet = expect_context::<Fleet>();
    let tick = RwSignal::new(0_u32);
    let ask = move || {
        fleet.reload();
        tick.update(|tick| *tick = tick.wrapping_add(1));
    };
    browser::every(REFRESH, move || {
        if browser::is_visible() {
            ask();
        }
    });
    browser::on_visible(ask);
    let address = expect_context::<Address>();
    let filter = address.query("q");
    browser::on_key(move |event| match event.key().as_str() {
        "/" if browser::is_shortcut(&event, "/") => {
            event.prevent_default();
            browser::focus("filter");
        }
        "n" if browser::is_shortcut(&event, "n") => address.go(&Route::AddServer),
        "r" if browser::is_shortcut(&event, "r") => ask(),
        "ArrowDown" | "ArrowUp" => row::step(&event),
        _ => {}
    });
    let loader = fleet.servers();
    let refused = fleet.lacks(Role::Administrator);
    let content = move || {
        match (loader.answer().get(), loader.failure().get()) {
        (Some(servers), None) if servers.is_empty() => view! { <Empty/> }.into_any(),
        (Some(servers), failure) => view! {
            {failure.map(|failure| view! { <ErrorNotice failure retry=Callback::new(move |()| ask())/> })}
            <Table servers filter tick=tick.into()/>
        }
        .into_any(),
        (None, Some(failure)) => view! { <ErrorNotice failure retry=Callback::new(move |()| ask())/> }.into_any(),
        (None, None) => view! { <div class="skeleton" aria-busy="true"><span class="sr">"Reading the inventory…"</span></div> }.into_any(),
    }
    };
    view! {
        <header class="page-head">
            <div class="page-title">
                <h1>"Servers"</h1>
                <div class="actions">
                    <label class="filter">
                        {icon(Glyph::Search)}
                        <span class="sr">"Filter servers"</span>
                        <input
                            id="filter"
                            class="input"
                            type="search"
                            data-testid="filter"
                            placeholder="Filter"
                            prop:value=filter
                            on:input=move |event| address.set_query("q", &event_target_value(&event))
                        />
                        <kbd>"/"</kbd>
                    </label>
                    {move || add_link(refused.get())}
                </div>
            </div>
        </header>
        {content}
    }
}

/// The way to the form, or why it is closed.
fn add_link(refused: Option<&'static str>) -> impl IntoView {
    let href = refused.is_none().then(|| Route::AddServer.path());
    let disabled = refused.map(|_| "true");
    view! {
        <a class="btn primary" href=href title=refused aria-disabled=disabled data-testid="add-link">{icon(Glyph::Add)} "Add server"</a>
    }
}

#[component]
fn Table(servers: Vec<Server>, filter: Signal<String>, tick: Signal<u32>) -> impl IntoView {
    let servers = StoredValue::new(servers);
    let removing = RwSignal::new(None);
    let view = expect_context::<Fleet>().view().answer();
    let matching = Memo::new(move |_| {
        let wanted = filter.get();
        view.with(|view| {
            let shown = |server: &&Server| fits(&wanted, server, view.as_ref());
            servers.with_value(|servers| servers.iter().filter(shown).cloned().collect::<Vec<_>>())
        })
    });
    let narrow = browser::is_narrower_than(ROOM);
    let picked = RwSignal::new(None::<ServerId>);
    // The first one where nobody chose, or who was chosen is not shown any more.
    let selected = Memo::new(move |_| {
        let picked = picked.get();
        matching.with(|all| {
            let chosen = all.iter().find(|server| Some(&server.id) == picked.as_ref());
            chosen.or(all.first()).cloned()
        })
    });
    let here = Signal::derive(move || {
        (!narrow.get())
            .then(|| selected.with(|server| server.as_ref().map(|server| server.id.clone())))
            .flatten()
    });
    view! {
        <div class="servers-page">
            <Facets servers view/>
            <div>
                <table class="servers" data-testid="servers">
                    <thead>
                        <tr>
                            <th scope="col">"Name"</th>
                            <th scope="col">"State"</th>
                            <th scope="col">"Kea"</th>
                            <th scope="col">"High availability"</th>
                            <th scope="col" class="head-address">"Address"</th>
                            <th scope="col"><span class="sr">"Actions"</span></th>
                        </tr>
                    </thead>
                    <tbody>
                        {move || matching.get().into_iter().map(|server| view! { <ServerRow server tick removing here picked/> }).collect_view()}
                    </tbody>
                </table>
                {move || matching.with(Vec::is_empty).then(|| view! { <p class="empty small">"No server is like that. Take out a word, or a mark at the side."</p> })}
            </div>
            {move || (!narrow.get()).then(|| view! { <Inspector selected=selected.into()/> })}
        </div>
        <RemoveDialog removing/>
    }
}

/// What to do when there is no server yet.
#[component]
fn Empty() -> impl IntoView {
    let refused = expect_context::<Fleet>().lacks(Role::Administrator);
    view! {
        <section class="empty" data-testid="empty">
            <h2>"No servers yet"</h2>
            <p>"Enter the address of a Kea Control Agent, or of a daemon's own control socket (Kea 3). Perch looks what answers there and says what is in the way."</p>
            <p>{move || add_link(refused.get())}</p>
            <p class="hint">"Or name it on the command line: " <code>"perch serve --kea http://kea.example.org:8000"</code></p>
        </section>
    }
}
