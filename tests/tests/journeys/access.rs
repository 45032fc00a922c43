//! Who may do what, with real Keas: M36 of the manual.

use crate::walk::{PROVOKED, Walk};
use perch_shared::Family;
use perch_tests::{
    browser::Browser,
    lab::{Lab, data},
    perch::Perch,
};

const PASSWORD: &str = "a long lab password";

async fn sign_in(browser: &Browser, name: &str, password: &str) {
    browser.fill("#sign-in-user", name).await;
    browser.fill("#sign-in-password", password).await;
    browser.click("[data-testid=sign-in-submit]").await;
}

/// Signs in, and sees whose page it is.
async fn enter(browser: &Browser, name: &str) {
    sign_in(browser, name, PASSWORD).await;
    browser.gone("[data-testid=sign-in]").await;
    browser.see_text("[data-testid=who]", name).await;
}

async fn leave(browser: &Browser) {
    browser.click("[data-testid=sign-out]").await;
    browser.see("[data-testid=sign-in]").await;
}

/// How many servers the list shows.
async fn servers(browser: &Browser, perch: &Perch) -> u64 {
    browser.goto(&perch.url("/servers")).await;
    browser.see("[data-testid=server-row]").await;
    let count = "return document.querySelectorAll('[data-testid=server-row]').length";
    browser.run(count, vec![]).await.as_u64().unwrap()
}

/// A viewer looks and changes nothing; an operator of one server changes that one and does not see the other; an
/// administrator sees who may sign in; and the history says who did what.
async fn m36_roles(version: &str) {
    let (Some(mut lab), Some(mut other)) = (Lab::open(version), Lab::open(version)) else { return };
    lab.start(Family::V4);
    other.start(Family::V4);
    let perch = Perch::serve();
    let mine = perch.add(&[&lab.unix_address(Family::V4)]);
    let hidden = perch.add(&[&other.unix_address(Family::V4)]);
    perch.add_user("ada", "administrator", &[], PASSWORD);
    perch.add_user("vera", "viewer", &[], PASSWORD);
    perch.add_user("otto", "operator", &[&mine], PASSWORD);
    let Some(browser) = Browser::open().await else { return };
    let walk = Walk { browser, perch };
    let Walk { browser, perch } = &walk;
    let options = perch.url(&format!("/servers/{mine}/options/dhcp4"));

    browser.goto(&perch.url("/servers")).await;
    browser.see("[data-testid=sign-in]").await;
    sign_in(browser, "vera", "not her password").await;
    browser.see("[data-testid=sign-in] [data-testid=error-notice]").await;
    browser.look_closely(&format!("sign-in-{version}")).await;
    enter(browser, "vera").await;
    assert_eq!(servers(browser, perch).await, 2);
    assert!(!browser.shows("[data-testid=add-link]:not([aria-disabled=true])").await, "she cannot add any");
    browser.goto(&options).await;
    walk.pick("ntp-servers", "ntp-servers").await;
    walk.type_values(&[], "192.0.2.66", "c0 00 02 42").await;
    walk.review().await;
    browser.see_text("[data-testid=apply-refused]", "operator").await;
    browser.see("[data-testid=apply]:disabled").await;
    browser.look_closely(&format!("viewer-previews-{version}")).await;
    browser.press(&["Escape"]).await;
    browser.goto(&perch.url("/users")).await;
    browser.see_text("main", "An administrator sees here").await;
    leave(browser).await;

    enter(browser, "otto").await;
    assert_eq!(servers(browser, perch).await, 1, "he sees his own only");
    browser.goto(&perch.url(&format!("/servers/{hidden}/options/dhcp4"))).await;
    browser.see("[data-testid=error-notice]").await;
    browser.goto(&options).await;
    walk.pick("ntp-servers", "ntp-servers").await;
    walk.type_values(&[], "192.0.2.67", "c0 00 02 43").await;
    walk.review().await;
    walk.apply().await;
    assert_eq!(data(&lab.running(Family::V4), "ntp-servers"), Some("192.0.2.67"));
    assert_ne!(data(&other.running(Family::V4), "ntp-servers"), Some("192.0.2.67"));
    leave(browser).await;

    enter(browser, "ada").await;
    browser.goto(&perch.url("/users")).await;
    browser.see_text("[data-testid=users]", "otto").await;
    browser.look_closely(&format!("users-{version}")).await;
    browser.goto(&perch.url("/history")).await;
    browser.see_text("[data-testid=history-entry]", "otto").await;
    browser.leave_clean(&[PROVOKED]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m36_who_may_do_what_on_kea_2_6_3() {
    m36_roles("2.6.3").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m36_who_may_do_what_on_kea_3_0_4() {
    m36_roles("3.0.4").await;
}
