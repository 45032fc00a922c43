//! The page as plain files, with no Perch behind it: the Playground works, asks nobody and misses nobody.

use crate::walk::PROVOKED;
use perch_tests::{browser::Browser, plain_files::PlainFiles};

/// Nothing was asked of a Perch, and nobody says that it does not answer.
async fn asked_nobody(browser: &Browser) {
    let asked = "return performance.getEntriesByType('resource').map(entry => entry.name).filter(name => name.includes('/api/'))";
    let asked: Vec<String> = serde_json::from_value(browser.run(asked, vec![]).await).unwrap();
    assert!(asked.is_empty(), "{asked:?}");
    assert!(!browser.shows("[data-testid=offline-banner]").await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn every_page_of_it_works() {
    let Some(browser) = Browser::open().await else { return };
    let files = PlainFiles::serve(&[]);
    for path in ["/playground/", "/playground/index.html"] {
        browser.goto(&files.url(path)).await;
        browser.click_text("[data-testid=example]", "office").await;
        browser.see("[data-testid=verdict-file]").await;
        browser.click("[data-testid=clear]").await;
    }
    browser.click_text("a.tab", "Expression").await;
    browser.see("[data-testid=trace-result][data-matches=true]").await;
    asked_nobody(&browser).await;
    browser.reload().await;
    browser.see("[data-testid=trace-result][data-matches=true]").await;
    browser.goto(&files.url("/help/rules/")).await;
    browser.click_text("[data-testid=rule]", "pool/overlap").await;
    browser.see_text("[data-testid=rule-page] h1", "pool/overlap").await;
    asked_nobody(&browser).await;
    browser.leave_clean(&[]).await;
}

/// As where the editor was not built, because there is no npm, or does not come: a text field, and all the rest.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_text_field_stands_in_for_the_editor() {
    let Some(browser) = Browser::open().await else { return };
    let files = PlainFiles::serve(&["editor.js"]);
    browser.goto(&files.url("/playground/")).await;
    browser.see("textarea[data-testid=code]").await;
    browser.fill("textarea[data-testid=code]", "{ \"Dhcp4\": { \"valid-lifetme\": 40 } }").await;
    browser.see("[data-testid=verdict-file][data-accepts=false]").await;
    browser.click("[data-code='key/unknown'] [data-testid=problem-go]").await;
    let chosen = "const field = document.activeElement; return field.value.slice(field.selectionStart, field.selectionEnd)";
    assert_eq!(browser.run(chosen, vec![]).await, "\"valid-lifetme\"");
    browser.look_closely("playground-plain").await;
    browser.click("[data-testid=fix]").await;
    browser.see("[data-testid=verdict-file][data-accepts=true]").await;
    assert_eq!(
        browser.value("textarea[data-testid=code]").await,
        "{ \"Dhcp4\": { \"valid-lifetime\": 40 } }"
    );
    browser.click_text("a.tab", "Expression").await;
    browser.see("[data-testid=trace-result][data-matches=true]").await;
    browser.fill("textarea[data-testid=code]", "option[60].text == 'nobody'").await;
    browser.see("[data-testid=trace-result][data-matches=false]").await;
    browser.leave_clean(&[PROVOKED]).await;
}

/// A part of the module that does not come is named, and no mistake of the page's.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_page_that_does_not_come_says_so() {
    let Some(browser) = Browser::open().await else { return };
    let files = PlainFiles::serve(&[]);
    browser.goto(&files.url("/help/")).await;
    browser.see_text("h1", "Help").await;
    files.lose("unit_");
    browser.click_text(".side-nav a", "Playground").await;
    browser.see_text(".notice", "could not be loaded").await;
    assert!(!browser.shows("#crash").await);
    browser.look_closely("not-loaded").await;
}
