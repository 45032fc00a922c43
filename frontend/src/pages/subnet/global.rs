//! The reservations of a daemon that belong to no subnet.

use super::reservations::Reservations;
use crate::{
    browser,
    components::PairLinks,
    forms::desk::{Desk, OpenDesk},
    routes::Route,
    ui::{Glyph, Notice, Tone, icon},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ConfigurationQuery, ServerId},
};

/// The flag that has Kea look at them.
const FLAG: &str = "reservations-global";

/// The page.
#[component]
pub fn Global(
    /// The server.
    server: ServerId,
    /// The daemon.
    family: Family,
) -> impl IntoView {
    browser::set_title("Global reservations");
    let form = Callback::new(move |desk: Desk| {
        view! { <Unused desk/> <Reservations desk path=String::new()/> }.into_any()
    });
    let query = ConfigurationQuery { reservations: true, ..ConfigurationQuery::frame() };
    view! {
        <header class="page-head">
            <div class="crumbs"><a href=Route::Reservations.path()>{icon(Glyph::Back)} "Reservations"</a></div>
            <div class="page-title">
                <h1>"Global reservations"</h1>
                <span class="chip">{family.protocol()}</span>
            </div>
            <p class="head-facts"><PairLinks server=server.clone() family/> <span>"For clients in any subnet."</span></p>
        </header>
        <OpenDesk server family query name="global-reservations" form/>
    }
}

/// Kea passes over them unless it is told to look.
#[component]
fn Unused(desk: Desk) -> impl IntoView {
    let is_on = Memo::new(move |_| desk.draft.with(|draft| draft.flag_at(FLAG) == Some(true)));
    let look = move |_| desk.update(|draft| draft.set_flag(FLAG, Some(true)));
    move || {
        (!is_on.get()).then(|| {
            view! {
                <div data-testid="unused">
                    <Notice tone=Tone::Info title="Kea looks at these only where `reservations-global` is on.">
                        <p>"It is off for the whole server. A subnet or a shared network can turn it on for itself. "
                            <button type="button" class="link" data-testid="look-globally" on:click=look>"Turn it on for all"</button>
                        </p>
                    </Notice>
                </div>
            }
        })
    }
}
