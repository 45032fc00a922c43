//! A daemon's own option definitions.

use super::daemon_param;
use crate::{
    components::{NotFound, ServerFrame, Tab},
    forms::{
        definitions::Definitions,
        desk::{Desk, OpenDesk},
    },
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ConfigurationQuery, ServerId},
};

lazy_page!(custom_options_page, show);

/// The page.
fn show() -> AnyView {
    let at = daemon_param();
    view! {
        {move || match at.get() {
            Some((id, family)) => view! { <CustomOptions id family/> }.into_any(),
            None => view! { <NotFound/> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn CustomOptions(id: ServerId, family: Family) -> impl IntoView {
    let form = Callback::new(move |desk: Desk| view! { <Definitions desk/> }.into_any());
    view! {
        <ServerFrame id=id.clone() tab=Tab::CustomOptions family>
            <OpenDesk server=id family query=ConfigurationQuery::frame() name="custom-options" form/>
        </ServerFrame>
    }
}
