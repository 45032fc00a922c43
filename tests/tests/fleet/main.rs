//! The fleet as Perch watches it: pairs, changes made elsewhere, many servers, and some that hang.

mod big;
mod pairs;
mod seen;

use perch_shared::api::{FleetView, GetFleet};
use perch_tests::perch::Perch;

/// Perch with a short interval, so that a test need not wait long for the next look.
fn quick() -> Perch {
    Perch::serve_with_settings("sync-interval = 1\n")
}

fn view(perch: &Perch) -> FleetView {
    perch.call::<GetFleet>(&(), &()).unwrap()
}
