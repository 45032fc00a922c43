//! One HA relationship: who is in which state, what that means, and whether the configurations agree.

use super::{badge, drift::DriftSection, member::Member, parting::PartDialog};
use crate::{
    browser,
    components::ErrorNotice,
    routes::Route,
    state::Fleet,
    ui::{Glyph, Notice, Tone, icon, remedy},
};
use leptos::prelude::*;
use perch_shared::api::{Pair, PairMember, PairState, Reason, ReasonCode, Role, ServerId};
use std::time::Duration;

const REFRESH: Duration = Duration::from_secs(10);

#[component]
pub fn One(id: String) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let loader = fleet.view();
    browser::every(REFRESH, move || {
        if browser::is_visible() {
            fleet.look();
        }
    });
    let wanted = id;
    let pair = Memo::new(move |_| {
        loader.answer().with(|view| {
            view.as_ref().map(|view| view.pairs.iter().find(|pair| pair.id.0 == wanted).cloned())
        })
    });
    let retry = Callback::new(move |()| fleet.look());
    let content = move || {
        match pair.get() {
        Some(Some(pair)) => view! { <Known pair/> }.into_any(),
        Some(None) => view! {
            <header class="page-head"><div class="page-title"><h1>"High availability"</h1></div></header>
            <div data-testid="no-pair">
                <Notice tone=Tone::Info title="There is no such relationship.">
                    <p>"Its members, or their names, may have changed. " <a href=Route::Pairs.path()>"All relationships"</a></p>
                </Notice>
            </div>
        }
        .into_any(),
        None if loader.failure().with(Option::is_some) => ().into_any(),
        None => view! { <div class="skeleton tall" aria-busy="true"><span class="sr">"Looking at the pair…"</span></div> }.into_any(),
    }
    };
    let sides = Memo::new(move |_| {
        let pair = pair.get().flatten()?;
        let mut known = pair.members.iter().filter_map(|member| member.server.clone());
        Some((pair.family, known.next()?, known.next()?))
    });
    let compared = move || {
        let (family, left, right): (_, ServerId, ServerId) = sides.get()?;
        Some(view! { <DriftSection family left right/> })
    };
    view! {
        {move || loader.failure().get().map(|failure| view! { <ErrorNotice failure retry/> })}
        <div class="overview" data-testid="pair">{content} {compared}</div>
    }
}

#[component]
fn Known(pair: Pair) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let name = fleet.pair_name(&pair);
    browser::set_title(&format!("{name} {}", pair.family.protocol()));
    let acts = acts(&pair);
    let fine = pair.state == PairState::Ok || pair.state == PairState::OutOfStep;
    let reasons = pair.reasons.iter().filter(|reason| reason.code != ReasonCode::OutOfStep);
    let reasons = reasons.map(|reason| notice(reason, &pair)).collect_view();
    let members: Vec<_> = pair
        .members
        .iter()
        .cloned()
        .map(|member| {
            view! { <Member member mode=pair.mode.clone() family=pair.family/> }
        })
        .collect();
    view! {
        <header class="page-head pair-head">
            <div class="crumbs"><a href=Route::Pairs.path()>{icon(Glyph::Back)} "High availability"</a></div>
            <div class="page-title">
                <h1>{name}</h1>
                {badge(pair.state)}
                <span class="chip">{pair.family.protocol()}</span>
                <span class="chip">{pair.mode.clone()}</span>
            </div>
            {acts}
        </header>
        {reasons}
        {fine.then(|| view! { <p class="calm" data-testid="pair-fine">{icon(Glyph::Check)}{meaning(&pair.mode)}</p> })}
        <div class="pair-members">{members}</div>
    }
}

/// Changing how they work together, and parting them: where both are known.
fn acts(pair: &Pair) -> Option<AnyView> {
    let refused = expect_context::<Fleet>().lacks(Role::Operator);
    let with = |role: &[&str]| {
        let is_it = |member: &&PairMember| role.contains(&member.role.as_str());
        pair.members.iter().find(is_it)?.server.clone()
    };
    let servers = [with(&["primary"])?, with(&["secondary", "standby"])?];
    let family = pair.family;
    let [primary, partner] = servers.each_ref().map(|id| format!("{id}/{family}"));
    let change = Route::SetUpPair.with(&[("primary", &primary), ("partner", &partner)]);
    let open = RwSignal::new(false);
    let buttons = move || {
        refused.with(Option::is_none).then(|| {
            view! {
                <div class="actions">
                    <a class="btn" data-testid="change-pair" href=change.clone()>"Change…"</a>
                    <button type="button" class="btn" data-testid="part" on:click=move |_| open.set(true)>"Part them…"</button>
                </div>
            }
        })
    };
    Some(view! { {buttons} <PartDialog family servers open/> }.into_any())
}

fn notice(reason: &Reason, pair: &Pair) -> AnyView {
    let unknown = reason.code == ReasonCode::UnknownPartner;
    let tone = match reason.code {
        ReasonCode::Starting => Tone::Info,
        _ if pair.state >= PairState::Impaired && !unknown => Tone::Bad,
        _ => Tone::Warning,
    };
    let help = (!reason.help.is_empty())
        .then(|| view! { <p class="remedy" data-testid="advice">{remedy(&reason.help)}</p> });
    // The page of the one that is known offers to add the other.
    let known = pair.members.iter().find_map(|member| member.server.clone()).filter(|_| unknown);
    let add = known.map(|id| {
        view! { <p class="notice-foot"><a class="btn" href=Route::Server(id).path()>{icon(Glyph::Add)}"Add the partner"</a></p> }
    });
    view! { <Notice tone title=reason.text.clone()>{help}{add}</Notice> }.into_any()
}

/// What the normal states mean.
fn meaning(mode: &str) -> &'static str {
    match mode {
        "hot-standby" => {
            "The primary answers all clients; the standby has all leases and takes over when the primary falls silent."
        }
        "load-balancing" => {
            "Each of the two answers half of the clients, has all leases, and takes over the other half when its partner falls silent."
        }
        "passive-backup" => {
            "The primary answers all clients and sends every lease to the backups, which answer nobody."
        }
        _ => "All members are in their normal state.",
    }
}
