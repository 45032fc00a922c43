//! The page's files: encodings, caching, the page itself for its addresses and for nothing else.

use crate::world::{Options, Reply, World, request};
use axum::{body::Body, http::Method};
use perch::web::{Asset, Assets};

const HTML: &str = "text/html,application/xhtml+xml,*/*;q=0.8";

/// Files whose content is their own name.
fn world() -> World {
    let files = [
        "index.html",
        "index.html.br",
        "assets/1a2b/app.js",
        "assets/1a2b/app.js.br",
        "assets/1a2b/app.js.gz",
        "assets/1a2b/app_bg.wasm",
        "assets/1a2b/icon.png",
    ];
    let assets = Assets::new(move |path| {
        let name = files.iter().find(|name| **name == path)?;
        let mut hash = [0; 32];
        hash.iter_mut().zip(name.bytes().rev()).for_each(|(place, byte)| *place = byte);
        Some(Asset { bytes: name.as_bytes().into(), hash })
    });
    World::new(Options { assets, ..Options::default() })
}

async fn get(world: &World, path: &str, headers: &[(&str, &str)]) -> Reply {
    world.send(request(Method::GET, path, headers).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn the_encoding_is_negotiated() {
    let world = world();
    for (accept, encoding, body) in [
        (None, "", "assets/1a2b/app.js"),
        (Some("gzip, deflate, br, zstd"), "br", "assets/1a2b/app.js.br"),
        (Some("gzip;q=1.0, br;q=0.5"), "gzip", "assets/1a2b/app.js.gz"),
        (Some("br;q=0, gzip;q=0"), "", "assets/1a2b/app.js"),
        (Some("zstd"), "", "assets/1a2b/app.js"),
    ] {
        let headers: Vec<_> = accept.map(|accept| ("accept-encoding", accept)).into_iter().collect();
        let reply = get(&world, "/assets/1a2b/app.js", &headers).await;
        assert_eq!(reply.status, 200);
        assert_eq!(
            (reply.header("content-encoding"), reply.body.as_ref()),
            (encoding, body.as_bytes()),
            "{accept:?}"
        );
        assert_eq!(reply.header("vary"), "accept-encoding");
        assert_eq!(reply.header("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(reply.header("cache-control"), "public, max-age=31536000, immutable");
    }
    let wasm = get(&world, "/assets/1a2b/app_bg.wasm", &[("accept-encoding", "br")]).await;
    assert_eq!((wasm.header("content-type"), wasm.header("vary")), ("application/wasm", ""));
}

#[tokio::test]
async fn a_file_that_has_not_changed_is_not_sent_again() {
    let world = world();
    let first = get(&world, "/", &[("accept", HTML), ("accept-encoding", "br")]).await;
    assert_eq!((first.header("cache-control"), first.header("content-encoding")), ("no-cache", "br"));
    let tag = first.header("etag");
    for known in [tag, &format!("W/{tag}"), &format!("\"other\", {tag}")] {
        let headers = [("accept", HTML), ("accept-encoding", "br"), ("if-none-match", known)];
        let again = get(&world, "/", &headers).await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0), "{known}");
        assert_eq!((again.header("etag"), again.header("vary")), (tag, "accept-encoding"));
    }
    let plain = get(&world, "/", &[("accept", HTML), ("if-none-match", tag)]).await;
    assert_eq!(
        (plain.status.as_u16(), plain.body.as_ref()),
        (200, &b"index.html"[..]),
        "another encoding, another tag"
    );
}

#[tokio::test]
async fn the_pages_addresses_get_the_page() {
    let world = world();
    for path in ["/", "/index.html", "/servers", "/servers/lab/options/dhcp4", "/servers?add=1"] {
        for headers in [&[("accept", HTML)][..], &[("accept", "*/*")], &[]] {
            let reply = get(&world, path, headers).await;
            assert_eq!(
                (reply.status.as_u16(), reply.body.as_ref()),
                (200, &b"index.html"[..]),
                "{path} {headers:?}"
            );
            assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
        }
    }
}

#[tokio::test]
async fn what_is_missing_is_missing() {
    let world = world();
    for (path, accept) in [
        ("/assets/old/app.js", "*/*"),
        ("/assets/old/app.js", HTML),
        ("/assets/", HTML),
        ("/favicon.ico", "image/avif,image/webp,*/*;q=0.8"),
        ("/app.js", "*/*"),
        ("/servers", "application/json"),
        ("/assets/1a2b/app.js.br", "*/*"),
        ("/api/v1/none", HTML),
        ("/assets/../index.html", "*/*"),
        ("/%2e%2e/Cargo.toml", "*/*"),
    ] {
        get(&world, path, &[("accept", accept)]).await.error(404);
    }
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let reply =
        world().send(request(Method::HEAD, "/assets/1a2b/app.js", &[]).body(Body::empty()).unwrap()).await;
    assert_eq!(
        (reply.status.as_u16(), reply.header("content-type")),
        (200, "text/javascript; charset=utf-8")
    );
}

#[tokio::test]
async fn a_binary_without_its_page_says_so() {
    let reply = get(&World::new(Options::default()), "/", &[("accept", HTML)]).await;
    assert_eq!(reply.status, 503);
    assert!(String::from_utf8_lossy(&reply.body).contains("cargo xtask build"));
}
