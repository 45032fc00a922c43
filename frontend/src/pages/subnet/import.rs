//! Reservations out of a CSV file or a spreadsheet: what each line does is shown before anything is taken over.

mod entry;
mod lines;
mod reading;
mod summary;

use crate::{forms::desk::Desk, ui::Dialog};
use entry::Entry;
use leptos::prelude::*;
use lines::{Lines, ready};
use reading::Reading;
use summary::Summary;

/// The dialog.
#[component]
pub fn ImportDialog(
    /// The desk.
    desk: Desk,
    /// The subnet's path.
    subnet: String,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let reading = Reading::new(desk, subnet);
    let taken = StoredValue::new(false);
    Effect::new(move |was: Option<bool>| {
        let is_open = open.get();
        if is_open {
            taken.set_value(false);
            untrack(|| reading.begin());
        } else if was == Some(true) && !taken.get_value() {
            untrack(|| reading.cancel());
        }
        is_open
    });
    let take = Callback::new(move |()| {
        taken.set_value(true);
        open.set(false);
        desk.save();
    });
    view! {
        <Dialog open title="Import reservations" testid="import-dialog" wide=true>
            <div class="dialog-body">
                <Entry reading/>
                <Summary reading/>
                <Lines reading/>
            </div>
            <footer class="dialog-foot">
                <button type="button" class="btn" on:click=move |_| open.set(false)>"Cancel"</button>
                <button type="button" class="btn primary" data-testid="import-review" disabled=move || !ready(reading) on:click=move |_| take.run(())>
                    "Review the change…"
                </button>
            </footer>
        </Dialog>
    }
}
