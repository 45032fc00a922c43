//! Bad input to every request: a clear failure with the right status, and nothing is changed.

use crate::world::{Options, World, add_domain, config, request};
use axum::{body::Body, http::Method};
use perch_shared::api::ErrorCode;
use serde_json::json;

/// Every request that takes a body.
const WITH_BODY: [(&str, &str); 6] = [
    ("POST", "/api/v1/servers"),
    ("PUT", "/api/v1/servers/lab"),
    ("POST", "/api/v1/probe"),
    ("POST", "/api/v1/servers/lab/command"),
    ("POST", "/api/v1/changes/preview"),
    ("POST", "/api/v1/changes"),
];

#[tokio::test]
async fn bodies_that_are_not_what_is_expected() {
    let (world, kea) = World::with_kea(config()).await;
    for (method, path) in WITH_BODY {
        for (body, status) in [
            ("", 400),
            ("not json", 400),
            ("{\"based-on\": ", 400),
            ("{} trailing", 400),
            ("[]", 422),
            ("null", 422),
            ("5", 422),
            ("{}", 422),
            (r#"{"unknown-field": 1}"#, 422),
            (r#"{"command": 5, "addresses": 5, "based-on": 5, "edits": 5}"#, 422),
        ] {
            let method: Method = method.parse().unwrap();
            let reply = world
                .send(
                    request(method.clone(), path, &[("content-type", "application/json")])
                        .body(Body::from(body))
                        .unwrap(),
                )
                .await;
            let error = reply.error(status);
            assert!(status == 400 || error.code == ErrorCode::Invalid, "{method} {path} {body}");
            let says_where = error.message.contains("line") || error.message.contains('`');
            assert!(says_where, "{method} {path} {body}: {}", error.message);
        }
    }
    assert_eq!(kea.received(), Vec::<serde_json::Value>::new());
    assert_eq!(world.app.store.list().len(), 1);
}

#[tokio::test]
async fn bodies_that_are_not_declared_as_json() {
    let (world, kea) = World::with_kea(config()).await;
    for (method, path) in WITH_BODY {
        for headers in [&[][..], &[("content-type", "text/plain")], &[("content-type", "application/jsonx")]]
        {
            let method: Method = method.parse().unwrap();
            let body = Body::from(r#"{"command": "config-get"}"#);
            let error = world.send(request(method, path, headers).body(body).unwrap()).await.error(415);
            assert!(error.help.unwrap().contains("Content-Type"));
        }
    }
    assert!(kea.received().is_empty());
}

#[tokio::test]
async fn a_charset_is_no_reason_to_refuse() {
    let (world, _kea) = World::with_kea(config()).await;
    let headers = [("content-type", "Application/JSON; charset=utf-8")];
    let body = Body::from(r#"{"command": "list-commands", "service": ["dhcp4"]}"#);
    let reply =
        world.send(request(Method::POST, "/api/v1/servers/lab/command", &headers).body(body).unwrap()).await;
    assert_eq!(reply.status, 200);
}

#[tokio::test]
async fn names_that_name_nothing() {
    let (world, kea) = World::with_kea(config()).await;
    let change = json!({"targets": [{"server": "none", "family": "dhcp4"}], "edits": [add_domain()]});
    for path in [
        "/api/v1/servers/none",
        "/api/v1/servers/none/daemons/dhcp4/options",
        "/api/v1/servers/NOT%20ONE",
        "/api/v1/servers/lab/daemons/dhcp5/options",
        "/api/v1/servers/lab/daemons/dhcp6/options",
        "/api/v1/none",
        "/api",
        "/api/v1/servers/",
    ] {
        world.get(path).await.error(404);
    }
    for path in ["/api/v1/changes/preview", "/api/v1/changes"] {
        world.post(path, change.clone()).await.error(404);
    }
    world.post("/api/v1/servers/none/command", json!({"command": "config-get"})).await.error(404);
    world.json(Method::PUT, "/api/v1/servers/none", json!({"addresses": ["127.0.0.1:1"]})).await.error(404);
    for (method, path) in [
        (Method::DELETE, "/api/v1/servers/none"),
        (Method::POST, "/api/v1/servers/none/daemons/dhcp4/reload"),
    ] {
        world.send(request(method, path, &[]).body(Body::empty()).unwrap()).await.error(404);
    }
    assert!(kea.received().is_empty());
}

#[tokio::test]
async fn methods_that_a_path_does_not_know() {
    let (world, _kea) = World::with_kea(config()).await;
    for (method, path, allow) in [
        (Method::PATCH, "/api/v1/servers", "GET"),
        (Method::DELETE, "/api/v1/about", "GET"),
        (Method::POST, "/api/v1/servers/lab", "DELETE"),
        (Method::PUT, "/index.html", "GET"),
    ] {
        let reply = world.send(request(method, path, &[]).body(Body::empty()).unwrap()).await;
        reply.error(405);
        assert!(reply.header("allow").contains(allow), "{path}: {:?}", reply.headers);
    }
}

#[tokio::test]
async fn requests_for_another_host_or_from_another_site() {
    let (world, kea) = World::with_kea(config()).await;
    let path = "/api/v1/servers/lab/daemons/dhcp4/reload";
    for headers in [
        &[("host", "evil.example:8080")][..],
        &[("origin", "http://evil.example")],
        &[("origin", "http://127.0.0.1:3000")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "http://127.0.0.1:8080"), ("sec-fetch-site", "cross-site")],
    ] {
        world.send(request(Method::POST, path, headers).body(Body::empty()).unwrap()).await.error(403);
    }
    world
        .send(request(Method::GET, "/", &[("host", "evil.example")]).body(Body::empty()).unwrap())
        .await
        .error(403);
    assert!(kea.received().is_empty());
    let own = [("origin", "http://127.0.0.1:8080"), ("sec-fetch-site", "same-origin")];
    assert_eq!(world.send(request(Method::POST, path, &own).body(Body::empty()).unwrap()).await.status, 200);
}

#[tokio::test]
async fn a_body_where_none_is_expected() {
    let (world, kea) = World::with_kea(config()).await;
    let reply = world.post("/api/v1/servers/lab/daemons/dhcp4/reload", json!({"force": true})).await;
    reply.error(422);
    assert!(kea.received().is_empty());
}

#[tokio::test]
async fn bodies_that_are_too_long() {
    let world = World::new(Options::default());
    let long = "x".repeat((1 << 20) + 1);
    for (method, path) in WITH_BODY {
        let method: Method = method.parse().unwrap();
        let headers = [("content-type", "application/json")];
        let declared = request(method.clone(), path, &headers).header("content-length", long.len());
        world.send(declared.body(Body::from(long.clone())).unwrap()).await.error(413);
        let pieces =
            futures_util::stream::iter((0..20).map(|_| Ok::<_, std::io::Error>("x".repeat(100_000))));
        let chunked = request(method, path, &headers).body(Body::from_stream(pieces)).unwrap();
        assert!(world.send(chunked).await.error(413).help.unwrap().contains("body-size"));
    }
}

#[tokio::test]
async fn bodies_that_never_end() {
    let world = World::new(Options::default());
    for (method, path) in WITH_BODY {
        let method: Method = method.parse().unwrap();
        let stream = futures_util::stream::pending::<Result<String, std::io::Error>>();
        let headers = [("content-type", "application/json")];
        let slow = request(method, path, &headers).body(Body::from_stream(stream)).unwrap();
        world.send(slow).await.error(408);
    }
}

#[tokio::test]
async fn every_response_carries_the_security_headers() {
    let (world, _kea) = World::with_kea(config()).await;
    for path in ["/", "/api/v1/about", "/api/v1/none", "/assets/none.js"] {
        let reply = world.get(path).await;
        let policy = reply.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"), "{path}");
        assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-inline"), "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(reply.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert_eq!(reply.header("strict-transport-security"), "", "{path}");
    }
    assert_eq!(world.get("/api/v1/about").await.header("cache-control"), "no-store");
}
