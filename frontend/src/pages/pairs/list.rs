//! All HA relationships.

use super::badge;
use crate::{
    browser,
    components::ErrorNotice,
    routes::Route,
    state::Fleet,
    ui::{Glyph, icon, prose},
};
use leptos::prelude::*;
use perch_shared::api::{Pair, PairMember, ReasonCode, Role};

#[component]
pub fn List() -> impl IntoView {
    browser::set_title("High availability");
    let fleet = expect_context::<Fleet>();
    let loader = fleet.view();
    let refused = fleet.lacks(Role::Operator);
    let pairs = Memo::new(move |_| loader.answer().with(|view| view.as_ref().map(|view| view.pairs.clone())));
    let retry = Callback::new(move |()| fleet.look());
    let content = move || {
        match pairs.get() {
        Some(pairs) if pairs.is_empty() => view! { <Empty/> }.into_any(),
        Some(pairs) => table(pairs),
        None if loader.failure().with(Option::is_some) => ().into_any(),
        None => view! { <div class="skeleton" aria-busy="true"><span class="sr">"Looking at the pairs…"</span></div> }.into_any(),
    }
    };
    view! {
        <header class="page-head">
            <div class="page-title">
                <h1>"High availability"</h1>
                {move || refused.with(Option::is_none).then(|| view! {
                    <div class="actions"><a class="btn" data-testid="set-up" href=Route::SetUpPair.path()>{icon(Glyph::Add)} "Set up a pair"</a></div>
                })}
            </div>
        </header>
        {move || loader.failure().get().map(|failure| view! { <ErrorNotice failure retry/> })}
        {content}
    }
}

fn table(pairs: Vec<Pair>) -> AnyView {
    let mut pairs = pairs;
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.state));
    view! {
        <table class="servers" data-testid="pairs">
            <thead>
                <tr>
                    <th scope="col">"Relationship"</th>
                    <th scope="col">"State"</th>
                    <th scope="col">"Members"</th>
                    <th scope="col">"Configurations"</th>
                </tr>
            </thead>
            <tbody>{pairs.into_iter().map(|pair| view! { <Line pair/> }).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Line(pair: Pair) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let href = Route::Pair(pair.id.to_string()).path();
    // How far the two agree has a column of its own.
    let reasons = pair.reasons.iter().filter(|reason| reason.code != ReasonCode::OutOfStep);
    let reasons =
        reasons.map(|reason| view! { <p class="row-reason">{prose(&reason.text)}</p> }).collect_view();
    let member = |member: &PairMember| {
        let name = member.server.as_ref().map_or_else(|| member.name.clone(), |id| fleet.name(id));
        let normal = member.state.as_deref() == Some(&pair.mode) || member.role == "backup";
        let state = member.state.clone().unwrap_or_else(|| "unknown".to_owned());
        view! { <span class="row-ha">{name} " " <span class="muted">{member.role.clone()}</span> " " <span class="chip" class:warning=!normal>{state}</span></span> }
    };
    let members = pair.members.iter().map(member).collect_view();
    view! {
        <tr class="server" data-testid="pair-row" data-id=pair.id.to_string()>
            <td class="cell-name">
                <a class="row-link" href=href>{fleet.pair_name(&pair)}</a>
                <p class="muted">{pair.family.protocol()} " · " {pair.mode.clone()}</p>
            </td>
            <td class="cell-state" data-label="State">{badge(pair.state)} {reasons}</td>
            <td data-label="Members">{members}</td>
            <td data-label="Configurations">{agree(pair.drift)}</td>
        </tr>
    }
}

fn agree(drift: Option<usize>) -> AnyView {
    match drift {
        Some(0) => view! { <span class="agree">{icon(Glyph::Check)}"agree"</span> }.into_any(),
        Some(1) => view! { <span class="chip warning">"1 object differs"</span> }.into_any(),
        Some(many) => {
            view! { <span class="chip warning">{format!("{many} objects differ")}</span> }.into_any()
        }
        None => view! { <span class="muted">"not compared"</span> }.into_any(),
    }
}

#[component]
fn Empty() -> impl IntoView {
    view! {
        <section class="empty" data-testid="no-pairs">
            <h2>"No HA relationship"</h2>
            <p>"Two daemons are partners when both load " <code>"libdhcp_ha.so"</code> " and their " <code>"high-availability"</code> " parameters name the same peers. Perch reads that from the configurations of the servers it knows, so both partners have to be among them. Or let Perch make two servers partners."</p>
            <p><a class="btn primary" href=Route::SetUpPair.path()>"Set up a pair"</a></p>
        </section>
    }
}
