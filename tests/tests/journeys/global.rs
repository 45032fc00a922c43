//! What is not of one subnet, with real Keas: global reservations, and option definitions of a client class.

use crate::{
    playground::paste,
    real,
    walk::{PROVOKED, Walk},
};
use perch_shared::Family;
use perch_tests::lab::Lab;
use serde_json::Value;

/// The global reservation of a client, as Kea prints it.
fn reservation(lab: &Lab, mac: &str) -> Option<Value> {
    let running = lab.running(Family::V4);
    let all = running["reservations"].as_array().cloned().unwrap_or_default();
    all.into_iter().find(|one| one["hw-address"] == mac)
}

/// A reservation for a client in any subnet is created, found, changed and removed, and Kea is told to look at it.
async fn m19_global(version: &str) {
    let Some((lab, walk)) = real::begin(version).await else { return };
    let Walk { browser, perch } = &walk;
    let before = lab.running(Family::V4)["reservations"].as_array().map_or(0, Vec::len);
    browser.goto(&perch.url("/reservations")).await;
    browser.click("[data-testid=add-reservation]").await;
    browser.axe("where a reservation belongs").await;
    browser.click_text("[data-testid=global-of]", "DHCPv4").await;
    browser.see_text("h1", "Global reservations").await;
    browser.see("[data-testid=unused]").await;
    browser.look_closely(&format!("global-reservations-{version}")).await;
    browser.click("[data-testid=look-globally]").await;
    browser.gone("[data-testid=unused]").await;
    browser.click("[data-testid=add-reservation]").await;
    browser.fill("[data-testid=identifier]", "0a0b.0c0d.0e0f").await;
    browser.fill(&format!("[data-testid='f-reservations[{before}].hostname']"), "roamer").await;
    browser.gone("[data-testid=next-free]").await;
    walk.review().await;
    assert_eq!(reservation(&lab, "0a:0b:0c:0d:0e:0f"), None, "it was only looked at");
    walk.apply().await;
    assert_eq!(reservation(&lab, "0a:0b:0c:0d:0e:0f").expect("Kea has it")["hostname"], "roamer");
    assert_eq!(lab.running(Family::V4)["reservations-global"], true);

    browser.goto(&perch.url("/reservations?q=0A-0B-0C-0D-0E-0F")).await;
    browser.see_text("[data-testid=reservations] [data-testid=table-row]", "global").await;
    browser.click("[data-testid=reservations] [data-testid=row-menu]").await;
    browser.click_text("[role=menuitem]", "Edit").await;
    browser.fill(&format!("[data-testid='f-reservations[{before}].hostname']"), "wanderer").await;
    walk.review().await;
    walk.apply().await;
    assert_eq!(reservation(&lab, "0a:0b:0c:0d:0e:0f").expect("Kea has it")["hostname"], "wanderer");

    browser.click("[data-testid=remove-reservation]").await;
    walk.review().await;
    walk.apply().await;
    assert_eq!(reservation(&lab, "0a:0b:0c:0d:0e:0f"), None);
    browser.leave_clean(&[PROVOKED]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m19_a_global_reservation_of_kea_2_6_3() {
    m19_global("2.6.3").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m19_a_global_reservation_of_kea_3_0_4() {
    m19_global("3.0.4").await;
}

/// A class says what an option means to its clients, and sets it.
async fn m08_of_a_class(version: &str) {
    let Some((lab, walk)) = real::begin(version).await else { return };
    let browser = &walk.browser;
    browser.click("a.tab[href*='/classes/']").await;
    browser.click("[data-testid=add-class]").await;
    browser.fill("[data-testid=class-name]", "beacons").await;
    browser.see(".code-editor[data-state=ready]").await;
    paste(browser, "option[60].exists").await;
    let added = lab.running(Family::V4)["client-classes"].as_array().map_or(0, Vec::len);
    let field = |key: &str| format!("[data-testid='f-client-classes[{added}].option-def[0].{key}']");
    browser.click("[data-testid=class-definitions] [data-testid=add-definition]").await;
    browser.fill(&field("name"), "beam").await;
    // Kea takes definitions of a class for the codes of sites and vendors only.
    browser.fill(&field("code"), "150").await;
    browser.see("[data-testid=class-definitions] .finding.bad").await;
    browser.see("[data-testid=save]:disabled").await;
    browser.click("[data-testid=class-definitions] [data-testid=take-free]").await;
    browser.gone("[data-testid=class-definitions] .finding.bad").await;
    browser.click(&format!("{} option[value=uint16]", field("type"))).await;
    walk.pick("beam", "beam").await;
    walk.type_values(&["bright", "65536"], "700", "02 bc").await;
    browser.look_closely(&format!("class-definitions-{version}")).await;
    walk.review().await;
    walk.apply().await;
    let running = lab.running(Family::V4);
    let class = &running["client-classes"][added];
    assert_eq!(
        (&class["option-def"][0]["name"], &class["option-def"][0]["type"]),
        (&"beam".into(), &"uint16".into())
    );
    assert_eq!(class["option-data"][0]["data"], "700");
    assert!(!running["option-def"].to_string().contains("beam"), "it is the class's own");
    browser.leave_clean(&[PROVOKED]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m08_an_option_of_a_class_of_kea_2_6_3() {
    m08_of_a_class("2.6.3").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m08_an_option_of_a_class_of_kea_3_0_4() {
    m08_of_a_class("3.0.4").await;
}
