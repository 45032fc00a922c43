//! Client classes, custom options and options at a class, with real Kea daemons.

use crate::{
    playground::paste,
    real::begin,
    walk::{PROVOKED, Walk},
};
use perch_shared::Family;
use perch_tests::lab::Lab;
use serde_json::{Value, json};

/// A class of the configuration that Kea runs.
fn class(lab: &Lab, name: &str) -> Option<Value> {
    let running = lab.running(Family::V4);
    let all = running["client-classes"].as_array().cloned().unwrap_or_default();
    all.into_iter().find(|class| class["name"] == name)
}

/// Goes to a tab of the server's page.
async fn tab(walk: &Walk, name: &str) {
    walk.browser.click(&format!("a.tab[href*='/{name}/']")).await;
}

/// A class with a wrong test first, then a right one, then with an option that was defined before.
async fn make_a_class(version: &str) {
    let Some((lab, walk)) = begin(version).await else { return };
    let browser = &walk.browser;

    tab(&walk, "custom-options").await;
    // The lab has two of its own.
    browser.see("[data-testid=definition-row]").await;
    browser.click("[data-testid=add-definition]").await;
    browser.see("[data-testid=definition-form]").await;
    browser.fill("[data-testid='f-option-def[2].name']", "torch").await;
    browser.fill("[data-testid='f-option-def[2].code']", "6").await;
    browser.see("[data-testid=definition-form] .finding.bad").await;
    browser.see("[data-testid=save]:disabled").await;
    browser.click("[data-testid=take-free]").await;
    browser.see("[data-testid=save]:enabled").await;
    browser.look_closely(&format!("custom-options-{version}")).await;
    walk.review().await;
    walk.apply().await;
    let defined = lab.running(Family::V4)["option-def"].clone();
    assert_eq!(defined[2]["name"], "torch", "{defined:#}");

    tab(&walk, "classes").await;
    browser.see("[data-testid=built-in]").await;
    browser.look_closely(&format!("classes-empty-{version}")).await;
    browser.click("[data-testid=add-class]").await;
    browser.fill("[data-testid=class-name]", "lamps").await;
    browser.see(".code-editor[data-state=ready]").await;
    paste(browser, "option[torch].exits").await;
    browser.see("[data-testid=problems] [data-testid=problem]").await;
    browser.see("[data-testid=save]:disabled").await;
    browser.look_closely(&format!("class-wrong-{version}")).await;
    paste(browser, "option[torch].exists and not option[60].exists").await;
    browser.see("[data-testid=no-problems]").await;
    browser.see("[data-testid=save]:enabled").await;
    walk.pick("torch", "torch").await;
    walk.type_values(&[], "bright", "62 72 69 67").await;
    browser.click("[data-testid=class-global]").await;
    browser.look_closely(&format!("class-{version}")).await;
    walk.review().await;
    walk.apply().await;
    let made = class(&lab, "lamps").unwrap_or_else(|| panic!("Kea has no such class"));
    assert_eq!(made["test"], "option[torch].exists and not option[60].exists");
    assert_eq!(made["option-data"][0]["data"], "bright");
    assert_eq!(made["user-context"], json!({"global": true}));
    browser.see_text("[data-testid=class-title]", "lamps").await;
    browser.see("[data-testid=builder-by-hand], [data-testid=condition]").await;

    // The list has it, marked as global; the mark goes as it came.
    tab(&walk, "classes").await;
    browser.see_text("[data-testid=class-row][data-name=lamps] .chip", "global").await;
    browser.click("#class-2").await;
    browser.click("[data-testid=class-global]").await;
    walk.review().await;
    walk.apply().await;
    assert_eq!(class(&lab, "lamps").unwrap().get("user-context"), None);
    tab(&walk, "classes").await;
    browser.see("[data-testid=class-row][data-name=lamps]").await;
    browser.click("[data-testid=class-row][data-name=lamps] [data-testid=row-menu]").await;
    browser.click_text("[role=menuitem]", "Duplicate").await;
    browser.see("[data-testid=class-name]").await;
    assert_eq!(browser.value("[data-testid=class-name]").await, "lamps-copy");
    walk.review().await;
    walk.apply().await;
    assert!(class(&lab, "lamps-copy").is_some());

    // The order of evaluation.
    tab(&walk, "classes").await;
    browser.click("[data-testid=class-row][data-name=lamps] [data-testid=class-down]").await;
    walk.review().await;
    walk.apply().await;
    let running = lab.running(Family::V4);
    let classes = running["client-classes"].as_array().unwrap();
    let place = |name: &str| classes.iter().position(|class| class["name"] == name).unwrap();
    assert!(place("lamps-copy") < place("lamps"), "{classes:#?}");

    browser.click("[data-testid=class-row][data-name=lamps-copy] [data-testid=row-menu]").await;
    browser.click_text("[role=menuitem]", "Remove").await;
    browser.see("[data-testid=no-uses]").await;
    browser.click("[data-testid=uses-remove]").await;
    walk.review().await;
    walk.apply().await;
    assert!(class(&lab, "lamps-copy").is_none());

    tab(&walk, "custom-options").await;
    browser.see_text("[data-testid=definition-row][data-name=torch]", "Used by").await;
    browser.click("[data-testid=definition-row][data-name=torch] [data-testid=remove-definition]").await;
    browser.see("[data-testid=uses] li").await;
    browser.click("[data-testid=uses-close]").await;
    browser.leave_clean(&[PROVOKED]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m08_m23_m24_classes_and_definitions_reach_kea_2_6_3() {
    make_a_class("2.6.3").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m08_m23_m24_classes_and_definitions_reach_kea_3_0_4() {
    make_a_class("3.0.4").await;
}

/// The builder writes what it reads back.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m24_a_class_is_built_of_conditions() {
    let Some((_lab, walk)) = begin("3.0.4").await else { return };
    let browser = &walk.browser;
    tab(&walk, "classes").await;
    browser.click("[data-testid=add-class]").await;
    browser.fill("[data-testid=class-name]", "boot").await;
    browser.see(".code-editor[data-state=ready]").await;
    browser.click("[data-testid=add-condition]").await;
    browser.fill("[data-testid=condition-value-0]", "PXEClient").await;
    browser.see("[data-testid=no-problems]").await;
    assert_eq!(crate::playground::text(browser).await, "substring(option[60].hex, 0, 9) == 'PXEClient'");
    paste(browser, "option[93].exists and not member('KNOWN')").await;
    browser.see("[data-testid=condition-value-1]").await;
    assert_eq!(browser.value("[data-testid=condition-value-0]").await, "93");
    paste(browser, "option[93].hex == concat('a', 'b')").await;
    browser.see("[data-testid=builder-by-hand]").await;
    browser.leave_clean(&[PROVOKED]).await;
}
