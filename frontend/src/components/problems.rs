//! The list of what was found in a text: each leads to its place, says what to do, and mends what can be mended.

use crate::{
    routes::Route,
    state::Engine,
    ui::{EditorHandle, Glyph, capital, icon, prose},
};
use leptos::{prelude::*, task::spawn_local};
use perch_engine::{Answer, Ask, Change, Finding, Place};
use perch_shared::diagnostic::Severity;

/// The page about what only Kea's host knows, beside those of the rules.
pub const LIMITS: &str = "limits";

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
    let (summary, all) = (engine.summary(), engine.findings());
    let shown = RwSignal::new(PAGE);
    let judged = Memo::new(move |_| summary.with(super::verdict::is_judged));
    let findings = Memo::new(move |_| all.with(|all| read(all, shown.get())));
    let rows = Memo::new(move |_| findings.with(Vec::len));
    let more = Memo::new(move |_| all.with(|all| (all.length() as usize).saturating_sub(shown.get())));
    let fixable =
        Memo::new(move |_| summary.with(|summary| summary.as_ref().map_or(0, |summary| summary.fixable)));
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
        if rows.get() == 0 {
            return view! {
                <p class="problems-none" data-testid="no-problems">{icon(Glyph::Check)}"Nothing found."</p>
            }
            .into_any();
        }
        view! {
            <ol class="problems" data-testid="problems">
                <For each=move || 0..rows.get() key=|at| *at let:at>
                    <Row findings at engine editor/>
                </For>
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
            <Limits engine/>
        </section>
    }
}

/// The first findings of a list of them as JSON.
fn read(all: &js_sys::Array, most: usize) -> Vec<Finding> {
    let texts = all.iter().take(most).filter_map(|text| text.as_string());
    texts.filter_map(|text| serde_json::from_str(&text).ok()).collect()
}

/// A finding without its places: they change with every keystroke before it, the rest does not.
fn said(finding: &Finding) -> Finding {
    let mut said = finding.clone();
    said.place = Place::default();
    for (_, place) in &mut said.related {
        *place = Place::default();
    }
    for change in said.fix.iter_mut().flat_map(|fix| &mut fix.changes) {
        (change.from, change.to) = (0, 0);
    }
    said
}

/// The finding at a place of the list, whichever it is now.
#[component]
fn Row(findings: Memo<Vec<Finding>>, at: usize, engine: Engine, editor: EditorHandle) -> impl IntoView {
    let said = Memo::new(move |_| findings.with(|all| all.get(at).map(said)));
    let place =
        Signal::derive(move || findings.with(|all| all.get(at).map(|one| one.place)).unwrap_or_default());
    let related = move |which: usize| {
        Signal::derive(move || {
            findings.with(|all| Some(all.get(at)?.related.get(which)?.1)).unwrap_or_default()
        })
    };
    let mend = move |_| {
        if engine.is_current().get_untracked() {
            let fix = findings.with_untracked(|all| all.get(at)?.fix.clone());
            let changes = fix.into_iter().flat_map(|fix| fix.changes).map(change);
            editor.change(&changes.collect::<Vec<_>>());
            editor.focus();
        }
    };
    move || {
        let finding = said.get()?;
        let (class, word, glyph) = look(finding.severity);
        let readers = match (finding.severity, finding.refused_by) {
            (Severity::Error, [true, false]) => Some("only the file's reader refuses it"),
            (Severity::Error, [false, true]) => Some("only config-test refuses it"),
            _ => None,
        };
        let others = finding.related.into_iter().enumerate().map(|(which, (what, _))| {
            let place = related(which);
            view! {
                <button type="button" class="problem-related" on:click=move |_| reveal(editor, place)>
                    {prose(&what)}" "{move || position(place.get())}
                </button>
            }
        });
        let fix = finding.fix.map(|fix| {
            view! {
                <button type="button" class="btn small" data-testid="fix" on:click=mend>
                    {icon(Glyph::Edit)}<span>{prose(&capital(&fix.title))}</span>
                </button>
            }
        });
        Some(view! {
            <li class=format!("problem {class}") data-testid="problem" data-code=finding.code.clone()>
                {icon(glyph)}
                <div class="problem-body">
                    <button type="button" class="problem-go" data-testid="problem-go" on:click=move |_| reveal(editor, place)>
                        <span class="sr">{word}": "</span>
                        <span class="problem-message">{prose(&finding.message)}</span>
                        <span class="problem-place">{move || position(place.get())}</span>
                    </button>
                    {finding.help.map(|help| view! { <p class="problem-help">{prose(&help)}</p> })}
                    <p class="problem-foot">
                        {code(&finding.code, finding.explained)}
                        {readers.map(|readers| view! { <span>{readers}</span> })}
                        {others.collect_view()}
                    </p>
                    {fix}
                </div>
            </li>
        })
    }
}

fn reveal(editor: EditorHandle, place: Signal<Place>) {
    let place = place.get_untracked();
    editor.reveal(place.from, place.to);
}

/// What the verdict is given without.
#[component]
fn Limits(engine: Engine) -> impl IntoView {
    let summary = engine.summary();
    let limits = Memo::new(move |_| {
        summary.with(|summary| summary.as_ref().map(|summary| summary.limits.clone()).unwrap_or_default())
    });
    move || {
        let unknown: Vec<_> =
            limits.get().into_iter().map(|limit| view! { <li>{limit.unknown}</li> }).collect();
        (!unknown.is_empty()).then(|| {
            view! {
                <div class="limits" data-testid="limits">
                    <p>"Not judged, because only Kea's host knows:"</p>
                    <ul>{unknown}</ul>
                    <a href=Route::Rule(LIMITS.into()).path()>"What is assumed instead"</a>
                </div>
            }
        })
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
