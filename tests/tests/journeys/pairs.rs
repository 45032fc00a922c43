//! HA pairs, with real Keas: two servers become partners, work together in another way, share a subnet's pool, go on
//! alone and part. And a server behind which a database stands.

use crate::walk::{PROVOKED, Walk};
use perch_shared::{
    Family, KeaVersion,
    api::{GetFleet, ServerId},
};
use perch_tests::{
    browser::Browser,
    lab::{Access, HaPair, Lab, Mode, data},
    perch::Perch,
    wait,
};
use serde_json::{Value, json};
use std::time::Duration;

/// How long two partners need at Kea's own pace: some heartbeats of ten seconds.
const PACE: Duration = Duration::from_secs(180);

const SETTINGS: &str = "sync-interval = 1\n[timeouts]\nanswer = 5\n";

async fn apply(browser: &Browser) {
    browser.see("[data-testid=save-dialog] [data-testid=preview]").await;
    browser.click("[data-testid=apply]").await;
}

/// The HA relationship that a daemon runs.
fn relationship(lab: &Lab) -> Option<Value> {
    let mut running = lab.running(Family::V4);
    let hooks = running["hooks-libraries"].as_array_mut()?;
    let found = hooks.iter_mut().find_map(|hook| hook.pointer_mut("/parameters/high-availability/0"));
    found.map(Value::take)
}

/// Waits until a daemon says that it and its partner are in this state.
fn wait_for_state(lab: &Lab, state: &str) {
    let asked = wait::try_until(PACE, || {
        let status = lab.ask(Family::V4, &json!({"command": "status-get"}));
        let servers = &status["arguments"]["high-availability"][0]["ha-servers"];
        let both = [&servers["local"]["state"], &servers["remote"]["last-state"]];
        if both.iter().all(|one| **one == state) { Ok(()) } else { Err(servers.to_string()) }
    });
    asked.unwrap_or_else(|last| panic!("the pair does not get to {state}: {last}"));
}

/// Two servers that know nothing of each other.
fn two(version: &str) -> Option<([Lab; 2], [String; 2])> {
    let mut labs = [Lab::open(version)?, Lab::open(version)?];
    let addresses = labs.each_mut().map(|lab| {
        if lab.version() < KeaVersion::new(2, 7, 2) {
            lab.start_with(Family::V4, only_subnet);
            lab.start_agent(Access::Open)
        } else {
            lab.start_direct_with(Family::V4, Access::Open, only_subnet)
        }
    });
    Some((labs, addresses))
}

fn only_subnet(root: &mut Value) {
    root["shared-networks"] = json!([]);
    root["subnet4"] =
        json!([{"id": 1, "subnet": "10.20.0.0/24", "pools": [{"pool": "10.20.0.10-10.20.0.19"}]}]);
}

/// The pools of a subnet that a daemon runs, each with its class.
fn pools(lab: &Lab, subnet: &str) -> Vec<[String; 2]> {
    let running = lab.running(Family::V4);
    let subnets = running["subnet4"].as_array().cloned().unwrap_or_default();
    let found = subnets.into_iter().find(|one| one["subnet"] == subnet);
    let pools = found.and_then(|found| found["pools"].as_array().cloned()).unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().replace(' ', "");
    let class = |pool: &Value| match &pool["client-classes"] {
        Value::Array(names) => names.iter().map(text).collect::<String>(),
        _ => text(&pool["client-class"]),
    };
    pools.iter().map(|pool| [text(&pool["pool"]), class(pool)]).collect()
}

fn halves(of: [[&str; 2]; 2]) -> Vec<[String; 2]> {
    of.map(|half| half.map(str::to_owned)).to_vec()
}

async fn m29_partners(version: &str) {
    let Some((mut labs, addresses)) = two(version) else { return };
    let ports = labs.each_mut().map(Lab::port);
    let perch = Perch::serve_with_settings(SETTINGS);
    let ids = addresses.each_ref().map(|address| perch.add(&[address]));
    let Some(browser) = Browser::open().await else { return };
    let walk = Walk { browser, perch };
    let Walk { browser, perch } = &walk;

    browser.goto(&perch.url("/ha")).await;
    browser.see("[data-testid=no-pairs]").await;
    browser.click("[data-testid=set-up]").await;
    browser.click(&format!("[data-testid=primary] option[value='{}/dhcp4']", ids[0])).await;
    browser.click(&format!("[data-testid=partner] option[value='{}/dhcp4']", ids[1])).await;
    browser.see("[data-testid=setup-member]").await;
    // What is proposed is a URL on the same host, and no control channel.
    let proposed = browser.value("[data-testid=primary-url]").await;
    assert!(proposed.starts_with("http://127.0.0.1:") && !proposed.contains(&addresses[0]), "{proposed}");
    browser.fill("[data-testid=primary-url]", "http://kea.example.org:8001/").await;
    browser.see_text("[data-testid=setup-member] .field-error", "Kea looks up no names").await;
    browser.see("[data-testid=setup-review]:disabled").await;
    browser.click("[data-testid=pair-delays] summary").await;
    browser.fill("[data-testid=heartbeat-delay]", "70 s").await;
    browser.see_text("[data-testid=pair-delays] .field-error", "whole number").await;
    browser.look_closely(&format!("pair-setup-{version}")).await;
    browser.fill("[data-testid=heartbeat-delay]", "70000").await;
    browser.see_text("[data-testid=pair-delays] .field-error", "longer than").await;
    browser.fill("[data-testid=heartbeat-delay]", "2000").await;
    // What is typed outlives a reload.
    browser.reload().await;
    browser.see("[data-testid=setup-member]").await;
    assert_eq!(browser.value("[data-testid=primary-url]").await, "http://kea.example.org:8001/");
    assert_eq!(browser.value("[data-testid=heartbeat-delay]").await, "2000");
    for (role, port) in ["primary", "partner"].into_iter().zip(ports) {
        browser.fill(&format!("[data-testid={role}-url]"), &format!("http://127.0.0.1:{port}/")).await;
    }
    browser.click("[data-testid=setup-review]").await;
    browser.see("[data-testid=save-dialog] [data-testid=preview]").await;
    assert_eq!(labs.each_ref().map(relationship), [None, None], "it was only looked at");
    apply(browser).await;
    browser.see("[data-testid=pair-row]").await;
    wait_for_state(&labs[0], "hot-standby");
    wait_for_state(&labs[1], "hot-standby");
    for (lab, id) in labs.iter().zip(&ids) {
        let made = relationship(lab).unwrap();
        assert_eq!(made["this-server-name"], id.as_str());
        assert_eq!(made["heartbeat-delay"], 2000);
        assert!(made["max-ack-delay"].as_u64().is_none_or(|delay| delay == 10_000), "{made}");
    }

    // Another mode, which the manual's console cannot set without removing the pair first.
    browser.click("[data-testid=pair-row] a.row-link").await;
    browser.click("[data-testid=change-pair]").await;
    browser.click("label:has([data-testid=mode-load-balancing])").await;
    browser.click("[data-testid=setup-review]").await;
    apply(browser).await;
    browser.see_text("[data-testid=pair-row]", "load-balancing").await;
    wait_for_state(&labs[0], "load-balancing");
    wait_for_state(&labs[1], "load-balancing");
    assert_eq!(relationship(&labs[1]).unwrap()["heartbeat-delay"], 2000);

    // They part: the second gives no addresses any more.
    browser.click("[data-testid=pair-row] a.row-link").await;
    browser.look_closely(&format!("pair-made-{version}")).await;
    browser.click("[data-testid=part]").await;
    browser.axe("part a pair").await;
    browser.screenshot(&format!("pair-part-{version}")).await;
    browser.click("[data-testid=part-confirm]").await;
    apply(browser).await;
    browser.see("[data-testid=no-pairs]").await;
    assert_eq!(labs.each_ref().map(relationship), [None, None]);
    let subnets = labs.each_ref().map(|lab| lab.running(Family::V4)["subnet4"].as_array().unwrap().len());
    assert_eq!(subnets, [1, 0]);
    assert_eq!(labs[1].written(Family::V4)["subnet4"], json!([]));

    // And that is undone.
    browser.goto(&perch.url("/history")).await;
    browser.click("[data-testid=history-entry] a.row-link").await;
    browser.click("[data-testid=undo]").await;
    apply(browser).await;
    browser.see("[data-testid=result][data-written=true]").await;
    assert!(labs.iter().all(|lab| relationship(lab).is_some()));
    assert_eq!(labs[1].running(Family::V4)["subnet4"][0]["subnet"], "10.20.0.0/24");
    browser.leave_clean(&[PROVOKED]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m29_two_servers_become_partners_and_part_on_kea_2_6_3() {
    m29_partners("2.6.3").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m29_two_servers_become_partners_and_part_on_kea_3_0_4() {
    m29_partners("3.0.4").await;
}

/// A pair that Perch knows, seen by a person.
async fn with_pair(pair: &HaPair) -> Option<(Walk, [ServerId; 2])> {
    let perch = Perch::serve_with_settings(SETTINGS);
    let ids = pair.addresses.each_ref().map(|address| perch.add(&[address]));
    wait::until("Perch to see the pair", || {
        let view = perch.call::<GetFleet>(&(), &()).map_err(|failure| format!("{failure:?}"))?;
        let whole = view.pairs.iter().any(|pair| pair.members.iter().all(|member| member.server.is_some()));
        if whole { Ok(()) } else { Err(format!("{:?}", view.pairs)) }
    });
    Some((Walk { browser: Browser::open().await?, perch }, ids))
}

/// On a load-balancing pair a new subnet's pool comes in halves, one that is there is halved by a click, and both
/// partners have both halves.
async fn m22_halves(version: &str) {
    let Some(pair) = HaPair::open_as(version, Mode::LoadBalancing) else { return };
    let Some((walk, [first, _])) = with_pair(&pair).await else { return };
    let Walk { browser, perch } = &walk;
    browser.goto(&perch.url(&format!("/networks/new-subnet?server={first}&family=dhcp4"))).await;
    browser.fill("[data-testid=prefix]", "10.50.0.0/24").await;
    browser.see_text("[data-testid=halves]", "server2 gives 10.50.0.128 - 10.50.0.254").await;
    browser.fill("[data-testid=pool]", "10.50.0.10 - 10.50.0.18").await;
    browser.see_text("[data-testid=halves]", "server1 gives 10.50.0.10 - 10.50.0.14").await;
    browser.click("[data-testid=share]").await;
    browser.gone("[data-testid=halves]").await;
    browser.click("[data-testid=share]").await;
    browser.see("[data-testid=halves]").await;
    browser.look_closely(&format!("subnet-halves-{version}")).await;
    browser.click("[data-testid=save]").await;
    apply(browser).await;
    browser.see_text("[data-testid=subnet-prefix]", "10.50.0.0/24").await;
    let made = halves([["10.50.0.10-10.50.0.14", "HA_server1"], ["10.50.0.15-10.50.0.18", "HA_server2"]]);
    assert_eq!(pair.members.each_ref().map(|lab| pools(lab, "10.50.0.0/24")), [made.clone(), made]);

    browser.gone("[data-testid=share-pool]").await;
    browser.click("[data-testid=add-pool]").await;
    browser.fill("[data-testid=pool][data-index='2'] input", "10.50.0.101 - 10.50.0.104").await;
    browser.click("[data-testid=share-pool]").await;
    browser.see("[data-testid=pool][data-index='3']").await;
    browser.look_closely(&format!("pools-halved-{version}")).await;
    walk.review().await;
    walk.apply().await;
    for lab in &pair.members {
        let last = pools(lab, "10.50.0.0/24").split_off(2);
        let wanted = [["10.50.0.101-10.50.0.102", "HA_server1"], ["10.50.0.103-10.50.0.104", "HA_server2"]];
        assert_eq!(last, halves(wanted));
    }
    pair.wait_until_normal();
    browser.leave_clean(&[PROVOKED]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m22_a_pool_is_halved_on_kea_2_6_3() {
    m22_halves("2.6.3").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m22_a_pool_is_halved_on_kea_3_0_4() {
    m22_halves("3.0.4").await;
}

/// The primary dies: the page says what that means; the survivor is changed alone, and the primary catches up.
async fn m30_the_primary_dies(version: &str) {
    let Some(mut pair) = HaPair::open(version) else { return };
    let Some((walk, [first, second])) = with_pair(&pair).await else { return };
    let Walk { browser, perch } = &walk;
    browser.goto(&perch.url("/ha")).await;
    browser.see_text("[data-testid=pair-row] [data-testid=pair-state]", "Healthy").await;
    browser.click("[data-testid=pair-row] a.row-link").await;
    browser.see("[data-testid=pair-fine]").await;
    pair.members[0].kill(Family::V4);
    browser
        .see_text("[data-testid=pair-member][data-name=server2] [data-testid=member-state]", "partner-down")
        .await;
    browser.see("[data-testid=advice]").await;
    browser.look_closely(&format!("pair-alone-{version}")).await;
    browser.goto(&perch.url("/overview")).await;
    browser.see("[data-testid=attention-line][data-kind=unreachable]").await;

    browser.goto(&perch.url(&format!("/servers/{second}/options/dhcp4"))).await;
    walk.pick("ntp-servers", "ntp-servers").await;
    walk.type_values(&[], "192.0.2.77", "c0 00 02 4d").await;
    walk.review().await;
    browser.see("[data-testid=absent]").await;
    browser.see("[data-testid=apply]:disabled").await;
    browser.axe("a partner is absent").await;
    browser.click("label:has([data-testid=absent-choice-alone])").await;
    browser.click("[data-testid=apply]").await;
    browser.see_text("[data-testid=result]", "has missed this").await;
    assert_eq!(data(&pair.members[1].running(Family::V4), "ntp-servers"), Some("192.0.2.77"));
    browser.click("[data-testid=close-result]").await;

    pair.members[0].restart(Family::V4);
    assert_ne!(data(&pair.members[0].running(Family::V4), "ntp-servers"), Some("192.0.2.77"));
    browser.goto(&perch.url("/overview")).await;
    browser.see("[data-testid=attention-line][data-kind=missed]").await;
    browser.look_closely(&format!("overview-missed-{version}")).await;
    browser.click("[data-testid=catch-up]:enabled").await;
    browser.gone("[data-testid=attention-line][data-kind=missed]").await;
    for lab in &pair.members {
        assert_eq!(data(&lab.running(Family::V4), "ntp-servers"), Some("192.0.2.77"));
        assert_eq!(data(&lab.written(Family::V4), "ntp-servers"), Some("192.0.2.77"));
    }
    pair.wait_until_normal();
    // What the rules find in the lab's configuration stays.
    browser.gone("[data-testid=attention-line]:not(.info):not([data-kind=finding])").await;
    assert!(!browser.shows(&format!("[data-testid=attention-line] a[href='/servers/{first}']")).await);
    browser.leave_clean(&[PROVOKED]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m30_a_survivor_is_changed_alone_on_kea_2_6_3() {
    m30_the_primary_dies("2.6.3").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m30_a_survivor_is_changed_alone_on_kea_3_0_4() {
    m30_the_primary_dies("3.0.4").await;
}

/// Whoever changes a daemon that a database feeds is told before; what says so stays.
async fn m33_a_database(version: &str) {
    let Some(mut lab) = Lab::open(version) else { return };
    // Since 2.7 one library is for leases, hosts and configurations.
    let library = if lab.version() < KeaVersion::new(2, 7, 1) { "mysql_cb" } else { "mysql" };
    let control = json!({"config-databases": [{
        "type": "mysql", "name": "kea", "user": "kea", "host": "127.0.0.1", "port": lab.port(),
        "retry-on-startup": true, "on-fail": "serve-retry-continue", "max-reconnect-tries": 1000,
        "reconnect-wait-time": 60_000,
    }]});
    lab.start_with(Family::V4, |root| {
        let hooks = root["hooks-libraries"].as_array_mut().unwrap();
        let path = hooks[0]["library"].as_str().unwrap().replace("lease_cmds", library);
        hooks.push(json!({"library": path}));
        root["config-control"] = control;
    });
    let named = lab.running(Family::V4)["config-control"].clone();
    let perch = Perch::serve();
    let id = perch.add(&[&lab.unix_address(Family::V4)]);
    let Some(browser) = Browser::open().await else { return };
    let walk = Walk { browser, perch };
    let Walk { browser, perch } = &walk;
    browser.goto(&perch.url(&format!("/servers/{id}"))).await;
    browser.see_text("[data-testid=daemon]", "from a database").await;
    browser.look_closely(&format!("config-backend-{version}")).await;
    browser.goto(&perch.url("/overview")).await;
    browser.see("[data-testid=attention-line][data-kind=config-backend].info").await;
    browser.goto(&perch.url(&format!("/servers/{id}/options/dhcp4"))).await;
    walk.pick("log-servers", "log-servers").await;
    walk.type_values(&[], "192.0.2.8", "c0 00 02 08").await;
    walk.review().await;
    browser.see_text("[data-testid=notes]", "from a database").await;
    walk.apply().await;
    assert_eq!(data(&lab.running(Family::V4), "log-servers"), Some("192.0.2.8"));
    assert_eq!(lab.running(Family::V4)["config-control"], named);
    browser.leave_clean(&[PROVOKED]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m33_a_config_backend_is_told_on_kea_2_6_3() {
    m33_a_database("2.6.3").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m33_a_config_backend_is_told_on_kea_3_0_4() {
    m33_a_database("3.0.4").await;
}
