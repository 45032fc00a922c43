//! Making two servers partners, or changing how two work together.

use super::terms::Terms;
use crate::{
    browser,
    components::ErrorNotice,
    routes::{Address, Route},
    state::Fleet,
    ui::{Glyph, Notice, Select, Tone, icon},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{FleetView, Role, ServerId},
};

/// A daemon that can be a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The server.
    pub server: ServerId,
    /// The daemon.
    pub family: Family,
    /// The server's name.
    pub name: String,
    /// Where Perch reaches its daemons.
    pub channels: Vec<String>,
    /// The pairs that it belongs to.
    pub pairs: Vec<String>,
}

impl Candidate {
    fn key(&self) -> String {
        format!("{}/{}", self.server, self.family)
    }
}

/// Every daemon, in the order of the inventory.
fn candidates(view: &FleetView) -> Vec<Candidate> {
    let of = |status: &perch_shared::api::ServerStatus| {
        let id = status.server.id.clone();
        let daemons = status.daemons.iter().map(move |daemon| (id.clone(), daemon.family));
        let name = status.server.name.clone();
        let channels: Vec<String> = status.server.channels.iter().map(|one| one.address.clone()).collect();
        let candidate = move |(server, family): (ServerId, Family)| {
            let mine = view.pairs.iter().filter(|pair| {
                pair.family == family
                    && pair.members.iter().any(|member| member.server.as_ref() == Some(&server))
            });
            let pairs = mine.map(|pair| pair.id.to_string()).collect();
            Candidate { server, family, name: name.clone(), channels: channels.clone(), pairs }
        };
        daemons.map(candidate).collect::<Vec<_>>()
    };
    view.servers.iter().flat_map(of).collect()
}

/// The page.
#[component]
pub fn SetUp() -> impl IntoView {
    browser::set_title("Set up high availability");
    let (fleet, address) = (expect_context::<Fleet>(), expect_context::<Address>());
    let refused = fleet.lacks(Role::Operator);
    // Looks come and go; the form is drawn anew only when a server does.
    let all = Memo::new(move |_| fleet.view().answer().with(|view| view.as_ref().map(candidates)));
    let chosen = |name: &'static str| {
        let key = address.query(name);
        Memo::new(move |_| {
            let key = key.get();
            all.with(|all| all.iter().flatten().find(|one| one.key() == key).cloned())
        })
    };
    let (primary, partner) = (chosen("primary"), chosen("partner"));
    let choose_primary = Callback::new(move |key: String| {
        let other = partner.get_untracked().map(|one| one.key()).filter(|other| *other != key);
        address.set_queries(&[("primary", &key), ("partner", &other.unwrap_or_default())]);
    });
    let choose_partner = Callback::new(move |key: String| {
        let first = primary.get_untracked().map(|one| one.key()).unwrap_or_default();
        address.set_queries(&[("primary", &first), ("partner", &key)]);
    });
    let choice = move || {
        let all = all.get().unwrap_or_default();
        let words = |one: &Candidate| (one.key(), format!("{}: {}", one.name, one.family.protocol()));
        let none = || std::iter::once((String::new(), "Choose a server…".to_owned()));
        let first = none().chain(all.iter().map(words)).collect();
        let second = primary.get().map(|first| {
            // Somebody else's partner is not offered; the address may name it all the same.
            let named = partner.get();
            let is_offered = |one: &&Candidate| {
                one.pairs.is_empty() || one.pairs == first.pairs || named.as_ref() == Some(*one)
            };
            let others = all.iter().filter(|one| one.family == first.family && one.server != first.server);
            none().chain(others.filter(is_offered).map(words)).collect::<Vec<_>>()
        });
        let key = |of: Memo<Option<Candidate>>| {
            Signal::derive(move || of.get().map(|one| one.key()).unwrap_or_default())
        };
        view! {
            <div class="daemon-choice">
                <Select id="primary" label="Primary" choices=first chosen=key(primary) on_choose=choose_primary/>
                {second.map(|choices| view! {
                    <Select id="partner" label="Partner" choices chosen=key(partner) on_choose=choose_partner/>
                })}
            </div>
        }
    };
    let terms = move || {
        let (primary, partner) = (primary.get()?, partner.get()?);
        if primary.family != partner.family {
            return None;
        }
        // Somebody else's partner has to part first.
        let taken = [&primary, &partner]
            .into_iter()
            .find(|one| !one.pairs.is_empty() && primary.pairs != partner.pairs);
        Some(match taken {
            Some(one) => {
                let href = one.pairs.first().map(|id| Route::Pair(id.clone()).path()).unwrap_or_default();
                view! {
                    <div data-testid="taken"><Notice tone=Tone::Warning title=format!("{} has a partner already.", one.name)>
                        <p><a href=href>"See the pair"</a>": part the two first, or choose another server."</p>
                    </Notice></div>
                }
                .into_any()
            }
            None => view! { <Terms primary partner/> }.into_any(),
        })
    };
    let content = move || {
        if let Some(why) = refused.get() {
            return view! { <Notice tone=Tone::Info title=format!("You cannot set up a pair: {why}.")/> }
                .into_any();
        }
        match (all.with(|all| all.as_ref().map(Vec::len)), fleet.view().failure().get()) {
            (None, Some(failure)) => {
                view! { <ErrorNotice failure retry=Callback::new(move |()| fleet.look())/> }.into_any()
            }
            (None, None) => view! { <div class="skeleton" aria-busy="true"><span class="sr">"Reading the servers…"</span></div> }.into_any(),
            (Some(0 | 1), _) => view! {
                <section class="empty" data-testid="too-few"><h2>"A pair needs two servers"</h2><p>"Add both first. Each of them is reached by its own control channel."</p><p><a class="btn primary" href=Route::AddServer.with(&[("then", "pair")])>"Add server"</a></p></section>
            }.into_any(),
            _ => view! { {choice} {terms} }.into_any(),
        }
    };
    view! {
        <header class="page-head">
            <div class="crumbs"><a href=Route::Pairs.path()>{icon(Glyph::Back)} "High availability"</a></div>
            <div class="page-title"><h1>"Set up high availability"</h1></div>
        </header>
        <div class="overview" data-testid="pair-setup">{content}</div>
    }
}
