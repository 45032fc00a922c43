//! A configuration's client classes over one packet, in Kea's order.

use super::{Environment, Outcome, Trace, Value, trace};
use crate::{
    Family, KeaVersion,
    expr::{Function, Kind, Parsed, parse},
    option::{Definitions, OptionDef},
    packet::{Packet, PacketError, Received},
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// A client class as far as classification needs it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClassRule {
    /// Its name.
    pub name: String,
    /// `test`, or `template-test` where `template` says so.
    pub test: Option<String>,
    /// Whether `test` is a `template-test`: a string that names a class of its own (Kea ≥ 2.4).
    pub template: bool,
    /// `only-in-additional-list` (Kea ≥ 3.0) or `only-if-required`.
    pub additional: bool,
    /// `option-def` of a DHCPv4 class: how option 43 and the codes 224 to 254 are unpacked for its members.
    pub option_defs: Vec<OptionDef>,
}

/// When a class is evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Round {
    /// Without a test: assigned by a reservation, a hook or an additional list only.
    NotTested,
    /// Before Kea selects a subnet.
    Early,
    /// After Kea knows whether there is a reservation, because the test depends on `KNOWN` or `UNKNOWN`.
    Late,
    /// Where the pool, subnet or network that Kea chose lists it; whether one does is not known here.
    Additional,
}

/// What became of one class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ClassResult {
    /// The class's name.
    pub name: String,
    /// When it was evaluated.
    pub round: Round,
    /// The evaluation; `None` where there was none: no test, or the packet was dropped before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace: Option<Trace>,
    /// The class that a template made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spawned: Option<String>,
}

/// All classes of a configuration over one packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Classification {
    /// The classes that the packet is in, in the order in which it got them.
    pub assigned: Vec<String>,
    /// What became of each class, in the configuration's order.
    pub results: Vec<ClassResult>,
    /// Whether Kea drops the packet because of class `DROP`.
    pub dropped: bool,
    /// What Kea ignored of the packet.
    pub notes: Vec<String>,
}

/// The classes that a packet is in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Classes {
    order: Vec<Vec<u8>>,
    members: HashSet<Vec<u8>>,
}

impl Classes {
    /// Whether the packet is in the class.
    pub fn has(&self, name: &[u8]) -> bool {
        self.members.contains(name)
    }

    /// Puts the packet into a class.
    pub fn add(&mut self, name: impl Into<Vec<u8>>) {
        let name = name.into();
        if self.members.insert(name.clone()) {
            self.order.push(name);
        }
    }

    /// The names, in the order in which they came.
    pub fn names(&self) -> impl Iterator<Item = std::borrow::Cow<'_, str>> {
        self.order.iter().map(|name| String::from_utf8_lossy(name))
    }
}

/// Classifies a packet as a daemon with these definitions and classes does. `lenient` is
/// `compatibility.lenient-option-parsing`.
///
/// # Errors
/// When the daemon drops the packet before it evaluates any class.
pub fn classify(
    packet: &Packet,
    definitions: &Definitions,
    classes: &[ClassRule],
    lenient: bool,
) -> Result<Classification, PacketError> {
    let received = Received::new(packet, definitions, lenient)?;
    let mut run = Run { packet, definitions, received, assigned: Classes::default() };
    let parsed: Vec<Option<Parsed<'_>>> =
        classes.iter().map(|class| class.test.as_deref().map(parse)).collect();
    let rounds = rounds(classes, &parsed);
    let mut results: Vec<ClassResult> = classes
        .iter()
        .zip(&rounds)
        .map(|(class, round)| ClassResult {
            name: class.name.clone(),
            round: *round,
            trace: None,
            spawned: None,
        })
        .collect();
    run.built_in();
    let mut dropped = false;
    for round in [Round::Early, Round::Late, Round::Additional] {
        if round == Round::Late {
            run.between(classes);
        }
        for ((class, parsed), result) in classes.iter().zip(&parsed).zip(&mut results) {
            if let (true, Some(parsed)) = (result.round == round, parsed) {
                run.test(class, parsed, result);
            }
        }
        dropped = run.assigned.has(b"DROP");
        if dropped {
            break;
        }
    }
    let assigned = run.assigned.names().map(std::borrow::Cow::into_owned).collect();
    Ok(Classification { assigned, results, dropped, notes: run.received.notes })
}

/// When each class is evaluated. A class that is `member` of a late class is late too; templates never are.
fn rounds(classes: &[ClassRule], parsed: &[Option<Parsed<'_>>]) -> Vec<Round> {
    let mut late: HashSet<&str> = ["KNOWN", "UNKNOWN"].into();
    let mut rounds = Vec::with_capacity(classes.len());
    for (class, parsed) in classes.iter().zip(parsed) {
        let depends = !class.template && parsed.as_ref().is_some_and(|parsed| depends_on(parsed, &late));
        if depends {
            late.insert(&class.name);
        }
        rounds.push(match parsed {
            None => Round::NotTested,
            Some(_) if class.additional => Round::Additional,
            Some(_) if depends => Round::Late,
            Some(_) => Round::Early,
        });
    }
    rounds
}

fn depends_on(parsed: &Parsed<'_>, classes: &HashSet<&str>) -> bool {
    parsed.nodes().iter().enumerate().any(|(id, node)| {
        node.kind == Kind::Call(Function::Member)
            && parsed.child(id).is_some_and(|name| classes.contains(parsed.quoted(name)))
    })
}

struct Run<'a> {
    packet: &'a Packet,
    definitions: &'a Definitions,
    received: Received,
    assigned: Classes,
}

impl Run<'_> {
    /// The classes that the packet has before any test.
    fn built_in(&mut self) {
        self.assigned.add("ALL");
        for name in vendor_classes(&self.received) {
            self.assigned.add(name);
        }
        self.packet.classes.iter().for_each(|class| self.assigned.add(class.as_str()));
    }

    /// Between the rounds: the deferred options, then whether there is a reservation.
    fn between(&mut self, classes: &[ClassRule]) {
        if self.received.family == Family::V4 {
            let assigned: Vec<&[OptionDef]> = self
                .assigned
                .names()
                .filter_map(|name| classes.iter().find(|class| class.name == name))
                .map(|class| class.option_defs.as_slice())
                .collect();
            self.received.unpack_deferred(self.definitions, &assigned);
        }
        self.assigned.add(if self.packet.known { "KNOWN" } else { "UNKNOWN" });
    }

    fn test(&mut self, class: &ClassRule, parsed: &Parsed<'_>, result: &mut ClassResult) {
        // Kea 2.2 does not know templates and reads over them.
        if class.template && self.definitions.version < KeaVersion::new(2, 3, 0) {
            return;
        }
        let environment = Environment {
            packet: self.packet,
            received: &self.received,
            definitions: self.definitions,
            classes: &self.assigned,
        };
        let trace = trace(parsed, &environment);
        if class.template
            && trace.outcome.matches()
            && let Ok(Value::String(value)) = super::evaluate(parsed, &environment)
        {
            let name = [b"SPAWN_", class.name.as_bytes(), b"_", &value].concat();
            result.spawned = Some(String::from_utf8_lossy(&name).into_owned());
            if result.round != Round::Additional {
                self.assigned.add(name);
            }
        }
        let is_in = match &trace.outcome {
            Outcome::String(_) if !class.template => false,
            outcome => outcome.matches(),
        };
        if is_in && result.round != Round::Additional {
            self.assigned.add(class.name.as_str());
        }
        result.trace = Some(trace);
    }
}

/// The classes `VENDOR_CLASS_…`, made of DHCPv4's option 60 or DHCPv6's vendor classes with cable modems told apart.
pub fn vendor_classes(received: &Received) -> Vec<Vec<u8>> {
    let prefixed = |name: Vec<u8>| [b"VENDOR_CLASS_", name.as_slice()].concat();
    vendor_names(received).into_iter().map(prefixed).collect()
}

fn vendor_names(received: &Received) -> Vec<Vec<u8>> {
    if received.family == Family::V4 {
        return received
            .option(60)
            .and_then(|option| option.string())
            .map(<[u8]>::to_vec)
            .into_iter()
            .collect();
    }
    // Kea before 2.3.5 looks at the first vendor class only.
    let most = if received.version >= KeaVersion::new(2, 3, 5) { usize::MAX } else { 1 };
    let classes = received.options.iter().filter(|option| option.code == 16).take(most);
    let name = |data: &[Vec<u8>]| {
        let cable = [&b"docsis3.0"[..], b"eRouter1.0"]
            .into_iter()
            .find(|name| data.iter().any(|tuple| tuple == name));
        cable.map(<[u8]>::to_vec).or_else(|| data.first().cloned())
    };
    classes.filter_map(|option| name(option.vendor_class()?.1)).collect()
}
