//! A whole Perch in memory, and how to ask it.

use crate::fake_kea::FakeKea;
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode},
};
use bytes::Bytes;
use http_body_util::BodyExt;
use perch::{
    app::App,
    auth::Auth,
    controller::Controller,
    fleet::{Fleet, SYNC_INTERVAL},
    kea::{self, KeaClient},
    router::router,
    store::{Archive, ServerRecord, StateDir, Store},
    web::{Asset, Assets, Guard, Limits},
};
use perch_shared::{
    Family,
    api::{About, Channel, ChannelKind, ErrorBody, ErrorCode, Origin, Server, ServerId, TlsFiles},
};
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Reply {
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {:?}", self.body))
    }

    /// The failure inside, after the checks that every failure must pass.
    #[track_caller]
    pub fn error(&self, status: u16) -> ErrorBody {
        assert_eq!(self.status.as_u16(), status, "{:?}", self.body);
        let body: ErrorBody = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(body.code.status(), status);
        assert_eq!(self.headers["content-type"], "application/json");
        assert_eq!(self.headers["x-request-id"].to_str().unwrap(), body.request_id.as_deref().unwrap());
        assert!(body.message.ends_with('.'), "{}", body.message);
        body
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A whole Perch in memory.
#[derive(Clone)]
pub struct World {
    pub app: Arc<App>,
    router: Router,
}

pub struct Options {
    pub limits: Limits,
    pub store: Store,
    pub assets: Assets,
    pub archive: Arc<Archive>,
    pub auth: Auth,
}

impl Default for Options {
    fn default() -> Self {
        let limits =
            Limits { body_time: Duration::from_millis(300), body_size: 1 << 20, ..Limits::default() };
        Self {
            limits,
            store: Store::in_memory(),
            assets: Assets::new(|_| None::<Asset>),
            archive: Arc::new(Archive::open(Arc::new(StateDir::temporary().unwrap())).unwrap()),
            auth: Auth::open(),
        }
    }
}

/// The limit for Kea's answers in tests.
pub const ANSWER: Duration = Duration::from_millis(400);

impl World {
    pub fn new(options: Options) -> Self {
        let limits =
            kea::Limits { connect: Duration::from_secs(2), answer: ANSWER, ..kea::Limits::default() };
        let kea = KeaClient::new(limits);
        let store = Arc::new(options.store);
        let app = Arc::new(App {
            fleet: Fleet::new(&kea, store.clone(), SYNC_INTERVAL),
            about: About { version: "0".to_owned(), demo: false, try_address: None, session: None },
            controller: Controller::new(kea.clone(), options.archive.clone()),
            archive: options.archive,
            store,
            kea,
            assets: options.assets,
            guard: Guard::new("127.0.0.1:8080".parse().unwrap(), &["perch.example.org".to_owned()]),
            auth: options.auth,
            limits: options.limits,
            tasks: TaskTracker::new(),
            looked: Mutex::default(),
        });
        Self { router: router(app.clone()), app }
    }

    /// A Perch that knows one server, `lab`, behind a fake Control Agent.
    pub async fn with_kea(config: Value) -> (Self, FakeKea) {
        Self::with_kea_and(config, Options::default()).await
    }

    pub async fn with_kea_and(config: Value, options: Options) -> (Self, FakeKea) {
        let kea = FakeKea::start(config).await;
        let world = Self::new(options);
        let channel = |kind| channel(&kea.url(), kind, &[Family::V4]);
        world.app.store.include_records(vec![record("lab", vec![channel(ChannelKind::ControlAgent)])]);
        (world, kea)
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Reply { status: parts.status, headers: parts.headers, body }
    }

    /// Why a request was turned away at the gate; `None`: it was let in, whatever became of it.
    pub async fn turned_away(&self, request: Request<Body>) -> Option<ErrorCode> {
        let response = self.router.clone().oneshot(request).await.unwrap();
        if !matches!(response.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
            return None;
        }
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let body: ErrorBody = serde_json::from_slice(&body).unwrap();
        let gate = [ErrorCode::SignInNeeded, ErrorCode::NotAllowed, ErrorCode::Forbidden];
        Some(body.code).filter(|code| gate.contains(code))
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(request(Method::GET, path, &[]).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.json(Method::POST, path, body).await
    }

    pub async fn json(&self, method: Method, path: &str, body: Value) -> Reply {
        let headers = [("content-type", "application/json")];
        self.send(request(method, path, &headers).body(Body::from(body.to_string())).unwrap()).await
    }
}

pub fn request(method: Method, path: &str, headers: &[(&str, &str)]) -> axum::http::request::Builder {
    let mut builder = Request::builder().method(method).uri(path);
    if !headers.iter().any(|(name, _)| *name == "host") {
        builder = builder.header("host", "127.0.0.1:8080");
    }
    headers.iter().fold(builder, |builder, (name, value)| builder.header(*name, *value))
}

pub fn channel(address: &str, kind: ChannelKind, daemons: &[Family]) -> Channel {
    Channel { address: address.to_owned(), kind, daemons: daemons.to_vec() }
}

pub fn record(id: &str, channels: Vec<Channel>) -> ServerRecord {
    let server = Server {
        id: ServerId::new(id).unwrap(),
        name: id.to_owned(),
        origin: Origin::Demo,
        channels,
        has_credentials: false,
        tls: TlsFiles::default(),
    };
    ServerRecord { server, credentials: None }
}

/// A small configuration as `config-get` prints it.
pub fn config() -> Value {
    json!({
        "control-socket": {"socket-type": "unix", "socket-name": "/run/kea/kea4-ctrl-socket"},
        "option-data": [dns("192.0.2.53")],
        "subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "valid-lifetime": 4000}],
        "valid-lifetime": 4000,
    })
}

/// `domain-name-servers` as `config-get` prints it.
pub fn dns(data: &str) -> Value {
    json!({"always-send": false, "code": 6, "csv-format": true, "data": data, "name": "domain-name-servers",
        "never-send": false, "space": "dhcp4"})
}

/// Adds a domain name.
pub fn add_domain() -> Value {
    set_option(Value::Null, json!({"code": 15, "name": "domain-name", "data": "example.org"}))
}

/// Sets a global option; nothing (`null`) stood there before, or something did.
pub fn set_option(before: Value, after: Value) -> Value {
    let mut edit = json!({"place": [{"option": {"code": after["code"]}}], "after": after});
    if !before.is_null() {
        edit["before"] = before;
    }
    edit
}
