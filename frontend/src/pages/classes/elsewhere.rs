//! Global classes on the other servers: who has one otherwise, and bringing them in line.

use crate::{
    api::Api,
    components::ErrorNotice,
    forms::{
        desk::Desk,
        globals::{in_line, read},
        save::{SaveDialog, Saving},
    },
    state::{Fleet, Loader},
    ui::{Glyph, Notice, Tone, icon},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ApplyReport, GlobalClass, GlobalQuery, Role, ServerId},
    status::is_global,
};

/// The global classes, read again whenever the fleet is seen in another state.
fn follow(query: impl Fn() -> GlobalQuery + 'static) -> Loader<Vec<GlobalClass>> {
    let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
    let loader = Loader::<Vec<GlobalClass>>::default();
    let seen = fleet.view().answer();
    Effect::new(move |_| {
        seen.track();
        let query = query();
        loader.run(async move { read(api, &query).await });
    });
    loader
}

/// The global classes of a daemon's family, compared with what most servers have.
pub fn all_globals(family: Family) -> Loader<Vec<GlobalClass>> {
    follow(move || GlobalQuery { family: Some(family), ..GlobalQuery::default() })
}

/// How the other servers have a class that this one marks as global.
#[component]
pub fn Elsewhere(
    /// The desk.
    desk: Desk,
    /// The class.
    name: String,
) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let (server, family) = desk.place();
    let (asked, here) = (name.clone(), server.clone());
    let loader = follow(move || {
        desk.draft.with(|draft| draft.based_on.clone());
        GlobalQuery { family: Some(family), name: asked.clone(), like: Some(here.clone()) }
    });
    let class = Memo::new(move |_| {
        let found = loader.answer().get().and_then(|all| all.into_iter().next());
        found.filter(|found| found.class.as_ref().is_some_and(is_global))
    });
    let saving =
        Saving::new(Callback::new(move |_: ApplyReport| fleet.look()), Callback::new(move |()| fleet.look()));
    let begin = move |_| {
        if let Some(class) = class.get_untracked() {
            saving.begin(in_line(family, &[class], |_| true));
        }
    };
    let (clean, refused) = (desk.is_clean(), fleet.lacks(Role::Operator));
    let why = move || refused.get().or((!clean.get()).then_some("Save or discard your changes first"));
    let content = move || {
        let class = class.get()?;
        if class.others.is_empty() {
            let words = match class.same.len() {
                0 | 1 => "There is no other server yet.".to_owned(),
                count => format!("The same on all {count} servers."),
            };
            return Some(
                view! { <p class="muted" data-testid="global-same">{icon(Glyph::Check)} {words}</p> }
                    .into_any(),
            );
        }
        let lines = class.others.iter().map(|other| {
            let (id, words) = (other.server.to_string(), if other.class.is_some() { "has it otherwise" } else { "does not have it" });
            view! { <li data-testid="global-other" data-server=id><strong>{fleet.name(&other.server)}</strong>" "{words}</li> }
        });
        let lines = lines.collect_view();
        Some(view! {
            <Notice tone=Tone::Warning title="Not every server has this class like this one.">
                <ul class="notes">{lines}</ul>
                <div class="actions">
                    <button type="button" class="btn" data-testid="bring-in-line" disabled=move || why().is_some() title=why on:click=begin>"Make it the same there…"</button>
                </div>
            </Notice>
        }
        .into_any())
    };
    view! {
        <section class="elsewhere" aria-label="On the other servers">
            {content}
            {move || loader.failure().get().map(|failure| view! { <ErrorNotice failure/> })}
        </section>
        <SaveDialog saving/>
    }
}

/// The global classes that this server does not have, or otherwise than most.
#[component]
pub fn Lacking(
    /// The desk.
    desk: Desk,
    /// The global classes.
    globals: Loader<Vec<GlobalClass>>,
) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let (server, family) = desk.place();
    let here = StoredValue::new(server);
    let lacking = Memo::new(move |_| {
        let concerns = |class: &GlobalClass| {
            here.with_value(|here| class.others.iter().any(|other| other.server == *here))
        };
        globals.answer().get().unwrap_or_default().into_iter().filter(concerns).collect::<Vec<_>>()
    });
    let saving =
        Saving::new(Callback::new(move |_: ApplyReport| fleet.look()), Callback::new(move |()| fleet.look()));
    let begin = move |_| {
        let mut wanted = fleet.partners(&here.get_value(), family);
        wanted.push(here.get_value());
        saving.begin(in_line(family, &lacking.get_untracked(), |server: &ServerId| wanted.contains(server)));
    };
    let (clean, refused) = (desk.is_clean(), fleet.lacks(Role::Operator));
    let why = move || refused.get().or((!clean.get()).then_some("Save or discard your changes first"));
    let content = move || {
        let all = lacking.get();
        (!all.is_empty()).then(|| {
            let line = |class: &GlobalClass| {
                let words = match here.with_value(|here| class.at(here).flatten().is_some()) {
                    true => "here it is otherwise than on",
                    false => "missing here, and defined on",
                };
                view! { <li data-testid="lacking" data-name=class.name.clone()><strong>{class.name.clone()}</strong>": "{words}" "{fleet.name(&class.like)}</li> }
            };
            let lines = all.iter().map(line).collect_view();
            view! {
                <Notice tone=Tone::Warning title="This server does not have every global class like the others.">
                    <ul class="notes">{lines}</ul>
                    <div class="actions">
                        <button type="button" class="btn" data-testid="bring-here-in-line" disabled=move || why().is_some() title=why on:click=begin>"Make them the same here…"</button>
                    </div>
                </Notice>
            }
        })
    };
    view! { {content} <SaveDialog saving/> }
}
