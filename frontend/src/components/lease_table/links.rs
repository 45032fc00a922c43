//! Where a lease leads: to a reservation for its client.

use super::{LeaseRow, identifier};
use crate::routes::Route;
use perch_shared::api::{Lease, LeaseState};

/// The form of a reservation that gives the client what it has now, filled in; else why there can be none.
pub fn reserve(row: &LeaseRow) -> Result<String, &'static str> {
    let LeaseRow { server, family, lease, .. } = row;
    let client = client(lease);
    if client.is_empty() {
        return Err("the lease does not say which client it is");
    }
    if lease.state == LeaseState::Declined {
        return Err("declined: no client has it");
    }
    let subnet = Route::Subnet(server.clone(), *family, lease.subnet);
    Ok(subnet.with(&[
        ("tab", "reservations"),
        ("client", &client),
        ("address", &lease.address),
        ("hostname", lease.hostname.trim_end_matches('.')),
    ]))
}

/// The reservations that the client has.
pub fn reservations(row: &LeaseRow) -> String {
    Route::Reservations.with(&[("q", identifier(&row.lease))])
}

/// What a reservation would know the client by, as `kind=value`; empty: nothing.
fn client(lease: &Lease) -> String {
    let known = [("hw-address", &lease.hw_address), ("client-id", &lease.client_id)];
    let duid = [("duid", &lease.duid)];
    let all = duid.into_iter().chain(known);
    all.into_iter()
        .find(|(_, value)| !value.is_empty())
        .map(|(kind, value)| format!("{kind}={value}"))
        .unwrap_or_default()
}
