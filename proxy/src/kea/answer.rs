//! Reads what a channel brought: Kea's JSON, or why it is none.

use super::{Fault, http::HttpAnswer};
use bytes::Bytes;
use hyper::StatusCode;
use perch_shared::command::{Answer, AnswerError, parse_answers};
use serde::{Deserialize, de::IgnoredAny};

/// The body of an HTTP answer that comes from Kea's commands, not from its HTTP layer or from another server.
pub(super) fn http_body(answer: HttpAnswer, sent_credentials: bool) -> Result<Bytes, Fault> {
    let HttpAnswer { status, content_type, body } = answer;
    if status == StatusCode::OK {
        return Ok(body);
    }
    if status == StatusCode::UNAUTHORIZED {
        return Err(Fault::Unauthorized { sent: sent_credentials });
    }
    match serde_json::from_slice::<HttpRefusal>(&body) {
        Ok(_) if status == StatusCode::FORBIDDEN => Err(Fault::Forbidden),
        Ok(refusal) => Err(Fault::Rejected { status: status.as_u16(), text: refusal.text }),
        Err(_) => Err(Fault::NotKea(format!(
            "it answers a command with status {}{}",
            status.as_u16(),
            content_type.map(|text| format!(" and `{text}`")).unwrap_or_default()
        ))),
    }
}

/// What Kea's HTTP layer says when it refuses a request.
#[derive(Deserialize)]
struct HttpRefusal {
    #[serde(rename = "result")]
    _result: i64,
    text: String,
}

/// Checks that the bytes are answers of Kea's, without building them, and takes white space off their ends.
pub(super) fn check_answers(body: Bytes) -> Result<Bytes, Fault> {
    let body = body.slice_ref(body.trim_ascii());
    let heads = match body.first() {
        Some(b'[') => serde_json::from_slice::<Vec<Head>>(&body).map(|heads| heads.len()),
        Some(b'{') => serde_json::from_slice::<Head>(&body).map(|_| 1),
        _ => return Err(not_json(&body)),
    };
    match heads {
        Ok(0) => Err(Fault::NotKea("it answers a command with an empty list".into())),
        Ok(_) => Ok(body),
        // What is no answer may come before the place where the text stops being JSON.
        Err(_) => match serde_json::from_slice::<IgnoredAny>(&body) {
            Err(error) => Err(json_fault(&body, &error)),
            Ok(_) => Err(Fault::NotKea("it answers a command with JSON, but `result` is missing".into())),
        },
    }
}

/// The one answer that the bytes hold, in a list or alone, as the parts of it that are wanted; `None`: they hold something
/// else.
pub(super) fn parts_of_one<'b, T: Deserialize<'b>>(body: &'b [u8]) -> Option<T> {
    if body.trim_ascii_start().first() == Some(&b'[') {
        let [answer] = serde_json::from_slice::<[T; 1]>(body).ok()?;
        return Some(answer);
    }
    serde_json::from_slice(body).ok()
}

/// What makes it an answer; everything else in it is skipped.
#[derive(Deserialize)]
struct Head {
    #[serde(rename = "result")]
    _result: i64,
}

/// Reads exactly one answer.
pub(super) fn one_answer(body: &[u8]) -> Result<Answer, Fault> {
    let mut answers = parse_answers(body).map_err(|error| match error {
        AnswerError::NotJson(_) => match serde_json::from_slice::<IgnoredAny>(body) {
            Err(error) => json_fault(body, &error),
            Ok(_) => Fault::Malformed("it is not JSON".into()),
        },
        AnswerError::NotKea(why) => Fault::NotKea(format!("it answers a command with JSON, but {why}")),
    })?;
    match (answers.pop(), answers.len()) {
        (Some(answer), 0) => Ok(answer),
        (_, more) => {
            Err(Fault::Malformed(format!("{} answers to a command for one daemon", more.saturating_add(1))))
        }
    }
}

/// A Control Agent reports a daemon that it cannot reach as an answer of result 1.
pub(super) fn agent_fault(answer: &Answer) -> Option<Fault> {
    if answer.code != 1 {
        return None;
    }
    if let Some(rest) = answer.text.strip_prefix("unable to forward command to the ") {
        let daemon = rest.split_whitespace().next().unwrap_or_default().to_owned();
        return Some(Fault::DaemonDown { daemon, text: answer.text.clone() });
    }
    let daemon = answer.text.strip_prefix("forwarding socket is not configured for the server type ")?;
    Some(Fault::NotConfigured { daemon: daemon.trim().to_owned() })
}

fn json_fault(body: &[u8], error: &serde_json::Error) -> Fault {
    if body.trim_ascii().is_empty() || !matches!(body.trim_ascii().first(), Some(b'[' | b'{')) {
        return not_json(body);
    }
    if error.is_eof() {
        return Fault::Cut { received: u64::try_from(body.len()).unwrap_or(u64::MAX) };
    }
    Fault::Malformed(format!("it is not JSON: {error}"))
}

fn not_json(body: &[u8]) -> Fault {
    match body.trim_ascii().first() {
        None => Fault::NotKea("it answers a command with nothing".into()),
        Some(b'<') => Fault::NotKea("it answers a command with a web page".into()),
        Some(_) => Fault::NotKea("it answers a command with something that is not JSON".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn http(status: u16, body: &'static str) -> Result<Bytes, Fault> {
        let status = StatusCode::from_u16(status).unwrap();
        http_body(HttpAnswer { status, content_type: Some("text/html".into()), body: body.into() }, true)
    }

    #[test]
    fn tells_keas_http_layer_from_other_servers() {
        assert_eq!(http(200, "[]").unwrap(), "[]");
        assert_eq!(http(401, ""), Err(Fault::Unauthorized { sent: true }));
        assert_eq!(http(403, r#"{"result":403,"text":"Forbidden"}"#), Err(Fault::Forbidden));
        assert_eq!(
            http(400, r#"{ "result": 400, "text": "Bad Request" }"#),
            Err(Fault::Rejected { status: 400, text: "Bad Request".into() })
        );
        assert!(
            matches!(http(404, "<html>"), Err(Fault::NotKea(why)) if why.contains("404") && why.contains("html"))
        );
    }

    #[test]
    fn checks_json_without_changing_it() {
        assert_eq!(check_answers(Bytes::from(" [{\"result\": 0}]\n")).unwrap(), "[{\"result\": 0}]");
        assert!(matches!(check_answers("[{\"result\": 0".into()), Err(Fault::Cut { received: 13 })));
        assert!(matches!(check_answers("[{]".into()), Err(Fault::Malformed(_))));
        for text in ["", "<html>", "hello", "12", "[]", "[1]", "{}", r#"[{"result": "0"}]"#] {
            assert!(matches!(check_answers(text.into()), Err(Fault::NotKea(_))), "{text}");
        }
    }

    #[test]
    fn reads_exactly_one_answer() {
        assert_eq!(one_answer(br#"[{"result":0}]"#).unwrap().code, 0);
        assert!(matches!(one_answer(br#"[{"result":0},{"result":0}]"#), Err(Fault::Malformed(_))));
        assert!(matches!(one_answer(br#"{"result":0,"#), Err(Fault::Cut { .. })));
        assert!(matches!(one_answer(br#"{"hello":0}"#), Err(Fault::NotKea(_))));
    }

    #[test]
    fn reads_what_an_agent_says_about_its_daemons() {
        let said = |text: &str| {
            let body = serde_json::json!([{"result": 1, "text": text}]).to_string();
            agent_fault(&one_answer(body.as_bytes()).unwrap())
        };
        let down = "unable to forward command to the dhcp4 service: No such file or directory. The server is likely to be offline";
        assert!(
            matches!(said(down), Some(Fault::DaemonDown { daemon, text }) if daemon == "dhcp4" && text == down)
        );
        let missing = "forwarding socket is not configured for the server type d2";
        assert_eq!(said(missing), Some(Fault::NotConfigured { daemon: "d2".into() }));
        assert_eq!(said("subnet configuration failed"), None);
    }
}
