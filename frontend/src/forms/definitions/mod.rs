//! Option definitions: those of the whole configuration, or those of a client class.

mod form;

use super::{
    desk::{AddButton, Desk, field_id, finding},
    uses::{Asked, UsesDialog},
};
use crate::{
    browser,
    ui::{Glyph, icon, prose},
};
use form::DefinitionForm;
use leptos::prelude::*;
use perch_shared::draft::{DefinitionLine, Standing, join};

/// The list, with a form for each.
#[component]
pub fn Definitions(
    /// The desk.
    desk: Desk,
    /// The path of the client class whose definitions they are; empty: they are for the whole configuration.
    #[prop(optional)]
    scope: String,
) -> impl IntoView {
    let family = desk.place().1;
    let of_class = !scope.is_empty();
    let scope = StoredValue::new(scope);
    let lines =
        Memo::new(move |_| desk.draft.with(|draft| scope.with_value(|scope| draft.definition_lines(scope))));
    let count = Memo::new(move |_| lines.with(Vec::len));
    let (open, asked) = (RwSignal::new(None::<String>), RwSignal::new(None::<Asked>));
    let add = Callback::new(move |()| {
        let mut path = String::new();
        desk.update(|draft| path = scope.with_value(|scope| draft.add_definition(scope, family.service())));
        let field = field_id(&format!("{path}.name"));
        open.set(Some(path));
        leptos::leptos_dom::helpers::request_animation_frame(move || browser::focus(&field));
    });
    let words = move || match count.get() {
        0 => String::new(),
        1 => "1 option defined here".to_owned(),
        count => format!("{count} options defined here"),
    };
    let empty = move || {
        (count.get() == 0 && !of_class).then(|| {
            view! {
                <div class="empty small" data-testid="no-definitions">
                    <p><strong>"No options of its own."</strong></p>
                    <p>"Kea knows the standard options by itself. Define those that only your devices know here: their number, name and type. Then set their values wherever other options are set."</p>
                </div>
            }
        })
    };
    let row = move |index: usize| {
        let line = Memo::new(move |_| lines.with(|lines| lines.get(index).cloned()));
        let path = scope.with_value(|scope| join(scope, &format!("option-def[{index}]")));
        view! { <Row desk path line open asked of_class/> }
    };
    view! {
        <div class="list-bar">
            <p class="grow muted">{words}</p>
            <AddButton label="Define an option" testid="add-definition" on_add=add/>
        </div>
        <ul class="option-list" data-testid="definitions">
            <For each=move || 0..count.get() key=|index| *index let:index>{row(index)}</For>
        </ul>
        {empty}
        <UsesDialog desk asked/>
    }
}

#[component]
fn Row(
    desk: Desk,
    path: String,
    line: Memo<Option<DefinitionLine>>,
    open: RwSignal<Option<String>>,
    asked: RwSignal<Option<Asked>>,
    of_class: bool,
) -> impl IntoView {
    let at = StoredValue::new(path.clone());
    let standing = Memo::new(move |_| {
        desk.edits.with(|edits| desk.draft.with(|draft| at.with_value(|path| draft.standing(edits, path))))
    });
    let uses = Memo::new(move |_| {
        line.track();
        desk.draft.with_untracked(|draft| at.with_value(|path| draft.uses_of(path)))
    });
    let is_open = Memo::new(move |_| open.with(|open| open.as_ref() == Some(&at.get_value())));
    let findings = desk.findings_in(path);
    let name = move || line.with(|line| line.as_ref().map(|line| line.name.clone()).unwrap_or_default());
    let cells = move || {
        let line = line.get()?;
        let encapsulates = (!line.encapsulates.is_empty())
            .then(|| view! { <span class="chip">{format!("encapsulates {}", line.encapsulates)}</span> });
        Some(view! {
            <span class="option-code">{line.code}</span>
            <span class="option-name">{line.name}</span>
            <span class="definition-kind">{line.kind}" "{encapsulates}</span>
            <span class="definition-space muted">{line.space}</span>
        })
    };
    let used = move || {
        let words = uses.get();
        let first = words.first()?.clone();
        let more = (words.len() > 1).then(|| format!(" and {} more", words.len() - 1));
        Some(view! { <span title=words.join("\n").replace('`', "")>"Used by " {prose(&first)}{more}</span> })
    };
    let remove = move |_| {
        open.set(None);
        let path = at.get_value();
        let new = standing.get_untracked() == Standing::New;
        let place = desk.draft.with_untracked(|draft| draft.place(&path));
        match place {
            Some(place) if !new && !of_class => {
                asked.set(Some(Asked { title: format!("option {}", name()), path, place, remove: true }));
            }
            // Kea does not have it, or only the class itself can use it, which the check sees.
            _ => desk.update(|draft| draft.remove(&path)),
        }
    };
    let toggle = move |_| open.set((!is_open.get_untracked()).then(|| at.get_value()));
    let label = move |verb: &'static str| move || format!("{verb} {}", name());
    let class = move || match standing.get() {
        Standing::Same => "option",
        Standing::New => "option new",
        Standing::Changed => "option changed",
    };
    view! {
        <li class=class data-testid="definition-row" data-name=name>
            <div class="option-line definition-line">
                {cells}
                <span class="definition-used">{used}</span>
                <span class="option-actions">
                    <button type="button" class="btn ghost square" title="Edit" data-testid="edit-definition" aria-label=label("Edit") aria-expanded=move || is_open.get().to_string() on:click=toggle>{icon(Glyph::Edit)}</button>
                    <button type="button" class="btn ghost square" title="Remove" data-testid="remove-definition" aria-label=label("Remove") on:click=remove>{icon(Glyph::Trash)}</button>
                </span>
            </div>
            {move || (!is_open.get()).then(|| {
                let all = findings.with(|all| all.iter().map(finding).collect_view());
                view! { <div class="option-notes">{all}</div> }
            })}
            {move || is_open.get().then(|| view! { <DefinitionForm desk path=at.get_value() on_done=Callback::new(move |()| open.set(None))/> })}
        </li>
    }
}
