//! What is sent, and what becomes of every kind of answer.

use crate::fake::{Fake, Reply, client, target};
use perch::kea::{Fault, KeaError};
use perch_shared::{
    Family,
    api::{ChannelKind, Credentials, ErrorBody, ErrorCode},
    command::{Answer, Command, Outcome},
};

const VERSION: &str = r#"[{"result":0,"text":"2.6.3"}]"#;

async fn outcome(reply: Reply) -> Result<Answer, KeaError> {
    let fake = Fake::http([reply]).await;
    client().send(&fake.target(), &Command::new("version-get")).await
}

async fn fault(reply: Reply) -> Fault {
    outcome(reply).await.unwrap_err().fault
}

#[tokio::test]
async fn sends_what_kea_wants_and_nothing_else() {
    let fake = Fake::http([Reply::json(VERSION)]).await;
    let mut target = fake.target();
    target.credentials = Some(Credentials { user: "admin".into(), password: "pa".into() });
    let answer = client().send(&target, &Command::new("version-get").to(Family::V4)).await.unwrap();
    assert_eq!((answer.outcome, answer.text.as_str()), (Outcome::Ok, "2.6.3"));

    let [request] = &fake.requests()[..] else { panic!() };
    assert!(request.head.starts_with("POST / HTTP/1.1\r\n"), "{}", request.head);
    assert_eq!(request.header("content-type"), ["application/json"]);
    assert_eq!(request.header("content-length"), [request.body.len().to_string()]);
    assert_eq!(request.header("transfer-encoding"), [""; 0]);
    assert_eq!(request.header("host"), [format!("127.0.0.1:{}", fake.port)]);
    assert_eq!(request.header("authorization"), ["Basic YWRtaW46cGE="]);
    assert_eq!(request.body, br#"{"command":"version-get","service":["dhcp4"]}"#);
}

#[tokio::test]
async fn sends_text_as_utf_8() {
    let fake = Fake::http([Reply::json(VERSION)]).await;
    let command = Command::new("config-set").with(serde_json::json!({"comment": "zoë 中"}));
    client().send(&fake.target(), &command).await.unwrap();
    let body = String::from_utf8(fake.requests()[0].body.clone()).unwrap();
    assert!(body.contains("zoë 中"), "{body}");
}

#[tokio::test]
async fn a_refusal_is_an_answer() {
    let answer = outcome(Reply::json(r#"[{"result":1,"text":"no"}]"#)).await.unwrap();
    assert_eq!((answer.outcome, answer.text.as_str()), (Outcome::Error, "no"));
}

#[tokio::test]
async fn a_bare_object_is_an_answer() {
    assert_eq!(outcome(Reply::json(r#"{"result":0,"text":"2.6.3"}"#)).await.unwrap().text, "2.6.3");
}

#[tokio::test]
async fn passwords() {
    let unauthorized = || {
        let header = "WWW-Authenticate: Basic realm=\"kea\"";
        Reply::status("401 Unauthorized", header, r#"{ "result": 401, "text": "Unauthorized" }"#)
    };
    assert_eq!(fault(unauthorized()).await, Fault::Unauthorized { sent: false });

    let fake = Fake::http([unauthorized()]).await;
    let mut target = fake.target();
    target.credentials = Some(Credentials { user: "admin".into(), password: "s3cret".into() });
    let error = client().send(&target, &Command::new("version-get")).await.unwrap_err();
    assert_eq!(error.fault, Fault::Unauthorized { sent: true });
    let shown = format!("{error} {error:?} {target:?} {:?}", ErrorBody::from(error.clone()));
    assert!(!shown.contains("s3cret") && !shown.contains("czNjcmV0"), "{shown}");

    target.credentials = Some(Credentials { user: "ad:min".into(), password: "x".into() });
    let error = client().send(&target, &Command::new("version-get")).await.unwrap_err();
    assert!(matches!(error.fault, Fault::BadCredentials(_)));
}

#[tokio::test]
async fn keas_http_layer_refuses() {
    let refused = Reply::status(
        "400 Bad Request",
        "Content-Type: application/json",
        r#"{"result":400,"text":"Bad Request"}"#,
    );
    assert_eq!(fault(refused).await, Fault::Rejected { status: 400, text: "Bad Request".into() });
    let forbidden = Reply::status(
        "403 Forbidden",
        "Content-Type: application/json",
        r#"{"result":403,"text":"Forbidden"}"#,
    );
    assert_eq!(fault(forbidden).await, Fault::Forbidden);
}

#[tokio::test]
async fn what_is_not_kea() {
    for reply in [
        Reply::status("200 OK", "Content-Type: text/html", "<!doctype html><title>Router</title>"),
        Reply::status("404 Not Found", "Content-Type: text/html", "<html>nginx</html>"),
        Reply::status("302 Found", "Location: /login", ""),
        Reply::status("200 OK", "Content-Type: application/json", r#"{"status":"up"}"#),
        Reply::status("200 OK", "Content-Type: text/plain", "hello"),
        Reply::status("200 OK", "Content-Type: application/json", ""),
        Reply::last("SSH-2.0-OpenSSH_9.2\r\n"),
    ] {
        let fault = fault(reply).await;
        assert!(matches!(fault, Fault::NotKea(_)), "{fault:?}");
    }
}

#[tokio::test]
async fn garbage_is_malformed() {
    let found = fault(Reply::json(r#"[{"result":0]"#)).await;
    assert!(matches!(found, Fault::Malformed(_)), "{found:?}");
    let two = fault(Reply::json(r#"[{"result":0},{"result":0}]"#)).await;
    assert!(matches!(two, Fault::Malformed(_)), "{two:?}");
}

#[tokio::test]
async fn an_answer_that_never_comes() {
    assert!(matches!(fault(Reply::Never).await, Fault::TimedOut(_)));
}

#[tokio::test]
async fn an_answer_that_takes_too_long_as_a_whole() {
    let text = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{VERSION}", VERSION.len());
    assert!(matches!(fault(Reply::Drip(text.into_bytes())).await, Fault::TimedOut(_)));
}

#[tokio::test]
async fn a_line_that_is_cut() {
    assert_eq!(fault(Reply::close()).await, Fault::Closed);
    let head = fault(Reply::last("HTTP/1.1 200 OK\r\nContent-Le")).await;
    assert!(matches!(head, Fault::Cut { received: 27 }), "{head:?}");
    let body = fault(Reply::last("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n[{\"result\":0,")).await;
    assert!(matches!(body, Fault::Cut { .. }), "{body:?}");
    // Without a length only the JSON tells that something is missing.
    let unmeasured = fault(Reply::last("HTTP/1.1 200 OK\r\n\r\n[{\"result\":0,")).await;
    assert!(matches!(unmeasured, Fault::Cut { .. }), "{unmeasured:?}");
    assert!(body.may_have_run() && Fault::Closed.may_have_run());
    let remedy = body.remedy(&"http://kea".parse().unwrap());
    assert!(remedy.contains("died"), "{remedy}");
}

#[tokio::test]
async fn a_body_that_is_too_large_is_not_read_to_its_end() {
    let declared = Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n[".to_vec());
    assert_eq!(fault(declared).await, Fault::TooLarge { limit: 64 * 1024 });

    let fake = Fake::http([Reply::Endless(b"HTTP/1.1 200 OK\r\n\r\n[          ".to_vec())]).await;
    let error = client().send(&fake.target(), &Command::new("version-get")).await.unwrap_err();
    assert_eq!(error.fault, Fault::TooLarge { limit: 64 * 1024 });
    assert_eq!(ErrorBody::from(error).code, ErrorCode::Malformed);
}

#[tokio::test]
async fn nobody_listens() {
    // Port 1 of loopback is free on any machine that runs tests.
    let error = client().send(&target("http://127.0.0.1:1"), &Command::new("version-get")).await.unwrap_err();
    assert_eq!(error.fault, Fault::Refused);
    let body = ErrorBody::from(error);
    assert_eq!((body.code, body.code.status()), (ErrorCode::Unreachable, 502));
    assert!(body.help.unwrap().contains("ss -ltnp"));
}

#[tokio::test]
async fn a_name_that_does_not_exist() {
    let error =
        client().send(&target("http://perch.invalid"), &Command::new("version-get")).await.unwrap_err();
    assert!(matches!(error.fault, Fault::Resolve(_)), "{error:?}");
}

#[tokio::test]
async fn an_agent_without_its_daemon() {
    let text = "unable to forward command to the dhcp4 service: Connection refused. The server is likely to be offline";
    let fake = Fake::http([Reply::json(&format!(r#"[{{"result":1,"text":"{text}"}}]"#))]).await;
    let mut target = fake.target();
    target.kind = ChannelKind::ControlAgent;
    let error = client().send(&target, &Command::new("config-set").to(Family::V4)).await.unwrap_err();
    assert_eq!(error.fault, Fault::DaemonDown { daemon: "dhcp4".into(), text: text.into() });
    assert!(!error.fault.may_have_run());
    let body = ErrorBody::from(error);
    assert_eq!(body.code, ErrorCode::Unreachable);
    assert!(body.help.unwrap().contains("systemctl start kea-dhcp4-server"));
}

#[tokio::test]
async fn forwarding_keeps_keas_bytes() {
    let kea = "[ { \"result\": 0, \"text\": \"zo\\u00c3\\u00ab\",  \"big\": 18446744073709551617 } ]";
    let fake = Fake::http([Reply::json(kea)]).await;
    let sent = r#"{ "command": "version-get" , "service":["dhcp4"] }"#;
    let got = client().forward(&fake.target(), sent.into()).await.unwrap();
    assert_eq!(got, kea);
    assert_eq!(fake.requests()[0].body, sent.as_bytes());

    let fake = Fake::http([Reply::json("[ { \"result\": ")]).await;
    let error = client().forward(&fake.target(), sent.into()).await.unwrap_err();
    assert!(matches!(error.fault, Fault::Cut { .. }), "{error:?}");
}
