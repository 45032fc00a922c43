//! A Perch with users and tokens, and how somebody asks it.

use crate::{
    fake_kea::FakeKea,
    world::{Options, Reply, World, channel, config, record, request},
};
use axum::{
    body::Body,
    http::{Method, Request},
};
use jiff::{SignedDuration, Timestamp};
use perch::auth::{Auth, AuthSettings, Digest, Hashed, Peer, Token, User, change, people_path};
use perch_shared::{
    Family,
    api::{ChannelKind, Role, ServerId},
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, path::Path};

pub const PASSWORD: &str = "correct horse battery";

/// A Perch with users, who are named after their roles, with two servers: `lab`, which answers, and `other`.
pub struct Staffed {
    pub world: World,
    pub kea: FakeKea,
    pub dir: tempfile::TempDir,
}

pub fn servers(ids: &[&str]) -> Option<BTreeSet<ServerId>> {
    Some(ids.iter().map(|id| ServerId::new(*id).unwrap()).collect())
}

pub fn add_user(state: &Path, name: &str, role: Role, servers: Option<BTreeSet<ServerId>>) {
    // One hash serves all: making it is what takes time.
    static HASHED: std::sync::LazyLock<Hashed> =
        std::sync::LazyLock::new(|| Hashed::new("", PASSWORD).unwrap());
    let user = User { name: name.parse().unwrap(), role, servers, password: Some(HASHED.clone()) };
    change(state, |people| {
        people.users.push(user);
        Ok(())
    })
    .unwrap();
}

pub fn add_token(state: &Path, name: &str, role: Role, secret: &str, hours: Option<i64>) {
    let created = Timestamp::now();
    let expires = hours.map(|hours| created + SignedDuration::from_hours(hours));
    let (name, digest) = (name.parse().unwrap(), Digest::of(secret));
    change(state, |people| {
        people.tokens.push(Token { name, role, servers: None, digest, created, expires });
        Ok(())
    })
    .unwrap();
}

impl Staffed {
    pub async fn new(settings: AuthSettings) -> Self {
        let dir = tempfile::tempdir().unwrap();
        for role in Role::ALL {
            add_user(dir.path(), role.word(), role, None);
        }
        add_user(dir.path(), "here", Role::Administrator, servers(&["lab"]));
        add_user(dir.path(), "elsewhere", Role::Administrator, servers(&["other"]));
        let kea = FakeKea::start(config()).await;
        let world = World::new(Options { auth: Auth::new(dir.path(), settings), ..Options::default() });
        let channel = |kind| channel(&kea.url(), kind, &[Family::V4]);
        let lab = record("lab", vec![channel(ChannelKind::ControlAgent)]);
        world.app.store.include_records(vec![lab, record("other", Vec::new())]);
        Self { world, kea, dir }
    }

    pub fn file(&self) -> std::path::PathBuf {
        people_path(self.dir.path())
    }

    /// Signs in and gives the cookie.
    pub async fn cookie(&self, user: &str) -> String {
        let reply = self.sign_in(user, PASSWORD, &[]).await;
        assert_eq!(reply.status, 200, "{:?}", reply.body);
        let cookie = reply.header("set-cookie").split(';').next().unwrap();
        cookie.to_owned()
    }

    pub async fn sign_in(&self, user: &str, password: &str, headers: &[(&str, &str)]) -> Reply {
        let mut all = vec![("content-type", "application/json")];
        all.extend(headers);
        let body = json!({"user": user, "password": password}).to_string();
        self.world.send(request(Method::POST, "/api/v1/session", &all).body(Body::from(body)).unwrap()).await
    }

    /// What the page is told about whoever sends these headers.
    pub async fn session(&self, headers: &[(&str, &str)]) -> Value {
        self.ask(Method::GET, "/api/v1/session", headers).await.json()
    }

    pub async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Reply {
        self.world.send(request(method, path, headers).body(Body::empty()).unwrap()).await
    }
}

/// A request that comes from an address.
pub fn from(address: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = request(Method::GET, "/api/v1/servers", headers).body(Body::empty()).unwrap();
    request.extensions_mut().insert(Peer { address: address.parse().unwrap(), tls: false });
    request
}
