//! What a change would do to each target, and the choices that are left before it is made.

use super::{Saving, copies::Copies};
use crate::{
    components::{Differences, Findings, KeaWords},
    state::Fleet,
    ui::{Glyph, Notice, Segments, TextField, Tone, icon, prose},
};
use leptos::prelude::*;
use perch_shared::{
    api::{Preview, Role, TargetPreview},
    change::Difference,
    command::Outcome,
    diagnostic::Diagnostic,
    status::is_own,
};

/// The preview, and *Apply*.
#[component]
pub fn Review(
    /// What is being saved.
    saving: Saving,
    /// What it would do.
    preview: Preview,
) -> impl IntoView {
    let kept = StoredValue::new(preview.clone());
    let absent: Vec<&TargetPreview> =
        preview.targets.iter().filter(|target| target.absent.is_some()).collect();
    let present: Vec<&TargetPreview> =
        preview.targets.iter().filter(|target| target.absent.is_none()).collect();
    // What Perch refuses although Kea takes it comes back with its reason; what Kea runs already is no reason.
    let taken = present
        .iter()
        .all(|target| target.kea.as_ref().is_some_and(|said| Outcome::from_code(said.result).is_done()));
    let nothing = present.iter().all(|target| target.differences.is_empty());
    let has_absent = !absent.is_empty();
    let absent = absent_notice(saving, &absent);
    let many = present.len() > 1;
    let alike = many
        && present.windows(2).all(|pair| match pair {
            [one, other] => one.differences == other.differences && says_nothing(one) && says_nothing(other),
            _ => true,
        });
    let sections = if alike {
        let names: Vec<String> = present.iter().map(|target| saving.name(&target.server)).collect();
        let first =
            present.first().map(|target| one(target, Some(format!("The same on {}", names.join(" and ")))));
        first.into_iter().collect_view().into_any()
    } else {
        let sections = present.iter().map(|target| one(target, many.then(|| saving.name(&target.server))));
        sections.collect::<Vec<_>>().into_any()
    };
    let refused = expect_context::<Fleet>().lacks(Role::Operator);
    let blocked = move || !taken || nothing || (has_absent && !saving.alone.get()) || refused.get().is_some();
    view! {
        <div class="dialog-body" tabindex="0" data-testid="preview">
            <Targets saving/>
            {absent}
            {sections}
            <TextField
                id="change-comment"
                label="Comment"
                value=saving.comment
                on_input=Callback::new(move |text| saving.comment.set(text))
                placeholder="Why; for the history"
            />
            {(!nothing).then(|| view! { <Copies saving preview=kept/> })}
        </div>
        <footer class="dialog-foot">
            <button type="button" class="btn" on:click=move |_| saving.open.set(false)>"Cancel"</button>
            {move || refused.get().map(|why| view! { <p class="muted" data-testid="apply-refused">{why}</p> })}
            <button type="button" class="btn primary" data-testid="apply" disabled=blocked on:click=move |_| saving.apply()>"Apply"</button>
        </footer>
    }
}

/// Which servers it is for, where there are several.
#[component]
fn Targets(saving: Saving) -> impl IntoView {
    let all = saving.proposal.with_untracked(|proposal| proposal.targets.clone());
    if all.len() < 2 {
        return view! { <Alone saving/> }.into_any();
    }
    let boxes = all.into_iter().enumerate().map(|(index, target)| {
        let (server, asked) = (target.server.clone(), target.server);
        let on = move || !saving.left_out.with(|left| left.contains(&asked));
        let toggle = move |event: leptos::ev::Event| {
            let checked = event_target_checked(&event);
            saving.left_out.update(|left| {
                left.retain(|other| *other != server);
                if !checked {
                    left.push(server.clone());
                }
            });
            saving.ask();
        };
        let name = saving.proposal.with_untracked(|proposal| proposal.targets.get(index).map(|one| saving.name(&one.server)));
        view! {
            <label class="check inline">
                <input type="checkbox" prop:checked=on disabled={index == 0} data-testid=format!("target-{index}") on:change=toggle/>
                <span>{name}</span>
            </label>
        }
    });
    let split = move || {
        saving.left_out.with(|left| !left.is_empty()).then(|| {
            view! { <p class="hint">{icon(Glyph::Warning)}" Partners that differ answer clients differently. The HA page shows it until both agree."</p> }
        })
    };
    view! {
        <fieldset class="targets" data-testid="targets">
            <legend>"Applies to"</legend>
            {boxes.collect_view()}
            {split}
        </fieldset>
    }
    .into_any()
}

/// Why partners are left as they are.
#[component]
fn Alone(saving: Saving) -> impl IntoView {
    let first = saving.proposal.with_untracked(|proposal| proposal.targets.first().cloned());
    let own = saving.proposal.with_untracked(|proposal| proposal.edits.iter().any(is_own));
    let has_partners =
        first.is_some_and(|first| !saving.fleet.partners(&first.server, first.family).is_empty());
    (own && has_partners).then(|| {
        view! {
            <p class="hint" data-testid="alone">
                "For this server alone: each HA partner has interfaces, sockets, loggers and names of its own."
            </p>
        }
    })
}

/// Who does not answer, and what shall be done about it.
fn absent_notice(saving: Saving, absent: &[&TargetPreview]) -> Option<AnyView> {
    let lines = absent.iter().map(|target| {
        let why = target.absent.clone().unwrap_or_default();
        view! { <li><strong>{saving.name(&target.server)}</strong>": "{prose(&why)}</li> }
    });
    let lines = lines.collect_view();
    (!absent.is_empty()).then(|| {
        let chosen = Signal::derive(move || if saving.alone.get() { "alone" } else { "wait" });
        let choose = Callback::new(move |choice: &'static str| saving.alone.set(choice == "alone"));
        view! {
            <div data-testid="absent">
                <Notice tone=Tone::Warning title="Not every server answers.">
                    <ul class="notes">{lines}</ul>
                    <Segments
                        label="What to do about it"
                        name="absent-choice"
                        choices=vec![("wait", "Wait: change nothing"), ("alone", "Go on; it catches up later")]
                        chosen
                        on_choose=choose
                    />
                </Notice>
            </div>
        }
        .into_any()
    })
}

/// Whether there is nothing to say about a target but its difference.
fn says_nothing(target: &TargetPreview) -> bool {
    target.diagnostics.is_empty()
        && !target.changed_meanwhile
        && target.kea.as_ref().is_some_and(|said| Outcome::from_code(said.result).is_done())
}

fn one(target: &TargetPreview, name: Option<String>) -> AnyView {
    let target = target.clone();
    let nothing = target.differences.is_empty();
    let external = target.changed_meanwhile.then(|| meanwhile(target.external));
    let notes = target.notes.iter().map(|note| view! { <li>{prose(note)}</li> }).collect_view();
    let has_notes = !target.notes.is_empty();
    let server = target.server.to_string();
    view! {
        <section class="target" data-testid="target-preview" data-server=server>
            {name.map(|name| view! { <h3 class="target-name">{icon(Glyph::Servers)}{name}</h3> })}
            {external}
            <h3>"What changes"</h3>
            {nothing.then(|| view! { <p class="muted">"Nothing: Kea has it like this already."</p> })}
            <Differences differences=target.differences/>
            <div class="verdicts">
                <section aria-label="Perch's check">
                    <h3>"Perch says"</h3>
                    {verdict(target.diagnostics)}
                </section>
                <section aria-label="Kea's check">
                    <h3>"Kea says"</h3>
                    {target.kea.map(|said| view! { <KeaWords said/> })}
                </section>
            </div>
            {has_notes.then(|| view! {
                <div data-testid="notes"><Notice tone=Tone::Warning title="Before you go on"><ul class="notes">{notes}</ul></Notice></div>
            })}
        </section>
    }
    .into_any()
}

fn verdict(found: Vec<Diagnostic>) -> AnyView {
    if found.is_empty() {
        return view! { <p class="finding good">{icon(Glyph::Check)} "Nothing to complain about."</p> }
            .into_any();
    }
    view! { <Findings found/> }.into_any()
}

fn meanwhile(external: Vec<Difference>) -> AnyView {
    view! {
        <div data-testid="external">
            <Notice tone=Tone::Warning title="Somebody else changed this daemon's configuration meanwhile.">
                <p>"That does not stand against your change, and it stays."</p>
                <Differences differences=external/>
            </Notice>
        </div>
    }
    .into_any()
}
