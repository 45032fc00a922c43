//! `perch.toml`.

use super::{
    mistake::{Mistake, Mistakes},
    open_id,
    section::Section,
    server::ServerSettings,
    sign_in,
    value::HostName,
};
use crate::{auth::AuthSettings, kea, store::Retention, web};
use std::{
    fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};
use toml::de::DeTable;

/// What stands in `perch.toml`. Whatever is left out has its default; the command line goes before the file.
#[derive(Debug, Clone, Default)]
pub struct PerchToml {
    /// `listen`: address and port that Perch listens on. Default `127.0.0.1:8080`. What other machines can reach needs
    /// users, and TLS or a declared proxy.
    pub listen: Option<SocketAddr>,
    /// `state`: the directory of Perch's own files. Default: `$STATE_DIRECTORY`, else `$XDG_STATE_HOME/perch`, else
    /// `~/.local/state/perch`.
    pub state: Option<PathBuf>,
    /// `allowed-hosts`: host names under which Perch answers besides `localhost` and the loopback addresses; the
    /// name of a reverse proxy in front of it, without a port. Default: none.
    pub allowed_hosts: Vec<String>,
    /// `tls-cert` and `tls-key`: PEM files of Perch's own certificate and its key; read again when they change.
    /// Default: no TLS.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// `[sign-in]`, `[oidc]` and `[proxy]`: how people sign in.
    pub auth: AuthSettings,
    /// `sync-interval`: seconds between two looks at a Kea daemon where nothing is wrong. Default 30.
    pub sync_interval: Option<Duration>,
    /// What a request to Perch may cost. `[limits]` `body-size`: the longest request in bytes, default 32 MiB.
    /// `[timeouts]` `headers`, `body`, `request`: seconds until headers and body of a request have arrived (30 each)
    /// and until it is answered (600).
    pub limits: web::Limits,
    /// What a command to Kea may cost. `[limits]` `answer-size`: the longest answer in bytes, default 64 MiB.
    /// `[timeouts]` `connect`, `answer`: seconds until the connection is there (3) and until the answer is (65).
    pub kea: kea::Limits,
    /// `[history]` `keep-changes`: how many changes the history keeps at most, default 1000; `keep-days`: for how
    /// many days, default 365. The last hundred are kept however old they are.
    pub history: Retention,
    /// `[[server]]`: servers that are always there.
    pub servers: Vec<ServerSettings>,
}

/// Why the settings file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// It cannot be read.
    #[error("cannot read {path}: {error}\n  help: check the path behind `--config`", path = .0.display(), error = .1)]
    Io(PathBuf, io::Error),
    /// It holds mistakes.
    #[error(transparent)]
    Mistakes(#[from] Mistakes),
}

/// Reads a settings file.
///
/// # Errors
/// When it cannot be read, or holds mistakes: all of them.
pub fn read(path: &Path) -> Result<PerchToml, SettingsError> {
    let text = fs::read_to_string(path).map_err(|error| SettingsError::Io(path.to_owned(), error))?;
    parse(&text).map_err(|mistakes| Mistakes::new(path.to_owned(), &text, mistakes).into())
}

/// Reads the text of a settings file.
///
/// # Errors
/// All mistakes in it.
pub fn parse(text: &str) -> Result<PerchToml, Vec<Mistake>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let mistake = |error: toml::de::Error| Mistake {
            span: error.span().unwrap_or_default(),
            what: error.message().to_owned(),
            help: "the file is not TOML at this place; see https://toml.io".to_owned(),
        };
        return Err(errors.into_iter().map(mistake).collect());
    }
    let mut top = Section::new("", 0..0, Some(table.get_ref()));
    let mut mistakes = Vec::new();
    let mut settings = PerchToml {
        listen: top.get("listen"),
        state: top.get("state"),
        allowed_hosts: allowed_hosts(&mut top),
        tls: sign_in::tls(&mut top),
        sync_interval: top.get("sync-interval"),
        ..PerchToml::default()
    };
    mistakes.extend(read_limits(top.section("limits"), &mut settings));
    mistakes.extend(read_timeouts(top.section("timeouts"), &mut settings));
    mistakes.extend(sign_in::lifetimes(top.section("sign-in"), &mut settings.auth.lifetimes));
    mistakes.extend(sign_in::proxy(top.section("proxy"), &mut settings.auth.proxy));
    if top.has("oidc") {
        let (found, wrong) = open_id::read(top.section("oidc"), &settings.allowed_hosts);
        settings.auth.open_id = found;
        mistakes.extend(wrong);
    }
    mistakes.extend(read_history(top.section("history"), &mut settings.history));
    for mut section in top.sections("server") {
        settings.servers.extend(ServerSettings::read(&mut section));
        mistakes.extend(section.finish());
    }
    mistakes.extend(top.finish());
    if mistakes.is_empty() { Ok(settings) } else { Err(mistakes) }
}

fn allowed_hosts(top: &mut Section<'_>) -> Vec<String> {
    let names: Vec<HostName> = top.get("allowed-hosts").unwrap_or_default();
    names.into_iter().map(|name| name.0).collect()
}

fn read_limits(mut section: Section<'_>, settings: &mut PerchToml) -> Vec<Mistake> {
    set(&mut settings.limits.body_size, section.get("body-size").and_then(|size: u64| size.try_into().ok()));
    set(&mut settings.kea.answer_bytes, section.get("answer-size"));
    section.finish()
}

fn read_history(mut section: Section<'_>, keep: &mut Retention) -> Vec<Mistake> {
    set(&mut keep.changes, section.get("keep-changes").and_then(|count: u64| count.try_into().ok()));
    set(&mut keep.days, section.get("keep-days").and_then(|days: u64| days.try_into().ok()));
    section.finish()
}

fn read_timeouts(mut section: Section<'_>, settings: &mut PerchToml) -> Vec<Mistake> {
    set(&mut settings.kea.connect, section.get("connect"));
    set(&mut settings.kea.answer, section.get("answer"));
    set(&mut settings.limits.header_time, section.get("headers"));
    set(&mut settings.limits.body_time, section.get("body"));
    set(&mut settings.limits.request_time, section.get("request"));
    section.finish()
}

pub(super) fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use perch_shared::api::Role;
    use std::time::Duration;

    fn report(text: &str) -> String {
        Mistakes::new("perch.toml".into(), text, parse(text).unwrap_err()).to_string()
    }

    #[test]
    fn an_empty_file_is_all_defaults() {
        let settings = parse("").unwrap();
        assert_eq!((settings.limits, settings.kea), (web::Limits::default(), kea::Limits::default()));
        assert!(settings.servers.is_empty() && settings.listen.is_none() && settings.state.is_none());
    }

    #[test]
    fn the_example_shows_the_defaults() {
        let settings = parse(include_str!("../../perch.example.toml")).unwrap();
        assert_eq!(settings.history, Retention::default());
        assert_eq!((settings.limits, settings.kea), (web::Limits::default(), kea::Limits::default()));
        assert_eq!(settings.listen, Some(crate::settings::DEFAULT_LISTEN));
    }

    #[test]
    fn every_key_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str, text: &str| {
            let path = dir.path().join(name);
            fs::write(&path, text).unwrap();
            path.display().to_string()
        };
        let (password, pem) = (path("password", "s3cret\n"), path("ca.pem", ""));
        let text = format!(
            r#"listen = "localhost:81"
            state = "/srv/perch"
            allowed-hosts = ["perch.example.org"]
            limits = {{ body-size = 1, answer-size = 2 }}
            history = {{ keep-changes = 8, keep-days = 9 }}
            timeouts = {{ connect = 0.5, answer = 4, headers = 5, body = 6, request = 7 }}
            tls-cert = "{pem}"
            tls-key = "{pem}"
            sign-in = {{ idle = 8, absolute = 9 }}
            proxy = {{ addresses = ["192.0.2.1"], user-header = "X-Remote-User", role = "operator" }}
            [[server]]
            name = "Head office"
            addresses = ["https://kea:8000", "unix:/run/kea/kea4-ctrl-socket"]
            user = "perch"
            password-file = "{password}"
            trust-anchor = "{pem}"
            cert-file = "{pem}"
            key-file = "{pem}""#
        );
        let settings = parse(&text).unwrap();
        assert_eq!(settings.listen, Some("127.0.0.1:81".parse().unwrap()));
        assert_eq!(settings.allowed_hosts, ["perch.example.org"]);
        assert_eq!((settings.limits.body_size, settings.kea.answer_bytes), (1, 2));
        assert_eq!(settings.kea.connect, Duration::from_millis(500));
        assert_eq!(settings.limits.request_time, Duration::from_secs(7));
        assert_eq!(settings.tls, Some((pem.clone().into(), pem.clone().into())));
        assert_eq!(settings.auth.lifetimes.absolute, Duration::from_secs(9));
        assert_eq!(settings.auth.proxy.user_header.as_ref().unwrap(), "x-remote-user");
        assert_eq!(settings.auth.proxy.role, Some(Role::Operator));
        assert_eq!(settings.history, Retention { changes: 8, days: 9 });
        let server = settings.servers[0].clone().into_new_server();
        assert_eq!(server.name, "Head office");
        assert_eq!(server.channels[0].address, "https://kea:8000");
        assert_eq!(server.credentials.unwrap().password, "s3cret");
        assert_eq!(server.tls.key_file, Some(pem));
    }

    #[test]
    fn every_mistake_is_reported_with_its_place_and_a_remedy() {
        let text = "lisen = \"127.0.0.1:80\"\nlisten = \"everywhere\"\nstate = 5\n[limits]\nbody-size = 0\n\
                    [timeouts]\nbody = \"soon\"\n[[server]]\nname = \"a\"\naddresses = [\"ftp://kea\"]\n\
                    user = \"é\"\ntrust-anchor = \"/none\"\nkey-file = \"/none\"\npasswort-file = \"x\"\n";
        let report = report(text);
        for expected in [
            "perch.toml:1:1: unknown key `lisen`\n  help: did you mean `listen`?",
            "perch.toml:2:10: `listen`: `everywhere` is not an IP address and a port\n  help: write `127.0.0.1:8080`",
            "perch.toml:3:9: `state`: expected a text, found integer",
            "perch.toml:5:13: `body-size`: the number must be greater than 0",
            "perch.toml:7:8: `body`: expected a number of seconds, found string",
            "perch.toml:10:13: `addresses`: `ftp:` is not a way to reach Kea",
            "perch.toml:11:8: `user` without a password",
            "perch.toml:12:16: `trust-anchor`: cannot read `/none`",
            "perch.toml:13:12: `key-file`: cannot read `/none`",
            "perch.toml:13:12: `key-file` without `cert-file`",
            "perch.toml:14:1: unknown key `passwort-file` in `server`\n  help: did you mean `password-file`?",
        ] {
            assert!(report.contains(expected), "{expected}\n--- in:\n{report}");
        }
    }

    #[test]
    fn what_protects_perch_is_not_half_done() {
        for (text, expected) in [
            ("tls-cert = \"/none\"", "`tls-cert` without `tls-key`"),
            ("[proxy]\nuser-header = \"X-User\"", "`user-header` without `addresses`"),
            ("[proxy]\naddresses = [\"192.0.2.1\"]\nrole = \"viewer\"", "`role` without `user-header`"),
            ("[proxy]\naddresses = [\"proxy.example.org\"]", "`proxy.example.org` is not an address"),
            (
                "[proxy]\naddresses = [\"192.0.2.1\"]\nuser-header = \"Authorization\"",
                "browsers and scripts send",
            ),
            ("[proxy]\naddresses = [\"192.0.2.1\"]\nuser-header = \"a b\"", "`a b` is not a header's name"),
            ("[sign-in]\nidle = 0", "`idle`"),
        ] {
            assert!(report(text).contains(expected), "{text}: {}", report(text));
        }
    }

    #[test]
    fn a_password_may_come_from_the_environment() {
        let server = "[[server]]\naddresses = [\"http://kea\"]\nuser = \"perch\"\n";
        let settings = parse(&format!("{server}password-env = \"PATH\"")).unwrap();
        assert_eq!(
            settings.servers[0].credentials.as_ref().unwrap().password,
            std::env::var("PATH").unwrap()
        );
        let unset = report(&format!("{server}password-env = \"PERCH_TEST_UNSET\""));
        assert!(unset.contains("`password-env`: the variable `PERCH_TEST_UNSET` is not set"), "{unset}");
        let both = report(&format!("{server}password-env = \"PATH\"\npassword-file = \"/none\""));
        assert!(both.contains("`password-file` and `password-env`"), "{both}");
    }

    #[test]
    fn a_server_needs_an_address() {
        assert!(report("[[server]]\nname = \"a\"").contains("perch.toml:1:1: the server has no addresses"));
        assert!(
            report("[[server]]\naddresses = []").contains("perch.toml:2:13: the server has no addresses")
        );
    }

    #[test]
    fn an_address_with_a_password_is_not_repeated() {
        let report = report("[[server]]\naddresses = [\"http://admin:s3cret@kea\"]");
        assert!(!report.contains("s3cret"), "{report}");
    }

    #[test]
    fn an_allowed_host_is_a_name_alone() {
        for host in ["https://perch.example.org", "perch.example.org:443", "a/b", " "] {
            let report = report(&format!("allowed-hosts = [\"{host}\"]"));
            assert!(report.contains("perch.toml:1:17: `allowed-hosts`"), "{report}");
        }
    }

    #[test]
    fn what_is_not_toml_has_a_place() {
        let report = report("listen = \"127.0.0.1:1\"\nstate = \n");
        assert!(report.starts_with("perch.toml:2:"), "{report}");
    }

    #[test]
    fn tables_in_the_wrong_form_are_mistakes() {
        assert!(report("limits = 1").contains("`limits` is not a table"));
        assert!(report("[server]\nname = \"a\"").contains("`server` is not a list of tables"));
    }
}
