//! What the rules find in what runs, as lines of what needs attention.

use super::{
    item::{Gravity, Item, item},
    once::once,
};
use crate::{routes::Route, state::Fleet};
use perch_shared::api::DaemonFindings;

/// What the rules find in what runs: one line a daemon. Partners have most of it in common.
pub fn findings(fleet: Fleet, all: &[DaemonFindings]) -> Vec<Item> {
    let words =
        |of: &DaemonFindings| of.first.iter().map(|one| one.finding.message.clone()).collect::<Vec<_>>();
    let told =
        once(fleet, all, |found| (&found.server, found.family), |one, other| words(one) == words(other));
    told.into_iter().filter_map(|found| finding(fleet, found)).collect()
}

fn finding(fleet: Fleet, found: &DaemonFindings) -> Option<Item> {
    let DaemonFindings { server, family, count, first } = found;
    let first = first.first()?;
    let to = match (count, first.subnet, &first.class) {
        (1, Some(id), _) => Route::Subnet(server.clone(), *family, id),
        (1, None, Some(class)) => Route::Class(server.clone(), *family, class.clone()),
        _ => Route::Raw(server.clone(), *family),
    };
    let title = format!("{} {}", fleet.name(server), family.protocol());
    let mut text = match first.prefix.as_str() {
        "" => sentence(&first.finding.message),
        prefix => format!("In {prefix}: {}.", first.finding.message),
    };
    if *count > 1 {
        text = format!("{text} And {} more.", count - 1);
    }
    let help = first.finding.help.as_deref().map(sentence).unwrap_or_default();
    Some(Item { text, help, ..item(Gravity::Warning, "finding", title, to) })
}

/// A finding's words as a sentence.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
