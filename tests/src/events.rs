//! Perch's stream of events, as a page hears it.

use crate::{perch::Perch, wait};
use perch_shared::api::{Endpoint, Event, StreamEvents};
use std::{
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    time::Instant,
};

/// A page that listens.
#[derive(Debug)]
pub struct Events {
    lines: BufReader<TcpStream>,
    /// The id of the last event.
    pub last: Option<String>,
}

impl Events {
    /// Listens from now on, or from behind the event with this id.
    ///
    /// # Panics
    /// When Perch refuses it.
    pub fn listen(perch: &Perch, last: Option<&str>) -> Self {
        let address = perch.address();
        let mut stream = TcpStream::connect(address).expect("a connection");
        stream.set_read_timeout(Some(wait::SOON)).expect("a limit");
        let last_id = last.map(|last| format!("last-event-id: {last}\r\n")).unwrap_or_default();
        let path = StreamEvents::path(&());
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {address}\r\n{last_id}\r\n").expect("a request");
        let mut events = Self { lines: BufReader::new(stream), last: None };
        let status = events.line();
        assert!(status.starts_with("HTTP/1.1 200"), "{status}");
        // What comes before the first line of the stream was sent before it began to listen.
        while !events.line().starts_with("retry:") {}
        events
    }

    /// The next event.
    ///
    /// # Panics
    /// When none comes soon.
    pub fn hear(&mut self) -> Event {
        let start = Instant::now();
        while start.elapsed() < wait::SOON {
            let line = self.line();
            if let Some(id) = line.strip_prefix("id: ") {
                self.last = Some(id.trim().to_owned());
            }
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap_or_else(|error| panic!("{error}: {data}"));
            }
        }
        panic!("no event came for {:?}", wait::SOON);
    }

    /// Waits for an event of this kind.
    ///
    /// # Panics
    /// When none comes soon.
    pub fn until(&mut self, what: &str, mut wanted: impl FnMut(&Event) -> bool) -> Event {
        let mut seen = Vec::new();
        let start = Instant::now();
        while start.elapsed() < wait::SOON {
            let event = self.hear();
            if wanted(&event) {
                return event;
            }
            seen.push(event);
        }
        panic!("no event {what} among {seen:#?}");
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        match self.lines.read_line(&mut line) {
            Ok(0) => panic!("the stream of events ended"),
            Ok(_) => line,
            Err(error) => panic!("no event came: {error}"),
        }
    }
}
