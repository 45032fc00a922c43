//! One thing that needs attention.

use crate::routes::Route;
use perch_shared::{Family, api::ServerId};

/// How bad something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// Clients are or will be without service.
    Bad,
    /// Something will go wrong when nobody looks after it.
    Warning,
    /// Worth knowing.
    Info,
}

/// What mends something with one click.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Nothing does.
    None,
    /// Carrying out what a daemon missed, or forgetting it.
    CatchUp(ServerId, Family),
    /// Writing the daemon's file.
    Write(ServerId, Family),
}

/// One thing that needs attention.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// How bad it is.
    pub gravity: Gravity,
    /// Its kind, for tests.
    pub kind: &'static str,
    /// What it is about.
    pub title: String,
    /// What is the matter: sentences with `code`.
    pub text: String,
    /// What to do about it; empty: nothing.
    pub help: String,
    /// Since when.
    pub since: Option<String>,
    /// Where it is mended.
    pub to: Route,
    /// What mends it here.
    pub remedy: Remedy,
}

/// Something of which no more is said yet.
pub fn item(gravity: Gravity, kind: &'static str, title: String, to: Route) -> Item {
    Item {
        gravity,
        kind,
        title,
        text: String::new(),
        help: String::new(),
        since: None,
        to,
        remedy: Remedy::None,
    }
}
