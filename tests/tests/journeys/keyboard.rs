//! Ten common tasks on the demo fleet without a mouse: what is clicked elsewhere is reached with Tab here.

use crate::walk::Walk;
use perch_shared::{
    Family,
    api::{ConfigurationQuery, GetConfiguration, ServerId},
    draft::Draft,
};
use perch_tests::{browser::Browser, perch::Perch};
use serde_json::Value;

/// How many times Tab is pressed before something counts as out of reach.
const REACH: usize = 80;

/// Presses Tab until something that the selector names has the focus.
async fn reach(browser: &Browser, selector: &str) {
    browser.see(selector).await;
    let script = format!("return document.activeElement.matches(\"{selector}\")");
    for _ in 0..REACH {
        if browser.run(&script, vec![]).await == Value::Bool(true) {
            return;
        }
        browser.press(&["Tab"]).await;
    }
    browser.fail(&format!("{selector} cannot be reached with Tab")).await;
}

/// Reaches something and presses Enter on it.
async fn enter(browser: &Browser, selector: &str) {
    reach(browser, selector).await;
    browser.press(&["Enter"]).await;
}

/// Opens the palette and types into it, as soon as it has the focus.
async fn ask_palette(browser: &Browser, words: &str) {
    browser.press(&["Control+k"]).await;
    browser.wait_for("return document.activeElement.matches('[data-testid=palette]')").await;
    browser.type_text(words).await;
}

/// Goes somewhere by the palette.
async fn go(browser: &Browser, words: &str, first: &str) {
    ask_palette(browser, words).await;
    browser.see_text("[data-testid=palette-item][aria-selected=true]", first).await;
    browser.press(&["Enter"]).await;
    browser.gone("[data-testid=palette-dialog]").await;
}

/// Replaces what stands in the field that has the focus.
async fn replace(browser: &Browser, text: &str) {
    browser.press(&["Control+a"]).await;
    browser.type_text(text).await;
}

/// Saves what is changed: the difference, Apply, Close.
async fn save(browser: &Browser) {
    browser.see("[data-testid=save]:enabled").await;
    browser.press(&["Control+s"]).await;
    browser.see("[data-testid=apply]:enabled").await;
    apply(browser).await;
    browser.gone("[data-testid=save]").await;
}

async fn apply(browser: &Browser) {
    enter(browser, "[data-testid=apply]").await;
    browser.see("[data-testid=result]").await;
    enter(browser, "[data-testid=close-result]").await;
    browser.gone("[data-testid=save-dialog]").await;
}

/// A subnet as the server has it now.
fn subnet(perch: &Perch, id: &ServerId, subnet: u64) -> Value {
    let whole = ConfigurationQuery::default();
    let view = perch.call::<GetConfiguration>(&(id.clone(), Family::V4), &whole).unwrap();
    let draft = Draft::new(view);
    let path = draft.subnet_at(subnet).expect("the subnet is there");
    draft.get(&path).cloned().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn ten_tasks_by_the_keyboard_alone() {
    let Some(walk) = Walk::land(Perch::demo()).await else { return };
    let Walk { browser, perch } = &walk;
    let row = "[data-testid=networks] [data-testid=table-row]";

    // Find a subnet in the list.
    go(browser, "netw", "Networks").await;
    browser.see(row).await;
    browser.press(&["/"]).await;
    browser.type_text("10.20.0.7").await;
    browser.see_text("[data-testid=count]", "1 of").await;
    enter(browser, row).await;
    browser.see_text("[data-testid=subnet-prefix]", "10.20.0.0/22").await;
    let path = browser.path().await;
    let id = ServerId::new(path.split('/').nth(2).unwrap()).unwrap();

    // Give it a lifetime of its own.
    enter(browser, "[data-testid=tab-properties]").await;
    reach(browser, "[data-testid='f-subnet4[0].valid-lifetime']").await;
    replace(browser, "7200").await;
    save(browser).await;
    let now = subnet(perch, &id, 201);
    assert_eq!(now["valid-lifetime"], 7200, "{now}");

    // Undo that.
    go(browser, "hist", "History").await;
    enter(browser, "[data-testid=history-entry] a.row-link").await;
    enter(browser, "[data-testid=undo]").await;
    apply(browser).await;
    assert_eq!(subnet(perch, &id, 201).get("valid-lifetime"), None);

    // Find the subnet by an address in it.
    go(browser, "10.20.0.9", "10.20.0.9").await;
    enter(browser, "[data-testid=hits-subnet] a").await;
    browser.see_text("[data-testid=subnet-prefix]", "10.20.0.0/22").await;

    // Set an option.
    enter(browser, "[data-testid=tab-options]").await;
    reach(browser, "[data-testid=option-picker]").await;
    browser.type_text("log-servers").await;
    browser.see_text("[data-testid=picker-item]", "log-servers").await;
    browser.press(&["Enter"]).await;
    browser.wait_for("return document.activeElement.matches('[data-testid=value-field]')").await;
    browser.type_text("10.20.0.8").await;
    save(browser).await;
    let options = subnet(perch, &id, 201)["option-data"].clone();
    assert!(options.as_array().unwrap().iter().any(|option| option["data"] == "10.20.0.8"), "{options}");

    // Reserve the next free address.
    enter(browser, "[data-testid=tab-reservations]").await;
    enter(browser, "[data-testid=add-reservation]").await;
    browser.wait_for("return document.activeElement.id === 'identifier'").await;
    browser.type_text("1a2b.3c4d.5e6f").await;
    enter(browser, "[data-testid=next-free]").await;
    save(browser).await;
    let reservations = subnet(perch, &id, 201)["reservations"].clone();
    let made = reservations.as_array().unwrap().iter().any(|one| one["hw-address"] == "1a:2b:3c:4d:5e:6f");
    assert!(made, "{reservations}");

    // Edit two subnets as one.
    go(browser, "netw", "Networks").await;
    browser.see(row).await;
    browser.press(&["/"]).await;
    browser.type_text("network=building-a ").await;
    browser.see_text("[data-testid=count]", "2 of").await;
    reach(browser, row).await;
    browser.press(&["Space", "Down"]).await;
    browser.wait_for("return document.activeElement.getAttribute('aria-rowindex') === '3'").await;
    browser.press(&["Shift+Space"]).await;
    enter(browser, "[data-testid=edit-selected]").await;
    reach(browser, "[data-testid='f-renew-timer']").await;
    browser.type_text("1800").await;
    save(browser).await;
    for number in [101, 102] {
        assert_eq!(subnet(perch, &id, number)["renew-timer"], 1800);
    }

    // Rename a class's description.
    go(browser, "client classes", "client classes").await;
    enter(browser, "[data-testid=class-row] a.row-link").await;
    reach(browser, "[data-testid=class-remark]").await;
    replace(browser, "By the keyboard").await;
    browser.see("[data-testid=save]:enabled").await;
    enter(browser, "[data-testid=discard]").await;
    enter(browser, "[data-testid=undo-discard]").await;
    save(browser).await;

    // The dark side, and what else the keyboard does.
    go(browser, "dark", "Theme: Dark").await;
    browser.wait_for("return getComputedStyle(document.documentElement).colorScheme === 'dark'").await;
    browser.press(&["?"]).await;
    browser.see("[data-testid=shortcuts]").await;
    browser.press(&["Escape"]).await;
    browser.gone("[data-testid=shortcuts]").await;
    browser.leave_clean(&[]).await;
}
