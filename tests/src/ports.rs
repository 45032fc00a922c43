//! Free TCP ports for programs that cannot choose one themselves.

use std::{
    fs::File,
    net::TcpListener,
    sync::atomic::{AtomicU16, Ordering},
};

/// Below the range that the system takes its own ports from, so that nobody gets one of these by chance.
const FIRST: u16 = 20_000;
const COUNT: u16 = 10_000;

/// A port that nobody else who asks this module gets while the value lives, in this process or another.
#[derive(Debug)]
pub(crate) struct Port {
    pub(crate) number: u16,
    _lock: File,
}

/// Reserves a port of 127.0.0.1 that nothing listens at.
pub(crate) fn reserve() -> Port {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let folder = std::env::temp_dir().join(format!("perch-test-ports-{}", crate::process::own_user()));
    std::fs::create_dir_all(&folder).expect("a folder for the locks of ports");
    let offset = std::process::id() as u16 % COUNT;
    for _ in 0..COUNT {
        let step = NEXT.fetch_add(1, Ordering::Relaxed);
        let number = FIRST + (u32::from(offset) * 7 + u32::from(step)) as u16 % COUNT;
        let Ok(lock) = File::create(folder.join(number.to_string())) else { continue };
        if lock.try_lock().is_ok() && TcpListener::bind(("127.0.0.1", number)).is_ok() {
            return Port { number, _lock: lock };
        }
    }
    panic!("no free port between {FIRST} and {}", FIRST + COUNT)
}
