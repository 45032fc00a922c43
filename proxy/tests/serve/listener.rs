//! A real listener: bodies that are too long or too slow, and stopping without cutting a change off.

use crate::{
    fake_kea::Trick,
    world::{Options, World, add_domain, config},
};
use perch::web::{BindError, Exposure, Limits, bind};
use serde_json::json;
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::oneshot,
    task::JoinHandle,
};

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

async fn run(world: &World) -> Running {
    let listener = bind("127.0.0.1:0".parse().unwrap(), Exposure::default()).await.unwrap();
    let (address, app) = (listener.address, world.app.clone());
    let (stop, stopped) = oneshot::channel();
    let served = tokio::spawn(async move {
        let stop = async {
            let _ = stopped.await;
        };
        listener.serve(app, stop).await;
    });
    Running { address, stop, served }
}

impl Running {
    fn head(&self, headers: &str) -> String {
        format!(
            "POST /api/v1/probe HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n{headers}\r\n",
            self.address
        )
    }
}

async fn status(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    while !answer.windows(4).any(|end| end == b"\r\n\r\n") {
        let length = stream.read(&mut buffer).await.unwrap();
        assert_ne!(length, 0, "closed after {:?}", String::from_utf8_lossy(&answer));
        answer.extend_from_slice(&buffer[..length]);
    }
    String::from_utf8_lossy(&answer).lines().next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_of_100_mb_is_refused_with_an_answer() {
    let running = run(&World::new(Options { limits: Limits::default(), ..Options::default() })).await;
    let megabyte = vec![b' '; 1_000_000];
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream.write_all(running.head("Content-Length: 100000000\r\n").as_bytes()).await.unwrap();
    for _ in 0..100 {
        stream.write_all(&megabyte).await.expect("the rest is read, so that the client sees the answer");
    }
    assert_eq!(status(&mut stream).await, "HTTP/1.1 413 Payload Too Large");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chunked_body_without_end_is_refused() {
    let running = run(&World::new(Options::default())).await;
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream.write_all(running.head("Transfer-Encoding: chunked\r\n").as_bytes()).await.unwrap();
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    for _ in 0..100 {
        stream.write_all(chunk.as_bytes()).await.unwrap();
    }
    assert_eq!(status(&mut stream).await, "HTTP/1.1 413 Payload Too Large");
}

#[tokio::test]
async fn a_slow_body_is_refused() {
    let running = run(&World::new(Options::default())).await;
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream.write_all(running.head("Content-Length: 1000\r\n").as_bytes()).await.unwrap();
    stream.write_all(b"{\"addresses\": ").await.unwrap();
    assert_eq!(status(&mut stream).await, "HTTP/1.1 408 Request Timeout");
}

#[tokio::test]
async fn slow_headers_are_not_waited_for() {
    let limits = Limits { header_time: Duration::from_millis(200), ..Limits::default() };
    let running = run(&World::new(Options { limits, ..Options::default() })).await;
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: loc").await.unwrap();
    let mut rest = Vec::new();
    let closed = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut rest)).await;
    assert!(closed.is_ok(), "the connection is closed");
}

#[tokio::test]
async fn only_loopback_is_listened_on() {
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        let error = bind(address.parse().unwrap(), Exposure::default()).await.unwrap_err();
        assert!(
            matches!(error, BindError::NoAuthentication(_)) && error.to_string().contains("ssh -L"),
            "{error}"
        );
    }
    let taken = bind("127.0.0.1:0".parse().unwrap(), Exposure::default()).await.unwrap();
    let error = bind(taken.address, Exposure::default()).await.unwrap_err();
    assert!(matches!(error, BindError::Busy(_)) && error.to_string().contains("--listen"), "{error}");
}

#[tokio::test]
async fn a_change_is_finished_before_perch_stops() {
    let (world, kea) = World::with_kea(config()).await;
    let running = run(&world).await;
    kea.trick("config-test", Trick::Slow(Duration::from_millis(300)));
    let body = json!({"targets": [{"server": "lab", "family": "dhcp4", "based-on": kea.hash()}], "edits": [add_domain()]}).to_string();
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    let head = running.head(&format!("Content-Length: {}\r\n", body.len()));
    let head = head.replace("/api/v1/probe", "/api/v1/changes");
    stream.write_all(&[head.as_bytes(), body.as_bytes()].concat()).await.unwrap();
    while !kea.names().contains(&"config-test".to_owned()) {
        tokio::task::yield_now().await;
    }
    running.stop.send(()).unwrap();
    assert_eq!(status(&mut stream).await, "HTTP/1.1 200 OK");
    running.served.await.unwrap();
    assert_eq!(kea.changing(), ["config-set", "config-write"]);
    assert!(TcpStream::connect(running.address).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn an_idle_connection_does_not_hold_perch_up() {
    let world = World::new(Options::default());
    let running = run(&world).await;
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    let request = format!("GET /api/v1/about HTTP/1.1\r\nHost: {}\r\n\r\n", running.address);
    stream.write_all(request.as_bytes()).await.unwrap();
    assert_eq!(status(&mut stream).await, "HTTP/1.1 200 OK");
    running.stop.send(()).unwrap();
    let stopped = tokio::time::timeout(Duration::from_secs(10), running.served).await;
    stopped.expect("stops at once").unwrap();
}
