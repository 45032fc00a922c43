//! The console: what needs attention, properties, the raw configuration, and HA partners that are brought in line.

use crate::{
    playground::paste,
    real,
    walk::{PROVOKED, Walk, difference},
};
use perch_shared::{
    Family,
    api::{Absent, ConfigurationQuery, GetConfiguration, GetDrift, GetFleet, ServerId},
    change::{Edit, Place},
};
use perch_tests::{lab::Lab, perch::Perch};
use serde_json::{Value, json};

/// Goes to a page of the server by its tab.
async fn open(walk: &Walk, tab: &str, sign: &str) {
    walk.browser.click(&format!(".tabs a[href$='/{tab}/dhcp4']")).await;
    walk.browser.see(sign).await;
    walk.browser.gone("[aria-busy=true]").await;
}

/// Types a wrong lifetime first; then Kea has the right one, in memory and in its file.
async fn change_a_lifetime(lab: &Lab, walk: &Walk) {
    let browser = &walk.browser;
    open(walk, "properties", "[data-testid=properties]").await;
    let field = "[data-testid='f-valid-lifetime']";
    for wrong in ["40x", "soon"] {
        browser.fill(field, wrong).await;
        browser.see("[data-testid=prop][data-path='valid-lifetime'] [data-testid=field-finding].bad").await;
        browser.see("[data-testid=save]:disabled").await;
    }
    browser.fill(field, "5432").await;
    browser.gone("[data-testid=prop][data-path='valid-lifetime'] [data-testid=field-finding].bad").await;
    browser.see("[data-testid=save]:enabled").await;
    walk.review().await;
    browser.see(&difference("valid-lifetime")).await;
    assert_ne!(lab.running(Family::V4)["valid-lifetime"], 5432, "it was only looked at");
    walk.apply().await;
    assert_eq!(lab.running(Family::V4)["valid-lifetime"], 5432);
    assert_eq!(lab.written(Family::V4)["valid-lifetime"], 5432);
    assert_eq!(browser.value(field).await, "5432");
}

/// Pastes text that cannot be read, then text that can: it outlives a reload, shows its difference, and Kea has it.
async fn change_the_text(lab: &Lab, walk: &Walk, id: &ServerId) {
    let browser = &walk.browser;
    open(walk, "configuration", ".code-editor[data-state=ready]").await;
    paste(browser, "{ \"Dhcp4\": { \"valid-lifetime\" } }").await;
    browser.see("[data-testid=raw-touched]").await;
    browser.click("[data-testid=raw-review]").await;
    browser.see_text("[data-testid=status]", "cannot be read").await;

    let view = walk
        .perch
        .call::<GetConfiguration>(&(id.clone(), Family::V4), &ConfigurationQuery::default())
        .unwrap();
    let mut config = view.config;
    config["renew-timer"] = json!(777);
    config["comment"] = json!("Typed by hand");
    let text = format!("// Made by hand\n{:#}\n", Value::from_iter([("Dhcp4".to_owned(), config)]));
    paste(browser, &text).await;
    browser.see("[data-testid=verdict-file]").await;
    // It is kept within a second or two.
    browser.wait_for("return Object.keys(sessionStorage).some(key => key.startsWith('perch-raw:') && sessionStorage[key].includes('Typed by hand'))").await;
    browser.reload().await;
    browser.see("[data-testid=raw-touched]").await;
    browser.see(".code-editor[data-state=ready]").await;
    browser.click("[data-testid=raw-review]").await;
    browser.see_text("[data-testid=line-diff] .diff-line.new", "777").await;
    browser.look_closely(&format!("raw-difference-{}", lab.version())).await;
    walk.review().await;
    browser.see(&difference("renew-timer")).await;
    assert_ne!(lab.running(Family::V4)["renew-timer"], 777, "it was only looked at");
    walk.apply().await;
    for config in [lab.running(Family::V4), lab.written(Family::V4)] {
        assert_eq!(config["renew-timer"], 777);
        assert_eq!(config["user-context"]["comment"], "Typed by hand");
    }
    browser.see_text("[data-testid=raw] .hint", "comment").await;
}

async fn change_what_kea_has(version: &str) {
    let Some((lab, walk)) = real::begin(version).await else { return };
    let path = walk.browser.path().await;
    let id = ServerId::new(path.rsplit('/').next().unwrap()).unwrap();
    change_a_lifetime(&lab, &walk).await;
    change_the_text(&lab, &walk, &id).await;
    walk.browser.goto(&walk.perch.url("/overview")).await;
    walk.browser.see("[data-testid=recent-line]").await;
    walk.browser.look_closely(&format!("overview-{version}")).await;
    walk.browser.leave_clean(&[PROVOKED]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m04_m05_properties_and_text_reach_kea_2_6_3() {
    change_what_kea_has("2.6.3").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m04_m05_properties_and_text_reach_kea_3_0_4() {
    change_what_kea_has("3.0.4").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m32_partners_are_brought_in_line() {
    let Some(walk) = Walk::land(Perch::demo()).await else { return };
    let Walk { browser, perch } = &walk;
    let pair = perch.call::<GetFleet>(&(), &()).unwrap().pairs.remove(0);
    let ids: Vec<ServerId> = pair.members.iter().filter_map(|member| member.server.clone()).collect();
    let [left, right] = ids.as_slice() else { panic!("{pair:#?}") };
    let set = |key: &str, after: Value| Edit::set(Place::root().key(key), None, Some(after));
    for (id, edit) in
        [(left, set("server-hostname", json!("boot"))), (right, set("cache-max-age", json!(300)))]
    {
        perch.apply_to(std::slice::from_ref(id), pair.family, Absent::Wait, &[edit]).unwrap();
    }

    browser.see("[data-testid=attention-line][data-kind=out-of-step] a").await;
    browser.look_closely("overview-out-of-step").await;
    browser.click("[data-testid=attention-line][data-kind=out-of-step] a").await;
    browser.see("[data-testid=drift-object][data-name='cache-max-age']").await;
    browser.click("[data-testid=all-left]").await;
    browser.click("[data-testid=drift-object][data-name='cache-max-age'] label:has([value=right])").await;
    browser.see_text("[data-testid=drift-words]", " and ").await;
    browser.look_closely("pair-drift").await;
    browser.click("[data-testid=bring-in-line]").await;
    // Both directions at once.
    browser.see("[data-testid=save-dialog] [data-testid=preview]").await;
    browser.click("[data-testid=apply]").await;
    browser.see("[data-testid=result]").await;
    browser.click("[data-testid=close-result]").await;
    browser.see("[data-testid=no-drift]").await;
    let drift = perch.call::<GetDrift>(&(pair.family, left.clone(), right.clone()), &()).unwrap();
    assert_eq!(drift.objects, []);
    browser.look_closely("pair").await;
    browser.leave_clean(&[]).await;
}
