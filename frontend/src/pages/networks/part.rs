//! A dialog over one subnet: it reads the subnet from Kea first.

use super::menu::Target;
use crate::{api::Api, components::ErrorNotice, state::Loader, ui::Dialog};
use leptos::prelude::*;
use perch_shared::{
    api::{ConfigurationQuery, ConfigurationView, Endpoint, GetConfiguration},
    draft::Draft,
};

/// What a dialog works on: the subnet, and the draft with its path.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Which subnet.
    pub target: Target,
    /// What Kea has.
    pub draft: Draft,
    /// Where the subnet stands in it.
    pub path: String,
}

/// Opens while `target` holds a subnet; what `form` makes of it is shown once Kea has answered.
#[component]
pub fn SubnetDialog(
    /// The subnet that somebody wants to do something with.
    target: RwSignal<Option<Target>>,
    /// What the dialog is called before the subnet's name.
    title: &'static str,
    /// Its name for tests.
    testid: &'static str,
    /// Draws the dialog.
    form: Callback<Opened, AnyView>,
) -> impl IntoView {
    let api = expect_context::<Api>();
    let open = RwSignal::new(false);
    let loader = RwSignal::new(None::<Loader<ConfigurationView>>);
    let ask = Callback::new(move |()| {
        let (Some(target), Some(loader)) = (target.get_untracked(), loader.get_untracked()) else { return };
        let path = GetConfiguration::path(&(target.server, target.family));
        let query = ConfigurationQuery::with_subnet(target.subnet.id);
        loader.run(async move { api.read::<GetConfiguration>(path, &query).await });
    });
    Effect::new(move |_| {
        if target.with(Option::is_some) {
            loader.set(Some(Loader::default()));
            ask.run(());
            open.set(true);
        } else {
            open.set(false);
            loader.set(None);
        }
    });
    Effect::new(move |_| {
        if !open.get() && target.with_untracked(Option::is_some) {
            target.set(None);
        }
    });
    let name = move || {
        let name = target.with(|target| target.as_ref().map(|target| target.subnet.subnet.clone()));
        format!("{title} {}", name.unwrap_or_default())
    };
    let content = move || {
        let (target, loader) = (target.get()?, loader.get()?);
        if let Some(failure) = loader.failure().get() {
            return Some(
                view! { <div class="dialog-body"><ErrorNotice failure retry=ask/></div> }.into_any(),
            );
        }
        let Some(view) = loader.answer().get() else {
            return Some(
                view! { <div class="dialog-body"><div class="skeleton" aria-busy="true"><span class="sr">"Reading the subnet…"</span></div></div> }
                    .into_any(),
            );
        };
        let draft = Draft::new(view);
        Some(match draft.subnet_at(target.subnet.id) {
            Some(path) => form.run(Opened { target, draft, path }),
            None => {
                view! { <div class="dialog-body"><p>"Kea no longer has this subnet."</p></div> }.into_any()
            }
        })
    };
    view! { <Dialog open title=Signal::derive(name) testid>{content}</Dialog> }
}
