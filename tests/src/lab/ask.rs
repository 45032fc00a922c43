//! Asking Kea itself: deliberately not Perch's client, but the plainest one that works.

use super::Lab;
use perch_shared::Family;
use serde_json::{Value, json};
use std::{
    io::{self, Read as _, Write as _},
    os::unix::net::UnixStream,
    path::Path,
    time::Duration,
};

/// Sends one command to a UNIX control socket and gives Kea's answer, unchanged.
///
/// # Errors
/// When nothing listens, or the answer is not JSON.
pub fn ask_socket(socket: &Path, command: &Value) -> io::Result<Value> {
    send(socket, &command.to_string())
}

fn send(socket: &Path, command: &str) -> io::Result<Value> {
    let mut stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    stream.write_all(command.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(serde_json::from_slice(&answer)?)
}

impl Lab {
    /// Sends one command to a daemon and gives its answer, unchanged: `{"result": …, "text": …, "arguments": …}`.
    ///
    /// # Panics
    /// When the daemon does not answer.
    pub fn ask(&self, family: Family, command: &Value) -> Value {
        ask_socket(&self.socket(family), command)
            .unwrap_or_else(|error| panic!("{command} to {family}: {error}\n{}", self.log(family)))
    }

    /// What the daemon runs: the map below `Dhcp4` or `Dhcp6` of `config-get`, as Kea printed it.
    pub fn running(&self, family: Family) -> Value {
        self.ask(family, &json!({"command": "config-get"}))["arguments"][family.root_key()].take()
    }

    /// Changes the running configuration behind Perch's back, as another console would.
    ///
    /// # Panics
    /// When Kea refuses it.
    pub fn change(&self, family: Family, edit: impl FnOnce(&mut Value)) {
        let mut root = self.running(family);
        edit(&mut root);
        let command = json!({"command": "config-set", "arguments": {family.root_key(): root}});
        let answer = send(&self.socket(family), &bytes_escaped(&command)).expect("an answer");
        assert_eq!(answer["result"], 0, "{answer}");
    }
}

/// JSON as Kea printed it: Kea prints each byte of a text as one character, and takes such an escape as one byte.
fn bytes_escaped(command: &Value) -> String {
    let escape = |c: char| if c.is_ascii() { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) };
    command.to_string().chars().map(escape).collect()
}

/// The value of the option called `name` in the map's global `option-data`.
pub fn data<'a>(root: &'a Value, name: &str) -> Option<&'a str> {
    root["option-data"].as_array()?.iter().find(|option| option["name"] == name)?["data"].as_str()
}
