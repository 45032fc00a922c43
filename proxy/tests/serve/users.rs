//! Users and tokens by requests: who may change them, what is refused and why, what ends with it, and what the history
//! says.

use crate::{
    people::{PASSWORD, Staffed, add_user, servers},
    world::{Options, Reply, World, request},
};
use axum::{body::Body, http::Method};
use perch::auth::{Auth, AuthSettings, change};
use perch_shared::api::{ErrorCode, HistoryPage, Role};
use serde_json::{Value, json};

const NEW: &str = "another long password";

async fn send(world: &World, cookie: &str, method: Method, path: &str, body: &Value) -> Reply {
    let headers = [("content-type", "application/json"), ("cookie", cookie)];
    let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
    world.send(request(method, path, &headers).body(body).unwrap()).await
}

/// A Perch with users, and its administrator's session.
async fn administrated() -> (Staffed, String) {
    let staffed = Staffed::new(AuthSettings::default()).await;
    let cookie = staffed.cookie("administrator").await;
    (staffed, cookie)
}

#[track_caller]
fn fields(reply: &Reply, status: u16) -> Vec<String> {
    reply.error(status).fields.into_iter().map(|wrong| wrong.field).collect()
}

#[tokio::test]
async fn an_administrator_adds_changes_and_removes_users() {
    let (staffed, cookie) = administrated().await;
    let new = json!({"name": "joe", "role": "operator", "servers": ["lab"], "password": PASSWORD});
    let added = send(&staffed.world, &cookie, Method::POST, "/api/v1/users", &new).await;
    let joe = json!({"name": "joe", "role": "operator", "servers": ["lab"], "has-password": true});
    assert!(added.json()["users"].as_array().unwrap().contains(&joe), "{:#}", added.json());
    assert_eq!(added.header("set-cookie"), "", "whoever adds others stays who they are");
    let his = staffed.cookie("joe").await;
    let session = staffed.session(&[("cookie", &his)]).await;
    assert_eq!(session["who"]["role"], "operator");

    let edit = json!({"role": "viewer"});
    let edited = send(&staffed.world, &cookie, Method::PUT, "/api/v1/users/joe", &edit).await;
    let joe = json!({"name": "joe", "role": "viewer", "has-password": true});
    assert!(edited.json()["users"].as_array().unwrap().contains(&joe), "{:#}", edited.json());
    assert_eq!(staffed.session(&[("cookie", &his)]).await["who"]["role"], "viewer", "it counts at once");

    let edit = json!({"role": "viewer", "password": NEW});
    assert_eq!(send(&staffed.world, &cookie, Method::PUT, "/api/v1/users/joe", &edit).await.status, 200);
    assert_eq!(staffed.session(&[("cookie", &his)]).await.get("who"), None, "a new password ends sessions");
    let again = staffed.sign_in("joe", NEW, &[]).await;
    let his = again.header("set-cookie").split(';').next().unwrap().to_owned();

    let gone = send(&staffed.world, &cookie, Method::DELETE, "/api/v1/users/joe", &Value::Null).await;
    assert_eq!(gone.status, 200);
    assert_eq!(staffed.session(&[("cookie", &his)]).await.get("who"), None, "so does a removal");
    send(&staffed.world, &cookie, Method::DELETE, "/api/v1/users/joe", &Value::Null).await.error(404);
    send(&staffed.world, &cookie, Method::PUT, "/api/v1/users/joe", &edit).await.error(404);

    let history = send(&staffed.world, &cookie, Method::GET, "/api/v1/history", &Value::Null).await;
    let page: HistoryPage = serde_json::from_slice(&history.body).unwrap();
    let said: Vec<String> = page
        .records
        .iter()
        .filter(|record| record.who.user == "administrator")
        .flat_map(|record| record.sentences.clone())
        .collect();
    let expected = [
        "Remove user `joe`",
        "Set a new password for user `joe`",
        "Make user `joe` viewer, not operator",
        "Let user `joe` see all servers",
        "Add user `joe` as operator, who sees only `lab`",
        "Sign in",
    ];
    assert_eq!(said, expected);
    let everything = String::from_utf8(history.body.to_vec()).unwrap();
    assert!(!everything.contains(PASSWORD) && !everything.contains(NEW));
}

#[tokio::test]
async fn what_is_wrong_is_said_by_the_field_and_changes_nothing() {
    let (staffed, cookie) = administrated().await;
    let before = std::fs::read(staffed.file()).unwrap();
    let add = async |body: Value| send(&staffed.world, &cookie, Method::POST, "/api/v1/users", &body).await;
    let wrong = add(json!({"name": "b b", "role": "viewer", "servers": [], "password": "short"})).await;
    assert_eq!(fields(&wrong, 422), ["name", "servers", "password"]);
    for name in ["", "..", ".", "a/b", "é", &"x".repeat(65)] {
        assert_eq!(fields(&add(json!({"name": name, "role": "viewer"})).await, 422), ["name"], "{name}");
    }
    let twice = add(json!({"name": "viewer", "role": "viewer", "password": PASSWORD})).await;
    assert_eq!(fields(&twice, 409), ["name"]);
    let as_name = json!({"name": "a-name-for-somebody", "role": "viewer", "password": "A-name-for-somebody"});
    assert_eq!(fields(&add(as_name).await, 422), ["password"]);
    let edit = json!({"role": "viewer", "password": "short"});
    let edited = send(&staffed.world, &cookie, Method::PUT, "/api/v1/users/viewer", &edit).await;
    assert_eq!(fields(&edited, 422), ["password"]);
    let token = json!({"name": "", "role": "viewer", "servers": [], "days": 0});
    let made = send(&staffed.world, &cookie, Method::POST, "/api/v1/tokens", &token).await;
    assert_eq!(fields(&made, 422), ["name", "servers", "days"]);
    // A password in the wrong place is not repeated.
    let odd = add(json!({"name": "joe", "role": "viewer", "password": ["hunter2-hunter2"]})).await;
    assert!(!odd.error(422).message.contains("hunter2"));
    assert_eq!(std::fs::read(staffed.file()).unwrap(), before);
}

#[tokio::test]
async fn the_last_administrator_stays_one() {
    let (staffed, cookie) = administrated().await;
    // `here` and `elsewhere` are administrators of one server each: they cannot change users.
    let path = "/api/v1/users/administrator";
    let before = std::fs::read(staffed.file()).unwrap();
    let removed = send(&staffed.world, &cookie, Method::DELETE, path, &Value::Null).await.error(409);
    assert!(removed.message.contains("last administrator"), "{}", removed.message);
    for edit in [json!({"role": "operator"}), json!({"role": "administrator", "servers": ["lab"]})] {
        let refused = send(&staffed.world, &cookie, Method::PUT, path, &edit).await.error(409);
        assert_eq!(refused.code, ErrorCode::Conflict);
    }
    assert_eq!(std::fs::read(staffed.file()).unwrap(), before);
    add_user(staffed.dir.path(), "second", Role::Administrator, None);
    assert_eq!(send(&staffed.world, &cookie, Method::DELETE, path, &Value::Null).await.status, 200);
    staffed.ask(Method::GET, "/api/v1/users", &[("cookie", &cookie)]).await.error(401);
}

#[tokio::test]
async fn the_first_user_closes_perch_and_is_signed_in() {
    let dir = tempfile::tempdir().unwrap();
    let auth = Auth::new(dir.path(), AuthSettings::default());
    let world = World::new(Options { auth, ..Options::default() });
    for wrong in [
        json!({"name": "ada", "role": "operator", "password": PASSWORD}),
        json!({"name": "ada", "role": "administrator"}),
        json!({"name": "ada", "role": "administrator", "password": PASSWORD, "servers": ["lab"]}),
    ] {
        assert_eq!(fields(&send(&world, "", Method::POST, "/api/v1/users", &wrong).await, 422), ["role"]);
    }
    assert_eq!(world.get("/api/v1/servers").await.status, 200, "it is still open");
    let ada = json!({"name": "ada", "role": "administrator", "password": PASSWORD});
    let made = send(&world, "", Method::POST, "/api/v1/users", &ada).await;
    assert_eq!((made.status.as_u16(), &made.json()["open"]), (200, &json!(false)));
    world.get("/api/v1/servers").await.error(401);
    let cookie = made.header("set-cookie").split(';').next().unwrap().to_owned();
    assert_eq!(send(&world, &cookie, Method::GET, "/api/v1/users", &Value::Null).await.status, 200);
    let bob = json!({"name": "bob", "role": "administrator", "password": PASSWORD});
    send(&world, "", Method::POST, "/api/v1/users", &bob).await.error(401);
}

#[tokio::test]
async fn two_first_users_at_once_are_one() {
    let dir = tempfile::tempdir().unwrap();
    let auth = Auth::new(dir.path(), AuthSettings::default());
    let world = World::new(Options { auth, ..Options::default() });
    let add = async |name: &str| {
        let new = json!({"name": name, "role": "administrator", "password": PASSWORD});
        send(&world, "", Method::POST, "/api/v1/users", &new).await.status.as_u16()
    };
    let (one, other) = tokio::join!(add("ada"), add("bob"));
    let mut both = [one, other];
    both.sort_unstable();
    assert_eq!(both, [200, 401]);
}

#[tokio::test]
async fn the_demo_has_no_users() {
    let world = World::new(Options::default());
    let new = json!({"name": "ada", "role": "administrator", "password": PASSWORD});
    let refused = send(&world, "", Method::POST, "/api/v1/users", &new).await.error(409);
    assert!(refused.message.contains("demo"), "{}", refused.message);
}

#[tokio::test]
async fn a_token_is_made_shown_once_and_revoked() {
    let (staffed, cookie) = administrated().await;
    let new = json!({"name": "backup", "role": "viewer", "days": 30});
    let made = send(&staffed.world, &cookie, Method::POST, "/api/v1/tokens", &new).await.json();
    let secret = made["secret"].as_str().unwrap().to_owned();
    assert_eq!((secret.len(), &made["token"]["name"]), (43, &json!("backup")));
    let bearer = format!("Bearer {secret}");
    let with = [("authorization", bearer.as_str())];
    assert_eq!(staffed.ask(Method::GET, "/api/v1/servers", &with).await.status, 200);
    let twice = send(&staffed.world, &cookie, Method::POST, "/api/v1/tokens", &new).await;
    assert_eq!(fields(&twice, 409), ["name"]);
    let listed = send(&staffed.world, &cookie, Method::GET, "/api/v1/users", &Value::Null).await;
    assert!(!String::from_utf8_lossy(&listed.body).contains(&secret));
    assert!(!std::fs::read_to_string(staffed.file()).unwrap().contains(&secret));
    let gone = send(&staffed.world, &cookie, Method::DELETE, "/api/v1/tokens/backup", &Value::Null).await;
    assert_eq!(gone.json()["tokens"], json!([]));
    staffed.ask(Method::GET, "/api/v1/servers", &with).await.error(401);
    let history = send(&staffed.world, &cookie, Method::GET, "/api/v1/history", &Value::Null).await;
    let text = String::from_utf8_lossy(&history.body).into_owned();
    assert!(text.contains("Make token `backup` as viewer") && text.contains("Revoke token `backup`"));
    assert!(!text.contains(&secret));
}

#[tokio::test]
async fn everybody_changes_their_own_password() {
    let staffed = Staffed::new(AuthSettings::default()).await;
    let (mine, elsewhere) = (staffed.cookie("viewer").await, staffed.cookie("viewer").await);
    let set = async |cookie: &str, current: &str, new: &str| {
        let body = json!({"current-password": current, "password": new});
        send(&staffed.world, cookie, Method::PUT, "/api/v1/session/password", &body).await
    };
    assert_eq!(fields(&set(&mine, "not my password", NEW).await, 422), ["current-password"]);
    assert_eq!(fields(&set(&mine, PASSWORD, "short").await, 422), ["password"]);
    assert_eq!(fields(&set(&mine, PASSWORD, PASSWORD).await, 422), ["password"]);
    let done = set(&mine, PASSWORD, NEW).await;
    assert_eq!(done.json()["who"]["name"], "viewer");
    let next = done.header("set-cookie").split(';').next().unwrap().to_owned();
    assert_eq!(staffed.session(&[("cookie", &next)]).await["who"]["name"], "viewer");
    for old in [&mine, &elsewhere] {
        assert_eq!(staffed.session(&[("cookie", old)]).await.get("who"), None);
    }
    staffed.sign_in("viewer", PASSWORD, &[]).await.error(401);
    assert_eq!(staffed.sign_in("viewer", NEW, &[]).await.status, 200);
    // Whoever is limited to some servers has a password as well.
    let here = staffed.cookie("here").await;
    assert_eq!(set(&here, PASSWORD, NEW).await.status, 200);
    let administrator = staffed.cookie("administrator").await;
    let history = send(&staffed.world, &administrator, Method::GET, "/api/v1/history", &Value::Null).await;
    let text = String::from_utf8_lossy(&history.body).into_owned();
    assert!(text.contains("Set a new password for user `viewer`"), "{text}");
    assert!(!text.contains(NEW) && !text.contains(PASSWORD));
}

#[tokio::test]
async fn guessing_the_current_password_takes_longer_and_longer() {
    let staffed = Staffed::new(AuthSettings::default()).await;
    let cookie = staffed.cookie("viewer").await;
    let body = json!({"current-password": "a guess at it", "password": NEW});
    let guess = async || send(&staffed.world, &cookie, Method::PUT, "/api/v1/session/password", &body).await;
    for _ in 0..5 {
        guess().await.error(422);
    }
    assert_eq!(guess().await.error(429).code, ErrorCode::TooMany);
}

#[tokio::test]
async fn the_command_line_and_the_page_keep_each_others_users() {
    let (staffed, cookie) = administrated().await;
    let state = staffed.dir.path().to_owned();
    let by_hand = tokio::task::spawn_blocking(move || {
        for number in 0..5 {
            add_user(&state, &format!("cli-{number}"), Role::Viewer, servers(&["lab"]));
        }
    });
    for number in 0..5 {
        let new = json!({"name": format!("page-{number}"), "role": "viewer"});
        assert_eq!(send(&staffed.world, &cookie, Method::POST, "/api/v1/users", &new).await.status, 200);
    }
    by_hand.await.unwrap();
    let count = change(staffed.dir.path(), |people| Ok(people.users.len())).unwrap();
    assert_eq!(count, 5 + 10);
}
