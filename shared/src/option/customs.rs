//! The definitions of an `option-def` list, found by code and by name without a walk through them all.

use super::Definition;
use std::cmp::Ordering;

/// Definitions, and their numbers in two orders. Of two with one code or one name the first is found, as in Kea.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Customs {
    all: Vec<Definition>,
    by_code: Vec<usize>,
    by_name: Vec<usize>,
}

impl Customs {
    pub(super) fn new(all: Vec<Definition>) -> Self {
        let mut by_code: Vec<usize> = (0..all.len()).collect();
        let mut by_name = by_code.clone();
        by_code.sort_by_key(|index| all.get(*index).map(code));
        by_name.sort_by_key(|index| all.get(*index).map(name));
        Self { all, by_code, by_name }
    }

    pub(super) fn all(&self) -> &[Definition] {
        &self.all
    }

    pub(super) fn by_code(&self, space: &str, wanted: u16) -> Option<&Definition> {
        self.first(&self.by_code, |definition| code(definition).cmp(&(space, wanted)))
    }

    pub(super) fn by_name(&self, space: &str, wanted: &str) -> Option<&Definition> {
        self.first(&self.by_name, |definition| name(definition).cmp(&(space, wanted)))
    }

    /// The first that is neither less nor greater than what is wanted.
    fn first(&self, order: &[usize], compare: impl Fn(&Definition) -> Ordering) -> Option<&Definition> {
        let at = order.partition_point(|index| self.all.get(*index).map(&compare) == Some(Ordering::Less));
        self.all.get(*order.get(at)?).filter(|found| compare(found) == Ordering::Equal)
    }
}

fn code(definition: &Definition) -> (&str, u16) {
    (&definition.space, definition.code)
}

fn name(definition: &Definition) -> (&str, &str) {
    (&definition.space, &definition.name)
}
