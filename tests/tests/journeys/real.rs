//! Journeys with real Kea daemons: what the page says is there, Kea itself says too.

use crate::walk::{PROVOKED, Walk, difference};
use perch_shared::{Family, KeaVersion};
use perch_tests::{
    lab::{Access, Daemon, Lab, data},
    perch::Perch,
};
use serde_json::json;

const SERVERS: &str = "domain-name-servers";

/// Both daemons, and the addresses that a person types.
fn start(version: &str) -> Option<(Lab, Vec<String>, &'static str, &'static str)> {
    let mut lab = Lab::open(version)?;
    if lab.version() < KeaVersion::new(2, 7, 2) {
        let agent = lab.start_behind_agent(Access::Open);
        return Some((lab, vec![agent], "", ""));
    }
    let addresses = Family::ALL.map(|family| lab.start_direct(family, Access::Password)).to_vec();
    Some((lab, addresses, Lab::USER, Lab::PASSWORD))
}

/// Both daemons of a version, and a person who has added them.
pub async fn begin(version: &str) -> Option<(Lab, Walk)> {
    let (lab, addresses, user, password) = start(version)?;
    let walk = Walk::begin(Perch::serve()).await?;
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    walk.add_server(&addresses, user, password).await;
    walk.browser.see_text("[data-testid=daemon][data-family=dhcp4]", version).await;
    walk.browser.see_text("[data-testid=daemon][data-family=dhcp6]", version).await;
    Some((lab, walk))
}

/// Adds the server, an option of each family, and finds both in Kea and in its files.
async fn add_options(version: &str) {
    let Some((lab, walk)) = begin(version).await else { return };
    walk.open_options(Family::V4).await;
    walk.shows_option("domain-name", "branch.example").await;
    walk.pick(SERVERS, SERVERS).await;
    walk.type_values(&["192.0.2", "192.0.2.1, nonsense"], "192.0.2.1, 192.0.2.2", "c0 00 02 01").await;
    walk.review().await;
    walk.browser.see(&difference(&format!("option-data[{SERVERS}]"))).await;
    assert_eq!(data(&lab.running(Family::V4), SERVERS), None, "it was only looked at");
    walk.apply().await;
    walk.shows_option(SERVERS, "192.0.2.1, 192.0.2.2").await;
    assert_eq!(data(&lab.running(Family::V4), SERVERS), Some("192.0.2.1, 192.0.2.2"));
    assert_eq!(data(&lab.written(Family::V4), SERVERS), Some("192.0.2.1, 192.0.2.2"));

    walk.open_options(Family::V6).await;
    walk.pick("23", "dns-servers").await;
    walk.type_values(&["192.0.2.1", "2001:db8::g"], "2001:db8::1", "20 01 0d b8").await;
    walk.review().await;
    walk.apply().await;
    walk.shows_option("dns-servers", "2001:db8::1").await;
    assert_eq!(data(&lab.running(Family::V6), "dns-servers"), Some("2001:db8::1"));
    assert_eq!(data(&lab.written(Family::V6), "dns-servers"), Some("2001:db8::1"));
    walk.browser.leave_clean(&[PROVOKED]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m01_m06_m07_a_server_and_its_options_on_kea_2_2_0_through_its_agent() {
    add_options("2.2.0").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m01_m06_m07_a_server_and_its_options_on_kea_2_6_3_through_its_agent() {
    add_options("2.6.3").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m01_m06_m07_a_server_and_its_options_on_kea_3_0_4_through_its_own_sockets() {
    add_options("3.0.4").await;
}

/// Kea dies between typing and saving: the page says so, keeps what was typed, and saves it later.
async fn outlive_a_dead_kea(version: &str) {
    let Some((mut lab, walk)) = begin(version).await else { return };
    let browser = &walk.browser;
    walk.open_options(Family::V4).await;
    walk.pick(SERVERS, SERVERS).await;
    walk.type_values(&[], "192.0.2.77", "c0 00 02 4d").await;
    lab.kill(Family::V4);
    browser.click("[data-testid=save]").await;
    browser.see("[data-testid=failed] [data-testid=error-notice][data-status='502']").await;
    browser.see("[data-testid=failed] [data-testid=remedy]").await;
    browser.screenshot(&format!("kea-is-gone-{version}")).await;
    browser.click("[data-testid=back]").await;
    browser.see_text("[data-testid=pending-count]", "1 change").await;
    walk.shows_option(SERVERS, "192.0.2.77").await;

    browser.reload().await;
    browser.see("[data-testid=error-notice][data-status='502']").await;
    lab.restart(Family::V4);
    assert_eq!(data(&lab.running(Family::V4), SERVERS), None);
    browser.click("[data-testid=retry]").await;
    browser.see("[data-testid=restored]").await;
    walk.shows_option(SERVERS, "192.0.2.77").await;
    walk.review().await;
    walk.apply().await;
    assert_eq!(data(&lab.running(Family::V4), SERVERS), Some("192.0.2.77"));
    assert_eq!(data(&lab.written(Family::V4), SERVERS), Some("192.0.2.77"));
    browser.leave_clean(&[PROVOKED]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nothing_typed_is_lost_when_the_daemon_behind_an_agent_dies() {
    outlive_a_dead_kea("2.6.3").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn nothing_typed_is_lost_when_a_daemon_with_its_own_socket_dies() {
    outlive_a_dead_kea("3.0.4").await;
}

/// Somebody else changes the daemon between load and Save: another place is shown and kept; the same option is
/// shown with both sides and not overwritten.
async fn meet_another_console(version: &str) {
    let Some((lab, walk)) = begin(version).await else { return };
    let browser = &walk.browser;
    walk.open_options(Family::V4).await;
    walk.pick("6", SERVERS).await;
    walk.type_values(&[], "192.0.2.1", "c0 00 02 01").await;
    lab.change(Family::V4, |root| root["valid-lifetime"] = json!(7300));
    walk.review().await;
    browser.see("[data-testid=external]").await;
    browser.see(&format!("[data-testid=external] {}", difference("valid-lifetime"))).await;
    browser.screenshot(&format!("changed-meanwhile-{version}")).await;
    walk.apply().await;
    let running = lab.running(Family::V4);
    assert_eq!(running["valid-lifetime"], 7300, "the other change is lost");
    assert_eq!(data(&running, SERVERS), Some("192.0.2.1"));

    // The same option, changed after the preview was shown.
    browser
        .click(&format!("[data-testid=option-row][data-name='{SERVERS}'] [data-testid=edit-option]"))
        .await;
    walk.type_values(&[], "192.0.2.2", "c0 00 02 02").await;
    walk.review().await;
    lab.change(Family::V4, |root| {
        let options = root["option-data"].as_array_mut().unwrap();
        options.iter_mut().find(|option| option["name"] == SERVERS).unwrap()["data"] = json!("192.0.2.99");
    });
    browser.click("[data-testid=apply]").await;
    browser.see("[data-testid=failed] [data-testid=error-notice][data-status='409']").await;
    assert_eq!(
        data(&lab.running(Family::V4), SERVERS),
        Some("192.0.2.99"),
        "the other change is overwritten"
    );
    browser.click("[data-testid=ask-again]").await;
    browser.see_text("[data-testid=save-dialog] [data-testid=conflict]", "192.0.2.99").await;
    browser.see_text("[data-testid=save-dialog] [data-testid=conflict]", "192.0.2.2").await;
    browser.screenshot(&format!("conflict-{version}")).await;
    browser.axe("conflict").await;
    browser.click("[data-testid=save-dialog] [data-testid=keep-mine]").await;
    browser.see("[data-testid=preview]").await;
    walk.apply().await;
    assert_eq!(data(&lab.running(Family::V4), SERVERS), Some("192.0.2.2"));
    assert_eq!(data(&lab.written(Family::V4), SERVERS), Some("192.0.2.2"));
    browser.leave_clean(&[PROVOKED]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m31_another_console_is_noticed_behind_an_agent() {
    meet_another_console("2.6.3").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m31_another_console_is_noticed_at_a_daemons_own_socket() {
    meet_another_console("3.0.4").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m01_a_dead_daemon_and_a_wrong_password_are_told_apart() {
    let Some((mut lab, addresses, user, _)) = start("3.0.4") else { return };
    let Some(walk) = Walk::begin(Perch::serve()).await else { return };
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let browser = &walk.browser;
    for (user, password) in [("", ""), (user, "wrong")] {
        walk.try_to_add(&addresses, user, password).await;
        browser.see_text("[data-testid=probe-step][data-verdict=bad]", "password").await;
        browser.see("[data-testid=probe-step][data-verdict=bad] [data-testid=remedy]").await;
    }
    browser.axe("wrong password").await;
    browser.screenshot("wrong-password").await;
    assert!(walk.perch.inventory().is_none_or(|list| !String::from_utf8_lossy(&list).contains("127.0.0.1")));
    lab.kill(Daemon::Dhcp6);
    walk.try_to_add(&addresses, Lab::USER, Lab::PASSWORD).await;
    browser.see_text("[data-testid=probe-step][data-verdict=bad]", "refused").await;
    lab.restart(Daemon::Dhcp6);
    walk.try_to_add(&addresses, Lab::USER, Lab::PASSWORD).await;
    browser.see("[data-testid=daemon][data-family=dhcp6]").await;
    assert!(
        !walk
            .browser
            .run("return document.documentElement.outerHTML", vec![])
            .await
            .as_str()
            .unwrap()
            .contains(Lab::PASSWORD)
    );
    assert!(!walk.perch.log().contains(Lab::PASSWORD), "the password is in Perch's log");
    browser.leave_clean(&[PROVOKED]).await;
}
