//! Whatever is sent to Perch, and whatever Kea answers: a clear error with the right status, and nothing is changed.

use perch_shared::{
    Family,
    api::{
        AddServer, ApplyChange, DaemonState, EditServer, Endpoint, ErrorCode, GetAbout, GetOptions,
        GetServer, ListServers, PreviewChange, ProbeServer, ReloadConfiguration, RemoveServer, SendCommand,
        ServerId,
    },
};
use perch_tests::{
    edits::add,
    fault::{Fault, Relay},
    http_client,
    lab::{Access, Lab},
    perch::{Perch, draft, failure},
};
use serde_json::{Value, json};
use std::{
    io::Write as _,
    time::{Duration, Instant},
};

const JSON: (&str, &str) = ("content-type", "application/json");

/// A real Kea behind a relay, and a Perch that is impatient.
struct Site {
    lab: Lab,
    perch: Perch,
    relay: Relay,
    agent: String,
    id: ServerId,
    before: Snapshot,
}

/// Everything that must not change.
#[derive(Debug, PartialEq)]
struct Snapshot {
    inventory: Option<Vec<u8>>,
    running: [Value; 2],
    files: [Vec<u8>; 2],
}

/// A request that is good but for what a test makes of it.
struct Request {
    method: &'static str,
    path: String,
    body: Value,
}

impl Site {
    fn open() -> Option<Self> {
        let mut lab = Lab::open("2.6.3")?;
        let agent = lab.start_behind_agent(Access::Open);
        let relay = Relay::before(&agent);
        let perch = Perch::serve_with_settings("[timeouts]\nanswer = 2\nbody = 2\n");
        let id = perch.add(&[&relay.address()]);
        let before = snapshot(&lab, &perch);
        Some(Self { lab, perch, relay, agent, id, before })
    }

    /// Holds Perch and Kea to having changed nothing.
    fn unchanged(&self, what: &str) {
        let now = snapshot(&self.lab, &self.perch);
        assert!(now == self.before, "{what} changed something:\n{now:#?}\nbefore:\n{:#?}", self.before);
    }

    /// Every request that takes a body.
    fn with_bodies(&self) -> Vec<Request> {
        let based_on = self.perch.options(&self.id, Family::V4).unwrap().hash;
        let targets = json!([{"server": self.id, "family": "dhcp4", "based-on": based_on}]);
        let change = json!({"targets": targets, "edits": [add("domain-name-servers", "192.0.2.1")]});
        let draft = json!({"name": "other", "addresses": [self.relay.address()]});
        vec![
            request::<AddServer>(&(), draft.clone()),
            request::<ProbeServer>(&(), draft.clone()),
            request::<EditServer>(&(self.id.clone(),), draft),
            request::<SendCommand>(
                &(self.id.clone(),),
                json!({"command": "config-get", "service": ["dhcp4"]}),
            ),
            request::<PreviewChange>(&(), change.clone()),
            request::<ApplyChange>(&(), change),
        ]
    }

    /// Sends what must fail, and gives the failure's status.
    fn refused(&self, request: &Request, headers: &[(&str, &str)], body: &[u8]) -> u16 {
        let reply = self.perch.send(request.method, &request.path, headers, body);
        assert!(reply.status >= 400, "{} {}: {}", request.method, request.path, reply.text());
        failure(&reply).status
    }
}

fn snapshot(lab: &Lab, perch: &Perch) -> Snapshot {
    Snapshot {
        inventory: perch.inventory(),
        running: Family::ALL.map(|family| lab.running(family)),
        files: Family::ALL.map(|family| std::fs::read(lab.config_file(family)).unwrap()),
    }
}

fn request<E: Endpoint>(params: &E::Params, body: Value) -> Request {
    let method = match E::METHOD {
        perch_shared::api::Method::Get => "GET",
        perch_shared::api::Method::Post => "POST",
        perch_shared::api::Method::Put => "PUT",
        perch_shared::api::Method::Delete => "DELETE",
    };
    Request { method, path: E::path(params), body }
}

#[test]
fn bodies_that_are_not_what_they_should_be() {
    let Some(site) = Site::open() else { return };
    for request in site.with_bodies() {
        let say = |what: &str| format!("{} {} with {what}", request.method, request.path);
        let more = format!("{} more", request.body);
        for text in ["", "{", "hello", "{'a': 1}", &more, "\u{feff}{}", "\0"] {
            assert_eq!(site.refused(&request, &[JSON], text.as_bytes()), 400, "{}", say(text));
        }
        assert_eq!(site.refused(&request, &[JSON], b"\xff\xfe{}"), 400, "{}", say("bytes that are not text"));
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let status = site.refused(&request, &[JSON], deep.as_bytes());
        assert!(status == 400 || status == 422, "{}: {status}", say("100 000 levels"));
        for text in ["null", "17", "\"text\"", "[]", "[1]", "{}"] {
            assert_eq!(site.refused(&request, &[JSON], text.as_bytes()), 422, "{}", say(text));
        }
        let mut unknown = request.body.clone();
        unknown["surprise"] = json!(1);
        let unknown = unknown.to_string();
        assert_eq!(site.refused(&request, &[JSON], unknown.as_bytes()), 422, "{}", say(&unknown));
        for key in request.body.as_object().unwrap().keys() {
            let mut wrong = request.body.clone();
            wrong[key] = json!({"wrong": [true]});
            // `arguments` of a command may be anything; Kea judges it.
            let wrong = wrong.to_string();
            assert_eq!(site.refused(&request, &[JSON], wrong.as_bytes()), 422, "{}", say(&wrong));
        }
        let good = request.body.to_string();
        for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""] {
            let headers = [("content-type", kind)];
            assert_eq!(site.refused(&request, &headers, good.as_bytes()), 415, "{}", say(kind));
        }
        site.unchanged(&request.path);
    }
}

#[test]
fn bodies_that_are_too_long_or_too_slow() {
    let Some(site) = Site::open() else { return };
    let huge = vec![b' '; 100 << 20];
    for request in site.with_bodies() {
        assert_eq!(site.refused(&request, &[JSON], &huge), 413, "{}", request.path);
        // The same without a length, in one chunk.
        let chunked = [format!("{:x}\r\n", huge.len()).as_bytes(), &huge, b"\r\n0\r\n\r\n"].concat();
        let headers = [JSON, ("transfer-encoding", "chunked")];
        assert_eq!(site.refused(&request, &headers, &chunked), 413, "{}", request.path);
    }
    let peak = site.perch.peak_memory();
    assert!(peak < 100 << 20, "Perch held {} MiB", peak >> 20);

    // Every request once, all at the same time: each has sent the head and the first byte.
    let requests = site.with_bodies();
    let mut slow: Vec<_> = requests
        .iter()
        .map(|request| {
            let address = site.perch.address();
            let head = http_client::head(address, request.method, &request.path, &[JSON], 1000);
            let mut stream = http_client::connect(address).unwrap();
            stream.write_all(format!("{head}{{").as_bytes()).unwrap();
            (request, stream)
        })
        .collect();
    let start = Instant::now();
    site.perch.call::<ListServers>(&(), &()).unwrap();
    assert!(start.elapsed() < Duration::from_secs(1), "others wait for a slow body");
    for (request, stream) in &mut slow {
        let reply = http_client::read_reply(stream).unwrap();
        assert_eq!(failure(&reply).status, 408, "{}", request.path);
    }
    assert!(start.elapsed() > Duration::from_secs(1), "the settings allow two seconds");
    site.unchanged("a body that is too long or too slow");
}

#[test]
fn bodies_that_break_off() {
    let Some(site) = Site::open() else { return };
    for request in site.with_bodies() {
        let address = site.perch.address();
        let body = request.body.to_string();
        let head = http_client::head(address, request.method, &request.path, &[JSON], body.len());
        let mut stream = http_client::connect(address).unwrap();
        stream.write_all(format!("{head}{}", &body[..body.len() / 2]).as_bytes()).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        // Perch may answer or just close: what matters is below.
        let _ = http_client::read_reply(&mut stream);
    }
    site.unchanged("a body that breaks off");
}

#[test]
fn paths_that_lead_nowhere() {
    let Some(site) = Site::open() else { return };
    let stranger = ServerId::new("stranger").unwrap();
    let daemon = (stranger.clone(), Family::V4);
    let change = json!({"targets": [{"server": "stranger", "family": "dhcp4"}], "edits": [add("domain-name-servers", "192.0.2.1")]});
    let unknown = [
        request::<GetServer>(&(stranger.clone(),), Value::Null),
        request::<EditServer>(&(stranger.clone(),), json!({"addresses": [site.relay.address()]})),
        request::<RemoveServer>(&(stranger.clone(),), Value::Null),
        request::<SendCommand>(&(stranger.clone(),), json!({"command": "config-get"})),
        request::<GetOptions>(&daemon, Value::Null),
        request::<ReloadConfiguration>(&daemon, Value::Null),
    ];
    let id = &site.id;
    for request in &unknown {
        let body = if request.body.is_null() { String::new() } else { request.body.to_string() };
        assert_eq!(site.refused(request, &[JSON], body.as_bytes()), 404, "{}", request.path);
        for wrong in ["UPPER", "a%2Fb", "%FF", "..%2f", &"a".repeat(65)] {
            let path = request.path.replace("stranger", wrong);
            let status = site.perch.send(request.method, &path, &[JSON], body.as_bytes()).status;
            assert!(status == 404 || status == 400, "{path}: {status}");
        }
    }
    for request in [request::<PreviewChange>(&(), change.clone()), request::<ApplyChange>(&(), change)] {
        assert_eq!(
            site.refused(&request, &[JSON], request.body.to_string().as_bytes()),
            404,
            "{}",
            request.path
        );
    }
    for path in [format!("/api/v1/servers/{id}/daemons/d2/options"), "/api/v2/servers".into(), "/api".into()]
    {
        assert_eq!(site.perch.send("GET", &path, &[], b"").status, 404, "{path}");
    }
    for (method, path) in [
        ("DELETE", ListServers::path(&())),
        ("PATCH", GetServer::path(&(id.clone(),))),
        ("POST", GetAbout::path(&())),
        ("PUT", ApplyChange::path(&())),
        ("GET", ReloadConfiguration::path(&(id.clone(), Family::V4))),
    ] {
        let reply = site.perch.send(method, &path, &[JSON], b"{}");
        assert_eq!(reply.status, 405, "{method} {path}");
        assert!(reply.header("allow").is_some(), "{method} {path}");
    }
    site.unchanged("a path that leads nowhere");
}

#[test]
fn requests_of_other_sites() {
    let Some(site) = Site::open() else { return };
    for request in site.with_bodies() {
        let body = request.body.to_string();
        for header in [
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("host", "evil.example"),
        ] {
            assert_eq!(
                site.refused(&request, &[JSON, header], body.as_bytes()),
                403,
                "{} {header:?}",
                request.path
            );
        }
    }
    let remove = RemoveServer::path(&(site.id.clone(),));
    assert_eq!(site.perch.send("DELETE", &remove, &[("origin", "https://evil.example")], b"").status, 403);
    let list = ListServers::path(&());
    assert_eq!(site.perch.send("GET", &list, &[("host", "evil.example:8080")], b"").status, 403);
    site.unchanged("another site's request");
}

#[test]
fn servers_that_are_not_there_or_not_kea_are_not_kept() {
    let Some(site) = Site::open() else { return };
    let closed = "127.0.0.1:1";
    for (addresses, status) in [
        (vec![closed], 422..=504),
        (vec!["http://127.0.0.1:1/x y"], 422..=422),
        (vec![""], 422..=422),
        (vec![], 422..=422),
        (vec!["ftp://127.0.0.1"], 422..=422),
        (vec!["unix:/nowhere.sock"], 422..=504),
    ] {
        let failed = site.perch.add_draft(draft(&addresses)).unwrap_err();
        assert!(status.contains(&failed.status), "{addresses:?} {failed:#?}");
    }
    let elsewhere = Relay::before(&site.agent);
    for fault in [
        Fault::Html,
        Fault::Garbage,
        Fault::Never,
        Fault::Unauthorized,
        Fault::Endless,
        Fault::Answer(json!([])),
        Fault::Answer(json!([{"result": "0", "text": 17}])),
    ] {
        elsewhere.break_all(fault.clone());
        let drafted = draft(&[&elsewhere.address()]);
        let report = site.perch.call::<ProbeServer>(&(), &drafted).unwrap();
        assert!(!report.is_usable(), "{fault:?} {report:#?}");
        let failed = report.steps.iter().filter(|step| step.verdict == perch_shared::api::Verdict::Failed);
        assert!(failed.clone().count() > 0, "{fault:?} {report:#?}");
        assert!(failed.clone().all(|step| step.remedy.is_some()), "{fault:?}: no remedy in {report:#?}");
        let refused = site.perch.add_draft(drafted.clone()).unwrap_err();
        assert!(refused.body.probe.is_some(), "{fault:?} {refused:#?}");
        let refused = site.perch.call::<EditServer>(&(site.id.clone(),), &drafted).unwrap_err();
        assert!(refused.body.probe.is_some(), "{fault:?} {refused:#?}");
    }
    site.unchanged("a server that is not Kea");
}

#[test]
fn keas_that_answer_nonsense_or_not_at_all() {
    let Some(site) = Site::open() else { return };
    let Site { perch, relay, id, .. } = &site;
    let based_on = perch.options(id, Family::V4).unwrap().hash;
    let edits = [add("domain-name-servers", "192.0.2.1")];
    let command = perch_shared::command::Command::new("config-get").to(Family::V4);
    for (fault, status) in [
        (Fault::Garbage, 502),
        (Fault::Html, 502),
        (Fault::Closed, 502),
        (Fault::Cut, 502),
        (Fault::Endless, 502),
        (Fault::Unauthorized, 502),
        (Fault::Answer(json!([])), 502),
        (Fault::Answer(json!({"text": "no result"})), 502),
        (Fault::Answer(json!([{"result": "0", "text": 17, "arguments": []}])), 502),
        (Fault::Never, 504),
        (Fault::Drip, 504),
    ] {
        relay.break_all(fault.clone());
        let failures = [
            perch.options(id, Family::V4).unwrap_err(),
            perch.preview(id, Family::V4, &based_on, &edits).unwrap_err(),
            perch.apply(id, Family::V4, &based_on, &edits).unwrap_err(),
            perch.call::<ReloadConfiguration>(&(id.clone(), Family::V4), &()).unwrap_err(),
            perch.call::<SendCommand>(&(id.clone(),), &command).unwrap_err(),
        ];
        for failed in failures {
            assert_eq!(failed.status, status, "{fault:?} {failed:#?}");
            assert!(failed.body.help.is_some(), "{fault:?}: no remedy in {failed:#?}");
            assert_ne!(failed.body.code, ErrorCode::Internal);
        }
        let shown = perch.call::<GetServer>(&(id.clone(),), &()).unwrap();
        assert_eq!(shown.state, DaemonState::Unreachable, "{fault:?} {shown:#?}");
        assert!(shown.daemons.iter().all(|daemon| !daemon.reasons.is_empty()), "{fault:?} {shown:#?}");
        relay.mend();
        site.unchanged(&format!("{fault:?}"));
    }
    // And Perch is none the worse for it.
    perch.apply(id, Family::V4, &based_on, &edits).unwrap();
}

#[test]
fn keas_that_answer_well_but_wrong() {
    let Some(site) = Site::open() else { return };
    let Site { perch, relay, id, .. } = &site;
    let based_on = perch.options(id, Family::V4).unwrap().hash;
    let edits = [add("domain-name-servers", "192.0.2.1")];
    for answer in [
        json!([{"result": 0}]),
        json!([{"result": 0, "arguments": {"Dhcp6": {}}}]),
        json!([{"result": 0, "arguments": {"Dhcp4": []}}]),
        json!([{"result": 0, "arguments": 17}]),
    ] {
        relay.break_command("config-get", Fault::Answer(answer.clone()));
        for failed in [
            perch.options(id, Family::V4).unwrap_err(),
            perch.preview(id, Family::V4, &based_on, &edits).unwrap_err(),
            perch.apply(id, Family::V4, &based_on, &edits).unwrap_err(),
        ] {
            assert_eq!(failed.status, 502, "{answer} {failed:#?}");
        }
    }
    relay.mend();
    site.unchanged("an answer that holds no configuration");
}
