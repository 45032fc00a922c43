//! A daemon's global options, and where else it sets any.

mod everywhere;

use super::daemon_param;
use crate::{
    components::{NotFound, ServerFrame, Tab},
    forms::{
        desk::{Desk, OpenDesk},
        option_data::OptionsPanel,
    },
};
use everywhere::Everywhere;
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ConfigurationQuery, ServerId},
};

lazy_page!(options_page, options);

/// The page.
fn options() -> AnyView {
    let at = daemon_param();
    view! {
        {move || match at.get() {
            Some((id, family)) => view! { <Options id family/> }.into_any(),
            None => view! { <NotFound/> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Options(id: ServerId, family: Family) -> impl IntoView {
    let form =
        Callback::new(move |desk: Desk| view! { <OptionsPanel desk path=""/> <Everywhere desk/> }.into_any());
    view! {
        <ServerFrame id=id.clone() tab=Tab::Options family>
            <OpenDesk server=id family query=ConfigurationQuery::frame() name="options" form/>
        </ServerFrame>
    }
}
