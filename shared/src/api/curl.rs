//! A request as a line for a shell.

use super::Endpoint;

/// The request as `curl` sends it, for a POSIX shell. `origin` is where Perch answers, such as
/// `https://perch.example.org`. `with_token`: whoever sends it must be known, so the token is taken from
/// `PERCH_TOKEN`.
///
/// # Example
/// ```
/// use perch_shared::api::{CatchUp, ServerId, curl};
/// let lab = ServerId::new("lab").unwrap();
/// let line = curl::<CatchUp>("http://127.0.0.1:8080", &(lab, perch_shared::Family::V4), &(), true);
/// assert_eq!(line, "curl -sS -X POST 'http://127.0.0.1:8080/api/v1/servers/lab/daemons/dhcp4/catch-up' \\\n  \
///     -H \"Authorization: Bearer $PERCH_TOKEN\" \\\n  -H 'Content-Type: application/json'");
/// ```
pub fn curl<E: Endpoint>(origin: &str, params: &E::Params, body: &E::Body, with_token: bool) -> String {
    let method = E::METHOD.name();
    let mut parts = vec![format!("curl -sS -X {method} {}", quoted(&format!("{origin}{}", E::path(params))))];
    if with_token {
        parts.push("-H \"Authorization: Bearer $PERCH_TOKEN\"".to_owned());
    }
    parts.push("-H 'Content-Type: application/json'".to_owned());
    let body = serde_json::to_string(body).unwrap_or_default();
    if body != "null" {
        parts.push(format!("--data-binary {}", quoted(&body)));
    }
    parts.join(" \\\n  ")
}

/// A word that a shell takes as it is.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Family,
        api::{Absent, ApplyChange, ChangeRequest, ChangeTarget, ServerId},
        change::{Edit, Place},
    };

    #[test]
    fn a_body_survives_the_shell() {
        let target = ChangeTarget {
            server: ServerId::new("lab").unwrap(),
            family: Family::V4,
            based_on: None,
            edits: Vec::new(),
        };
        let place = Place::root().class("phones");
        let class =
            serde_json::json!({"name": "phones", "test": "option[60].text == 'o''k' \\ \"x\" $HOME `id`"});
        let request = ChangeRequest {
            targets: vec![target],
            edits: vec![Edit::add(place, class)],
            comment: "zoë's".to_owned(),
            absent: Absent::Wait,
            undoes: None,
            restores: None,
        };
        let line = curl::<ApplyChange>("https://perch.example.org", &(), &request, false);
        assert!(!line.contains("Authorization"), "{line}");
        // What a shell makes of the last word.
        let word = line.split_once("--data-binary '").unwrap().1.strip_suffix('\'').unwrap();
        let body: ChangeRequest = serde_json::from_str(&word.replace(r"'\''", "'")).unwrap();
        assert_eq!(body, request);
        assert!(!word.replace(r"'\''", "").contains('\''), "{word}");
    }
}
