//! Changes through Perch's API on real Kea daemons. What counts is what Kea itself says afterwards, asked without
//! Perch, and what stands in its file.

mod changes;
mod continuity;
mod each_its_own;
mod examples;
mod failures;
mod globals;
mod ha;
mod hooks;
mod hush;
mod keeps;
mod killed;
mod meanwhile;

use perch_shared::{Family, KeaVersion, api::ServerId};
use perch_tests::{
    fault::Relay,
    lab::{Access, Lab},
    perch::Perch,
};
use serde_json::Value;
use std::path::Path;

/// A Kea, how Perch reaches it, and a Perch that knows it.
struct Site {
    lab: Lab,
    perch: Perch,
    id: ServerId,
}

/// How Perch reaches a Kea.
#[derive(Debug, Clone, Copy)]
enum Way {
    Agent(&'static str),
    /// The daemons' own HTTP sockets, with a password.
    Direct(&'static str),
    Unix(&'static str),
}

/// Every channel, and every version.
const WAYS: [Way; 5] =
    [Way::Agent("2.2.0"), Way::Agent("2.6.3"), Way::Unix("2.6.3"), Way::Direct("3.0.4"), Way::Unix("3.0.4")];

impl Site {
    fn open(way: Way) -> Option<Self> {
        let perch = Perch::serve();
        let (lab, id) = match way {
            Way::Agent(version) => {
                let mut lab = Lab::open(version)?;
                let agent = lab.start_behind_agent(Access::Open);
                let id = perch.add(&[&agent]);
                (lab, id)
            }
            Way::Direct(version) => {
                let mut lab = Lab::open(version)?;
                let addresses = Family::ALL.map(|family| lab.start_direct(family, Access::Password));
                let id = perch.add_with_password(&addresses.each_ref().map(String::as_str));
                (lab, id)
            }
            Way::Unix(version) => {
                let mut lab = Lab::open(version)?;
                let addresses = Family::ALL.map(|family| {
                    lab.start(family);
                    lab.unix_address(family)
                });
                let id = perch.add(&addresses.each_ref().map(String::as_str));
                (lab, id)
            }
        };
        Some(Self { lab, perch, id })
    }
}

/// A DHCPv4 daemon behind a relay that can be broken: a Control Agent's before Kea 3, the daemon's own socket since.
struct Fragile {
    lab: Lab,
    perch: Perch,
    id: ServerId,
    relay: Relay,
}

impl Fragile {
    fn open(version: &str) -> Option<Self> {
        Self::open_with(version, |_, _| ())
    }

    /// Like [`open`](Self::open), after `edit` changed the map below `Dhcp4`; it is given the lab's folder, which the
    /// daemons see at the top of their root.
    fn open_with(version: &str, edit: impl FnOnce(&mut Value, &Path)) -> Option<Self> {
        let mut lab = Lab::open(version)?;
        let folder = lab.folder();
        let address = if lab.version() < KeaVersion::new(2, 7, 2) {
            lab.start_with(Family::V4, |root| edit(root, &folder));
            lab.start(Family::V6);
            lab.start_agent(Access::Open)
        } else {
            lab.start_direct_with(Family::V4, Access::Open, |root| edit(root, &folder))
        };
        let relay = Relay::before(&address);
        // No answer within three seconds is none: a test of that does not wait a minute.
        let perch = Perch::serve_with_settings("[timeouts]\nanswer = 3\n");
        let id = perch.add(&[&relay.address()]);
        Some(Self { lab, perch, id, relay })
    }
}
