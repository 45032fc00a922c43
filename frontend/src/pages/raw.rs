//! A daemon's whole configuration as text.

mod keep;
mod review;
mod sheet;

use super::daemon_param;
use crate::{
    components::{NotFound, ServerFrame, Tab},
    forms::part::{OpenPart, Opened},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ConfigurationQuery, ServerId},
};
use sheet::{Sheet, SheetView};

lazy_page!(raw_page, show);

/// The page.
fn show() -> AnyView {
    let at = daemon_param();
    view! {
        {move || match at.get() {
            Some((id, family)) => view! {
                <ServerFrame id=id.clone() tab=Tab::Raw family><Raw id family/></ServerFrame>
            }
            .into_any(),
            None => view! { <NotFound/> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Raw(id: ServerId, family: Family) -> impl IntoView {
    let of = id.clone();
    let form = Callback::new(move |opened: Opened| {
        let sheet = Sheet::new(of.clone(), family, opened.first.clone(), opened.load);
        opened.on_news(move |view| sheet.renew(view));
        view! { <SheetView sheet/> }.into_any()
    });
    view! { <OpenPart server=id family query=ConfigurationQuery::default() form/> }
}
