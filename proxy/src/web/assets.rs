//! The page's files: embedded, in the encoding that the browser takes, cached for as long as is right.

use super::accept::{Encoding, accepted};
use crate::{app::App, error::ApiError};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use bytes::Bytes;
use perch_shared::api::ErrorCode;
use rust_embed::RustEmbed;
use std::{borrow::Cow, fmt, sync::Arc};

/// The built page. A development build reads the folder each time; a release holds it.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/page"]
#[allow_missing = true]
struct Page;

/// A file as it is stored.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its content.
    pub bytes: Cow<'static, [u8]>,
    /// SHA-256 of its content.
    pub hash: [u8; 32],
}

type Find = dyn Fn(&str) -> Option<Asset> + Send + Sync;

/// Finds the page's files by their path, without a slash in front.
pub struct Assets(Box<Find>);

impl Assets {
    /// The files that were built into this binary.
    pub fn embedded() -> Self {
        Self::new(|path| {
            let file = Page::get(path)?;
            Some(Asset { hash: file.metadata.sha256_hash(), bytes: file.data })
        })
    }

    /// Files from elsewhere.
    pub fn new(find: impl Fn(&str) -> Option<Asset> + Send + Sync + 'static) -> Self {
        Self(Box::new(find))
    }

    fn find(&self, path: &str) -> Option<Asset> {
        (self.0)(path)
    }

    /// The response with the file, or `None` when there is no such file.
    fn response(&self, path: &str, headers: &HeaderMap) -> Option<Response> {
        let is_variant = path.ends_with(".br") || path.ends_with(".gz");
        if path.is_empty() || is_variant || self.find(path).is_none() {
            return None;
        }
        let accept = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        let (encoding, asset) = accepted(accept)
            .into_iter()
            .chain([Encoding::Identity])
            .find_map(|encoding| Some((encoding, self.find(&format!("{path}{}", encoding.suffix()))?)))?;
        let varies = [Encoding::Brotli, Encoding::Gzip]
            .into_iter()
            .any(|encoding| self.find(&format!("{path}{}", encoding.suffix())).is_some());
        Some(respond(path, headers, encoding, asset, varies))
    }
}

impl fmt::Debug for Assets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Assets(…)")
    }
}

fn respond(path: &str, headers: &HeaderMap, encoding: Encoding, asset: Asset, varies: bool) -> Response {
    let digest: String = asset.hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{digest}\"");
    let unchanged = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|list| list.split(',').map(str::trim).any(|known| known.trim_start_matches("W/") == tag));
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(bytes(asset.bytes)).into_response()
    };
    let out = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        out.insert(header::ETAG, tag);
    }
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching(path)));
    if varies {
        out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    if !unchanged {
        out.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
        if encoding != Encoding::Identity {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
        }
    }
    response
}

fn bytes(content: Cow<'static, [u8]>) -> Bytes {
    match content {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    }
}

/// Names below `assets/` hold the hash of what they name, so they never change.
fn caching(path: &str) -> &'static str {
    if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" }
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Serves whatever is not a route: a file, the page itself when somebody opens one of its addresses, or 404.
pub async fn page(State(app): State<Arc<App>>, request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    if path == "api" || path.starts_with("api/") {
        return missing(&format!("There is no request `{} /{path}`.", request.method())).into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let error = ApiError::new(ErrorCode::MethodNotAllowed, "The page's files can only be read.");
        return ([(header::ALLOW, "GET, HEAD")], error).into_response();
    }
    if let Some(response) = app.assets.response(path, request.headers()) {
        return response;
    }
    if !is_navigation(path, request.headers()) {
        return missing(&format!("There is no file `/{path}`.")).into_response();
    }
    app.assets.response("index.html", request.headers()).unwrap_or_else(not_built)
}

/// Whether a person opens an address of the page, which the page's own router then reads. A missing script, style
/// or picture must not get the page instead.
fn is_navigation(path: &str, headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    let last = path.rsplit('/').next().unwrap_or_default();
    let asks_for_a_page = accept.is_some_and(|accept| accept.contains("text/html"));
    let takes_anything = accept.is_none_or(|accept| accept.contains("*/*"));
    !path.starts_with("assets/") && (asks_for_a_page || takes_anything && !last.contains('.'))
}

fn missing(message: &str) -> ApiError {
    ApiError::new(ErrorCode::NotFound, message)
}

fn not_built() -> Response {
    let page = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Perch</title><h1>The page is not \
        built</h1><p>This Perch was compiled without its page. Run <code>cargo xtask build</code>, then start \
        it again.</p></html>";
    (StatusCode::SERVICE_UNAVAILABLE, Html(page)).into_response()
}
