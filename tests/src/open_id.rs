//! A real OpenID provider (`oidc-provider`, which is certified), a Perch that knows it, and somebody who signs in.

use crate::{
    http_client::{self, Reply},
    perch::Perch,
    ports::{self, Port},
    process::Process,
    skip, wait,
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;
use url::{Url, form_urlencoded};

/// What Perch proves itself to the provider with.
pub const SECRET: &str = "a-long-secret-of-the-lab";

/// Where Perch is asked to begin.
pub const BEGIN: &str = "/api/v1/session/oidc";

/// A provider, and the port of a Perch that it knows.
#[derive(Debug)]
pub struct Provider {
    process: Process,
    folder: TempDir,
    port: Port,
    perch: Port,
}

impl Provider {
    /// Starts a provider of these people, with further settings of `provider.mjs`. `None`, and said so, where Node or the
    /// package is not installed.
    ///
    /// # Panics
    /// When it does not get ready, or when `CI` is set and it is not installed.
    pub fn start(people: &Value, more: &Value) -> Option<Self> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("provider.mjs");
        if !package().exists() {
            skip("oidc-provider is not installed: run npm ci in the folder tests");
            return None;
        }
        if Command::new("node").arg("--version").output().is_err() {
            skip("Node.js is not installed");
            return None;
        }
        let (port, perch, folder) = (ports::reserve(), ports::reserve(), TempDir::new().expect("a folder"));
        let back =
            ["127.0.0.1", "localhost"].map(|host| format!("http://{host}:{}{BEGIN}/callback", perch.number));
        let client = |id: &str| json!({"client_id": id, "client_secret": SECRET, "redirect_uris": back});
        let mut settings =
            json!({"port": port.number, "clients": [client("perch"), client("other")], "people": people});
        for (name, value) in more.as_object().into_iter().flatten() {
            settings[name] = value.clone();
        }
        let process = launch(&script, &settings, folder.path());
        let provider = Self { process, folder, port, perch };
        wait::until("the provider to listen", || {
            let log = provider.process.log();
            if log.lines().any(|line| line == "ready") { Ok(()) } else { Err(log) }
        });
        Some(provider)
    }

    /// What it calls itself.
    pub fn issuer(&self) -> String {
        format!("http://127.0.0.1:{}", self.port.number)
    }

    /// A `perch.toml` that names it, with further lines of `[oidc]`.
    pub fn settings(&self, more: &str) -> String {
        let (issuer, perch) = (self.issuer(), self.perch.number);
        format!(
            "[oidc]\nissuer = \"{issuer}\"\nclient-id = \"perch\"\nclient-secret = \"{SECRET}\"\nname = \"the lab\"\n\
             public-url = \"http://127.0.0.1:{perch}\"\nscopes = [\"profile\", \"email\", \"groups\"]\n{more}\n"
        )
    }

    /// A Perch with these settings, where the provider sends people back to.
    ///
    /// # Panics
    /// When it does not get ready.
    pub fn perch(&self, settings: &str) -> Perch {
        Perch::serve_at(([127, 0, 0, 1], self.perch.number).into(), settings)
    }

    /// Ends it, and keeps its port from others.
    pub fn stop(self) -> impl Drop {
        let Self { process, folder, port, perch } = self;
        drop(process);
        Kept { _held: (folder, port, perch) }
    }
}

struct Kept {
    _held: (TempDir, Port, Port),
}

impl Drop for Kept {
    fn drop(&mut self) {}
}

fn launch(script: &Path, settings: &Value, folder: &Path) -> Process {
    let mut node = Command::new("node");
    node.arg(script).arg(settings.to_string());
    Process::start(node, &folder.join("provider.log"))
}

fn package() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/oidc-provider/package.json")
}

/// Somebody with a browser's cookies.
#[derive(Debug, Default)]
pub struct Visitor {
    cookies: BTreeMap<(u16, String), String>,
}

impl Visitor {
    /// Asks for an address, without following where it leads.
    ///
    /// # Panics
    /// When nothing answers there.
    pub fn get(&mut self, url: &Url) -> Reply {
        self.send("GET", url, b"")
    }

    /// Signs in as somebody: from Perch to the provider and to the address that this sends them back to. `tamper` may
    /// change what Perch asks the provider for.
    ///
    /// # Panics
    /// When Perch or the provider do something else.
    pub fn sign_in(&mut self, begin: &Url, person: &str, tamper: impl FnOnce(&mut Url)) -> Url {
        let mut ask = lead(begin, &self.get(begin));
        tamper(&mut ask);
        let mut next = ask.clone();
        for _ in 0..8 {
            let reply = self.get(&next);
            if reply.status == 200 {
                let form = form_urlencoded::Serializer::new(String::new())
                    .append_pair("prompt", "login")
                    .append_pair("login", person)
                    .append_pair("password", "any")
                    .finish();
                let reply = self.send("POST", &next, form.as_bytes());
                next = lead(&next, &reply);
            } else {
                next = lead(&next, &reply);
            }
            if next.port() != ask.port() {
                return next;
            }
        }
        panic!("the provider does not send anybody back: {next}")
    }

    /// What Perch tells the page about this visitor.
    ///
    /// # Panics
    /// When Perch does not say it.
    pub fn session(&mut self, perch: &Perch) -> Value {
        let url = perch.url("/api/v1/session").parse().expect("a URL");
        serde_json::from_slice(&self.get(&url).body).expect("JSON")
    }

    /// A cookie that Perch or the provider has set.
    pub fn cookie(&self, url: &Url, name: &str) -> Option<&str> {
        let key = (url.port()?, name.to_owned());
        self.cookies.get(&key).map(String::as_str)
    }

    fn send(&mut self, method: &str, url: &Url, body: &[u8]) -> Reply {
        let port = url.port().expect("a port");
        let of_site = self.cookies.iter().filter(|((at, _), _)| *at == port);
        let cookies: Vec<String> = of_site.map(|((_, name), value)| format!("{name}={value}")).collect();
        let cookies = cookies.join("; ");
        let mut headers = vec![("cookie", cookies.as_str())];
        if !body.is_empty() {
            headers.push(("content-type", "application/x-www-form-urlencoded"));
        }
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        let reply = http_client::send(([127, 0, 0, 1], port).into(), method, path, &headers, body)
            .unwrap_or_else(|error| panic!("{method} {url}: {error}"));
        for (_, set) in reply.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let pair = set.split(';').next().and_then(|pair| pair.split_once('='));
            let (name, value) = pair.expect("a cookie");
            self.cookies.insert((port, name.to_owned()), value.to_owned());
        }
        reply
    }
}

/// Where an answer leads.
fn lead(from: &Url, reply: &Reply) -> Url {
    let target =
        reply.header("location").unwrap_or_else(|| panic!("{from}: {}: {}", reply.status, reply.text()));
    from.join(target).expect("a URL")
}
