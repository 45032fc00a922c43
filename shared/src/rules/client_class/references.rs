//! Who names which class, and what follows from it.

use super::{ADDITIONAL_LISTS, never_assigned, never_evaluated, unknown, unused};
use crate::{
    expr::{self, Kind, is_built_in},
    json::Element,
    rules::{
        Findings, Review,
        objects::{Key, Level, Object},
    },
};
use std::{borrow::Cow, collections::BTreeSet};

/// Classes by how they are named.
#[derive(Debug, Default)]
struct References<'d> {
    /// Given by reservations.
    given: BTreeSet<Cow<'d, str>>,
    /// In the lists of additional classes.
    additional: BTreeSet<Cow<'d, str>>,
    /// Anywhere else that uses them.
    used: BTreeSet<Cow<'d, str>>,
    /// Every name that is used, and where.
    places: Vec<(Cow<'d, str>, Element<'d>)>,
}

/// Compares the classes that are defined with those that are named.
pub(super) fn check(review: &Review<'_>, out: &mut Findings) {
    let references = References::of(review);
    let names: BTreeSet<Cow<'_, str>> = review.classes().filter_map(|class| class.text("name")).collect();
    let templates = Templates::of(review);
    let others = Others::of(review.root);
    let mut unknown = 0;
    if !others.hosts {
        for (name, place) in &references.places {
            let is_known = names.contains(name) || references.given.contains(name) || is_built_in(name);
            if !is_known && !templates.spawn(name) {
                let near = names.iter().take(if unknown < MOST_SUGGESTIONS { names.len() } else { 0 });
                out.push(unknown::found(*place, name, near.map(AsRef::as_ref)));
                unknown += 1;
            }
        }
    }
    if !(others.hosts || others.hooks) {
        classes(review, &references, out);
    }
}

/// For so many unknown names a known one is looked for that was meant.
const MOST_SUGGESTIONS: usize = 100;

/// The beginnings of the names of those classes that templates make, sorted; none begins with another.
struct Templates(Vec<String>);

impl Templates {
    fn of(review: &Review<'_>) -> Self {
        let templates = review.classes().filter(|class| class.get("template-test").is_some());
        let mut names: Vec<String> =
            templates.filter_map(|class| Some(format!("SPAWN_{}_", class.text("name")?))).collect();
        names.sort_unstable();
        names.dedup_by(|longer, shorter| longer.starts_with(shorter.as_str()));
        Self(names)
    }

    /// Whether a template may make a class of this name.
    fn spawn(&self, name: &str) -> bool {
        let before = self.0.partition_point(|template| template.as_str() <= name).checked_sub(1);
        before.and_then(|at| self.0.get(at)).is_some_and(|template| name.starts_with(template.as_str()))
    }
}

/// What else can put clients into classes, or use them.
struct Others {
    /// Reservations from a database, or configuration from one.
    hosts: bool,
    /// Hook libraries.
    hooks: bool,
}

impl Others {
    fn of(root: Element<'_>) -> Self {
        let has = |key| root.get(key).is_some_and(|value| value.children().next().is_some());
        Self {
            hosts: ["hosts-database", "hosts-databases", "config-control"].into_iter().any(has),
            hooks: has("hooks-libraries"),
        }
    }
}

/// What is wrong with classes that nobody fills or nobody uses.
fn classes(review: &Review<'_>, references: &References<'_>, out: &mut Findings) {
    for class in review.classes() {
        let Some(name) = class.text("name").filter(|name| !is_built_in(name)) else { continue };
        let has = |key| class.get(key).is_some();
        let listed = references.additional.contains(&name);
        let given = references.given.contains(&name);
        let late = class.bool("only-if-required") == Some(true)
            || review.version >= ADDITIONAL_LISTS && class.bool("only-in-additional-list") == Some(true);
        if !has("test") && !has("template-test") && !listed && !given {
            out.push(never_assigned::found(class, &name));
        } else if late && !listed && !given {
            out.push(never_evaluated::found(class, &name));
        } else if !references.used.contains(&name) && !has("template-test") && !does_something(class, &name) {
            out.push(unused::found(class, &name));
        }
    }
}

/// Whether being in the class changes an answer, even if nothing else names it.
fn does_something(class: Element<'_>, name: &str) -> bool {
    const NOTHING: [&str; 7] = [
        "name",
        "test",
        "template-test",
        "only-if-required",
        "only-in-additional-list",
        "comment",
        "option-def",
    ];
    matches!(name, "DROP" | "REJECT" | "SKIP_DDNS")
        || class.children().any(|member| {
            let empty = matches!(member.source(), "[]" | "{}");
            !empty && !NOTHING.into_iter().any(|key| member.has_key(key))
        })
}

impl<'d> References<'d> {
    fn of(review: &'d Review<'_>) -> Self {
        let mut references = Self::default();
        for (holder, level) in review.objects.holders() {
            match level {
                Level::Reservation => {
                    references.given.extend(holder.list(Key::ClientClasses).filter_map(Element::as_str));
                }
                Level::Class => references.members(holder.element),
                Level::Global => {}
                _ => references.scope(holder),
            }
            if review.version >= ADDITIONAL_LISTS {
                for option in holder.list(Key::OptionData) {
                    references.list(option, "client-classes");
                }
            }
        }
        references
    }

    /// The classes that a network, subnet or pool is for, and those that are evaluated for its clients.
    fn scope(&mut self, scope: Object<'d>) {
        scope.get(Key::ClientClass).into_iter().for_each(|class| self.name(class));
        scope.list(Key::ClientClasses).for_each(|class| self.name(class));
        for key in [Key::RequireClientClasses, Key::EvaluateAdditionalClasses] {
            for class in scope.list(key) {
                self.name(class);
                self.additional.extend(class.as_str());
            }
        }
    }

    fn list(&mut self, holder: Element<'d>, key: &str) {
        holder.list(key).for_each(|item| self.name(item));
    }

    /// A place that names a class; an empty text names none.
    fn name(&mut self, place: Element<'d>) {
        let Some(name) = place.as_str().filter(|name| !name.is_empty()) else { return };
        self.used.insert(name.clone());
        self.places.push((name, place));
    }

    /// The classes that a class's test asks for.
    fn members(&mut self, class: Element<'d>) {
        for text in [class.text("test"), class.text("template-test")].into_iter().flatten() {
            let parsed = expr::parse(&text);
            for (id, node) in parsed.nodes().iter().enumerate() {
                if node.kind == Kind::ClassName {
                    self.used.insert(Cow::Owned(parsed.quoted(id).to_owned()));
                }
            }
        }
    }
}
