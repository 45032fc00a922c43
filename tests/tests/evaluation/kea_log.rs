//! What a Kea logged about the packets that it got: the value of every token, and every class's result.

use std::collections::BTreeMap;

/// One class's evaluation.
#[derive(Debug, Default, Clone)]
pub struct Evaluation {
    /// The message's name and the value that was pushed, in the log's order.
    pub values: Vec<(String, String)>,
    /// `true`, `false`, or the error.
    pub result: String,
}

/// One packet.
#[derive(Debug, Default, Clone)]
pub struct Heard {
    /// The evaluations, by the class's name.
    pub evaluations: BTreeMap<String, Evaluation>,
    /// Whether the packet could not be unpacked, and why.
    pub dropped: bool,
    pub reason: String,
    /// Whether the daemon went on to the second round of classes.
    pub late: bool,
    /// The classes at the end.
    pub classes: Vec<String>,
}

const RECEIVED: [&str; 2] = ["DHCP4_BUFFER_RECEIVED", "DHCP6_BUFFER_RECEIVED"];

/// How many packets the daemon got so far.
pub fn received(log: &str) -> usize {
    log.lines().filter(|line| RECEIVED.iter().any(|name| line.contains(name))).count()
}

/// Everything that the log says.
pub fn read(log: &str) -> Vec<Heard> {
    let mut packets: Vec<Heard> = Vec::new();
    let mut open = Evaluation::default();
    for entry in entries(log) {
        let Some((name, text)) = message(&entry) else { continue };
        if RECEIVED.contains(&name) {
            packets.push(Heard::default());
            open = Evaluation::default();
        }
        let Some(packet) = packets.last_mut() else { continue };
        match name {
            "DHCP4_PACKET_DROP_0001" | "DHCP6_PACKET_DROP_PARSE_FAIL" => {
                packet.dropped = true;
                packet.reason = text.to_owned();
            }
            "EVAL_RESULT" | "DHCPSRV_EVAL_RESULT" | "DHCPSRV_EVAL_ERROR" => {
                let (class, result) = result(text);
                open.result = result;
                packet.evaluations.insert(class, std::mem::take(&mut open));
            }
            "DHCP4_CLASS_ASSIGNED"
            | "DHCP6_CLASS_ASSIGNED"
            | "DHCP4_CLASSES_ASSIGNED_AFTER_SUBNET_SELECTION"
            | "DHCP6_CLASSES_ASSIGNED_AFTER_SUBNET_SELECTION" => {
                packet.late = true;
                let list = text.rsplit_once("following class").map_or("", |(_, list)| list);
                let list = list.split_once(": ").map_or("", |(_, list)| list);
                packet.classes = list.split(", ").map(str::to_owned).collect();
            }
            name if name.starts_with("EVAL_DEBUG_") => {
                if let Some(value) = value(name, text) {
                    open.values.push((name.to_owned(), value));
                }
            }
            _ => (),
        }
    }
    packets
}

/// The log's entries; one goes on over lines that do not begin with a date.
fn entries(log: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in log.split('\n') {
        let dated = line.len() > 23
            && line.as_bytes()[4] == b'-'
            && line.as_bytes()[10] == b' '
            && line.as_bytes()[13] == b':';
        match entries.last_mut() {
            Some(last) if !dated => {
                last.push('\n');
                last.push_str(line);
            }
            _ => entries.push(line.to_owned()),
        }
    }
    entries
}

/// The message's name and text: behind `[logger/thread]`.
fn message(entry: &str) -> Option<(&str, &str)> {
    let (_, rest) = entry.split_once("] ")?;
    rest.split_once(' ')
}

/// The class and what became of it.
fn result(text: &str) -> (String, String) {
    let text = text.split_once("Expression ").expect("a result").1;
    let (class, result) = text.split_once(" evaluated to ").expect("a result");
    let result = match result.trim_end() {
        "1" => "true",
        "0" => "false",
        other => other,
    };
    (class.trim_matches('\'').to_owned(), result.to_owned())
}

/// The value that a token pushed; `None` for jumps, which push nothing.
fn value(name: &str, text: &str) -> Option<String> {
    let last = |marker: &str| text.rsplit_once(marker).map(|(_, value)| value.to_owned());
    let first = |marker: &str| text.split_once(marker).map(|(_, value)| value.to_owned());
    let found = match name.trim_start_matches("EVAL_DEBUG_") {
        "BRANCH" | "POP_OR_BRANCH_TRUE" | "POP_OR_BRANCH_FALSE" | "POP_AND_BRANCH_FALSE" => return None,
        "STRING" => first("Pushing text string "),
        "HEXSTRING" => first("Pushing hex string "),
        "LCASE" => last("to lower case "),
        "UCASE" => last("to upper case "),
        "IPADDRESS" | "IPADDRESSTOTEXT" => first("Pushing IPAddress "),
        number if number.contains("INT") && number.ends_with("TOTEXT") => {
            last("Int").and_then(|rest| rest.split_once(' ').map(|(_, value)| value.to_owned()))
        }
        "OPTION" | "SUB_OPTION" | "PKT" | "PKT4" | "PKT6" | "RELAY6" | "RELAY6_RANGE" => first("with value "),
        "IFELSE_TRUE" | "IFELSE_FALSE" => last("leaving "),
        "MATCH" => last("result "),
        "CONCAT" | "NOT" | "AND" | "OR" => last(" pushing "),
        "VENDOR_ENTERPRISE_ID" | "VENDOR_CLASS_ENTERPRISE_ID" => last("as result "),
        _ => last("pushing result "),
    };
    Some(found.unwrap_or_else(|| panic!("no value in {name}: {text}")).trim_end_matches('\n').to_owned())
}
