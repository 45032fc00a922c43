//! Words that may stand in some places only.

use super::{
    Finding,
    tree::{File, Tree},
};

/// A word and where it may not stand.
struct Ban {
    rule: &'static str,
    /// Any of these in a line of code is a finding.
    words: &'static [&'static str],
    /// Only files in these folders are looked at; none means all.
    inside: &'static [&'static str],
    /// Files in these folders, or these files, are left alone.
    except: &'static [&'static str],
    remedy: &'static str,
}

/// All of them. Only code counts: neither comments nor a file's own tests.
const BANS: [Ban; 7] = [
    Ban {
        rule: "api-path",
        words: &["\"/api/"],
        inside: &[],
        except: &["shared/src/api", "tests", "proxy/tests", "xtask"],
        remedy: "Use the request's type in shared::api, which knows its path.",
    },
    Ban {
        rule: "link",
        words: &["href=\"/"],
        inside: &["frontend/src"],
        except: &["frontend/src/routes.rs"],
        remedy: "Use a variant of `Route`.",
    },
    Ban {
        rule: "wire-type",
        words: &["Serialize)", "Serialize,", "Deserialize)", "Deserialize,"],
        inside: &["frontend/src", "proxy/src/handlers"],
        except: &[],
        remedy: "What goes over the wire is defined in shared::api, once.",
    },
    Ban {
        rule: "untyped-json",
        words: &["serde_json::Value", "serde_json::json", "Value::Object", "serde_json::{"],
        inside: &["frontend/src"],
        except: &[],
        remedy: "Give it a type in shared.",
    },
    Ban {
        rule: "shared-is-pure",
        words: &[
            "std::fs",
            "std::process",
            "std::thread",
            "std::env",
            "SystemTime",
            "Instant",
            "TcpStream",
            "TcpListener",
            "UdpSocket",
            "UnixStream",
            "ToSocketAddrs",
            "tokio",
            "async fn",
            "println!",
        ],
        inside: &["shared/src"],
        except: &[],
        remedy: "shared is pure: take what it needs as an argument.",
    },
    Ban {
        rule: "state-in-static",
        words: &["thread_local!", "static mut ", "lazy_static!"],
        inside: &["shared/src", "frontend/src", "proxy/src"],
        except: &[],
        remedy: "Give the state to whoever needs it: a context in the page, `App` in the proxy.",
    },
    Ban {
        rule: "switched-off-test",
        words: &["#[ignore", "#[should_panic"],
        inside: &[],
        except: &["xtask/src/tidy"],
        remedy: "Assert what happens today and say why; a test that cannot run here says SKIPPED.",
    },
];

/// Looks for every banned word.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ban in &BANS {
        for file in tree.rust().filter(|file| concerns(ban, file)) {
            // Tests may be switched off where tests are.
            let whole = ban.rule == "switched-off-test";
            let lines: Vec<(usize, &str)> =
                if whole { file.lines().collect() } else { file.code().collect() };
            for (number, line) in lines {
                if let Some(word) =
                    ban.words.iter().find(|word| line.contains(**word) && !is_quoted(line, word))
                {
                    findings.push(Finding::new(
                        &file.path,
                        number,
                        ban.rule,
                        format!("`{word}` here"),
                        ban.remedy,
                    ));
                }
            }
        }
    }
    findings
}

/// Whether a file is one of those that a ban is about.
fn concerns(ban: &Ban, file: &File) -> bool {
    let inside = ban.inside.is_empty() || ban.inside.iter().any(|folder| file.is_in(folder));
    inside && !ban.except.iter().any(|place| file.is_in(place) || file.path == *place)
}

/// Whether a word without quotes of its own stands inside a string: an even number of quotes before it means outside.
fn is_quoted(line: &str, word: &str) -> bool {
    let before = line.split(word).next().unwrap_or_default();
    !word.contains('"') && before.matches('"').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::found;

    #[test]
    fn paths_are_made_in_one_place() {
        let text = "//! x\nlet path = \"/api/v1/servers\";\n";
        assert_eq!(found(check, "frontend/src/api.rs", text), [(2, "api-path")]);
        assert_eq!(found(check, "proxy/src/router.rs", text), [(2, "api-path")]);
        assert_eq!(found(check, "shared/src/api/servers.rs", text), []);
        let tests = "//! x\n#[cfg(test)]\nmod tests {\n    let path = \"/api/v1/servers\";\n}\n";
        assert_eq!(found(check, "proxy/src/router.rs", tests), []);
    }

    #[test]
    fn links_are_routes() {
        let text = "view! { <a href=\"/help\">\"Help\"</a> }\n";
        assert_eq!(found(check, "frontend/src/pages/help.rs", text), [(1, "link")]);
        assert_eq!(found(check, "frontend/src/routes.rs", text), []);
    }

    #[test]
    fn wire_types_are_shared() {
        let text = "#[derive(Debug, Serialize, Clone)]\n";
        assert_eq!(found(check, "frontend/src/state/fleet.rs", text), [(1, "wire-type")]);
        assert_eq!(found(check, "proxy/src/handlers/servers.rs", text), [(1, "wire-type")]);
        assert_eq!(found(check, "proxy/src/store/record.rs", text), []);
    }

    #[test]
    fn the_page_pokes_in_no_json() {
        assert_eq!(
            found(check, "frontend/src/api.rs", "let x: serde_json::Value = y;\n"),
            [(1, "untyped-json")]
        );
        assert_eq!(found(check, "frontend/src/api.rs", "serde_json::from_str(text)\n"), []);
    }

    #[test]
    fn shared_does_no_io() {
        assert_eq!(found(check, "shared/src/net.rs", "use std::fs;\n"), [(1, "shared-is-pure")]);
        assert_eq!(found(check, "shared/src/net.rs", "use std::net::IpAddr;\n"), []);
        assert_eq!(found(check, "shared/src/net.rs", "let text = \"an Instant\";\n"), []);
        assert_eq!(found(check, "proxy/src/net.rs", "use std::fs;\n"), []);
    }

    #[test]
    fn tests_are_not_switched_off() {
        let text = "#[cfg(test)]\nmod tests {\n    #[ignore]\n    fn x() {}\n}\n";
        assert_eq!(found(check, "shared/src/net.rs", text), [(3, "switched-off-test")]);
    }
}
