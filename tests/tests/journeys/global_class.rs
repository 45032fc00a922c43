//! A global class in the page: on all servers in one change, made the same where it is not, and gone from all; and the
//! change taken away as a line for a shell.

use crate::{
    playground::paste,
    real::begin,
    walk::{PROVOKED, Walk},
};
use perch_shared::{Family, api::GetServer};
use perch_tests::{
    browser::Browser,
    lab::{Access, Lab},
};
use serde_json::{Value, json};
use std::process::Command;

fn class(lab: &Lab) -> Option<Value> {
    let running = lab.running(Family::V4);
    running["client-classes"].as_array()?.iter().find(|class| class["name"] == "voip").cloned()
}

/// What a button puts on the clipboard. The clipboard itself belongs to whoever sits at the machine.
async fn copied(browser: &Browser, button: &str) -> String {
    let catch = "window.copied = ''; navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); };";
    browser.run(catch, Vec::new()).await;
    browser.click(&format!("[data-testid={button}]")).await;
    browser.wait_for("return window.copied !== ''").await;
    browser.see_text("[data-testid=copied]", "Copied").await;
    browser.run("return window.copied", Vec::new()).await.as_str().unwrap().to_owned()
}

/// Applies what a dialog shows, in which nothing was typed.
async fn apply(walk: &Walk) {
    let browser = &walk.browser;
    browser.click("[data-testid=apply]").await;
    browser.see("[data-testid=result][data-written=true]").await;
    browser.click("[data-testid=close-result]").await;
    browser.gone("[data-testid=save-dialog]").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_global_class_is_the_same_on_all_servers() {
    let Some((old, walk)) = begin("2.6.3").await else { return };
    let Some(mut new) = Lab::open("3.0.4") else { return };
    let address = new.start_direct(Family::V4, Access::Open);
    let second = walk.perch.add(&[&address]);
    walk.perch.call::<GetServer>(&(second.clone(),), &()).unwrap();
    let browser = &walk.browser;
    let here = browser.path().await;

    browser.click("a.tab[href*='/classes/']").await;
    browser.see("[data-testid=built-in]").await;
    browser.click("[data-testid=add-class]").await;
    browser.fill("[data-testid=class-name]", "voip").await;
    browser.see(".code-editor[data-state=ready]").await;
    paste(browser, "option[60].text == 'it''s'").await;
    browser.see("[data-testid=problems] [data-testid=problem]").await;
    paste(browser, "option[60].text == 'phone'").await;
    browser.see("[data-testid=save]:enabled").await;
    browser.click("[data-testid=class-global]").await;
    walk.review().await;
    browser.see("[data-testid=target-1]").await;
    browser.look_closely("global-class-save").await;

    let commands = copied(browser, "copy-commands").await;
    assert!(
        commands.contains("# kea-dhcp4 on") && commands.contains("\"command\":\"config-set\""),
        "{commands}"
    );
    assert_eq!(commands.matches("\"command\":\"config-write\"").count(), 2, "{commands}");
    assert!(!commands.contains(Lab::PASSWORD), "{commands}");
    // The line does what Apply would have done.
    let line = copied(browser, "copy-curl").await;
    let output = Command::new("sh").args(["-c", &line]).output().unwrap();
    let report: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"));
    assert_eq!(report["outcome"], "applied", "{line}\n{report:#}");
    for lab in [&old, &new] {
        assert_eq!(class(lab).unwrap()["user-context"], json!({"global": true}), "{}", lab.version());
    }

    // Somebody takes it away on one of them.
    new.change(Family::V4, |root| root["client-classes"] = json!([]));
    walk.perch.call::<GetServer>(&(second.clone(),), &()).unwrap();
    browser.goto(&walk.perch.url("/")).await;
    browser.see("[data-testid=attention-line][data-kind=global-class]").await;
    browser.click("[data-testid=attention-line][data-kind=global-class] a.attention-title").await;
    browser.see_text("[data-testid=class-title]", "voip").await;
    browser.see(&format!("[data-testid=global-other][data-server='{second}']")).await;
    browser.look_closely("global-class-differs").await;
    browser.click("[data-testid=bring-in-line]").await;
    browser.see("[data-testid=save-dialog] [data-testid=preview]").await;
    apply(&walk).await;
    assert!(class(&new).is_some());
    browser.see("[data-testid=global-same]").await;

    // It goes from all.
    browser.goto(&walk.perch.url(&format!("{here}/classes/dhcp4"))).await;
    browser.see_text("[data-testid=class-row][data-name=voip] .chip", "global").await;
    browser.click("[data-testid=class-row][data-name=voip] [data-testid=row-menu]").await;
    browser.click_text("[role=menuitem]", "Remove").await;
    browser.see("[data-testid=no-uses]").await;
    browser.click("[data-testid=uses-remove]").await;
    walk.review().await;
    walk.apply().await;
    assert_eq!((class(&old), class(&new)), (None, None));
    browser.leave_clean(&[PROVOKED]).await;
}
