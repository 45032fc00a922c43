//! Every page of the demo fleet, on both screens in both schemes: a picture to look at, no violation that axe-core
//! finds, a silent console.

use crate::walk::Walk;
use perch_shared::{
    Family,
    api::{ListServers, Server},
};
use perch_tests::perch::Perch;

/// The pages that are about no server: their address, what is there once they have loaded, and a name.
pub const PAGES: [(&str, &str, &str); 17] = [
    ("/overview", "h1", "overview"),
    ("/networks", "h1", "networks"),
    ("/networks/new-subnet", "h1", "new-subnet"),
    ("/networks/new-shared-network", "h1", "new-shared-network"),
    ("/reservations", "h1", "reservations"),
    ("/leases", "h1", "leases"),
    ("/find?q=10.1.0.20", "h1", "find"),
    ("/ha", "h1", "ha"),
    ("/ha/new", "[data-testid=pair-setup] select", "ha-new"),
    ("/history", "[data-testid=empty], [data-testid=history-entry]", "history"),
    ("/users", "h1", "users"),
    ("/account", "h1", "account"),
    ("/settings", "[data-testid=perch-version]", "settings"),
    ("/styleguide", "[data-testid=sample] [data-testid=table-row]", "styleguide"),
    ("/help", "h1", "help"),
    ("/help/rules", "h1", "rules"),
    ("/playground", "h1", "playground"),
];

/// The pages of one daemon, behind `/servers/ID/`.
const OF_DAEMON: [&str; 7] =
    ["properties", "options", "custom-options", "classes", "reservations", "configuration", "snapshots"];

/// The pages of the first server that has both daemons.
pub fn of_server(perch: &Perch) -> Vec<String> {
    let servers = perch.call::<ListServers>(&(), &()).unwrap();
    let has =
        |server: &&Server, family| server.channels.iter().any(|channel| channel.daemons.contains(&family));
    let server = servers.iter().find(|server| has(server, Family::V4) && has(server, Family::V6));
    let id = &server.expect("the demo has a server with both daemons").id;
    let mut paths = vec![format!("/servers/{id}/networks"), format!("/servers/{id}/history")];
    for family in Family::ALL {
        paths.extend(OF_DAEMON.map(|page| format!("/servers/{id}/{page}/{family}")));
    }
    paths
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_page_of_all_servers() {
    let Some(walk) = Walk::begin(Perch::demo()).await else { return };
    let Walk { browser, perch } = &walk;
    for (path, sign, name) in PAGES {
        browser.goto(&perch.url(path)).await;
        browser.see(sign).await;
        browser.gone("[aria-busy=true]").await;
        browser.look_closely(name).await;
    }
    browser.leave_clean(&[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_page_of_a_server() {
    let Some(walk) = Walk::begin(Perch::demo()).await else { return };
    let Walk { browser, perch } = &walk;
    for path in of_server(perch) {
        browser.goto(&perch.url(&path)).await;
        browser.see("h1").await;
        browser.gone("[aria-busy=true]").await;
        browser.look_closely(&path.trim_start_matches('/').replace('/', "-")).await;
    }
    browser.leave_clean(&[]).await;
}
