//! One HTTP/1.1 connection to Kea: one request at a time, the answer under a limit while it arrives.

use super::{Address, Fault, TlsFault, stream::Counted, stream::Stream};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use bytes::{Bytes, BytesMut};
use http_body_util::{BodyExt as _, Full};
use hyper::{
    Request, Response, StatusCode,
    body::{Body as _, Incoming},
    client::conn::http1::{self, SendRequest},
    header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderValue},
};
use hyper_util::rt::TokioIo;
use perch_shared::api::{Credentials, TlsFiles};
use std::{
    error::Error as _,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// What HTTP brought.
pub(super) struct HttpAnswer {
    /// The status.
    pub(super) status: StatusCode,
    /// The content type, for people.
    pub(super) content_type: Option<String>,
    /// The body.
    pub(super) body: Bytes,
}

/// Makes Kea's kind of request. hyper adds the `Content-Length`, which Kea demands, because the body's length is
/// known.
pub(super) fn request(
    address: &Address,
    credentials: Option<&Credentials>,
    body: Bytes,
) -> Result<Request<Full<Bytes>>, Fault> {
    let mut request = Request::new(Full::new(body));
    *request.method_mut() = hyper::Method::POST;
    let headers = request.headers_mut();
    let host =
        HeaderValue::from_str(&address.authority()).map_err(|error| Fault::Connect(error.to_string()))?;
    headers.insert(HOST, host);
    // Kea refuses any parameter here, `charset` too.
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Some(credentials) = credentials {
        headers.insert(AUTHORIZATION, basic(credentials)?);
    }
    Ok(request)
}

fn basic(credentials: &Credentials) -> Result<HeaderValue, Fault> {
    let Credentials { user, password } = credentials;
    if user.contains(':') {
        return Err(Fault::BadCredentials("a user name has no colon"));
    }
    if !user.is_ascii() || !password.is_ascii() {
        return Err(Fault::BadCredentials("Kea compares ASCII only"));
    }
    let text = format!("Basic {}", BASE64.encode(format!("{user}:{password}")));
    let mut value = HeaderValue::from_str(&text).map_err(|_| Fault::BadCredentials("they are not text"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// A connection that is ready for one request.
pub(super) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    read: Arc<AtomicU64>,
    /// Whether it has carried a request before.
    pub(super) reused: bool,
}

/// How much of an answer a connection holds at once, in bytes. Kept connections keep it: five hundred of them must not
/// hold half a megabyte each because a configuration once came through.
const BUFFER: usize = 16 * 1024;

impl Connection {
    /// Takes a stream into use.
    pub(super) async fn open(stream: Box<dyn Stream>) -> Result<Self, Fault> {
        let (stream, read) = Counted::new(stream);
        let (sender, driver) = http1::Builder::new()
            .max_buf_size(BUFFER)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(|error| Fault::Connect(error.to_string()))?;
        // It ends with the connection, which ends when `sender` is dropped. Its errors reach the request as well.
        tokio::spawn(async move { driver.await.ok() });
        Ok(Self { sender, read, reused: false })
    }

    /// Whether the other side has not closed it.
    pub(super) async fn is_usable(&mut self) -> bool {
        self.sender.ready().await.is_ok()
    }

    /// Sends a request and reads the whole answer.
    pub(super) async fn exchange(
        &mut self,
        request: Request<Full<Bytes>>,
        limit: u64,
        (address, files): (&Address, &TlsFiles),
    ) -> Result<HttpAnswer, Fault> {
        let before = self.read.load(Ordering::Relaxed);
        let arrived = |read: &AtomicU64| read.load(Ordering::Relaxed).saturating_sub(before);
        self.reused = true;
        let host = address.host_port().map_or("", |(host, _)| host);
        let response = self
            .sender
            .send_request(request)
            .await
            .map_err(|error| head_fault(&error, arrived(&self.read), (host, files)))?;
        let status = response.status();
        let content_type = content_type(&response);
        let body = collect(response.into_body(), limit).await.map_err(|fault| match fault {
            BodyFault::TooLarge => Fault::TooLarge { limit },
            BodyFault::Cut => Fault::Cut { received: arrived(&self.read) },
        })?;
        Ok(HttpAnswer { status, content_type, body })
    }
}

fn content_type(response: &Response<Incoming>) -> Option<String> {
    let text = response.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    Some(text.chars().take(80).collect())
}

fn head_fault(error: &hyper::Error, arrived: u64, (host, files): (&str, &TlsFiles)) -> Fault {
    // A verdict on Perch's certificate means that the request was not read; any other alert may come later.
    let tls = error.source().and_then(|cause| TlsFault::find(cause, host, files));
    if let Some(fault @ (TlsFault::CertificateRequired | TlsFault::CertificateRejected(_))) = tls {
        return fault.into();
    }
    if error.is_parse() {
        return Fault::NotKea("what answers does not speak HTTP".into());
    }
    if arrived > 0 { Fault::Cut { received: arrived } } else { Fault::Closed }
}

enum BodyFault {
    TooLarge,
    Cut,
}

/// Reads a body; gives up as soon as it is known to be too large.
async fn collect(mut body: Incoming, limit: u64) -> Result<Bytes, BodyFault> {
    let declared = body.size_hint().lower();
    if declared > limit {
        return Err(BodyFault::TooLarge);
    }
    let mut whole: Option<BytesMut> = None;
    let mut first = Bytes::new();
    let mut length = 0_u64;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| BodyFault::Cut)?.into_data() else { continue };
        length = length.saturating_add(u64::try_from(data.len()).unwrap_or(u64::MAX));
        if length > limit {
            return Err(BodyFault::TooLarge);
        }
        // Most answers are one piece, which is passed on without a copy.
        if first.is_empty() && whole.is_none() {
            first = data;
        } else {
            let whole = whole.get_or_insert_with(|| {
                let mut whole = BytesMut::with_capacity(usize::try_from(declared).unwrap_or_default());
                whole.extend_from_slice(&first);
                whole
            });
            whole.extend_from_slice(&data);
        }
    }
    Ok(whole.map_or(first, BytesMut::freeze))
}
