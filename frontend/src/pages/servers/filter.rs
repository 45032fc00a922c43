//! Which servers are shown: words of a name or an address, and marks such as `is:ha`.

use crate::routes::Address;
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{Channel, DaemonState, FleetView, Server, ServerStatus},
};

/// A mark that somebody can filter by.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    /// How it is written.
    pub word: &'static str,
    /// Its name in the side bar.
    pub title: &'static str,
    fits: fn(&Server, Option<&ServerStatus>) -> bool,
}

/// What a server has.
pub const KINDS: [Mark; 3] = [
    Mark { word: "is:dhcp4", title: "DHCPv4", fits: |server, _| has(server, Family::V4) },
    Mark { word: "is:dhcp6", title: "DHCPv6", fits: |server, _| has(server, Family::V6) },
    Mark {
        word: "is:ha",
        title: "HA member",
        fits: |_, status| {
            status.is_some_and(|status| status.daemons.iter().any(|daemon| !daemon.ha.is_empty()))
        },
    },
];

/// How it is.
pub const STATES: [Mark; 3] = [
    Mark { word: "is:running", title: "Running", fits: |_, status| is(status, DaemonState::Ok) },
    Mark { word: "is:impaired", title: "Impaired", fits: |_, status| is(status, DaemonState::Impaired) },
    Mark {
        word: "is:unreachable",
        title: "Unreachable",
        fits: |_, status| is(status, DaemonState::Unreachable),
    },
];

fn has(server: &Server, family: Family) -> bool {
    server.channels.iter().any(|channel| channel.daemons.contains(&family))
}

fn is(status: Option<&ServerStatus>, state: DaemonState) -> bool {
    status.is_some_and(|status| status.state == state)
}

/// Whether a server is shown. Of several states any is enough; everything else must be so.
pub fn fits(wanted: &str, server: &Server, view: Option<&FleetView>) -> bool {
    let status = view.and_then(|view| view.servers.iter().find(|status| status.server.id == server.id));
    let wanted = wanted.to_lowercase();
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let said = |mark: &&Mark| words.contains(&mark.word);
    let kinds = KINDS.iter().filter(said).all(|mark| (mark.fits)(server, status));
    let mut states = STATES.iter().filter(said).peekable();
    let in_state = states.peek().is_none() || states.any(|mark| (mark.fits)(server, status));
    let is_mark = |word: &&str| KINDS.iter().chain(&STATES).any(|mark| mark.word == *word);
    let text = words.iter().filter(|word| !is_mark(word)).all(|word| {
        let address = |channel: &Channel| channel.address.to_lowercase().contains(word);
        server.name.to_lowercase().contains(word) || server.channels.iter().any(address)
    });
    kinds && in_state && text
}

/// The side bar: what can be filtered by, and how many servers are so.
#[component]
pub fn Facets(servers: StoredValue<Vec<Server>>, view: RwSignal<Option<FleetView>>) -> impl IntoView {
    let address = expect_context::<Address>();
    let filter = address.query("q");
    let group = move |title: &'static str, marks: [Mark; 3]| {
        let boxes = marks.map(|mark| {
            let on = move || filter.get().split_whitespace().any(|word| word == mark.word);
            let count = move || {
                view.with(|view| servers.with_value(|servers| servers.iter().filter(|server| fits(mark.word, server, view.as_ref())).count()))
            };
            let toggle = move |event| {
                let now = filter.get_untracked();
                let mut words: Vec<&str> = now.split_whitespace().filter(|word| *word != mark.word).collect();
                if event_target_checked(&event) {
                    words.push(mark.word);
                }
                address.set_query("q", &words.join(" "));
            };
            view! {
                <label class="facet">
                    <input type="checkbox" data-testid=format!("facet-{}", mark.word.trim_start_matches("is:")) prop:checked=on on:change=toggle/>
                    <span>{mark.title}</span>
                    <span class="facet-count">{move || count().to_string()}</span>
                </label>
            }
        });
        view! { <fieldset><legend>{title}</legend>{boxes}</fieldset> }
    };
    view! { <div class="facets" data-testid="facets">{group("Kind", KINDS)} {group("State", STATES)}</div> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use perch_shared::api::{ChannelKind, Origin, ServerId, TlsFiles};

    #[test]
    fn words_and_marks_are_told_apart() {
        let channel = Channel {
            address: "http://192.0.2.7:8000".into(),
            kind: ChannelKind::ControlAgent,
            daemons: vec![Family::V4],
        };
        let server = Server {
            id: ServerId::new("hq").unwrap(),
            name: "Headquarters".into(),
            origin: Origin::Inventory,
            channels: vec![channel],
            has_credentials: false,
            tls: TlsFiles::default(),
        };
        let status =
            ServerStatus { server: server.clone(), state: DaemonState::Impaired, daemons: Vec::new() };
        let view = FleetView { servers: vec![status], pairs: Vec::new(), sync_interval: 30 };
        for (wanted, shown) in [
            ("", true),
            ("QUARTERS .7:", true),
            ("branch", false),
            ("is:dhcp4 head", true),
            ("is:dhcp4 is:dhcp6", false),
            ("is:ha", false),
            ("is:running", false),
            ("is:running is:impaired", true),
        ] {
            assert_eq!(fits(wanted, &server, Some(&view)), shown, "{wanted}");
        }
    }
}
