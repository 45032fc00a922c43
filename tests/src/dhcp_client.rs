//! DHCPv4 clients behind a relay that keep asking for addresses, and how long nobody answers them.

use crate::wait;
use std::{
    net::{Ipv4Addr, SocketAddr, UdpSocket},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// How many clients there are: enough that each server of a load-balancing pair has some.
const CLIENTS: u8 = 8;
/// How long a client waits for an answer before it asks again.
const PATIENCE: Duration = Duration::from_millis(60);
/// How long it rests when it has got its address.
const REST: Duration = Duration::from_millis(30);

/// Clients that keep asking.
#[derive(Debug)]
pub struct Clients {
    stop: Arc<AtomicBool>,
    given: Given,
    asking: JoinHandle<Silence>,
}

/// How many addresses each client was given so far.
type Given = Arc<[AtomicUsize; CLIENTS as usize]>;

/// How the clients fared.
#[derive(Debug, Clone, Copy)]
pub struct Silence {
    /// The longest that a client waited for an address (an ACK).
    pub longest: Duration,
    /// The longest that all of them together waited.
    pub everybody: Duration,
    /// How many addresses were given.
    pub given: usize,
}

impl Clients {
    /// A relay's socket, which servers are told to answer to.
    ///
    /// # Panics
    /// When there is no port.
    pub fn relay() -> UdpSocket {
        UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port")
    }

    /// Starts asking the servers at these ports of 127.0.0.1, and waits until every client has an address.
    ///
    /// # Panics
    /// When they do not get one.
    pub fn ask(relay: &UdpSocket, servers: [u16; 2]) -> Self {
        let socket = relay.try_clone().expect("a second handle");
        socket.set_read_timeout(Some(Duration::from_millis(5))).expect("a timeout");
        let given = Given::default();
        let clients = (1..=CLIENTS).map(Client::new).collect();
        let mut line = Line { socket, servers, xid: 1, clients, given: given.clone() };
        let began = Instant::now();
        while counts(&given).contains(&0) {
            assert!(began.elapsed() < Duration::from_secs(20), "not every client gets an address: {line:#?}");
            line.turn();
        }
        line.clients.iter_mut().for_each(Client::forget);
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let asking = thread::spawn(move || {
            let (mut last, mut everybody, mut given) = (Instant::now(), Duration::ZERO, 0);
            while !stopped.load(Ordering::Relaxed) {
                if line.turn() {
                    given += 1;
                    last = Instant::now();
                }
                everybody = everybody.max(last.elapsed());
            }
            let longest = line.clients.iter().map(Client::waited).max().unwrap_or_default();
            Silence { longest, everybody, given }
        });
        Self { stop, given, asking }
    }

    /// Waits until every client has got an address once more.
    ///
    /// # Panics
    /// When one does not.
    pub fn wait_until_all_are_served_again(&self) {
        let before = counts(&self.given);
        wait::until("every client to get an address again", || {
            let now = counts(&self.given);
            let all = now.iter().zip(&before).all(|(now, before)| now > before);
            if all { Ok(()) } else { Err(format!("addresses given: {before:?}, then {now:?}")) }
        });
    }

    /// Stops asking, and says how it went.
    ///
    /// # Panics
    /// When the clients did.
    pub fn stop(self) -> Silence {
        self.stop.store(true, Ordering::Relaxed);
        self.asking.join().expect("the clients")
    }
}

fn counts(given: &Given) -> Vec<usize> {
    given.iter().map(|count| count.load(Ordering::Relaxed)).collect()
}

/// All clients on one socket.
#[derive(Debug)]
struct Line {
    socket: UdpSocket,
    servers: [u16; 2],
    xid: u32,
    clients: Vec<Client>,
    given: Given,
}

#[derive(Debug)]
struct Client {
    hardware: u8,
    xid: u32,
    /// What it was offered: the address and the server's identifier.
    offer: Option<([u8; 4], [u8; 4])>,
    next: Instant,
    last: Instant,
    longest: Duration,
}

impl Client {
    fn new(hardware: u8) -> Self {
        let now = Instant::now();
        Self { hardware, xid: 0, offer: None, next: now, last: now, longest: Duration::ZERO }
    }

    fn forget(&mut self) {
        (self.last, self.longest) = (Instant::now(), Duration::ZERO);
    }

    /// The longest wait, the one that goes on included.
    fn waited(&self) -> Duration {
        self.longest.max(self.last.elapsed())
    }
}

impl Line {
    /// Sends what is due and takes what has come; whether a client got an address.
    fn turn(&mut self) -> bool {
        let now = Instant::now();
        for index in 0..self.clients.len() {
            if self.clients[index].next <= now {
                self.send(index);
            }
        }
        let mut answer = [0; 1500];
        match self.socket.recv(&mut answer) {
            Ok(length) => self.take(&answer[..length]),
            Err(_) => false,
        }
    }

    fn send(&mut self, index: usize) {
        self.xid += 1;
        let client = &mut self.clients[index];
        client.xid = self.xid;
        client.next = Instant::now() + PATIENCE;
        // An offer is taken once: whoever does not answer to it may be gone.
        let message = message(client.xid, client.hardware, client.offer.take());
        for port in self.servers {
            // A server that is down refuses; the other one is meant.
            let _ = self.socket.send_to(&message, SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
        }
    }

    fn take(&mut self, answer: &[u8]) -> bool {
        let Some(xid) = answer.get(4..8).map(|xid| u32::from_be_bytes(xid.try_into().expect("four bytes")))
        else {
            return false;
        };
        let found = self.clients.iter_mut().zip(self.given.iter()).find(|(client, _)| client.xid == xid);
        let Some((client, given)) = found else { return false };
        let address: [u8; 4] = answer[16..20].try_into().expect("four bytes");
        match option(answer, 53) {
            Some([2]) => {
                let server = option(answer, 54).and_then(|server| server.try_into().ok()).unwrap_or_default();
                client.offer = Some((address, server));
                client.next = Instant::now();
                false
            }
            Some([5]) => {
                client.longest = client.longest.max(client.last.elapsed());
                (client.last, client.next) = (Instant::now(), Instant::now() + REST);
                given.fetch_add(1, Ordering::Relaxed);
                // Both servers may answer; one answer counts.
                client.xid = 0;
                true
            }
            _ => false,
        }
    }
}

/// A DISCOVER, or a REQUEST of what was offered (RFC 2131, table 1), as a relay at 127.0.0.1 passes it on.
fn message(xid: u32, hardware: u8, offer: Option<([u8; 4], [u8; 4])>) -> Vec<u8> {
    let mut bytes = vec![1, 1, 6, 1];
    bytes.extend(xid.to_be_bytes());
    bytes.extend([0; 16]);
    bytes.extend([127, 0, 0, 1]);
    bytes.extend([2, 0, 0, 0, 7, hardware]);
    bytes.resize(236, 0);
    bytes.extend([0x63, 0x82, 0x53, 0x63]);
    match offer {
        None => bytes.extend([53, 1, 1]),
        Some((address, server)) => {
            bytes.extend([53, 1, 3, 50, 4]);
            bytes.extend(address);
            bytes.extend([54, 4]);
            bytes.extend(server);
        }
    }
    bytes.push(255);
    bytes.resize(300, 0);
    bytes
}

/// An option's value.
fn option(answer: &[u8], code: u8) -> Option<&[u8]> {
    let mut rest = answer.get(240..)?;
    while let [found, length, more @ ..] = rest {
        let value = more.get(..usize::from(*length))?;
        if *found == code {
            return Some(value);
        }
        rest = &more[usize::from(*length)..];
    }
    None
}
