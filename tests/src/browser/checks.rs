//! What every page is held to: accessibility, a silent console, and no request to another host.

use super::{Browser, driver::Chrome};
use serde_json::Value;
use std::path::PathBuf;

impl Browser {
    /// Holds the page to axe-core: no violation whose impact is serious or critical.
    ///
    /// # Panics
    /// When there is one, or axe-core is not there.
    pub async fn axe(&self, name: &str) {
        let path = std::env::var_os("PERCH_AXE").map_or_else(
            || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/node_modules/axe-core/axe.min.js")),
            PathBuf::from,
        );
        let axe = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}; `npm ci` in tests/ gets it", path.display()));
        // By the driver and not by a <script>, which the page's content security policy forbids.
        self.run(&format!("if (!window.axe) {{ {axe} }}"), Vec::new()).await;
        let script = "const done = arguments[0];
            axe.run(document, {resultTypes: ['violations']}).then(
                r => done({violations: r.violations, passes: r.passes.length}), e => done({error: String(e)}))";
        let result = self.client.execute_async(script, Vec::new()).await;
        let result = self.must("axe", result).await;
        if result["passes"].as_u64().unwrap_or(0) == 0 {
            self.fail(&format!("{name}: axe checked nothing: {result}")).await;
        }
        let violations = result["violations"].as_array().into_iter().flatten();
        let serious: Vec<String> = violations
            .filter(|one| matches!(one["impact"].as_str(), Some("serious" | "critical")))
            .map(describe)
            .collect();
        if !serious.is_empty() {
            self.fail(&format!("{name}: axe-core finds\n{}", serious.join("\n"))).await;
        }
    }

    /// Holds the page to the screen's width.
    pub(super) async fn no_sideways_scrolling(&self, name: &str) {
        let script = "const e = document.documentElement; return [e.scrollWidth, e.clientWidth]";
        let widths = self.run(script, Vec::new()).await;
        if widths[0].as_u64() > widths[1].as_u64() {
            self.fail(&format!("{name}: the page is {} wide on a screen of {}", widths[0], widths[1])).await;
        }
    }

    /// What a journey must leave behind: nothing in the console but the failed requests that it provoked
    /// (`expected` is a part of such a line), and no request to another host.
    ///
    /// # Panics
    /// When there is more.
    pub async fn leave_clean(&self, expected: &[&str]) {
        let lines = self.console().await;
        let unexpected: Vec<&String> =
            lines.iter().filter(|line| !expected.iter().any(|part| line.contains(part))).collect();
        assert!(unexpected.is_empty(), "the console is not silent: {unexpected:#?}");
        let own = self.client.current_url().await.expect("the URL");
        let own = format!("{}:{}", own.host_str().unwrap_or_default(), own.port().unwrap_or(80));
        let foreign: Vec<String> =
            self.requests().await.into_iter().filter(|url| is_foreign(url, &own)).collect();
        assert!(foreign.is_empty(), "requests to another host: {foreign:#?}");
    }

    /// Warnings and errors in the console since the last call.
    pub async fn console(&self) -> Vec<String> {
        let entries = self.log("browser").await;
        let loud =
            entries.iter().filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")));
        loud.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The URLs that the page asked for since the last call.
    async fn requests(&self) -> Vec<String> {
        let entries = self.log("performance").await;
        let events = entries.iter().filter_map(|entry| {
            let event: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            let event = &event["message"];
            (event["method"] == "Network.requestWillBeSent")
                .then(|| event["params"]["request"]["url"].as_str().unwrap_or_default().to_owned())
        });
        events.collect()
    }

    async fn log(&self, kind: &'static str) -> Vec<Value> {
        match self.client.issue_cmd(Chrome::Log(kind)).await {
            Ok(Value::Array(entries)) => entries,
            other => panic!("chromedriver's {kind} log: {other:?}"),
        }
    }
}

fn is_foreign(url: &str, own: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    matches!(scheme, "http" | "https" | "ws" | "wss") && !rest.starts_with(own)
}

fn describe(violation: &Value) -> String {
    let nodes = violation["nodes"].as_array().into_iter().flatten();
    let nodes: Vec<String> =
        nodes.map(|node| format!("    {} {}", node["html"], node["failureSummary"])).collect();
    let [id, help, impact] = ["id", "help", "impact"].map(|key| violation[key].as_str().unwrap_or_default());
    format!("  {id} ({impact}): {help}\n{}", nodes.join("\n"))
}
