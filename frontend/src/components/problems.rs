//! The list of what was found in a text: each leads to its place, says what to do, and mends what can be mended.

use crate::{
    routes::Route,
    state::Engine,
    ui::{EditorHandle, Glyph, icon, prose},
};
use leptos::{prelude::*, task::spawn_local};
use perch_engine::{Answer, Ask, Change, Finding, Place};
use perch_shared::diagnostic::Severity;

/// How many are drawn at first, and with each wish for more.
const PAGE: usize = 100;

/// The list.
#[component]
pub fn Problems(
    /// The engine with the text.
    engine: Engine,
    /// The editor with the text.
    editor: EditorHandle,
    /// What is shown while there is nothing to judge.
    #[prop(into)]
    empty: ViewFn,
) -> impl IntoView {
    let report = engine.report();
    let shown = RwSignal::new(PAGE);
    let judged = Memo::new(move |_| report.with(super::verdict::is_judged));
    let findings = Memo::new(move |_| {
        let shown = shown.get();
        report.with(|report| {
            let findings = report.iter().flat_map(|report| &report.findings);
            findings.take(shown).cloned().collect::<Vec<Finding>>()
        })
    });
    let more = Memo::new(move |_| {
        let total = report.with(|report| report.as_ref().map_or(0, |report| report.findings.len()));
        total.saturating_sub(shown.get())
    });
    let fixable = Memo::new(move |_| {
        report.with(|report| {
            report.iter().flat_map(|report| &report.findings).filter(|one| one.fix.is_some()).count()
        })
    });
    let fix_all = move |_| {
        spawn_local(async move {
            if let Some(Answer::Changes(changes)) = engine.ask(Ask::FixAll).await {
                editor.change(&changes.into_iter().map(change).collect::<Vec<_>>());
            }
        });
    };
    let list = move || {
        if !judged.get() {
            return empty.run();
        }
        if findings.with(Vec::is_empty) {
            return view! {
                <p class="problems-none" data-testid="no-problems">{icon(Glyph::Check)}"Nothing found."</p>
            }
            .into_any();
        }
        view! {
            <ol class="problems" data-testid="problems">
                {move || findings.get().into_iter().map(|finding| row(finding, engine, editor)).collect_view()}
            </ol>
            {move || (more.get() > 0).then(|| view! {
                <button type="button" class="btn" data-testid="more-problems" on:click=move |_| shown.update(|shown| *shown += PAGE)>
                    {move || format!("Show {} more", more.get().min(PAGE))}
                </button>
            })}
        }
        .into_any()
    };
    view! {
        <section class="problems-side" aria-label="Problems">
            {move || (fixable.get() > 1).then(|| view! {
                <button type="button" class="btn small" data-testid="fix-all" on:click=fix_all>
                    {icon(Glyph::Check)}{move || format!("Fix all {}", fixable.get())}
                </button>
            })}
            {list}
        </section>
    }
}

fn row(finding: Finding, engine: Engine, editor: EditorHandle) -> impl IntoView {
    let (class, word, glyph) = look(finding.severity);
    let place = finding.place;
    let go = move |_| editor.reveal(place.from, place.to);
    let readers = match (finding.severity, finding.refused_by) {
        (Severity::Error, [true, false]) => Some("only the file's reader refuses it"),
        (Severity::Error, [false, true]) => Some("only config-test refuses it"),
        _ => None,
    };
    let related = finding.related.into_iter().map(|(what, place)| {
        let go = move |_| editor.reveal(place.from, place.to);
        view! { <button type="button" class="problem-related" on:click=go>{prose(&what)}" "{position(place)}</button> }
    });
    let explained = code(&finding.code, finding.explained);
    let fix = finding.fix.map(|fix| {
        let (title, changes) = (fix.title, fix.changes);
        let apply = move |_| {
            if engine.is_current().get_untracked() {
                editor.change(&changes.iter().cloned().map(change).collect::<Vec<_>>());
                editor.focus();
            }
        };
        view! {
            <button type="button" class="btn small" data-testid="fix" on:click=apply>
                {icon(Glyph::Edit)}<span>{prose(&capital(&title))}</span>
            </button>
        }
    });
    view! {
        <li class=format!("problem {class}") data-testid="problem" data-code=finding.code>
            {icon(glyph)}
            <div class="problem-body">
                <button type="button" class="problem-go" data-testid="problem-go" on:click=go>
                    <span class="sr">{word}": "</span>
                    <span class="problem-message">{prose(&finding.message)}</span>
                    <span class="problem-place">{position(place)}</span>
                </button>
                {finding.help.map(|help| view! { <p class="problem-help">{prose(&help)}</p> })}
                <p class="problem-foot">
                    {explained}
                    {readers.map(|readers| view! { <span>{readers}</span> })}
                    {related.collect_view()}
                </p>
                {fix}
            </div>
        </li>
    }
}

fn code(code: &str, explained: bool) -> AnyView {
    let code = code.to_owned();
    if explained {
        let href = Route::Rule(code.clone()).path();
        view! { <a class="problem-code" href=href>{code}</a> }.into_any()
    } else {
        view! { <span class="problem-code">{code}</span> }.into_any()
    }
}

/// How a severity looks: a class, a word and a drawing.
pub fn look(severity: Severity) -> (&'static str, &'static str, Glyph) {
    match severity {
        Severity::Error => ("bad", "Error", Glyph::Cross),
        Severity::Warning => ("warning", "Warning", Glyph::Warning),
        Severity::Hint => ("info", "Hint", Glyph::Info),
    }
}

fn position(place: Place) -> String {
    format!("{}:{}", place.line, place.column)
}

fn change(change: Change) -> crate::ui::TextChange {
    (change.from, change.to, change.text)
}

/// A title as a button has it.
fn capital(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
