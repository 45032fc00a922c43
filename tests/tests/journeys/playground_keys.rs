//! The Playground's editor by keyboard alone: completion, the menu of fixes, folding.

use crate::{
    playground::{ROOT, focus, open, paste, text},
    walk::Walk,
};

/// Whether there is such a thing in the editor.
fn shows(selector: &str) -> String {
    format!("{ROOT} return root.querySelector(\"{selector}\") !== null")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn several_fixes_are_offered_in_a_menu() {
    let Some(walk) = open("/playground").await else { return };
    let Walk { browser, .. } = &walk;
    paste(browser, r#"{ "Dhcp4": { "valid-lifetme": 4000, "renew-timr": 900 } }"#).await;
    browser.see_text("[data-testid=fix-all]", "Fix all 2").await;
    focus(browser).await;
    browser.press(&["Control+Home", "Control+."]).await;
    browser.wait_for(&shows(".cm-fixes")).await;
    browser.axe("fix menu").await;
    browser.press(&["Down", "Enter"]).await;
    let mended = r#"{ "Dhcp4": { "valid-lifetme": 4000, "renew-timer": 900 } }"#;
    browser
        .wait_for(&format!("{ROOT} return root.querySelector('.cm-line').textContent === '{mended}'"))
        .await;
    // The other one is the only one now; asked for before the check said so, it is applied as soon as it does.
    browser.press(&["Control+."]).await;
    browser.see("[data-testid=verdict-file][data-accepts=true]").await;
    assert_eq!(text(browser).await, r#"{ "Dhcp4": { "valid-lifetime": 4000, "renew-timer": 900 } }"#);
    browser.leave_clean(&[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_expression_is_completed() {
    let Some(walk) = open("/playground/expression").await else { return };
    let Walk { browser, .. } = &walk;
    paste(browser, "option[host-n").await;
    browser.press(&["Control+Space"]).await;
    browser.wait_for(&shows(".cm-tooltip-autocomplete li[aria-selected]")).await;
    browser.axe("completion").await;
    browser
        .wait_for(&format!(
            "{ROOT} return root.querySelector('li[aria-selected]').textContent.startsWith('host-name')"
        ))
        .await;
    browser.press(&["Enter"]).await;
    browser
        .wait_for(&format!(
            "{ROOT} return root.querySelector('.cm-line').textContent.startsWith('option[host-name')"
        ))
        .await;
    browser.leave_clean(&[]).await;
}

/// A block that is longer than what is looked at while somebody types.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_long_block_is_folded() {
    let Some(walk) = open("/playground").await else { return };
    let Walk { browser, .. } = &walk;
    let subnet =
        |id: usize| format!("      {{ \"id\": {id}, \"subnet\": \"10.{}.{}.0/24\" }}", id / 256, id % 256);
    let subnets: Vec<String> = (1..3000).map(subnet).collect();
    let long = format!("{{\n  \"Dhcp4\": {{\n    \"subnet4\": [\n{}\n    ]\n  }}\n}}", subnets.join(",\n"));
    assert!(long.len() > 120_000);
    paste(browser, &long).await;
    browser.see("[data-testid=verdict-file][data-accepts=true]").await;
    focus(browser).await;
    browser.press(&["Control+Home", "Down", "Down", "Control+Shift+["]).await;
    browser.wait_for(&shows(".cm-foldPlaceholder")).await;
    let shown = text(browser).await;
    assert_eq!(shown, "{\n  \"Dhcp4\": {\n    \"subnet4\": […]\n  }\n}");
    browser.leave_clean(&[]).await;
}
