//! How Perch works, in short.

use crate::{browser, components::ShortcutList, routes::Route};
use leptos::prelude::*;

lazy_page!(help_page, help);

/// The page.
fn help() -> AnyView {
    view! { <Help/> }.into_any()
}

const SAVE: [(&str, &str); 6] = [
    (
        "Compare",
        "Perch reads what Kea runs at that moment. What somebody else changed meanwhile stays; where it touches your change, both sides are shown and nothing is done.",
    ),
    ("config-test", "Kea checks the whole configuration. A refusal stops here, and nothing was changed."),
    (
        "config-set",
        "Kea runs it. Where a hook of Kea 3.0 makes the whole change with one command, Kea gets that instead. If it fails, Perch gives Kea its earlier configuration back at once, because a failed change can leave Kea silent while it looks healthy.",
    ),
    ("Read back", "Perch reads what Kea runs now and compares it with what was meant."),
    ("config-write", "Kea writes its file. Without that a restart of Kea would lose the change."),
    ("Result", "You see every step with Kea's own words. If something fails, what you typed is still there."),
];

const FACTS: [(&str, &str); 9] = [
    (
        "A client gets no address",
        "Find (`Ctrl K`) says whether its MAC has a lease or a reservation. If not, look at its subnet: is it full (`free<1` in Networks), and is there a pool for all clients, or only for a class? The page of a class has a trial: type what the client sends, and each step of the test says what it found. Last, Kea's log names the packets that it dropped, and why.",
    ),
    (
        "When Kea cannot write its file",
        "Kea often runs as a user who may not write `/etc/kea`, or AppArmor forbids it. The change then runs, but is not in the file. Give Kea's user the file and, on Debian, allow it in a local AppArmor override.",
    ),
    (
        "What config-write does to a file",
        "Kea writes the file anew: comments and includes are gone, keys are sorted. If your comments matter to you, keep a copy.",
    ),
    (
        "What you can rely on",
        "A change runs on every server that it is for, or on none. Perch writes down each step before it takes it, and settles what was left half-done when it starts again. What somebody else changed is never overwritten unseen, and every change can be undone.",
    ),
    (
        "What you cannot rely on",
        "Kea has no compare-and-set. Between Perch's last look and Kea's reading of the new configuration, a fraction of a second, a change by another console goes unnoticed. One server without a partner restarts its sockets with a change, and its clients ask again, unless a hook makes the change.",
    ),
    (
        "Red, amber, blue",
        "Red: Kea refuses it, so it cannot be saved. Amber: Kea takes it and you will regret it. Blue: a hint.",
    ),
    (
        "High availability",
        "A change restarts the HA state machine of that server, unless a hook of Kea 3.0 makes it with one command. Its partner serves for it meanwhile, because Perch asks it to; a pair of which Perch knows one member only has to do without.",
    ),
    (
        "Users",
        "Viewers look, operators change what Kea does, administrators also decide which servers and users there are. A limit to some servers holds for every role. The first user closes Perch; the last administrator cannot be removed. What is done to a user stands in the history.",
    ),
    (
        "Kea's passwords",
        "Perch keeps them on its own machine and sends them to Kea only. They never come back to this page.",
    ),
];

#[component]
fn Help() -> impl IntoView {
    browser::set_title("Help");
    let step = |(title, text): (&'static str, &'static str)| {
        view! { <li><strong>{title}</strong> " " {text}</li> }
    };
    let fact = |(title, text): (&'static str, &'static str)| {
        view! { <section><h2>{title}</h2><p>{crate::ui::prose(text)}</p></section> }
    };
    view! {
        <article class="help">
            <header class="page-head"><div class="page-title"><h1>"Help"</h1></div></header>
            <section>
                <h2>"What happens on Save"</h2>
                <p>"First you see the difference, and what Perch and Kea think of it. Nothing is changed until you press Apply. Then:"</p>
                <ol class="help-steps">{SAVE.map(step).into_iter().collect_view()}</ol>
            </section>
            {FACTS.map(fact).into_iter().collect_view()}
            <section>
                <h2>"What Perch finds"</h2>
                <p>"Each finding has a page: "<a href=Route::Rules.path()>"all rules"</a>"."</p>
            </section>
            <section>
                <h2>"Keyboard"</h2>
                <ShortcutList/>
            </section>
        </article>
    }
}
