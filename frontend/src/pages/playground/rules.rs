//! The rules: a list to search, and a page for each that says what it finds, why, and how it is mended.

use crate::{
    browser,
    components::{LIMITS, NotFound, look},
    routes::Route,
    state::Engine,
    ui::{Glyph, capital, icon, markdown},
};
use leptos::{prelude::*, task::spawn_local};
use perch_engine::{Answer, Ask, Example, LimitText, RuleText, Settings, Subject};
use perch_shared::KeaVersion;

/// The list, or the rule that the address names.
#[component]
pub fn Rules(
    /// Where the page is.
    route: Memo<Option<Route>>,
) -> impl IntoView {
    let settings = Settings::new(Subject::Configuration, KeaVersion::OLDEST);
    let engine = Engine::start(settings);
    let (rules, limits) = (RwSignal::new(None), RwSignal::new(Vec::new()));
    spawn_local(async move {
        if let Some(Answer::Limits(known)) = engine.ask(Ask::Limits).await {
            limits.try_set(known);
        }
        let known = match engine.ask(Ask::Rules).await {
            Some(Answer::Rules(known)) => known,
            _ => Vec::new(),
        };
        let _ = rules.try_set(Some(known));
    });
    move || {
        match (rules.get(), route.get()) {
        (None, _) => view! { <div class="skeleton tall" aria-busy="true"><span class="sr">"Reading the rules…"</span></div> }.into_any(),
        (Some(rules), Some(Route::Rules)) => view! { <List rules/> }.into_any(),
        (Some(_), Some(Route::Rule(code))) if code == LIMITS => view! { <Limits limits=limits.get()/> }.into_any(),
        (Some(rules), Some(Route::Rule(code))) => match rules.into_iter().find(|rule| rule.code == code) {
            Some(rule) => view! { <One rule/> }.into_any(),
            None => view! { <NotFound/> }.into_any(),
        },
        _ => ().into_any(),
    }
    }
}

#[component]
fn List(rules: Vec<RuleText>) -> impl IntoView {
    browser::set_title("Rules");
    let query = RwSignal::new(String::new());
    let rules = StoredValue::new(rules);
    let found = move || {
        let words: Vec<String> = query.get().to_lowercase().split_whitespace().map(str::to_owned).collect();
        rules.with_value(|rules| {
            let fits = |rule: &&RuleText| {
                let text = format!("{} {}", rule.code, rule.explain).to_lowercase();
                words.iter().all(|word| text.contains(word))
            };
            rules.iter().filter(fits).map(line).collect_view()
        })
    };
    view! {
        <article class="rules">
            <header class="page-head">
                <p class="crumbs"><a href=Route::Help.path()>{icon(Glyph::Back)}"Help"</a></p>
                <div class="page-title">
                    <h1>"Rules"</h1>
                    <div class="actions">
                        <label class="filter">
                            {icon(Glyph::Search)}
                            <input class="input" type="search" data-testid="rule-search" aria-label="Search the rules" placeholder="Search" prop:value=query on:input=move |event| query.set(event_target_value(&event))/>
                        </label>
                    </div>
                </div>
            </header>
            <ul class="rule-list card">{found}</ul>
            <p class="rules-foot"><a data-testid="limits-link" href=Route::Rule(LIMITS.into()).path()>"What only Kea's host knows"</a>" is not judged."</p>
        </article>
    }
}

fn line(rule: &RuleText) -> impl IntoView + use<> {
    let (class, word, glyph) = look(rule.severity);
    let first = rule.explain.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    view! {
        <li class=format!("rule-line {class}")>
            {icon(glyph)}
            <div>
                <span class="sr">{word}": "</span>
                <a data-testid="rule" href=Route::Rule(rule.code.clone()).path()>{rule.code.clone()}</a>
                <p>{crate::ui::prose(first.unwrap_or_default())}</p>
            </div>
        </li>
    }
}

#[component]
fn One(rule: RuleText) -> impl IntoView {
    browser::set_title(&rule.code);
    let (class, word, glyph) = look(rule.severity);
    let examples = |title: &'static str, list: Vec<Example>| {
        (!list.is_empty()).then(
            || view! { <section><h2>{title}</h2>{list.into_iter().map(example).collect_view()}</section> },
        )
    };
    view! {
        <article class="help rule" data-testid="rule-page">
            <header class="page-head">
                <p class="crumbs"><a href=Route::Rules.path()>{icon(Glyph::Back)}"Rules"</a></p>
                <div class="page-title">
                    <h1>{rule.code}</h1>
                    <span class=format!("rule-severity {class}")>{icon(glyph)}{word}</span>
                </div>
            </header>
            {markdown(&rule.explain)}
            {examples("Found in", rule.bad)}
            {examples("Not found in", rule.good)}
            <p><a href=rule.arm rel="noreferrer" target="_blank">"Kea's manual"</a></p>
        </article>
    }
}

/// What is never judged, and why.
#[component]
fn Limits(limits: Vec<LimitText>) -> impl IntoView {
    browser::set_title("Not judged");
    let rule = |code: String| {
        let href = Route::Rule(code.clone()).path();
        view! { <a href=href>{code}</a>" " }
    };
    let one = |limit: LimitText| {
        let rules = (!limit.rules.is_empty()).then(|| {
            view! { <p class="limit-rules">"Rules about the same: "{limit.rules.into_iter().map(rule).collect_view()}</p> }
        });
        view! {
            <section>
                <h2><code>{limit.key}</code></h2>
                <p>"Not judged: "{limit.unknown}"."</p>
                <p>{capital(&limit.reason)}"."</p>
                {rules}
            </section>
        }
    };
    view! {
        <article class="help rule" data-testid="limits-page">
            <header class="page-head">
                <p class="crumbs"><a href=Route::Rules.path()>{icon(Glyph::Back)}"Rules"</a></p>
                <div class="page-title"><h1>"What only Kea's host knows"</h1></div>
            </header>
            {limits.into_iter().map(one).collect_view()}
        </article>
    }
}

fn example(example: Example) -> impl IntoView {
    let from = (example.from > KeaVersion::OLDEST).then(|| format!("since Kea {}", example.from.series()));
    let before = example.before.map(|before| format!("before Kea {}", before.series()));
    let when: Vec<String> = from.into_iter().chain(before).collect();
    view! {
        <figure class="rule-example">
            {(!when.is_empty()).then(|| view! { <figcaption>{when.join(", ")}</figcaption> })}
            <pre tabindex="0"><code>{outdented(example.text.trim())}</code></pre>
        </figure>
    }
}

/// A text whose later lines begin as far left as they can: in the sources they stand behind the code around them.
fn outdented(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let least =
        text.lines().skip(1).filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or_default();
    let lines =
        text.lines().map(|line| line.get(least.saturating_sub(2).min(indent(line))..).unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::outdented;

    #[test]
    fn lines_keep_their_steps() {
        assert_eq!(
            outdented("{\n        a: {\n          b\n        }\n      }"),
            "{\n    a: {\n      b\n    }\n  }"
        );
        assert_eq!(outdented("{ a }"), "{ a }");
    }
}
