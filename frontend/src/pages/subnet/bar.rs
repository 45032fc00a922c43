//! A picture of a subnet: its pools side by side, what is reserved, and what overlaps.

use crate::{
    forms::desk::Desk,
    ui::{count, counted},
};
use leptos::prelude::*;
use perch_shared::{
    draft::join,
    net::{AddressRange, Space, SpaceKind, SpaceMark, SpacePart},
};

/// The picture. It follows what is typed.
#[component]
pub fn AddressBar(
    /// The desk.
    desk: Desk,
    /// The subnet's path.
    path: String,
    /// The pool that is marked, by its place in the list.
    marked: RwSignal<Option<usize>>,
) -> impl IntoView {
    let prefix_path = join(&path, "subnet");
    let space = Memo::new(move |_| desk.draft.with(|draft| draft.space(&path)));
    move || {
        let space = space.get()?;
        let prefix = desk.draft.with_untracked(|draft| draft.text_at(&prefix_path));
        let parts = space.parts.iter().map(|part| draw(part, marked)).collect_view();
        let marks = space.marks.iter().map(mark).collect_view();
        let (first, last) = (space.window.first().to_string(), space.window.last().to_string());
        let shown = (!space.is_whole).then(|| {
            view! { <span class="muted">"Shown is the part of the subnet that is used."</span> }
        });
        Some(view! {
            <figure class="space" data-testid="address-bar">
                <div class="space-bar" role="list" aria-label=format!("Addresses of {prefix}")>{parts}{marks}</div>
                <div class="space-ends"><code>{first}</code> {shown} <code>{last}</code></div>
                <figcaption class="space-legend">{legend(&space)}</figcaption>
            </figure>
        })
    }
}

fn draw(part: &SpacePart, marked: RwSignal<Option<usize>>) -> AnyView {
    let (class, what) = match &part.kind {
        SpaceKind::Gap => ("space-part gap", "In no pool".to_owned()),
        SpaceKind::Pool(_) => ("space-part pool", "Pool".to_owned()),
        SpaceKind::Overlap(pools) => ("space-part overlap", format!("In {} pools at once", pools.len())),
    };
    let own = match part.kind {
        SpaceKind::Pool(index) => Some(index),
        _ => None,
    };
    let label =
        format!("{what}: {}, {}", ends(part.range), counted(part.range.size(), "address", "addresses"));
    view! {
        <span
            class=class
            class:marked=move || own.is_some() && marked.get() == own
            role="listitem"
            data-testid=class.rsplit(' ').next().map(|kind| format!("space-{kind}"))
            style:left=format!("{:.4}%", part.at * 100.0)
            style:width=format!("{:.4}%", part.width * 100.0)
            title=label.clone()
            on:click=move |_| if own.is_some() { marked.set(own) }
        >
            <span class="sr">{label.clone()}</span>
        </span>
    }
    .into_any()
}

fn mark(mark: &SpaceMark) -> AnyView {
    let label = format!("{} here", counted(mark.count as u128, "reserved address", "reserved addresses"));
    view! {
        <span class="space-mark" role="listitem" style:left=format!("{:.4}%", mark.at * 100.0) title=label.clone()>
            <span class="sr">{label.clone()}</span>
        </span>
    }
    .into_any()
}

fn legend(space: &Space) -> AnyView {
    let sum = |wanted: fn(&SpaceKind) -> bool| {
        let parts = space.parts.iter().filter(|part| wanted(&part.kind));
        parts.map(|part| part.range.size()).fold(0, u128::saturating_add)
    };
    let overlap = sum(|kind| matches!(kind, SpaceKind::Overlap(_)));
    let reserved: usize = space.marks.iter().map(|mark| mark.count).sum();
    let gap = sum(|kind| matches!(kind, SpaceKind::Gap));
    view! {
        <span><i class="key pool"></i>"In pools " <strong>{count(space.pooled())}</strong></span>
        <span><i class="key mark"></i>"Reserved " <strong>{reserved}</strong></span>
        <span><i class="key gap"></i>"In no pool " <strong>{count(gap)}</strong></span>
        {(overlap > 0).then(|| view! {
            <span class="refused" data-testid="overlap"><i class="key overlap"></i>"In several pools at once " <strong>{count(overlap)}</strong></span>
        })}
    }
    .into_any()
}

fn ends(range: AddressRange) -> String {
    if range.size() == 1 {
        range.first().to_string()
    } else {
        format!("{} – {}", range.first(), range.last())
    }
}
