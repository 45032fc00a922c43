//! Telling once what both partners of a pair say.

use crate::state::Fleet;
use perch_shared::{Family, api::ServerId};

/// What is told of daemons, without what one says just as its HA partner before it.
pub fn once<T>(
    fleet: Fleet,
    all: impl IntoIterator<Item = T>,
    daemon: impl Fn(&T) -> (&ServerId, Family),
    same: impl Fn(&T, &T) -> bool,
) -> Vec<T> {
    let mut told: Vec<T> = Vec::new();
    for one in all {
        let (server, family) = daemon(&one);
        let is_told = told.iter().any(|other| {
            let (partner, of) = daemon(other);
            of == family && same(other, &one) && fleet.partners(partner, family).contains(server)
        });
        if !is_told {
            told.push(one);
        }
    }
    told
}
