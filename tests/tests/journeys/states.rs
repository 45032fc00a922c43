//! Pages while something is not as usual: an answer that does not come, a Perch that is gone, a Kea that is silent, long
//! names, many rows. For the gallery; without `PERCH_GALLERY`, a few pages stand for all.

use crate::{
    every_page::{PAGES, of_server},
    walk::Walk,
};
use perch_shared::api::{DaemonState, GetFleet, ListServers};
use perch_tests::{
    browser::{Browser, Network},
    perch::Perch,
    simulated::Simulated,
    wait,
};
use serde_json::{Value, json};
use std::time::Duration;

/// How long a page gets to show that something is wrong.
const WHILE: Duration = Duration::from_millis(900);

/// As many pages as are looked at.
fn some<T>(mut pages: Vec<T>) -> Vec<T> {
    if std::env::var_os("PERCH_GALLERY").is_none() {
        pages.truncate(2);
    }
    pages
}

/// Every address of the demo, and a name for its pictures.
fn everywhere(perch: &Perch) -> Vec<(String, String)> {
    let named = PAGES.iter().map(|(path, _, name)| ((*path).to_owned(), (*name).to_owned()));
    let of_server = of_server(perch).into_iter();
    let of_server = of_server.map(|path| (path.clone(), path.trim_start_matches('/').replace('/', "-")));
    let found = |path: &str| !path.starts_with("/help") && !path.starts_with("/styleguide");
    named.chain(of_server).filter(|(path, _)| found(path)).collect()
}

/// Goes to another address without loading Perch anew.
async fn go(browser: &Browser, path: &str) {
    let script =
        format!("history.pushState(null, '', '{path}'); dispatchEvent(new PopStateEvent('popstate'))");
    browser.run(&script, vec![]).await;
}

async fn is_there(browser: &Browser) {
    browser.see("h1").await;
    browser.gone("[aria-busy=true]").await;
}

/// Looks at pages that are gone to while requests fare like this. Their own parts are there already.
async fn while_requests_fare(network: Network, name: &str) {
    let Some(walk) = Walk::begin(Perch::demo()).await else { return };
    let Walk { browser, perch } = &walk;
    for (path, page) in some(everywhere(perch)) {
        browser.goto(&perch.url(&path)).await;
        is_there(browser).await;
        go(browser, "/help").await;
        browser.see_text("h1", "Help").await;
        browser.network(network).await;
        go(browser, &path).await;
        tokio::time::sleep(WHILE).await;
        browser.look(&format!("{name}-{page}")).await;
        browser.network(Network::Usual).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn pages_that_wait_for_answers() {
    while_requests_fare(Network::Slow, "loading").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn pages_without_perch() {
    while_requests_fare(Network::Gone, "gone").await;
}

/// A page is a part of the module: while it does not come its place is held, and it is asked for again.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_part_that_comes_late_or_not_at_all() {
    let Some(walk) = Walk::land(Perch::demo()).await else { return };
    let Walk { browser, perch } = &walk;
    browser.network(Network::Slow).await;
    go(browser, "/leases").await;
    browser.see("[data-testid=page-waiting]").await;
    browser.look_closely("part-late").await;
    browser.network(Network::Usual).await;

    browser.goto(&perch.url("/overview")).await;
    is_there(browser).await;
    browser.network(Network::Gone).await;
    // One that the browser cannot have kept.
    go(browser, "/users").await;
    browser.see_text(".notice", "could not be loaded").await;
    browser.look_closely("part-missing").await;
    browser.click("[data-testid=load-again]").await;
    browser.see_text(".notice", "could not be loaded").await;
    browser.network(Network::Usual).await;
    browser.click("[data-testid=load-again]").await;
    browser.see_text("h1", "Users").await;
}

/// Runs a journey beside simulated servers, which have threads of their own.
fn run(journey: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    runtime.expect("a runtime").block_on(journey);
}

/// The settings of a Perch that looks often and waits for nobody long, with servers of these names.
fn settings(fleet: &Simulated, names: &[&str]) -> String {
    let servers = fleet.addresses.iter().zip(names);
    let servers = servers
        .map(|(address, name)| format!("[[server]]\nname = \"{name}\"\naddresses = [\"{address}\"]\n"));
    format!("sync-interval = 1\n[timeouts]\nanswer = 2\n{}", servers.collect::<String>())
}

/// Waits until so many servers are as they should be, and no more.
fn wait_for(perch: &Perch, fine: usize) {
    wait::until("the servers", || {
        let servers = perch.call::<GetFleet>(&(), &()).unwrap().servers;
        let now = servers.iter().filter(|status| status.state == DaemonState::Ok).count();
        if now == fine { Ok(()) } else { Err(format!("{now} of {fine}")) }
    });
}

/// Looks at pages of all servers and of the first one.
async fn look_around(walk: &Walk, name: &str, general: &[&str], own: &[&str]) {
    let Walk { browser, perch } = walk;
    let id = &perch.call::<ListServers>(&(), &()).unwrap()[0].id;
    let general = general.iter().map(|path| (format!("/{path}"), (*path).to_owned()));
    let own = own.iter().map(|path| (format!("/servers/{id}{path}"), format!("server{path}")));
    for (path, page) in some(general.chain(own).collect()) {
        browser.goto(&perch.url(&path)).await;
        browser.see("main h1, main .notice").await;
        tokio::time::sleep(WHILE).await;
        let page = page.replace(|sign: char| !sign.is_ascii_alphanumeric(), "-");
        browser.look(&format!("{name}-{page}")).await;
    }
}

#[test]
fn pages_of_a_kea_that_is_silent() {
    let fleet = Simulated::start(3, 40);
    let perch = Perch::serve_with_settings(&settings(&fleet, &["branch-office", "campus", "depot"]));
    wait_for(&perch, 3);
    run(visit_silent(&fleet, perch));
}

async fn visit_silent(fleet: &Simulated, perch: Perch) {
    let Some(walk) = Walk::begin(perch).await else { return };
    fleet.hang(0);
    wait_for(&walk.perch, 2);
    let own = [
        "",
        "/options/dhcp4",
        "/networks",
        "/properties/dhcp4",
        "/classes/dhcp4",
        "/configuration/dhcp4",
        "/subnets/dhcp4/1",
        "/history",
    ];
    let general = ["overview", "servers", "networks", "reservations", "leases", "ha", "find?q=10.0.3.7"];
    look_around(&walk, "silent", &general, &own).await;
}

const LONG: &str =
    "the-new-building-behind-the-old-station-third-floor-eastern-wing-rooms-301-to-399-and-the-corridor";

/// A configuration in which everything that can have a name has a long one.
fn with_long_names(config: &mut Value) {
    config["client-classes"] = json!([{"name": format!("class-{LONG}"), "test": format!("option[60].text == '{LONG}'")},
        {"name": "voip"}]);
    config["option-def"] = json!([{"name": format!("definition-of-{LONG}"), "code": 222, "type": "string",
        "space": "dhcp4", "array": false}]);
    config["option-data"] = json!([{"code": 15, "name": "domain-name", "space": "dhcp4", "csv-format": true,
        "data": format!("{LONG}.example.org")}]);
    let mut subnets = config["subnet4"].take();
    let mut inside = subnets[1].take();
    let one = &mut subnets[0];
    for subnet in [&mut *one, &mut inside] {
        subnet["user-context"] =
            json!({"comment": format!("Everything in {LONG}, since the move in spring")});
        subnet["client-classes"] = json!([format!("class-{LONG}")]);
        subnet["reservations"] = json!([{"hw-address": "02:00:00:00:00:01", "ip-address": "10.0.0.77",
            "hostname": format!("printer.{LONG}.example.org")},
            {"client-id": "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", "ip-address": "10.0.0.78"}]);
    }
    config["subnet4"] = json!([one.take()]);
    config["shared-networks"] =
        json!([{"name": LONG, "subnet4": [inside], "user-context": {"comment": LONG}}]);
}

#[test]
fn pages_with_long_names() {
    let fleet = Simulated::start(2, 2);
    fleet.edit(0, with_long_names);
    let perch = Perch::serve_with_settings(&settings(&fleet, &[LONG, "short"]));
    wait_for(&perch, 2);
    run(visit_long(perch));
}

async fn visit_long(perch: Perch) {
    let Some(walk) = Walk::begin(perch).await else { return };
    let network = format!("/shared-networks/dhcp4/{LONG}");
    let class = format!("/classes/dhcp4/class-{LONG}");
    let own = [
        "",
        "/options/dhcp4",
        "/custom-options/dhcp4",
        "/classes/dhcp4",
        "/subnets/dhcp4/1",
        "/subnets/dhcp4/1?tab=reservations",
        &network,
        &class,
    ];
    let general = [
        "overview",
        "servers",
        "networks",
        "networks?group=network",
        "reservations",
        "find?q=building",
        "ha/new",
    ];
    look_around(&walk, "long", &general, &own).await;
}

#[test]
fn pages_with_fifty_thousand_subnets() {
    let fleet = Simulated::start(1, 50_000);
    let perch = Perch::serve_with_settings(&settings(&fleet, &["campus"]));
    wait_for(&perch, 1);
    run(visit_many(perch));
}

async fn visit_many(perch: Perch) {
    let Some(walk) = Walk::begin(perch).await else { return };
    let Walk { browser, perch } = &walk;
    browser.goto(&perch.url("/networks")).await;
    browser.see_text("[data-testid=count]", "50000 subnets").await;
    let first = |address: &str| {
        format!(
            "return [...document.querySelectorAll('[data-testid=table-row] [data-column=subnet]')].some(
                cell => cell.textContent === '{address}' && cell.getBoundingClientRect().top > 0)"
        )
    };
    // Rows that were drawn for others before: what is seen is what is there, in the order in which it is seen.
    browser.run("document.querySelector('.table-scroll').scrollTop = 36 * 25000", vec![]).await;
    browser.wait_for(&first("10.97.168.0/24")).await;
    let order =
        "return [...document.querySelectorAll('[data-testid=table-row]')].map(row => +row.ariaRowIndex)
        .every((index, at, all) => at === 0 || index === all[at - 1] + 1)";
    browser.wait_for(order).await;
    browser.look_closely("many-networks").await;
    browser.fill("[data-testid=query]", "10.195.79.7").await;
    browser.see_text("[data-testid=count]", "1 of 50000 subnets").await;
    browser.wait_for(&first("10.195.79.0/24")).await;
    browser.press(&["Escape"]).await;
    browser.see_text("[data-testid=count]", "50000 subnets").await;
    look_around(&walk, "many", &["overview", "networks?group=network", "find?q=10.100.3.7"], &[""]).await;
}
