//! What an address, an identifier or a word belongs to.

mod hits;

use crate::{
    api::Api,
    browser,
    components::ErrorNotice,
    routes::{Address, Route},
    state::{Fleet, Loader},
    ui::{Glyph, Notice, Tone, counted, icon},
};
use hits::{Hits, grouped};
use leptos::{leptos_dom::helpers::request_animation_frame, prelude::*, task::spawn_local};
use perch_shared::api::{Endpoint, Find, FindQuery, Found, ReadAs};
use std::time::Duration;

lazy_page!(find_page, show);

/// How long nothing has to be typed before it is looked for.
const PAUSE: Duration = Duration::from_millis(200);

/// What can be looked for.
const EXAMPLES: [(&str, &str); 6] = [
    ("192.0.2.17", "an address: its subnet, pool, reservation and lease"),
    ("10.0.0.0/8", "a prefix: the subnets in it and around it"),
    ("2001:db8::17", "an IPv6 address"),
    ("1a-1b-1c-1d-1e-1f", "a hardware address in any spelling"),
    ("00:01:00:01:2c:8e:11:5a", "a DUID or a client identifier"),
    ("printer", "a word in names, comments and host names"),
];

/// The page.
fn show() -> AnyView {
    view! { <FindPage/> }.into_any()
}

#[component]
fn FindPage() -> impl IntoView {
    let (api, address) = (expect_context::<Api>(), expect_context::<Address>());
    let asked = address.query("q");
    Effect::new(move |_| {
        let text = asked.get();
        browser::set_title(&if text.trim().is_empty() {
            "Find".to_owned()
        } else {
            format!("{text} · Find")
        });
    });
    // What configurations say comes at once; leases come when the servers have answered.
    let (quick, whole) = (Loader::<Found>::default(), Loader::<Found>::default());
    let about = RwSignal::new(String::new());
    let look = Callback::new(move |()| {
        let text = asked.get_untracked().trim().to_owned();
        about.set(text.clone());
        if text.is_empty() {
            return;
        }
        for (loader, leases) in [(quick, false), (whole, true)] {
            loader.answer().set(None);
            let query = FindQuery { text: text.clone(), leases };
            loader.run(async move { api.read::<Find>(Find::path(&()), &query).await });
        }
    });
    Effect::new(move |_| {
        let text = asked.get();
        spawn_local(async move {
            browser::pause(PAUSE).await;
            if asked.try_get_untracked().as_ref() == Some(&text)
                && about.try_get_untracked().is_some_and(|about| about != text.trim())
            {
                look.run(());
            }
        });
    });
    browser::on_key(move |event| {
        if browser::is_shortcut(&event, "/") {
            event.prevent_default();
            browser::focus("find");
        }
    });
    request_animation_frame(|| browser::focus("find"));
    let found = Memo::new(move |_| whole.answer().get().or_else(|| quick.answer().get()));
    let waiting = move || whole.answer().with(Option::is_none) && whole.failure().with(Option::is_none);
    let content = move || {
        if about.with(String::is_empty) {
            return view! { <Examples/> }.into_any();
        }
        match (found.get(), whole.failure().get().or_else(|| quick.failure().get())) {
            (Some(found), _) => {
                view! { <Results found waiting=Signal::derive(waiting) text=about/> }.into_any()
            }
            (None, Some(failure)) => view! { <ErrorNotice failure retry=look/> }.into_any(),
            (None, None) => {
                view! { <div class="skeleton tall" aria-busy="true"><span class="sr">"Looking…"</span></div> }
                    .into_any()
            }
        }
    };
    view! {
        <header class="page-head"><div class="page-title"><h1>"Find"</h1></div></header>
        <div class="find" role="search">
            {icon(Glyph::Search)}
            <input
                id="find"
                data-testid="find"
                class="input"
                type="search"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-label="Find an address, an identifier or a name"
                placeholder="An address, a MAC address, a DUID, a name"
                prop:value=asked
                on:input=move |event| address.set_query("q", &event_target_value(&event))
                on:keydown=move |event| if event.key() == "Enter" { look.run(()) }
            />
        </div>
        {content}
    }
}

/// What was found.
#[component]
fn Results(found: Found, waiting: Signal<bool>, text: RwSignal<String>) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let read = match found.read_as {
        ReadAs::Address => "an address",
        ReadAs::Prefix => "a prefix",
        ReadAs::Identifier => "an identifier",
        ReadAs::Word => "words",
    };
    let spelled = (!found.spelled.is_empty() && found.spelled != text.get_untracked())
        .then(|| view! { ": " <code>{found.spelled.clone()}</code> });
    let hits = grouped(found.hits, fleet);
    let count = hits.len() + found.more;
    let words = if count == 1 { "1 hit".to_owned() } else { format!("{count} hits") };
    let asked_in_vain = counted(found.silent.len() as u128, "server", "servers");
    let who_has_it = if found.silent.is_empty() {
        "No subnet, pool, reservation, lease, shared network, class or server has it. "
    } else {
        "No subnet, pool, reservation, shared network, class or server has it. Whether a lease has it is not known: not every server could be asked. "
    };
    let silent = found.silent.iter().map(|(server, why)| {
        let name = fleet.name(server);
        view! { <li>{format!("{name}: {why}")}</li> }
    });
    let silent = (!found.silent.is_empty()).then(|| {
        view! {
            <details class="find-silent" data-testid="silent">
                <summary>{format!("The leases of {asked_in_vain} are not known")}</summary>
                <ul>{silent.collect_view()}</ul>
            </details>
        }
    });
    let more = (found.more > 0).then(|| {
        view! { <Notice tone=Tone::Info title=format!("{} more are not shown. Type more of it.", found.more)/> }
    });
    let (none, is_identifier) = (hits.is_empty(), found.read_as == ReadAs::Identifier);
    view! {
        <p class="find-read" role="status" data-testid="read-as">
            <strong>{words}</strong> {format!(" Read as {read}")} {spelled} "."
            {move || waiting.get().then(|| view! { <span class="waiting">{icon(Glyph::Reload)} "Asking the servers for leases…"</span> })}
        </p>
        {silent}
        {move || (none && !waiting.get()).then(|| view! {
            <section class="empty small" data-testid="no-hit">
                <h2>"Nothing was found"</h2>
                {is_identifier.then(|| view! {
                    <p>
                        "A device that is here and has no lease was not answered. Perhaps its subnet is " <a href=Route::Networks.with(&[("q", "free<1")])>"full"</a>
                        ", or for a class that its packets are not in: the page of a class tries a packet. "
                        <a href=Route::Help.path()>"What to look at, step by step"</a>"."
                    </p>
                })}
                <p>{who_has_it}<a href=Route::Find.path()>"See what can be looked for"</a>"."</p>
            </section>
        })}
        <Hits hits/>
        {more}
    }
}

/// What can be looked for.
#[component]
fn Examples() -> impl IntoView {
    let example = |(text, about): (&'static str, &'static str)| {
        view! { <li><a href=Route::Find.with(&[("q", text)])><code>{text}</code></a><span>{about}</span></li> }
    };
    view! {
        <section class="find-examples" data-testid="empty" aria-label="Examples">
            <p>"Every server's subnets, pools, reservations, leases, shared networks and client classes are searched."</p>
            <ul>{EXAMPLES.map(example).into_iter().collect_view()}</ul>
        </section>
    }
}
