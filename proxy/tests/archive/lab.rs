//! A state directory to break.

use perch::store::{Archive, EditList, IntentPlan, StateDir, Target};
use perch_shared::{
    Family,
    api::{Moment, ServerId},
    change::Edit,
    config::Config,
};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

pub fn open(dir: &Path) -> Arc<Archive> {
    Arc::new(Archive::open(Arc::new(StateDir::open(dir).unwrap())).unwrap())
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

pub fn edit(name: &str) -> Edit {
    serde_json::from_value(json!({"edit": "set-option", "after": {"code": 15, "data": name}})).unwrap()
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
