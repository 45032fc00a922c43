//! A new reservation begins with its subnet.

use crate::{
    api::Api,
    components::ErrorNotice,
    routes::{Address, Route},
    state::{Fleet, Subnets},
    ui::{Choice, Combobox, Dialog},
};
use leptos::prelude::*;

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
    let failure = move || subnets.failure().map(|failure| view! { <ErrorNotice failure/> });
    view! {
        <p>"A reservation belongs to a subnet. Choose it by an address in it, its prefix or its comment; the next page has the form."</p>
        {failure}
        <div class="choose-subnet">
            <Combobox id="subnet" label="Subnet" placeholder="192.0.2.7, 192.0.2.0/24 or a word" search on_pick=pick/>
        </div>
    }
}
