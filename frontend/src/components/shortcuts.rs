//! The keyboard shortcuts: one list for the dialog and the help page.

use crate::{browser, ui::Dialog};
use leptos::prelude::*;

const SHORTCUTS: [(&str, &str); 16] = [
    ("Ctrl K", "Go to any page or server, or find an address, a MAC, a name"),
    ("/", "Go to the search field of the page"),
    ("n", "Add a server (on Servers)"),
    ("↑ ↓", "Move in a list"),
    ("Space", "In a list: select; with Shift everything up to here"),
    ("Enter", "Open, pick, or finish a value"),
    ("Esc", "Close what is open"),
    ("Ctrl S", "Save: see the difference first"),
    ("r", "Ask Kea again"),
    ("?", "Show these shortcuts"),
    ("Ctrl Space", "In an editor: complete"),
    ("F8", "In an editor: the next problem, with Shift the one before"),
    ("Ctrl .", "In an editor: mend the problem here"),
    ("Ctrl F", "In an editor: search and replace"),
    ("Alt G", "In an editor: go to a line"),
    ("Esc Tab", "Leave an editor"),
];

/// All shortcuts.
#[component]
pub fn ShortcutList() -> impl IntoView {
    let row = |(key, meaning): (&'static str, &'static str)| {
        view! { <div><dt><kbd>{key}</kbd></dt><dd>{meaning}</dd></div> }
    };
    view! { <dl class="shortcuts">{SHORTCUTS.map(row).into_iter().collect_view()}</dl> }
}

/// A dialog with all shortcuts, which `?` opens anywhere.
#[component]
pub fn ShortcutsDialog() -> impl IntoView {
    let open = RwSignal::new(false);
    browser::on_key(move |event| {
        if browser::is_shortcut(&event, "?") {
            open.set(true);
        }
    });
    view! {
        <Dialog open title="Keyboard shortcuts" testid="shortcuts">
            <div class="dialog-body"><ShortcutList/></div>
        </Dialog>
    }
}
