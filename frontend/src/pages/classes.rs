//! A daemon's client classes: all of them in the order in which Kea evaluates them, one of them, or a new one.

mod builder;
mod built_in;
mod elsewhere;
mod expression;
mod list;
mod marks;
mod new_name;
mod one;

use super::param;
use crate::{
    api::Api,
    components::{NotFound, ServerFrame, Tab},
    forms::desk::{Desk, OpenDesk},
    routes::Route,
    state::{Fleet, Loader},
};
use leptos::prelude::*;
use list::ClassList;
use one::ClassPage;
use perch_shared::{
    Family,
    api::{ConfigurationQuery, ListSubnets, ServerId, SubnetList},
};

lazy_page!(classes_page, show);

/// What the address asks for.
#[derive(Debug, Clone, PartialEq)]
enum Which {
    All,
    New,
    One(String),
}

/// The page.
fn show() -> AnyView {
    let at = param(|route| {
        let which = match route {
            Route::Classes(..) => Which::All,
            Route::AddClass(..) => Which::New,
            Route::Class(_, _, name) => Which::One(name.clone()),
            _ => return None,
        };
        Some((route.server()?.clone(), route.family()?, which))
    });
    view! {
        {move || match at.get() {
            Some((id, family, Which::All)) => view! { <All id family/> }.into_any(),
            Some((id, family, Which::New)) => view! { <ClassPage id family name=None/> }.into_any(),
            Some((id, family, Which::One(name))) => view! { <ClassPage id family name=Some(name)/> }.into_any(),
            None => view! { <NotFound/> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn All(id: ServerId, family: Family) -> impl IntoView {
    let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
    // The subnets in few words, for who names which class; without them the list says less.
    let subnets = Loader::<SubnetList>::default();
    let at = StoredValue::new((id.clone(), family));
    let hash = fleet.hash(id.clone(), family);
    Effect::new(move |_| {
        hash.track();
        subnets.run(async move { api.send::<ListSubnets>(&at.get_value(), &()).await });
    });
    let form =
        Callback::new(move |desk: Desk| view! { <ClassList desk subnets=subnets.answer()/> }.into_any());
    view! {
        <ServerFrame id=id.clone() tab=Tab::Classes family>
            <OpenDesk server=id family query=ConfigurationQuery::frame() name="classes" form/>
        </ServerFrame>
    }
}
