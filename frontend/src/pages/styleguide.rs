//! What the page is made of: its colours, its words for states, its controls.

use crate::{
    browser,
    components::{StateBadge, outcome_badge},
    ui::{
        Check, Column, Columns, Glyph, Meter, Notice, Segments, Table, TableRow, TextField, Tone, icon, prose,
    },
};
use leptos::prelude::*;
use perch_shared::api::{DaemonState, Outcome};

lazy_page!(styleguide_page, show);

const COLOURS: [(&str, &str); 9] = [
    ("--ink", "Words"),
    ("--ink-3", "Words beside the matter"),
    ("--accent", "What can be pressed, and where one is"),
    ("--breast", "What is not saved yet"),
    ("--good", "As it should be"),
    ("--warning", "Kea takes it, somebody will regret it"),
    ("--bad", "Kea refuses it, or it is broken"),
    ("--info", "A hint"),
    ("--line-strong", "Edges of controls"),
];

const VOICE: [&str; 5] = [
    "A button says what it does: `Add pool`, `Save…`. Three dots: something is asked before it is done.",
    "A message says what happened, where, and what to do. It never says that something is invalid without saying what would be valid.",
    "Words are Kea's: subnet, pool, shared network, option data, client class, reservation, daemon.",
    "What cannot be done here stays where it is, is grey, and says why.",
    "A state has a word and a form, never a colour alone.",
];

/// The page.
fn show() -> AnyView {
    browser::set_title("What the page is made of");
    view! {
        <header class="page-head"><div class="page-title"><h1>"What the page is made of"</h1></div></header>
        <section class="plain"><h2>"Words"</h2><ul class="change-sentences">{VOICE.map(|line| view! { <li>{prose(line)}</li> }).into_iter().collect_view()}</ul></section>
        <section class="plain"><h2>"Colours"</h2><ul class="swatches">{COLOURS.map(swatch).into_iter().collect_view()}</ul></section>
        {states()}
        {controls()}
        {notices()}
        {table()}
    }
    .into_any()
}

fn swatch((name, what): (&'static str, &'static str)) -> AnyView {
    view! { <li><span class="swatch" style:background=format!("var({name})") aria-hidden="true"></span><code>{name}</code><span class="muted">{what}</span></li> }
        .into_any()
}

fn states() -> AnyView {
    let states = [Some(DaemonState::Ok), Some(DaemonState::Impaired), Some(DaemonState::Unreachable), None];
    let badges = states.map(|state| view! { <StateBadge state=Signal::stored(state)/> });
    let outcomes = [Outcome::Applied, Outcome::AppliedNotWritten, Outcome::Pending, Outcome::Refused];
    let meters = [0.31, 0.84, 0.97].map(|part| view! { <Meter part=Some(part) title="of 190 addresses"/> });
    view! {
        <section class="plain">
            <h2>"States"</h2>
            <p class="sample">{badges.into_iter().collect_view()}</p>
            <p class="sample">{outcomes.map(outcome_badge).into_iter().collect_view()}</p>
            <p class="sample meters">{meters.into_iter().collect_view()}</p>
        </section>
    }
    .into_any()
}

fn controls() -> AnyView {
    let (text, on, choice) =
        (RwSignal::new(String::from("192.0.2.300")), RwSignal::new(true), RwSignal::new("yes"));
    let wrong = Signal::derive(move || {
        let fits = text.with(|text| text.parse::<std::net::Ipv4Addr>().is_ok());
        if fits {
            String::new()
        } else {
            "This is no IPv4 address: each of its four numbers is 0 to 255.".to_owned()
        }
    });
    view! {
        <section class="plain">
            <h2>"Controls"</h2>
            <p class="sample">
                <button type="button" class="btn primary">"Save…"</button>
                <button type="button" class="btn">{icon(Glyph::Add)} "Add pool"</button>
                <button type="button" class="btn ghost">"Cancel"</button>
                <button type="button" class="btn danger">"Remove"</button>
                <button type="button" class="btn" disabled title="This needs the role operator.">"Not allowed"</button>
                <span class="chip">"voip"</span>
                <kbd>"Ctrl K"</kbd>
            </p>
            <TextField id="sample-text" label="Address" value=text on_input=move |value: String| text.set(value) error=wrong hint="Typed values are checked at every key."/>
            <Check label="Write Kea's file" hint="Without it a restart loses the change." checked=on on_change=move |value: bool| on.set(value)/>
            <p class="sample">
                <Segments label="Sample" name="sample" choices=vec![("", "Inherit"), ("yes", "Yes"), ("no", "No")] chosen=choice on_choose=Callback::new(move |value| choice.set(value))/>
            </p>
        </section>
    }
    .into_any()
}

fn notices() -> AnyView {
    let all = [
        (Tone::Good, "Kea runs it, and wrote it to its file."),
        (Tone::Info, "2 changes from earlier in this tab: not saved yet."),
        (Tone::Warning, "It does not answer, so it has missed this."),
        (Tone::Bad, "Kea does not answer."),
    ];
    let all = all.map(|(tone, title)| view! { <Notice tone title=title/> });
    view! { <section class="plain"><h2>"Messages"</h2>{all.into_iter().collect_view()}</section> }.into_any()
}

fn table() -> AnyView {
    let columns = Columns::new(
        "sample",
        &[
            Column::new("subnet", "Subnet", "minmax(140px, 1fr)").narrow(),
            Column::new("comment", "Comment", "minmax(120px, 2fr)"),
            Column::new("free", "Free", "80px").numeric().narrow(),
        ],
    );
    let row = Callback::new(|index: usize| TableRow {
        key: index.to_string(),
        href: String::new(),
        cells: vec![
            format!("10.0.{index}.0/24").into_any(),
            "A row is 36 px high, whatever stands in it".into_any(),
            (200 - index).to_string().into_any(),
        ],
        menu: None,
        title: format!("10.0.{index}.0/24"),
    });
    view! {
        <section class="plain">
            <h2>"Tables"</h2>
            <div class="sample-table">
                <Table
                    name="sample"
                    label="Subnets"
                    columns
                    length=Signal::stored(200_usize)
                    revision=Signal::stored(0_u64)
                    row
                    key_at=Callback::new(|index: usize| index.to_string())
                    sort=RwSignal::new(("subnet", false))
                    empty=|| ()
                />
            </div>
        </section>
    }
    .into_any()
}
