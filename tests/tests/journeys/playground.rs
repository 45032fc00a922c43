//! The Playground: a configuration and an expression, judged in the browser with no server behind them.

use crate::walk::Walk;
use perch_tests::{browser::Browser, perch::Perch};
use std::fs;

/// Two mistakes: a pool that lies elsewhere, and a number in two pieces. 𝄞 is two units of the browser's and four
/// bytes.
pub const CONFIGURATION: &str = r#"{ "Dhcp4": { // 𝄞 é
  "interfaces-config": { "interfaces": [] },
  "valid-lifetime": 40 00,
  "subnet4": [{ "id": 1, "subnet": "192.0.2.0/24", "pools": [{ "pool": "192.0.3.10 - 192.0.3.20" }] }]
} }
"#;

/// A DHCPv4 discover from 02:00:00:00:00:2a whose vendor class is `phone-7`, in hexadecimal digits.
fn discover() -> String {
    let options = "350101 3c0770686f6e652d37 ff".replace(' ', "");
    format!("0101060000000001{}02000000002a{}63825363{options}", "00".repeat(20), "00".repeat(202))
}

/// Opens a page of the Playground.
pub async fn open(path: &str) -> Option<Walk> {
    let walk = Walk::begin(Perch::demo()).await?;
    walk.browser.goto(&walk.perch.url(path)).await;
    walk.browser.see(".code-editor[data-state=ready]").await;
    Some(walk)
}

/// A part of the editor, which lives in a shadow root.
pub const ROOT: &str = "const root = document.querySelector('.code-host').shadowRoot;";

/// The texts that are underlined, by severity.
pub async fn underlined(browser: &Browser, severity: &str) -> Vec<String> {
    let script = format!(
        "{ROOT} return [...root.querySelectorAll(`.cm-lintRange-${{arguments[0]}}`)].map(e => e.textContent)"
    );
    serde_json::from_value(browser.run(&script, vec![severity.into()]).await).unwrap()
}

/// The editor's text, as its lines show it.
pub async fn text(browser: &Browser) -> String {
    let script =
        format!("{ROOT} return [...root.querySelectorAll('.cm-line')].map(e => e.textContent).join('\\n')");
    browser.run(&script, vec![]).await.as_str().unwrap_or_default().to_owned()
}

/// Gives the editor the keyboard.
pub async fn focus(browser: &Browser) {
    browser.run(&format!("{ROOT} root.querySelector('.cm-content').focus()"), vec![]).await;
}

/// Replaces the editor's text by pasting.
pub async fn paste(browser: &Browser, content: &str) {
    focus(browser).await;
    browser.press(&["Control+a"]).await;
    let script = format!(
        "{ROOT} const data = new DataTransfer(); data.setData('text/plain', arguments[0]);
        root.querySelector('.cm-content').dispatchEvent(
            new ClipboardEvent('paste', {{ clipboardData: data, bubbles: true, cancelable: true }}))"
    );
    browser.run(&script, vec![content.into()]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_pasted_configuration_is_judged() {
    let Some(walk) = open("/playground").await else { return };
    let Walk { browser, .. } = &walk;
    browser.see("[data-testid=begin]").await;
    paste(browser, CONFIGURATION).await;
    browser.see("[data-testid=verdict-file][data-accepts=false]").await;
    browser.see("[data-testid=verdict-api][data-accepts=false]").await;
    browser.see("[data-testid=problem][data-code='pool/outside-subnet']").await;
    assert_eq!(underlined(browser, "error").await, ["0", "00", "\"192.0.3.10 - 192.0.3.20\""]);
    browser.look_closely("playground-problems").await;

    // What was typed outlives a reload.
    browser.reload().await;
    browser.see("[data-testid=problem][data-code='pool/outside-subnet']").await;
    browser.see(".code-editor[data-state=ready]").await;
    assert_eq!(text(browser).await.trim_end(), CONFIGURATION.trim_end());
    browser.click("[data-testid=clear]").await;
    browser.see("[data-testid=begin]").await;
    browser.look_closely("playground-empty").await;
    browser.leave_clean(&[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_file_is_opened_and_mended() {
    let Some(walk) = open("/playground").await else { return };
    let Walk { browser, perch } = &walk;
    let file = perch.state().join("kea-dhcp4.conf");
    fs::write(&file, CONFIGURATION.replace("40 00", "4000").replace("192.0.3.", "192.0.2.")).unwrap();
    browser.choose_file("[data-testid=file]", &file).await;
    browser.see("[data-testid=verdict-file][data-accepts=true]").await;
    browser.see("[data-testid=verdict-api][data-accepts=true]").await;
    browser.look_closely("playground-accepted").await;
    browser.leave_clean(&[]).await;
}

/// Drops a file onto an element, which `find` finds.
async fn drop_file(browser: &Browser, find: &str, content: &str) {
    let script = format!(
        "{ROOT} const data = new DataTransfer();
        data.items.add(new File([arguments[0]], 'kea-dhcp4.conf', {{ type: '' }}));
        const how = {{ dataTransfer: data, bubbles: true, cancelable: true, composed: true }};
        const target = {find};
        const refused = [target.dispatchEvent(new DragEvent('dragover', how)), target.dispatchEvent(new DragEvent('drop', how))];
        return refused.every(one => !one)"
    );
    assert_eq!(
        browser.run(&script, vec![content.into()]).await,
        true,
        "the browser would open the file itself"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_file_is_dropped() {
    let Some(walk) = open("/playground").await else { return };
    let Walk { browser, .. } = &walk;
    let right = CONFIGURATION.replace("40 00", "4000").replace("192.0.3.", "192.0.2.");
    drop_file(browser, "root.querySelector('.cm-content')", &right).await;
    browser.see("[data-testid=verdict-file][data-accepts=true]").await;
    assert_eq!(text(browser).await.trim_end(), right.trim_end());
    drop_file(browser, "document.querySelector('.problems-side')", CONFIGURATION).await;
    browser.see("[data-testid=verdict-file][data-accepts=false]").await;
    assert_eq!(text(browser).await.trim_end(), CONFIGURATION.trim_end());
    browser.leave_clean(&[]).await;
}

/// What the text alone cannot decide is said, as `perch check` says it.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_only_the_host_knows_is_said() {
    let Some(walk) = open("/playground").await else { return };
    let Walk { browser, .. } = &walk;
    paste(browser, r#"{ "Dhcp4": { "interfaces-config": { "interfaces": [ "eth0" ] } } }"#).await;
    browser.see("[data-testid=verdict-file][data-accepts=true]").await;
    browser.see_text("[data-testid=limits]", "whether the interfaces exist").await;
    browser.look_closely("playground-limits").await;
    browser.click("[data-testid=limits] a").await;
    browser.see_text("[data-testid=limits-page]", "interfaces-config.interfaces").await;
    browser.look_closely("limits").await;
    browser.leave_clean(&[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_wrong_expression_is_underlined_where_it_is_wrong() {
    let Some(walk) = open("/playground/expression").await else { return };
    let Walk { browser, .. } = &walk;
    paste(browser, "option[host-nam].text == 'é𝄞' and option[60].exists").await;
    browser.see("[data-testid=problem][data-code='expression/unknown-option']").await;
    assert_eq!(underlined(browser, "error").await, ["host-nam"]);
    browser.look_closely("playground-expression-wrong").await;
    paste(browser, "'é𝄞' == 'a' and option[60].exist").await;
    browser.see("[data-testid=verdict-file][data-accepts=false]").await;
    let found = underlined(browser, "error").await;
    assert!(found.iter().any(|text| text.contains("exist")), "{found:?}");
    browser.leave_clean(&[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_fix_is_applied_with_the_keyboard() {
    let Some(walk) = open("/playground/expression").await else { return };
    let Walk { browser, .. } = &walk;
    paste(browser, "option[host-nam].text == 'a'").await;
    browser.see("[data-testid=fix]").await;
    focus(browser).await;
    browser.press(&["F8", "Control+."]).await;
    browser.see("[data-testid=verdict-file][data-accepts=true]").await;
    assert_eq!(text(browser).await, "option[host-name].text == 'a'");
    browser.press(&["Control+z"]).await;
    browser.see("[data-testid=verdict-file][data-accepts=false]").await;
    assert_eq!(text(browser).await, "option[host-nam].text == 'a'");
    browser.leave_clean(&[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_packet_is_traced() {
    let Some(walk) = open("/playground/expression").await else { return };
    let Walk { browser, .. } = &walk;
    // The bench begins with an example that matches.
    browser.see("[data-testid=trace-result][data-matches=true]").await;
    browser.look_closely("playground-expression").await;
    browser.fill("[data-testid=option-value-0]", "desk-7").await;
    browser.see("[data-testid=trace-result][data-matches=false]").await;
    browser.click_text("label.segment", "Bytes").await;
    browser.fill("[data-testid=packet-hex]", &discover()).await;
    browser.see("[data-testid=trace-result][data-matches=true]").await;
    browser.see_text("[data-testid=packet-summary]", "02:00:00:00:00:2a").await;
    paste(browser, "option[60].text == 'phone-8'").await;
    browser.see("[data-testid=trace-result][data-matches=false]").await;
    browser.see_text("[data-testid=step]", "phone-7").await;
    let address = browser.path().await;
    browser.see_text("[data-testid=step]", "option[60].text").await;

    // The address leads back to both of them.
    let kept = "return location.hash.includes('phone-8') && location.hash.includes('packet=')";
    browser.wait_for(kept).await;
    let link = browser.run("return location.href", vec![]).await;
    browser.goto("about:blank").await;
    browser.goto(link.as_str().unwrap()).await;
    browser.see("[data-testid=trace-result][data-matches=false]").await;
    browser.see_text("[data-testid=step]", "phone-7").await;
    assert!(address.starts_with("/playground/expression"));
    browser.leave_clean(&[]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_finding_is_explained() {
    let Some(walk) = open("/playground").await else { return };
    let Walk { browser, .. } = &walk;
    browser.click_text("[data-testid=example]", "mistakes").await;
    browser.see("[data-testid=problem]").await;
    browser.look_closely("playground-mistakes").await;
    browser.click("a.problem-code[href$='/pool/overlap']").await;
    browser.see_text("[data-testid=rule-page] h1", "pool/overlap").await;
    browser.look_closely("rule").await;
    browser.click_text(".crumbs a", "Rules").await;
    browser.see("[data-testid=rule]").await;
    browser.look_closely("rules").await;
    browser.fill("[data-testid=rule-search]", "overlap").await;
    browser.see_text("[data-testid=rule]", "pool/overlap").await;
    browser.leave_clean(&[]).await;
}
