//! A new reservation begins with its subnet.

use crate::{
    api::Api,
    components::ErrorNotice,
    routes::{Address, Route},
    state::{Fleet, Subnets},
    ui::{Choice, Combobox, Dialog},
};
use leptos::prelude::*;
use perch_shared::{Family, api::ServerId};

/// Chooses the subnet and goes to its reservations.
#[component]
pub fn AddDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <Dialog open title="Add a reservation" testid="add-dialog">
            <div class="dialog-body"><Choose open/></div>
        </Dialog>
    }
}

#[component]
fn Choose(open: RwSignal<bool>) -> impl IntoView {
    let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
    let address = expect_context::<Address>();
    let subnets = Subnets::load(api, fleet);
    let search = Callback::new(move |text: String| {
        let choice = |index: usize| {
            let subnet = subnets.get(index)?;
            Some(Choice {
                key: index.to_string(),
                mark: String::new(),
                title: subnet.row.subnet.clone(),
                detail: format!("{} {}", fleet.name(&subnet.server), subnet.row.comment),
                badge: "",
            })
        };
        subnets.find(&text, 40).into_iter().filter_map(choice).collect::<Vec<_>>()
    });
    let pick = Callback::new(move |key: String| {
        let Some(subnet) = key.parse().ok().and_then(|index| subnets.get(index)) else { return };
        open.set(false);
        let route = Route::Subnet(subnet.server, subnet.family, subnet.row.id);
        address.go_to(&route.with(&[("tab", "reservations")]));
    });
    // Partners have the same ones, so a pair is there once.
    let daemons = move || {
        let mut told: Vec<(ServerId, Family)> = Vec::new();
        fleet.view().answer().with(|view| {
            for status in view.iter().flat_map(|view| &view.servers) {
                for daemon in &status.daemons {
                    let partners = fleet.partners(&status.server.id, daemon.family);
                    if !told.iter().any(|(id, family)| *family == daemon.family && partners.contains(id)) {
                        told.push((status.server.id.clone(), daemon.family));
                    }
                }
            }
        });
        let link = |(id, family): (ServerId, Family)| {
            let words = format!("{} {}", fleet.name(&id), family.protocol());
            let href = Route::GlobalReservations(id, family).path();
            view! { <li><a href=href data-testid="global-of">{words}</a></li> }
        };
        told.into_iter().map(link).collect_view()
    };
    let failure = move || subnets.failure().map(|failure| view! { <ErrorNotice failure/> });
    view! {
        <p>"Most reservations belong to a subnet. Choose it by an address in it, its prefix or its comment; the next page has the form."</p>
        {failure}
        <div class="choose-subnet">
            <Combobox id="subnet" label="Subnet" placeholder="192.0.2.7, 192.0.2.0/24 or a word" search on_pick=pick/>
        </div>
        <p>"One for a client in any subnet is a global reservation, of:"</p>
        <ul class="notes">{daemons}</ul>
    }
}
