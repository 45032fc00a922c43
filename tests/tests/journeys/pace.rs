//! How quick the Playground is with big files. The figures are printed; only what nobody would wait for is a failure,
//! because a busy machine takes several times as long.

use crate::playground::{ROOT, open};
use perch_tests::{browser::Browser, perch::Perch};
use std::{fmt::Write as _, fs};

/// How long a keystroke may at most keep the page busy, and how long a check of the biggest file may take: milliseconds.
const TOO_LONG: [f64; 2] = [500.0, 10_000.0];

/// A configuration of so many subnets with pools, options and reservations: some 680 bytes each.
fn configuration(subnets: usize) -> String {
    let mut text = String::from(
        "{\n  \"Dhcp4\": {\n    \"interfaces-config\": { \"interfaces\": [ ] },\n    \"subnet4\": [\n",
    );
    for id in 1..=subnets {
        let net = format!("10.{}.{}", id / 256, id % 256);
        let hardware = format!("02:00:00:00:{:02x}:{:02x}", id / 256, id % 256);
        let comma = if id < subnets { "," } else { "" };
        writeln!(
            text,
            r#"      {{
        "id": {id},
        "subnet": "{net}.0/24",
        "pools": [
          {{ "pool": "{net}.10 - {net}.99" }},
          {{ "pool": "{net}.100 - {net}.199" }}
        ],
        "option-data": [
          {{ "name": "routers", "data": "{net}.1" }},
          {{ "name": "domain-name-servers", "data": "{net}.2, {net}.3" }},
          {{ "name": "domain-name", "data": "branch-{id}.example.org" }}
        ],
        "reservations": [
          {{ "hw-address": "{hardware}", "ip-address": "{net}.210", "hostname": "printer-{id}" }}
        ]
      }}{comma}"#
        )
        .unwrap();
    }
    text + "    ]\n  }\n}\n"
}

/// Opens a file and gives how long its check took, in milliseconds: in the engine, as it says itself.
async fn check(browser: &Browser, perch: &Perch, text: &str) -> f64 {
    let file = perch.state().join("big.conf");
    fs::write(&file, text).unwrap();
    browser.choose_file("[data-testid=file]", &file).await;
    browser.see("[data-testid=verdict-file][data-accepts=true]").await;
    settled(browser).await
}

/// Waits until what is shown is about the text as it is, and gives how long its check took.
async fn settled(browser: &Browser) -> f64 {
    browser.see(".verdict-line[data-current=true]").await;
    let said = browser.text(".desk-foot span[title]").await;
    said.trim_end_matches(" ms").parse().unwrap()
}

/// Types in the middle of the text, and gives how long each keystroke took until the page had drawn it.
async fn keystrokes(browser: &Browser) -> Vec<f64> {
    let watch = format!(
        "{ROOT} window.perchPace = []; const scroller = root.querySelector('.cm-scroller');
        scroller.scrollTop = scroller.scrollHeight / 2;
        document.addEventListener('keydown', event => requestAnimationFrame(() => {{
            const {{ port1, port2 }} = new MessageChannel();
            port1.onmessage = () => window.perchPace.push(performance.now() - event.timeStamp);
            port2.postMessage(0);
        }}), true)"
    );
    browser.run(&watch, vec![]).await;
    browser.click(".desk-foot span[title]").await;
    browser.run(&format!("{ROOT} root.querySelector('.cm-content').focus()"), vec![]).await;
    for round in 0..30 {
        browser.press(&[if round % 2 == 0 { "Space" } else { "Backspace" }]).await;
        browser.wait_for(&format!("return window.perchPace.length > {round}")).await;
        settled(browser).await;
    }
    serde_json::from_value(browser.run("return window.perchPace", vec![]).await).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn big_files_stay_fluent() {
    for (name, subnets) in [("1 MB", 1_500), ("6.8 MB", 10_000), ("12 MB", 17_600)] {
        let Some(walk) = open("/playground").await else { return };
        let text = configuration(subnets);
        let first = check(&walk.browser, &walk.perch, &text).await;
        let mut keys = keystrokes(&walk.browser).await;
        let again = settled(&walk.browser).await;
        keys.sort_by(f64::total_cmp);
        let (median, worst) = (keys[keys.len() / 2], keys[keys.len() - 1]);
        eprintln!(
            "{name} ({:.1} MB): first check {first} ms, then {again} ms; a keystroke {median:.1} ms, at most {worst:.1} ms",
            text.len() as f64 / 1e6
        );
        assert!(median < TOO_LONG[0] && again < TOO_LONG[1], "{name}: {median} ms, {again} ms");
        walk.browser.leave_clean(&[]).await;
    }
}
