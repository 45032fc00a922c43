//! The file reader: `kea-dhcpN -t FILE`, one process for each case.

use super::root::Folder;
use crate::{case::Verdict, node::Node};
use perch_shared::Family;
use std::{
    fs::{self, File},
    os::unix::process::ExitStatusExt as _,
    process::{Child, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

/// How long Kea may think about one file.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program that reads a text which is for no DHCP daemon.
pub(super) fn service(text: &str) -> Option<&'static str> {
    match Node::parse(text)? {
        Node::Map(entries) => match entries.as_slice() {
            [(key, _)] if key == "DhcpDdns" => Some("kea-dhcp-ddns"),
            [(key, _)] if key == "Control-agent" => Some("kea-ctrl-agent"),
            _ => None,
        },
        _ => None,
    }
}

/// What the daemon says of a file with this text: the family's, or another one whose configuration it is. `None`: that
/// one is not here.
pub(super) fn judge(folder: &Folder, family: Family, text: &str) -> Option<Verdict> {
    fs::write(folder.outside("case.json"), text).expect("the case's file");
    let mut command = match service(text) {
        Some(program) => folder.service(program)?,
        None => folder.daemon(family),
    };
    // A file, because a pipe holds only so much and Kea may repeat the whole case.
    let log = folder.outside("case.log");
    let output = File::create(&log).expect("the case's log");
    command.args(["-t", &folder.inside("case.json")]).stdout(Stdio::null()).stderr(output);
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let status = until_end(&mut child, Instant::now());
    let said = fs::read(&log).unwrap_or_default();
    let words = words(&String::from_utf8_lossy(&said), &folder.inside("case.json"));
    Some(match status {
        None => Verdict::Crashes(format!("no verdict in {} s", PATIENCE.as_secs())),
        Some(status) if status.success() => Verdict::Accepts,
        Some(status) if status.signal().is_some() => Verdict::Crashes(format!("{status}: {words}")),
        Some(_) => Verdict::Refuses(words),
    })
}

/// Waits for the child's end, and makes one when it takes too long.
fn until_end(child: &mut Child, began: Instant) -> Option<ExitStatus> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            _ if began.elapsed() > PATIENCE => break,
            _ => thread::sleep(Duration::from_millis(1)),
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    None
}

/// The line that says why, without the place that Kea's start-up adds and without the file's name.
fn words(said: &str, file: &str) -> String {
    let line = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    line.trim_start_matches("Error encountered: ").replace(file, "FILE")
}
