//! Starting chromedriver and a session, and the two of its commands that WebDriver does not have.

use crate::{process::Process, wait};
use fantoccini::{Client, ClientBuilder, wd::WebDriverCompatibleCommand};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    process::Command,
};
use url::{ParseError, Url};

/// chromedriver and Chromium: `PERCH_CHROMEDRIVER` and `PERCH_CHROMIUM`, or where Debian puts them.
pub(super) fn find() -> Result<(PathBuf, PathBuf), String> {
    let path = |variable: &str, default: &str| {
        let path = std::env::var_os(variable).map_or_else(|| PathBuf::from(default), PathBuf::from);
        if path.exists() {
            Ok(path)
        } else {
            Err(format!("{} is not here; `cargo xtask test` installs it, or set {variable}", path.display()))
        }
    };
    Ok((path("PERCH_CHROMEDRIVER", "/usr/bin/chromedriver")?, path("PERCH_CHROMIUM", "/usr/bin/chromium")?))
}

/// Starts chromedriver on a port that it chooses.
pub(super) fn start(chromedriver: &Path, folder: &Path) -> (Process, u16) {
    let mut command = Command::new(chromedriver);
    command.arg("--port=0").env("TMPDIR", folder);
    let mut driver = Process::start(command, &folder.join("chromedriver.log"));
    let port = wait::until("chromedriver", || {
        if let Some(status) = driver.ended() {
            panic!("chromedriver ended: {status}\n{}", driver.log_tail());
        }
        let log = driver.log();
        let port = log.split("successfully on port ").nth(1).and_then(|rest| rest.split('.').next());
        port.and_then(|port| port.trim().parse().ok()).ok_or(log)
    });
    (driver, port)
}

/// Starts Chromium with a fresh profile, recording what it loads and logs.
pub(super) async fn session(port: u16, chromium: &Path, profile: &Path) -> Client {
    let capabilities = json!({
        "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        "goog:chromeOptions": {
            "binary": chromium,
            "args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", "--disable-breakpad", "--lang=en-GB",
                format!("--user-data-dir={}", profile.join("profile").display()),
            ]
        }
    });
    let Value::Object(capabilities) = capabilities else { unreachable!("it is a map") };
    ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&format!("http://127.0.0.1:{port}"))
        .await
        .expect("a session with Chromium")
}

/// A command of chromedriver's own.
#[derive(Debug)]
pub(super) enum Chrome {
    /// One command of Chromium's developer protocol.
    Cdp(Value),
    /// What was logged since the last call, of one type.
    Log(&'static str),
}

impl WebDriverCompatibleCommand for Chrome {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        let path = match self {
            Self::Cdp(_) => "goog/cdp/execute",
            Self::Log(_) => "se/log",
        };
        base.join(&format!("session/{}/{path}", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        let body = match self {
            Self::Cdp(body) => body.clone(),
            Self::Log(kind) => json!({"type": kind}),
        };
        (http::Method::POST, Some(body.to_string()))
    }
}
