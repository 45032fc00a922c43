//! Every request that Perch knows, sent by everybody: the table comes from the router itself, so that a new request
//! cannot be forgotten.

use crate::{
    people::{Staffed, add_token},
    world::request,
};
use axum::{body::Body, http};
use perch::{
    auth::{AuthSettings, Declared, Lifetimes},
    router::declared,
};
use perch_shared::api::{
    Access,
    ErrorCode::{self, Forbidden, NotAllowed, SignInNeeded},
    Method, Role,
};
use std::time::Duration;

/// Every route; signing out comes last, because it ends the session that the others are asked with.
fn routes() -> Vec<Declared> {
    let mut routes = declared();
    routes.sort_by_key(|route| route.method == Method::Delete && route.pattern.ends_with("/session"));
    routes
}

/// A request to a route about the server `lab`, with a body that no handler accepts.
fn knock(route: &Declared, headers: &[(&str, &str)]) -> http::Request<Body> {
    let method = match route.method {
        Method::Get => http::Method::GET,
        Method::Post => http::Method::POST,
        Method::Put => http::Method::PUT,
        Method::Delete => http::Method::DELETE,
    };
    let mut path = route.pattern.replace("{id}", "lab").replace("{family}", "dhcp4");
    path = path.replace("{snapshot}", &"0".repeat(64));
    while let (Some(start), Some(end)) = (path.find('{'), path.find('}')) {
        path.replace_range(start..=end, "1");
    }
    let mut all = vec![("content-type", "application/json")];
    all.extend(headers);
    let body = if route.method == Method::Get { Body::empty() } else { Body::from("[]") };
    request(method, &path, &all).body(body).unwrap()
}

/// Sends every request with these headers and compares what the gate says.
async fn everywhere(
    staffed: &Staffed,
    headers: &[(&str, &str)],
    expected: impl Fn(&Declared) -> Option<ErrorCode>,
) {
    for route in routes() {
        let said = staffed.world.turned_away(knock(&route, headers)).await;
        let shown: Vec<_> = headers.iter().map(|(name, _)| name).collect();
        assert_eq!(said, expected(&route), "{:?} {} with {shown:?}", route.method, route.pattern);
    }
}

fn needs_somebody(route: &Declared) -> Option<ErrorCode> {
    (route.access != Access::Anyone).then_some(SignInNeeded)
}

fn needs(role: Role) -> impl Fn(&Declared) -> Option<ErrorCode> {
    move |route| route.access.role().is_some_and(|needed| role < needed).then_some(NotAllowed)
}

#[tokio::test]
async fn each_role_may_what_the_request_says() {
    let staffed = Staffed::new(AuthSettings::default()).await;
    everywhere(&staffed, &[], needs_somebody).await;
    for role in Role::ALL {
        let cookie = staffed.cookie(role.word()).await;
        everywhere(&staffed, &[("cookie", &cookie)], needs(role)).await;
    }
}

#[tokio::test]
async fn tokens_are_held_to_their_roles() {
    let staffed = Staffed::new(AuthSettings::default()).await;
    for role in Role::ALL {
        add_token(staffed.dir.path(), role.word(), role, &format!("{role}-secret"), Some(1));
        let header = format!("Bearer {role}-secret");
        everywhere(&staffed, &[("authorization", &header)], needs(role)).await;
    }
}

#[tokio::test]
async fn whoever_is_limited_to_another_server_sees_nothing_of_this_one() {
    let staffed = Staffed::new(AuthSettings::default()).await;
    let names_server = |route: &Declared| route.pattern.contains("/servers/{id}");
    let open = |route: &Declared| {
        matches!(route.access, Access::Anyone | Access::Filtered | Access::FilteredOperator)
    };
    for (user, sees_lab) in [("here", true), ("elsewhere", false)] {
        let cookie = staffed.cookie(user).await;
        everywhere(&staffed, &[("cookie", &cookie)], |route| {
            let let_in = open(route) || (names_server(route) && sees_lab);
            (!let_in).then_some(NotAllowed)
        })
        .await;
        let cookie = staffed.cookie(user).await;
        let listed = staffed.ask(http::Method::GET, "/api/v1/servers", &[("cookie", &cookie)]).await.json();
        let ids: Vec<_> =
            listed.as_array().unwrap().iter().map(|server| server["id"].as_str().unwrap()).collect();
        assert_eq!(ids, [if sees_lab { "lab" } else { "other" }]);
    }
    let cookie = staffed.cookie("elsewhere").await;
    for id in ["lab", "no-such-server"] {
        let path = format!("/api/v1/servers/{id}");
        let reply = staffed.ask(http::Method::GET, &path, &[("cookie", &cookie)]).await;
        assert_eq!(reply.error(403).message, "`elsewhere` is limited to other servers.", "{id}");
    }
}

#[tokio::test]
async fn forged_and_expired_ones_are_nobody() {
    let staffed = Staffed::new(AuthSettings::default()).await;
    let forged = "A".repeat(43);
    for name in ["perch", "__Host-perch"] {
        everywhere(&staffed, &[("cookie", &format!("{name}={forged}"))], needs_somebody).await;
    }
    add_token(staffed.dir.path(), "old", Role::Administrator, "old-secret", Some(-1));
    // A token that is wrong is never overlooked, even where no user is needed.
    for token in [forged.as_str(), "old-secret", ""] {
        everywhere(&staffed, &[("authorization", &format!("Bearer {token}"))], |_| Some(SignInNeeded)).await;
    }
    let lifetimes = Lifetimes { idle: Duration::ZERO, ..Lifetimes::default() };
    let staffed = Staffed::new(AuthSettings { lifetimes, ..AuthSettings::default() }).await;
    let cookie = staffed.cookie("administrator").await;
    everywhere(&staffed, &[("cookie", &cookie)], needs_somebody).await;
}

#[tokio::test]
async fn another_site_gets_nowhere_even_with_a_session() {
    let staffed = Staffed::new(AuthSettings::default()).await;
    let cookie = staffed.cookie("administrator").await;
    let changing = |route: &Declared| (route.method != Method::Get).then_some(Forbidden);
    let foreign = [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")];
    for header in foreign {
        everywhere(&staffed, &[("cookie", &cookie), header], changing).await;
    }
    everywhere(&staffed, &[("cookie", &cookie), ("host", "evil.example")], |_| Some(Forbidden)).await;
}

#[tokio::test]
async fn what_is_no_route_is_for_nobody() {
    let staffed = Staffed::new(AuthSettings::default()).await;
    for path in ["/api/v1/none", "/api", "/api/v1/servers/", "/api/v1/servers/lab/none"] {
        staffed.ask(http::Method::GET, path, &[]).await.error(401);
    }
    staffed.ask(http::Method::PATCH, "/api/v1/servers", &[]).await.error(401);
    let reply = staffed.ask(http::Method::GET, "/assets/none.js", &[]).await;
    reply.error(404);
}
