//! Requests to the provider, over the connections that Perch has for Kea.

use super::problem::Unreached;
use crate::kea::{Address, TlsCache, connect};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::{
    Method, Request,
    client::conn::http1,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, HeaderValue},
};
use hyper_util::rt::TokioIo;
use perch_shared::api::TlsFiles;
use serde::de::DeserializeOwned;
use std::time::Duration;
use url::Url;

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How much of an answer is read, in bytes.
const LONGEST: usize = 1 << 20;

/// What came back.
pub(super) struct Answer {
    status: u16,
    body: Bytes,
}

impl Answer {
    /// The answer as JSON, whatever its status.
    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T, Unreached> {
        serde_json::from_slice(&self.body).map_err(|_| Unreached::Form)
    }

    /// Whether it is what was asked for.
    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The answer as JSON, where it is what was asked for.
    pub(super) fn good<T: DeserializeOwned>(&self) -> Result<T, Unreached> {
        if self.is_success() { self.json() } else { Err(Unreached::Status(self.status)) }
    }
}

/// Sends requests to the provider. Redirects are not followed.
pub(super) struct Http {
    tls: TlsCache,
    files: TlsFiles,
}

impl std::fmt::Debug for Http {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Http")
    }
}

impl Http {
    /// A client that trusts the system's authorities, or the one in this file.
    pub(super) fn new(trust_anchor: Option<String>) -> Self {
        Self { tls: TlsCache::default(), files: TlsFiles { trust_anchor, ..TlsFiles::default() } }
    }

    /// Reads what is at an address; `authorization` is for addresses that want one.
    pub(super) async fn get(&self, url: &Url, authorization: Option<&str>) -> Result<Answer, Unreached> {
        self.send(url, Method::GET, authorization, None).await
    }

    /// Sends a form.
    pub(super) async fn post(
        &self,
        url: &Url,
        authorization: Option<&str>,
        form: String,
    ) -> Result<Answer, Unreached> {
        self.send(url, Method::POST, authorization, Some(form)).await
    }

    async fn send(
        &self,
        url: &Url,
        method: Method,
        authorization: Option<&str>,
        form: Option<String>,
    ) -> Result<Answer, Unreached> {
        let request = request(url, method, authorization, form).ok_or(Unreached::Form)?;
        let address = address(url).ok_or(Unreached::Form)?;
        let exchange = async {
            let stream = connect(&address, &self.files, &self.tls, PATIENCE).await?;
            let (mut sender, driver) =
                http1::handshake(TokioIo::new(stream)).await.map_err(|_| Unreached::Http)?;
            // It ends with the connection, which ends when `sender` is dropped.
            tokio::spawn(async move { driver.await.ok() });
            let response = sender.send_request(request).await.map_err(|_| Unreached::Http)?;
            let status = response.status().as_u16();
            let body = Limited::new(response.into_body(), LONGEST).collect().await;
            Ok(Answer { status, body: body.map_err(|_| Unreached::Http)?.to_bytes() })
        };
        tokio::time::timeout(PATIENCE, exchange).await.map_err(|_| Unreached::Slow(PATIENCE))?
    }
}

fn address(url: &Url) -> Option<Address> {
    let host = url.host_str()?.trim_start_matches('[').trim_end_matches(']').to_owned();
    let port = url.port_or_known_default()?;
    Some(if url.scheme() == "https" { Address::Https { host, port } } else { Address::Http { host, port } })
}

fn request(
    url: &Url,
    method: Method,
    authorization: Option<&str>,
    form: Option<String>,
) -> Option<Request<Full<Bytes>>> {
    let is_form = form.is_some();
    let mut request = Request::new(Full::new(Bytes::from(form.unwrap_or_default())));
    *request.method_mut() = method;
    let query = url.query().map_or_else(String::new, |query| format!("?{query}"));
    *request.uri_mut() = format!("{}{query}", url.path()).parse().ok()?;
    let headers = request.headers_mut();
    let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
    headers.insert(HOST, format!("{}{port}", url.host_str()?).parse().ok()?);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    if is_form {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    }
    if let Some(authorization) = authorization {
        let mut value = HeaderValue::from_str(authorization).ok()?;
        value.set_sensitive(true);
        headers.insert(AUTHORIZATION, value);
    }
    Some(request)
}
