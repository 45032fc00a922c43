//! The probe against what is no Kea, or none that Perch can manage. Real Keas are probed in the workspace's `tests`.

use crate::fake::{Fake, Reply, client};
use perch::fleet;
use perch_shared::api::{Credentials, ProbeReport, ProbeStep, TlsFiles, Verdict};

async fn probe(addresses: &[&str]) -> ProbeReport {
    let addresses: Vec<String> = addresses.iter().map(|text| (*text).to_owned()).collect();
    fleet::probe(&client(), &addresses, None, &TlsFiles::default()).await
}

fn failed(report: &ProbeReport) -> &ProbeStep {
    assert!(!report.is_usable());
    let mut failed = report.steps.iter().filter(|step| step.verdict == Verdict::Failed);
    let step = failed.next().unwrap();
    assert!(failed.next().is_none(), "{report:?}");
    assert!(step.remedy.as_ref().is_some_and(|remedy| !remedy.is_empty()), "{step:?}");
    step
}

/// A daemon that answers these commands in this order: version-get, config-get, list-commands.
async fn daemon(version: &str, config: &str, commands: &str) -> Fake {
    Fake::http([
        Reply::json(&format!(r#"[{{"result":0,"text":"{version}"}}]"#)),
        Reply::json(&format!(r#"[{{"result":0,"arguments":{config}}}]"#)),
        Reply::json(&format!(r#"[{{"result":0,"arguments":{commands}}}]"#)),
    ])
    .await
}

const COMMANDS: &str = r#"["config-get","config-set","config-test"]"#;

#[tokio::test]
async fn no_address() {
    assert_eq!(failed(&probe(&[]).await).title, "Address");
    assert_eq!(failed(&probe(&["  "]).await).title, "Address");
}

#[tokio::test]
async fn an_address_that_is_none() {
    let report = probe(&["http://admin:s3cret@kea:8000"]).await;
    assert_eq!(failed(&report).title, "Address");
    assert!(!format!("{report:?}").contains("s3cret"));
}

#[tokio::test]
async fn nobody_listens() {
    let report = probe(&["127.0.0.1:1"]).await;
    assert_eq!(failed(&report).title, "Connect");
    let verdicts: Vec<_> = report.steps.iter().map(|step| (step.title.as_str(), step.verdict)).collect();
    assert_eq!(
        verdicts,
        [("Connect", Verdict::Failed), ("Password", Verdict::Skipped), ("Kea", Verdict::Skipped)]
    );
}

#[tokio::test]
async fn a_web_server() {
    let fake = Fake::http([Reply::status("200 OK", "Content-Type: text/html", "<html>")]).await;
    let report = probe(&[&format!("http://127.0.0.1:{}", fake.port)]).await;
    let step = failed(&report);
    assert_eq!(step.title, "Kea");
    assert!(step.detail.contains("web page"), "{step:?}");
}

#[tokio::test]
async fn a_daemon_is_taken_in() {
    let fake = daemon("3.0.4", r#"{"Dhcp6":{},"hash":"00"}"#, COMMANDS).await;
    let report = probe(&[&format!("127.0.0.1:{}", fake.port)]).await;
    assert!(report.is_usable(), "{report:?}");
    assert_eq!(report.channels[0].address, format!("http://127.0.0.1:{}", fake.port));
}

#[tokio::test]
async fn kea_that_cannot_be_managed() {
    for (version, config, commands, title, word) in [
        ("2.0.2", r#"{"Dhcp4":{}}"#, COMMANDS, "kea-dhcp4", "older than 2.2.0"),
        ("3.0.4", r#"{"Dhcp4":{}}"#, r#"["config-get"]"#, "kea-dhcp4", "config-test, config-set"),
        ("3.0.4", r#"{"DhcpDdns":{}}"#, COMMANDS, "Kea", "DhcpDdns"),
        ("3.0.4", r#"{"Netconf":{}}"#, COMMANDS, "Kea", "Netconf"),
        ("not a version", "{}", COMMANDS, "Kea", "not a version"),
        (
            "2.6.3",
            r#"{"Control-agent":{"control-sockets":{"d2":{}}}}"#,
            COMMANDS,
            "kea-dhcp4",
            "no DHCP daemon",
        ),
    ] {
        let fake = daemon(version, config, commands).await;
        let report = probe(&[&format!("http://127.0.0.1:{}", fake.port)]).await;
        let step = failed(&report);
        assert_eq!(step.title, title, "{report:?}");
        assert!(step.detail.contains(word), "{step:?}");
    }
}

/// Where no scheme is given, TLS may be spoken there: the password must not be shown to the network before.
#[tokio::test]
async fn a_password_is_not_sent_unencrypted_to_a_port_that_may_speak_tls() {
    let credentials = Credentials { user: "admin".into(), password: "s3cret".into() };
    for (reply, shown) in [
        (Reply::close(), false),
        (Reply::status("401 Unauthorized", "X: y", r#"{"result":401,"text":"Unauthorized"}"#), true),
    ] {
        let fake = Fake::http([reply]).await;
        let address = format!("127.0.0.1:{}", fake.port);
        fleet::probe(&client(), &[address], Some(&credentials), &TlsFiles::default()).await;
        let requests = fake.requests();
        assert_eq!(requests[0].header("authorization"), [""; 0]);
        assert_eq!(requests.iter().any(|request| !request.header("authorization").is_empty()), shown);
    }
}
