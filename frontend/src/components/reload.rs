//! The button that has a daemon read its configuration file again.

use super::{ErrorNotice, KeaWords};
use crate::{
    api::{Api, Failure},
    state::Fleet,
    ui::{Dialog, Glyph, icon},
};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::{
    Family,
    api::{KeaSaid, ReloadConfiguration, Role, ServerId},
};

/// Asks first, then reloads, then shows Kea's answer.
#[component]
pub fn ReloadButton(
    /// Which server.
    id: ServerId,
    /// Which daemon.
    family: Family,
) -> impl IntoView {
    let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
    let refused = fleet.lacks(Role::Operator);
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let outcome = RwSignal::new(None::<Result<KeaSaid, Failure>>);
    let ask = move |_| {
        outcome.set(None);
        open.set(true);
    };
    let params = StoredValue::new((id, family));
    let reload = Callback::new(move |()| {
        busy.set(true);
        let params = params.get_value();
        spawn_local(async move {
            let result = api.send::<ReloadConfiguration>(&params, &()).await;
            outcome.try_set(Some(result));
            busy.try_set(false);
            fleet.refresh(&params.0);
        });
    });
    let answer = move || match outcome.get()? {
        Ok(said) => Some(view! { <KeaWords said/> }.into_any()),
        Err(failure) => Some(view! { <ErrorNotice failure/> }.into_any()),
    };
    view! {
        <button
            type="button"
            class="btn"
            data-testid=format!("reload-{family}")
            title=move || refused.get()
            disabled=move || refused.get().is_some()
            on:click=ask
        >
            {icon(Glyph::Reload)} "Reload configuration"
        </button>
        <Dialog open title=format!("Reload {}'s configuration?", family.daemon()) testid="reload-dialog">
            <div class="dialog-body">
                <p>
                    {family.daemon()} " reads its configuration file again (" <code>"config-reload"</code> "). Changes that run but "
                    <strong>"were not written to the file are lost"</strong>
                    ". On a member of an HA relationship its state starts over, as it does after any change."
                </p>
                {answer}
            </div>
            <footer class="dialog-foot">
                <button type="button" class="btn" on:click=move |_| open.set(false)>
                    {move || if outcome.with(Option::is_some) { "Close" } else { "Cancel" }}
                </button>
                <button type="button" class="btn primary" data-testid="reload-confirm" disabled=busy on:click=move |_| reload.run(())>
                    {move || if busy.get() { "Reloading…" } else { "Reload" }}
                </button>
            </footer>
        </Dialog>
    }
}
