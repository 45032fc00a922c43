//! A state directory to break.

use perch::{
    kea::Packed,
    store::{Archive, EditList, IntentPlan, OpenError, StateDir, Target},
};
use perch_shared::{
    Family,
    api::{Moment, ServerId},
    change::{Edit, Place},
    config::Config,
};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

pub fn open(dir: &Path) -> Arc<Archive> {
    Arc::new(Archive::open(Arc::new(state_dir(dir))).unwrap())
}

/// A process that another test is about to start holds a copy of the lock for a moment.
fn state_dir(dir: &Path) -> StateDir {
    let end = Instant::now() + Duration::from_secs(5);
    loop {
        match StateDir::open(dir) {
            Err(OpenError::InUse(_)) if Instant::now() < end => std::thread::yield_now(),
            opened => return opened.unwrap(),
        }
    }
}

/// A configuration with secrets, as `config-get` prints it.
pub fn config(lifetime: u32) -> Config {
    let root = json!({
        "valid-lifetime": lifetime,
        "lease-database": {"type": "mysql", "user": "kea", "password": "s3cret-one"},
        "hooks-libraries": [{"library": "libdhcp_ha.so", "parameters": {"high-availability": [{
            "peers": [{"name": "a", "basic-auth-password": "s3cret-two"}]}]}}],
    });
    Config { family: Family::V4, root }
}

pub fn packed(config: &Config) -> Packed {
    Packed::of(config).unwrap()
}

pub fn edit(name: &str) -> Edit {
    let option = json!({"code": 15, "data": name});
    serde_json::from_value(json!({"place": [{"option": {"code": 15}}], "after": option})).unwrap()
}

/// Sets a password.
pub fn password(before: &str, after: &str) -> Edit {
    Edit::set(Place::root().key("lease-database").key("password"), Some(before.into()), Some(after.into()))
}

pub fn server(id: &str) -> ServerId {
    ServerId::new(id).unwrap()
}

pub fn target(id: &str, hash: &str) -> Target {
    let before = Moment { hash: Some(hash.to_owned()), snapshot: None };
    Target { server: server(id), family: Family::V4, list: 0, before, meant: Moment::default() }
}

pub fn plan(list: EditList, targets: &[&str]) -> IntentPlan {
    let targets = targets.iter().map(|id| target(id, "AB")).collect();
    IntentPlan { lists: vec![list], targets, comment: "because".to_owned(), ..IntentPlan::default() }
}

/// The lines of the history.
pub fn lines(dir: &Path) -> Vec<Value> {
    let text = fs::read_to_string(dir.join("audit.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap_or(Value::Null)).collect()
}

/// All files below a directory.
pub fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}
