//! An edit that something stands against.

use crate::{api::Conflict, change::Edit};

/// An edit that does not fit what Kea has by now.
#[derive(Debug, Clone, PartialEq)]
pub struct Collision {
    /// The edit.
    pub edit: Edit,
    /// What stands against it: what it expected, what is there, what it wanted.
    pub conflict: Conflict,
}

impl Collision {
    /// The edit that insists: it expects what is there.
    #[must_use]
    pub fn insist(&self) -> Edit {
        Edit { before: self.conflict.found.clone(), ..self.edit.clone() }
    }
}
