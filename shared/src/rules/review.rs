//! Running the rules over a document.

use super::{Findings, all, objects::Objects, shape::Shape};
use crate::{
    Daemon, Family, KeaVersion,
    json::{Document, Element, Kind},
    option::{DefEntry, Definitions},
};

/// What a rule looks at.
#[derive(Debug)]
pub(crate) struct Review<'d> {
    /// Whose configuration it is.
    pub(super) family: Family,
    /// For which Kea it is checked.
    pub(super) version: KeaVersion,
    /// The map below `Dhcp4` or `Dhcp6`.
    pub(super) root: Element<'d>,
    /// The objects in it, with their members, their addresses read.
    pub(super) objects: Objects<'d>,
    /// The standard definitions, and those of the global `option-def`.
    pub(super) definitions: Definitions,
}

/// The map of a daemon, whichever it is, and for which Kea it is checked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plain<'d> {
    pub(super) root: Element<'d>,
    pub(super) version: KeaVersion,
}

impl<'d> Review<'d> {
    /// What rules look at that hold for every daemon.
    pub(super) fn plain(&self) -> Plain<'d> {
        Plain { root: self.root, version: self.version }
    }

    /// The client classes.
    pub(super) fn classes(&self) -> impl Iterator<Item = Element<'_>> {
        self.objects.classes().map(|class| class.element)
    }
}

/// Runs every rule over a document; returns whose configuration it is.
pub(crate) fn check(document: &Document<'_>, version: KeaVersion, out: &mut Findings) -> Option<Daemon> {
    let top = document.root()?;
    super::json::top_level::inspect(document, out);
    super::json::numbers(document, version, out);
    let (daemon, root) = top.children().filter(|_| top.kind() == Kind::Map).find_map(|value| {
        let daemon = Daemon::ALL.into_iter().find(|daemon| value.has_key(daemon.root_key()))?;
        // Of several the last, as everywhere.
        Some((daemon, top.get(daemon.root_key()).unwrap_or(value)))
    })?;
    Shape::new(daemon, version, root).check(out);
    if let (Some(family), Kind::Map) = (daemon.family(), root.kind()) {
        let custom = root.maps("option-def").filter_map(|def| DefEntry::read(def).definition(family));
        let definitions = Definitions::of(family, version, custom.collect());
        let objects = Objects::of(family, version, root);
        let review = Review { family, version, root, objects, definitions };
        for rule in all() {
            (rule.check)(&review, out);
        }
    }
    if root.kind() == Kind::Map {
        super::services::check(daemon, Plain { root, version }, out);
    }
    Some(daemon)
}
