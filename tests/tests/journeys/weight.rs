//! What the first visit loads, as the browser itself counts it.

use crate::walk::Walk;
use perch_tests::perch::Perch;
use std::collections::BTreeMap;

/// What opening Perch may load of the page, compressed: bytes. What the servers say is not the page; later pages load
/// their own parts when they are opened.
const BUDGET: u64 = 400_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_first_visit_stays_in_its_budget() {
    let Some(walk) = Walk::land(Perch::demo()).await else { return };
    let Walk { browser, .. } = &walk;
    browser.see("[data-testid=figures]").await;
    browser.gone("[aria-busy=true]").await;
    let script =
        "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .map(entry => [new URL(entry.name).pathname, entry.encodedBodySize])";
    let answers: Vec<(String, u64)> = serde_json::from_value(browser.run(script, Vec::new()).await).unwrap();
    let loaded: BTreeMap<String, u64> = answers
        .into_iter()
        .filter(|(path, _)| ["/", "/overview"].contains(&path.as_str()) || path.starts_with("/assets/"))
        .collect();
    assert!(loaded.iter().any(|(path, bytes)| path.ends_with(".wasm") && *bytes > 0), "{loaded:#?}");
    let total: u64 = loaded.values().sum();
    assert!(total <= BUDGET, "{total} bytes, the budget is {BUDGET}: {loaded:#?}");
    eprintln!("the first visit loads {total} bytes in {} files", loaded.len());
}
