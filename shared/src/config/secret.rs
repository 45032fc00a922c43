//! Which values of a configuration are secrets.

use serde_json::Value;

/// What is shown in place of a secret.
pub const HIDDEN: &str = "••••";

/// Whether the value below `key` is a secret: `password`, `basic-auth-password`, `secret` and the like. Keys such as
/// `password-file` hold a path. Source: Kea hides the same keys when it logs a configuration (`redact_config.cc`,
/// 2.2.0 to 3.0.4).
pub fn is_secret(key: &str) -> bool {
    key.ends_with("password") || key.ends_with("secret")
}

/// A copy of what stands below `key` with its secrets hidden. `config-get` returns them in clear text.
pub fn hidden(key: &str, value: &Value) -> Value {
    let mut copy = value.clone();
    each_secret(key, &mut copy, &mut |secret| *secret = HIDDEN.into());
    copy
}

/// Calls `visit` for every secret in what stands below `key`. Everything below a secret key is one, whatever its
/// kind; `null` is none.
pub fn each_secret(key: &str, value: &mut Value, visit: &mut impl FnMut(&mut Value)) {
    walk(is_secret(key), value, visit);
}

/// JSON is read with at most 128 levels, so the recursion ends.
fn walk(secret: bool, value: &mut Value, visit: &mut impl FnMut(&mut Value)) {
    match value {
        Value::Object(map) => {
            map.iter_mut().for_each(|(key, value)| walk(secret || is_secret(key), value, visit));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| walk(secret, item, visit)),
        Value::Null => {}
        _ if secret => visit(value),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn secrets_are_known_by_their_keys() {
        for (key, secret) in [
            ("password", true),
            ("basic-auth-password", true),
            ("secret", true),
            ("shared-secret", true),
            ("password-file", false),
            ("secret-file", false),
            ("user", false),
        ] {
            assert_eq!(is_secret(key), secret, "{key}");
        }
    }

    #[test]
    fn every_secret_is_hidden_and_nothing_else() {
        let config = json!({"lease-database": {"user": "kea", "password": "one"}, "x": [{"secret": [2, {"a": true}]}],
            "hosts-databases": [{"password": null, "password-file": "/p"}]});
        let expected = json!({"lease-database": {"user": "kea", "password": "••••"},
            "x": [{"secret": ["••••", {"a": "••••"}]}], "hosts-databases": [{"password": null, "password-file": "/p"}]});
        assert_eq!(hidden("", &config), expected);
        assert_eq!(hidden("password", &json!("x")), json!("••••"));
        assert_eq!(hidden("user", &json!("x")), json!("x"));
    }
}
