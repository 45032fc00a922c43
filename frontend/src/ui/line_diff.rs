//! The difference of two texts, line by line: side by side where there is room, else one below the other.

mod compare;

use crate::browser;
use compare::{Piece, pieces};
use leptos::prelude::*;
use std::ops::Range;

/// How wide the window must be for two texts side by side.
const ROOM: f64 = 900.0;
/// How many lines are drawn at most.
const MOST: usize = 2_000;

/// The difference.
#[component]
pub fn LineDiff(
    /// The text before.
    #[prop(into)]
    before: String,
    /// The text after.
    #[prop(into)]
    after: String,
    /// What stands above the one before.
    old: &'static str,
    /// What stands above the one after.
    new: &'static str,
) -> impl IntoView {
    let narrow = browser::is_narrower_than(ROOM);
    let texts = StoredValue::new((before, after));
    let pieces = StoredValue::new(texts.with_value(|(before, after)| {
        let [before, after] = [before, after].map(|text| text.lines().collect::<Vec<_>>());
        pieces(&before, &after)
    }));
    let rows = move || {
        texts.with_value(|(before, after)| {
            let [before, after] = [before, after].map(|text| text.lines().collect::<Vec<_>>());
            let side = Sides { before: &before, after: &after };
            let draw = if narrow.get() { Sides::below } else { Sides::beside };
            let mut rows: Vec<AnyView> = Vec::new();
            pieces.with_value(|pieces| pieces.iter().for_each(|piece| draw(&side, piece, &mut rows)));
            let more = rows.len().saturating_sub(MOST);
            rows.truncate(MOST);
            let more =
                (more > 0).then(|| view! { <p class="diff-hidden">{format!("and {more} more lines")}</p> });
            view! { {rows} {more} }
        })
    };
    view! {
        <div class="line-diff" class:narrow=narrow data-testid="line-diff" role="region" aria-label="Difference" tabindex="0">
            <div class="diff-head" aria-hidden="true"><span>{old}</span><span>{new}</span></div>
            {rows}
        </div>
    }
}

struct Sides<'t> {
    before: &'t [&'t str],
    after: &'t [&'t str],
}

impl Sides<'_> {
    /// Both texts side by side.
    fn beside(&self, piece: &Piece, rows: &mut Vec<AnyView>) {
        match piece {
            Piece::Hidden(count) => rows.push(hidden(*count)),
            Piece::Same(x, y, length) => rows.extend((0..*length).map(|line| {
                row(
                    cell(self.before, Some(x + line), Look::Same),
                    cell(self.after, Some(y + line), Look::Same),
                )
            })),
            Piece::Changed(gone, new) => rows.extend((0..gone.len().max(new.len())).map(|line| {
                let at = |range: &Range<usize>| Some(range.start + line).filter(|at| range.contains(at));
                row(cell(self.before, at(gone), Look::Gone), cell(self.after, at(new), Look::New))
            })),
        }
    }

    /// What went above what came.
    fn below(&self, piece: &Piece, rows: &mut Vec<AnyView>) {
        let mut one =
            |lines: &[&str], at: usize, look| rows.push(row(cell(lines, Some(at), look), ().into_any()));
        match piece {
            Piece::Hidden(count) => rows.push(hidden(*count)),
            Piece::Same(_, y, length) => (*y..y + length).for_each(|at| one(self.after, at, Look::Same)),
            Piece::Changed(gone, new) => {
                gone.clone().for_each(|at| one(self.before, at, Look::Gone));
                new.clone().for_each(|at| one(self.after, at, Look::New));
            }
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Look {
    Same,
    Gone,
    New,
}

fn row(left: AnyView, right: AnyView) -> AnyView {
    view! { <div class="diff-row">{left}{right}</div> }.into_any()
}

fn cell(lines: &[&str], at: Option<usize>, look: Look) -> AnyView {
    let Some((at, text)) = at.and_then(|at| Some((at, *lines.get(at)?))) else {
        return view! { <span class="diff-number"></span><span class="diff-line none"></span> }.into_any();
    };
    let (class, word) = match look {
        Look::Same => ("diff-line", None),
        Look::Gone => ("diff-line gone", Some("Before: ")),
        Look::New => ("diff-line new", Some("After: ")),
    };
    view! {
        <span class="diff-number" aria-hidden="true">{(at + 1).to_string()}</span>
        <code class=class>{word.map(|word| view! { <span class="sr">{word}</span> })}{text.to_owned()}</code>
    }
    .into_any()
}

fn hidden(count: usize) -> AnyView {
    view! { <p class="diff-hidden">{format!("{count} lines that stay as they are")}</p> }.into_any()
}
