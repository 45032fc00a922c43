//! Real Keas as judges of configurations.

mod daemon;
mod file;
mod root;

pub use root::Root;

use crate::{
    case::{Reader, Verdict},
    node::{Node, quoted},
};
use daemon::Daemon;
use perch_shared::{Family, KeaVersion};
use root::Folder;
use serde_json::Value;

/// After so many questions a daemon is started anew, so that what it may gather does not grow.
const QUESTIONS: usize = 20_000;

/// One Kea with a folder of its own inside its root. It judges one case at a time: whoever wants more opens more.
#[derive(Debug)]
pub struct Kea {
    version: KeaVersion,
    folder: Folder,
    daemons: [Option<Daemon>; 2],
}

impl Kea {
    /// A judge of that root's version. Daemons start when they are first asked.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(root: &Root) -> std::io::Result<Self> {
        Ok(Self { version: root.version, folder: root.folder()?, daemons: [None, None] })
    }

    /// The version.
    pub fn version(&self) -> KeaVersion {
        self.version
    }

    /// What one of Kea's two readers says of a text. `None`: the API cannot be asked, because the text has no plain
    /// form or is for another daemon, which reads files only here; or that daemon is not here.
    pub fn judge(&mut self, reader: Reader, family: Family, text: &str) -> Option<Verdict> {
        match reader {
            Reader::File => file::judge(&self.folder, family, text),
            Reader::Api if file::service(text).is_some() => None,
            Reader::Api => plain(text).map(|text| self.config_test(family, &text)),
        }
    }

    /// Asks the running daemon, and a fresh one when it fell silent: only who stops that as well stops Kea.
    fn config_test(&mut self, family: Family, text: &str) -> Verdict {
        let slot = &mut self.daemons[usize::from(family == Family::V6)];
        if slot.as_ref().is_some_and(|daemon| daemon.answers > QUESTIONS) {
            *slot = None;
        }
        let mut why = String::new();
        for _ in 0..2 {
            let daemon = match slot.take() {
                Some(daemon) => daemon,
                None => Daemon::start(&self.folder, self.version, family),
            };
            match slot.insert(daemon).config_test(text) {
                Ok(verdict) => return verdict,
                Err(error) => why = error,
            }
            *slot = None;
        }
        Verdict::Crashes(why)
    }
}

/// The text as whoever uses the API writes it: a JSON map as RFC 8259 has it, without comments, with the letters
/// themselves instead of their escapes. Numbers and repeated keys stay as they were written, and so do the escapes from
/// `\u0080` to `\u00ff`, which are single bytes for Kea.
fn plain(text: &str) -> Option<String> {
    let mut node = Node::parse(text)?;
    let is_map = |text: &str| serde_json::from_str::<Value>(text).is_ok_and(|value| value.is_object());
    is_map(&node.text()).then_some(())?;
    unescape(&mut node)?;
    Some(node.text())
}

/// Writes every string and key with as few escapes as JSON allows. `None`: one of them is no text.
fn unescape(node: &mut Node) -> Option<()> {
    let plain = |text: &str| {
        let text: String = serde_json::from_str(&hide_bytes(text)).ok()?;
        Some(show_bytes(&quoted(&text)))
    };
    match node {
        Node::Raw(text) if text.starts_with('"') => *text = plain(text)?,
        Node::Raw(_) => {}
        Node::List(items) => items.iter_mut().try_for_each(unescape)?,
        Node::Map(entries) => {
            for (key, value) in entries {
                let text = plain(&format!("\"{key}\""))?;
                *key = text[1..text.len() - 1].to_owned();
                unescape(value)?;
            }
        }
    }
    Some(())
}

/// A character of private use that stands for the byte 0.
const STAND_IN: u32 = 0xf_0000;

/// Puts a character in the place of every escape that is a single byte for Kea.
fn hide_bytes(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let digits = escape.strip_prefix("\\u").and_then(|rest| rest.get(..4));
        let byte = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let hidden = byte.filter(|byte| (0x80..=0xff).contains(byte));
        let hidden = hidden.and_then(|byte| char::from_u32(STAND_IN + byte));
        let next = escape.chars().nth(1).map_or(0, char::len_utf8);
        let length = if hidden.is_some() { 6 } else { 1 + next };
        match hidden {
            Some(c) => out.push(c),
            None => out.push_str(&escape[..length]),
        }
        rest = &escape[length..];
    }
    out + rest
}

/// Writes those escapes again.
fn show_bytes(text: &str) -> String {
    let byte = |c: char| u32::from(c).checked_sub(STAND_IN).filter(|byte| (0x80..=0xff).contains(byte));
    text.chars().map(|c| byte(c).map_or_else(|| c.to_string(), |byte| format!("\\u00{byte:02x}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_plain() {
        let text = "{ // one\n \"a\\u0062\": [\"\\u65e5\\t\", 1e3, 007] }";
        assert_eq!(plain(text), None);
        assert_eq!(plain(&text.replace("007", "7,")).unwrap(), "{\"ab\":[\"日\\t\",1e3,7]}");
        assert_eq!(
            plain(r#"{"a":"\u00e9\\\u00e9\u0041é\\u00e9"}"#).unwrap(),
            r#"{"a":"\u00e9\\\u00e9Aé\\u00e9"}"#
        );
        for text in ["[]", "{\"a\":\"\\ud800\"}", "{", "{a:1}"] {
            assert_eq!(plain(text), None, "{text}");
        }
    }
}
