//! The bench itself: what it starts is what it says, and it leaves nothing behind.

use perch_shared::Family;
use perch_tests::{
    browser::{Browser, Scheme, Screen},
    fault::{Fault, Relay},
    http_client,
    lab::{Access, Daemon, HaPair, Lab, VERSIONS, data},
};
use serde_json::json;

#[test]
fn every_version_runs_with_what_the_corpus_says() {
    for version in VERSIONS {
        let Some(mut lab) = Lab::open(version) else { continue };
        for family in Family::ALL {
            lab.start(family);
            let said = lab.ask(family, &json!({"command": "version-get"}));
            assert_eq!(said["text"].as_str(), Some(version));
            assert_eq!(lab.ask(family, &json!({"command": "config-write"}))["result"], 0);
        }
        assert_eq!(data(&lab.running(Family::V4), "domain-name"), Some("branch.example"));
        assert_eq!(data(&lab.written(Family::V6), "domain-search"), Some("branch.example"));
        let agent = lab.start_agent(Access::Open);
        let said = post(&agent, &json!({"command": "version-get", "service": ["dhcp6"]}).to_string());
        assert!(said.contains(version), "{said}");
    }
}

#[test]
fn killed_daemons_are_gone_and_come_back_from_their_file() {
    let Some(mut lab) = Lab::open("3.0.4") else { return };
    let direct = lab.start_direct(Family::V4, Access::Open);
    lab.change(Family::V4, |root| root["valid-lifetime"] = json!(777));
    lab.kill(Family::V4);
    assert!(!lab.socket(Family::V4).exists());
    assert!(http_client::connect(direct.trim_start_matches("http://").parse().unwrap()).is_err());
    lab.restart(Family::V4);
    assert_eq!(lab.running(Family::V4)["valid-lifetime"], 4000, "what was not written is lost");
    let folder = lab.folder();
    drop(lab);
    assert!(!folder.exists());
}

#[test]
fn a_pair_settles() {
    for version in ["2.6.3", "3.0.4"] {
        let Some(pair) = HaPair::open(version) else { continue };
        assert_eq!([pair.states(0), pair.states(1)], [["hot-standby"; 2]; 2]);
    }
}

#[test]
fn certificates_are_accepted_by_kea() {
    for version in VERSIONS {
        let Some(mut lab) = Lab::open(version) else { continue };
        lab.start(Family::V4);
        let address = lab.start_agent(Access::TlsWithClientCertificate);
        assert!(address.starts_with("https://"));
        assert!(!lab.log(Daemon::Agent).contains("ERROR"), "{}", lab.log(Daemon::Agent));
        for file in [lab.certificates().ca(), lab.certificates().client_key()] {
            assert!(std::fs::read_to_string(&file).unwrap().starts_with("-----BEGIN"), "{file}");
        }
    }
}

#[test]
fn a_relay_passes_what_it_does_not_break() {
    let Some(mut lab) = Lab::open("2.6.3") else { return };
    let agent = lab.start_behind_agent(Access::Open);
    let relay = Relay::before(&agent);
    let ask = |command: &str| {
        let text = json!({"command": command, "service": ["dhcp4"]}).to_string();
        let address = relay.address().trim_start_matches("http://").parse().unwrap();
        http_client::send(address, "POST", "/", &[("content-type", "application/json")], text.as_bytes())
    };
    relay.break_command("config-hash-get", Fault::Closed);
    assert!(ask("version-get").unwrap().text().contains("2.6.3"));
    assert!(ask("config-hash-get").is_err());
    relay.break_all(Fault::Cut);
    let cut = ask("version-get").unwrap();
    assert!(serde_json::from_slice::<serde_json::Value>(&cut.body).is_err(), "{}", cut.text());
    relay.mend();
    assert!(ask("config-hash-get").unwrap().text().contains("hash"));
    assert_eq!(relay.seen(), ["version-get", "config-hash-get", "version-get", "config-hash-get"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_browser_sees_types_and_measures() {
    let Some(browser) = Browser::open().await else { return };
    let page = "data:text/html,<!doctype html><html lang=en><meta name=viewport content=width=device-width><title>t</title><style>body{color:black;background:white}\
                @media (prefers-color-scheme: dark){body{color:white;background:black}}</style><main><h1>Bench</h1>\
                <label>Name <input id=name></label><p id=later hidden>here</p></main>\
                <script>setTimeout(() => later.hidden = false, 300)</script>";
    browser.goto(page).await;
    browser.see_text("#later", "here").await;
    browser.fill("#name", "one").await;
    browser.fill("#name", "two").await;
    assert_eq!(browser.value("#name").await, "two");
    for (screen, width) in [(Screen::Narrow, 390), (Screen::Wide, 1440)] {
        browser.look_at(screen, Scheme::Dark).await;
        assert_eq!(browser.run("return innerWidth", vec![]).await, width);
    }
    assert_eq!(
        browser.run("return getComputedStyle(document.body).color", vec![]).await,
        "rgb(255, 255, 255)"
    );
    browser.axe("bench").await;
    assert!(browser.console().await.is_empty());
    browser.run("console.error('heard')", vec![]).await;
    assert!(browser.console().await.join(" ").contains("heard"));
}

fn post(address: &str, body: &str) -> String {
    let address = address.trim_start_matches("http://").parse().unwrap();
    let headers = [("content-type", "application/json")];
    http_client::send(address, "POST", "/", &headers, body.as_bytes()).unwrap().text()
}
