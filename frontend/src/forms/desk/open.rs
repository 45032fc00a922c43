//! Opening a desk over a part of a configuration.

use super::{Desk, DeskFrame, keep::Keep};
use crate::forms::part::{OpenPart, Opened};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ApplyReport, ConfigurationQuery, ServerId},
};

/// Loads the part, and then shows the form that `form` makes of the desk. Whatever is changed elsewhere is laid under the
/// open form by itself.
#[component]
pub fn OpenDesk(
    /// The server.
    server: ServerId,
    /// The daemon.
    family: Family,
    /// Which part of its configuration.
    query: ConfigurationQuery,
    /// What the form is called among those of this daemon: its unsaved changes are kept under it.
    #[prop(into)]
    name: String,
    /// Makes the form.
    form: Callback<Desk, AnyView>,
    /// Called when Kea has the changes.
    #[prop(default = Callback::new(|_| ()))]
    done: Callback<ApplyReport>,
) -> impl IntoView {
    let kept = !Keep::new(&server, family, &name).read().is_empty();
    let of = server.clone();
    let open = Callback::new(move |opened: Opened| {
        let desk = Desk::new(of.clone(), family, &name, opened.first.clone(), opened.load, done);
        opened.on_news(move |view| desk.renew(view));
        view! { <DeskFrame desk>{form.run(desk)}</DeskFrame> }.into_any()
    });
    view! { <OpenPart server family query kept form=open/> }
}
