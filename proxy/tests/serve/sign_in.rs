//! Signing in and out: sessions, their ends, guessing, proxies, and Perch without users.

use crate::{
    people::{PASSWORD, Staffed, add_user, from},
    world::{Options, World},
};
use axum::http::{HeaderName, Method};
use perch::auth::{Auth, AuthSettings, Hashed, Proxy, change};
use perch_shared::api::{ErrorCode, Role};
use serde_json::json;
use std::fs;

async fn staffed() -> Staffed {
    Staffed::new(AuthSettings::default()).await
}

#[tokio::test]
async fn without_users_everybody_here_may_do_everything() {
    let dir = tempfile::tempdir().unwrap();
    let world =
        World::new(Options { auth: Auth::new(dir.path(), AuthSettings::default()), ..Options::default() });
    let session = world.get("/api/v1/session").await.json();
    assert_eq!(session["open"], true);
    assert_eq!(
        session["who"],
        json!({"name": "local", "role": "administrator", "can-sign-out": false, "has-password": false})
    );
    assert_eq!(world.get("/api/v1/servers").await.status, 200);
    // The first user closes it, while it runs.
    add_user(dir.path(), "ada", Role::Viewer, None);
    world.get("/api/v1/servers").await.error(401);
    assert_eq!(world.get("/api/v1/session").await.json(), json!({"open": false}));
    // A file that is lost does not open it again.
    fs::remove_file(dir.path().join("users.json")).unwrap();
    world.get("/api/v1/servers").await.error(401);
}

#[tokio::test]
async fn a_session_lasts_until_somebody_signs_out() {
    let staffed = staffed().await;
    let reply = staffed.sign_in("operator", PASSWORD, &[("origin", "http://127.0.0.1:8080")]).await;
    assert_eq!(
        reply.json()["who"],
        json!({"name": "operator", "role": "operator", "can-sign-out": true, "has-password": true})
    );
    let set = reply.header("set-cookie");
    assert!(set.starts_with("perch=") && set.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{set}");
    let cookie = set.split(';').next().unwrap();
    let headers = [("cookie", cookie)];
    assert_eq!(staffed.session(&headers).await["who"]["name"], "operator");
    assert_eq!(staffed.ask(Method::GET, "/api/v1/servers", &headers).await.status, 200);
    let out = staffed.ask(Method::DELETE, "/api/v1/session", &headers).await;
    let cleared: Vec<_> = out.headers.get_all("set-cookie").iter().collect();
    assert!(cleared.len() == 2 && cleared.iter().all(|c| c.to_str().unwrap().contains("Max-Age=0")));
    staffed.ask(Method::GET, "/api/v1/servers", &headers).await.error(401);
}

#[tokio::test]
async fn over_tls_the_cookie_is_bound_to_the_host() {
    let staffed = staffed().await;
    let headers = [("origin", "https://perch.example.org"), ("host", "perch.example.org")];
    let reply = staffed.sign_in("operator", PASSWORD, &headers).await;
    let set = reply.header("set-cookie");
    assert!(
        set.starts_with("__Host-perch=") && set.contains("; Secure;") && !set.contains("Domain"),
        "{set}"
    );
    let cookie = set.split(';').next().unwrap();
    assert_eq!(staffed.session(&[("cookie", cookie)]).await["who"]["name"], "operator");
    // What somebody else has set beside it does not count.
    let both = format!("perch={}; {cookie}", "A".repeat(43));
    assert_eq!(staffed.session(&[("cookie", &both)]).await["who"]["name"], "operator");
}

#[tokio::test]
async fn signing_in_again_ends_the_session_before() {
    let staffed = staffed().await;
    let first = staffed.cookie("viewer").await;
    let again = staffed.sign_in("viewer", PASSWORD, &[("cookie", &first)]).await;
    assert_eq!(again.status, 200);
    assert_eq!(staffed.session(&[("cookie", &first)]).await.get("who"), None);
}

#[tokio::test]
async fn a_new_password_a_removal_and_a_new_role_count_at_once() {
    let staffed = staffed().await;
    let cookie = staffed.cookie("viewer").await;
    let other = staffed.cookie("operator").await;
    let who = async |cookie: &str| staffed.session(&[("cookie", cookie)]).await.get("who").cloned();
    let edit = |how: &dyn Fn(&mut perch::auth::User)| {
        change(staffed.dir.path(), |people| {
            how(people.user_mut("viewer").unwrap());
            Ok(())
        })
        .unwrap();
    };
    edit(&|user| user.role = Role::Operator);
    assert_eq!(who(&cookie).await.unwrap()["role"], "operator");
    edit(&|user| user.password = Some(Hashed::new("viewer", "another long password").unwrap()));
    assert_eq!(who(&cookie).await, None);
    staffed.sign_in("viewer", PASSWORD, &[]).await.error(401);
    assert_eq!(staffed.sign_in("viewer", "another long password", &[]).await.status, 200);
    change(staffed.dir.path(), |people| {
        people.users.retain(|user| user.name.as_str() != "operator");
        Ok(())
    })
    .unwrap();
    assert_eq!(who(&other).await, None);
    add_user(staffed.dir.path(), "operator", Role::Operator, None);
    assert_eq!(who(&other).await, None, "somebody new with an old name has no old session");
}

#[tokio::test]
async fn guessing_takes_longer_and_longer_and_names_nobody() {
    let staffed = staffed().await;
    let mut answers = Vec::new();
    for user in ["viewer", "nobody", "here"] {
        for _ in 0..5 {
            let mut error = staffed.sign_in(user, "wrong password", &[]).await.error(401);
            error.request_id = None;
            answers.push(error);
        }
        let reply = staffed.sign_in(user, PASSWORD, &[]).await;
        assert_eq!(reply.error(429).code, ErrorCode::TooMany);
        assert!((1..=2).contains(&reply.header("retry-after").parse::<u32>().unwrap()));
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "the same answer for all: {answers:#?}");
    assert_eq!(staffed.sign_in("operator", PASSWORD, &[]).await.status, 200, "others do not wait");
}

#[tokio::test]
async fn somebody_unknown_costs_as_much_as_somebody_known() {
    let staffed = staffed().await;
    let time = async |user: &str| {
        let mut times = Vec::new();
        for _ in 0..3 {
            let start = std::time::Instant::now();
            staffed.sign_in(user, "wrong password", &[]).await.error(401);
            times.push(start.elapsed());
        }
        times.into_iter().min().unwrap()
    };
    let (known, unknown) = (time("viewer").await, time("nobody").await);
    // Without a hash it would take a hundredth. The machine that runs this may be busy.
    assert!(unknown * 10 > known && known * 10 > unknown, "{known:?} {unknown:?}");
}

#[tokio::test]
async fn a_name_from_elsewhere_than_the_proxy_is_refused() {
    let proxy = Proxy {
        networks: vec!["192.0.2.1".parse().unwrap()],
        user_header: Some(HeaderName::from_static("x-remote-user")),
        role: None,
    };
    let staffed = Staffed::new(AuthSettings { proxy, ..AuthSettings::default() }).await;
    let as_user = |user: &'static str| [("x-remote-user", user)];
    let status = async |address: &str, headers: &[(&str, &str)]| {
        let reply = staffed.world.send(from(address, headers)).await;
        reply.status.as_u16()
    };
    assert_eq!(status("192.0.2.1", &as_user("viewer")).await, 200);
    assert_eq!(status("192.0.2.1", &[]).await, 401);
    for address in ["127.0.0.1", "192.0.2.2", "::1"] {
        let reply = staffed.world.send(from(address, &as_user("administrator"))).await;
        assert_eq!(reply.error(403).code, ErrorCode::Forbidden, "{address}");
    }
    let twice = [("x-remote-user", "viewer"), ("x-remote-user", "administrator")];
    for headers in [&as_user("nobody")[..], &as_user("")[..], &as_user("a b")[..], &twice] {
        assert_eq!(status("192.0.2.1", headers).await, 403, "{headers:?}");
    }
    // Without knowing where it comes from, nothing is believed.
    staffed.ask(Method::GET, "/api/v1/servers", &as_user("viewer")).await.error(403);
}

#[tokio::test]
async fn a_proxy_may_bring_people_whom_nobody_added() {
    let proxy = Proxy {
        networks: vec!["192.0.2.0/24".parse().unwrap()],
        user_header: Some(HeaderName::from_static("x-remote-user")),
        role: Some(Role::Viewer),
    };
    let dir = tempfile::tempdir().unwrap();
    let auth = Auth::new(dir.path(), AuthSettings { proxy, ..AuthSettings::default() });
    assert!(auth.is_closed().unwrap(), "a proxy that signs people in is authentication");
    let world = World::new(Options { auth, ..Options::default() });
    world.get("/api/v1/servers").await.error(401);
    let reply = world.send(from("192.0.2.7", &[("x-remote-user", "ada@example.org")])).await;
    assert_eq!(reply.status, 200);
}

#[tokio::test]
async fn a_damaged_list_of_users_lets_nobody_in() {
    let staffed = staffed().await;
    let cookie = staffed.cookie("administrator").await;
    fs::write(staffed.file(), "{").unwrap();
    for path in ["/api/v1/servers", "/api/v1/session"] {
        let error = staffed.ask(Method::GET, path, &[("cookie", &cookie)]).await.error(500);
        assert!(error.message.contains("lets nobody in"), "{}", error.message);
    }
}

#[tokio::test]
async fn a_long_answer_ends_when_rights_change() {
    let staffed = staffed().await;
    let auth = &staffed.world.app.auth;
    let who = async |user: &str| {
        let mut headers = axum::http::HeaderMap::new();
        headers.insert("cookie", staffed.cookie(user).await.parse().unwrap());
        let caller = auth.identify(None, &headers).unwrap();
        (caller.who.clone().unwrap(), caller)
    };
    let (viewer, caller) = who("viewer").await;
    let (operator, _) = who("operator").await;
    assert!(auth.is_still(&viewer) && auth.is_still(&operator));
    auth.sign_out(&caller);
    assert!(!auth.is_still(&viewer), "signed out");
    change(staffed.dir.path(), |people| {
        people.user_mut("operator").unwrap().role = Role::Viewer;
        Ok(())
    })
    .unwrap();
    assert!(!auth.is_still(&operator), "another role");
    let open = Auth::open();
    let local = open.identify(None, &axum::http::HeaderMap::new()).unwrap().who.unwrap();
    assert!(open.is_still(&local) && !auth.is_still(&local), "nobody is local where there are users");
}

#[tokio::test]
async fn the_stream_of_events_ends_with_the_session() {
    use http_body_util::BodyExt as _;
    use tower::ServiceExt as _;
    let staffed = staffed().await;
    let cookie = staffed.cookie("viewer").await;
    let request = crate::world::request(Method::GET, "/api/v1/events", &[("cookie", &cookie)]);
    let router = perch::router::router(staffed.world.app.clone());
    let response = router.oneshot(request.body(axum::body::Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.status(), 200);
    let mut body = response.into_body();
    assert!(body.frame().await.unwrap().is_ok(), "the stream has begun");
    let out = staffed.ask(Method::DELETE, "/api/v1/session", &[("cookie", &cookie)]).await;
    assert_eq!(out.status, 200);
    let rest = async { while body.frame().await.is_some() {} };
    // The next heartbeat looks again.
    tokio::time::timeout(std::time::Duration::from_secs(40), rest).await.expect("the stream has ended");
}
