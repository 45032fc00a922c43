//! `perch eval`: which classes a packet gets, and why.

mod input;
mod text;

use clap::{Args, ValueEnum};
use input::{Input, Unusable};
use perch_shared::{
    KeaVersion,
    check::check,
    diagnostic::{Diagnostic, Reader},
    expr::{
        self, Context, Parsed, Purpose,
        eval::{ClassRule, Setup, classify},
        parse,
    },
    json,
    option::Definitions,
    packet::PacketError,
};
use serde::Serialize;
use std::{io::Write, path::PathBuf, process::ExitCode};

/// The version that is judged for when none is named: the newest that Perch was held against.
const DEFAULT_VERSION: KeaVersion = KeaVersion::new(3, 0, 4);

/// Evaluate a configuration's client classes over a packet.
#[derive(Debug, Args)]
pub(super) struct Eval {
    /// The packet: a pcap or pcapng file, hex digits in any spelling, or the message's bytes; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    packet: PathBuf,
    /// The frame's number in a capture file, counted from 1; otherwise every DHCP packet of the file.
    #[arg(long, value_name = "N")]
    packet_number: Option<usize>,
    /// Show this class only.
    #[arg(long, value_name = "NAME", conflicts_with = "expression")]
    class: Option<String>,
    /// Evaluate this expression after all classes, instead of showing them.
    #[arg(long, value_name = "TEXT")]
    expression: Option<String>,
    /// The client has a reservation: the packet is `KNOWN`.
    #[arg(long)]
    known: bool,
    /// A class that the packet is in already, by a reservation or a hook; may be repeated.
    #[arg(long, value_name = "NAME")]
    in_class: Vec<String>,
    /// The interface that the packet comes in on.
    #[arg(long, value_name = "NAME")]
    interface: Option<String>,
    /// The Kea version that evaluates.
    #[arg(long, value_name = "VERSION", default_value_t = DEFAULT_VERSION)]
    kea_version: KeaVersion,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The configuration of kea-dhcp4 or kea-dhcp6; `-` is standard input.
    config: PathBuf,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    #[default]
    Text,
    /// One JSON object for each packet.
    Json,
}

/// One packet's result.
#[derive(Debug, Serialize)]
pub(super) struct Answer<'a> {
    /// The frame's number in the capture file.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<usize>,
    /// Type, client and addresses.
    summary: String,
    kea_version: KeaVersion,
    /// The classes that the packet gets.
    #[serde(skip_serializing_if = "Option::is_none")]
    assigned: Option<Vec<String>>,
    /// Whether class `DROP` ends it.
    dropped: bool,
    /// What Kea ignores of the packet.
    notes: Vec<String>,
    /// Each class, or the expression, with its steps.
    results: Vec<Shown<'a>>,
    /// Why Kea drops the packet before it evaluates anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<PacketError>,
}

/// An evaluation and the text that its steps point into.
#[derive(Debug, Serialize)]
pub(super) struct Shown<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    expression: Option<&'a str>,
    /// Whether it is the expression of the command line, and no class.
    #[serde(skip)]
    alone: bool,
    #[serde(flatten)]
    result: perch_shared::expr::eval::ClassResult,
}

/// A name that no class of a configuration can hide: the expression's own.
const EXPRESSION: &str = "expression";

impl Eval {
    /// 0: evaluated; 2: evaluated, but the configuration or the expression has errors; 3: nothing to evaluate.
    pub(super) fn run(self) -> ExitCode {
        match self.evaluate() {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(2),
            Err(Unusable(reason)) => {
                eprintln!("perch: {reason}");
                ExitCode::from(3)
            }
        }
    }

    /// Whether the configuration and the expression are without errors.
    fn evaluate(&self) -> Result<bool, Unusable> {
        let config = input::read_text(&self.config)?;
        let document = json::parse(&config);
        let mut setup = Setup::read(&document, self.kea_version).ok_or_else(|| {
            Unusable(format!("{}: neither `Dhcp4` nor `Dhcp6` is in it", self.config.display()))
        })?;
        let mut clean = self.complain(&config);
        if let Some(name) = &self.class {
            self.find_class(&setup, name)?;
        }
        if let Some(text) = &self.expression {
            clean &= complain_expression(text, &setup.definitions);
            setup.classes.push(expression_class(text, &setup));
        }
        let input = Input::read(&self.packet, setup.definitions.family)?;
        let mut out = std::io::stdout().lock();
        for (number, mut packet) in input.choose(self.packet_number)? {
            packet.known = self.known;
            packet.classes.clone_from(&self.in_class);
            if let Some(interface) = &self.interface {
                packet.interface.clone_from(interface);
            }
            let answer = self.answer(&setup, number, &packet);
            let printed = match self.format {
                Format::Text => text::print(&mut out, &answer),
                Format::Json => serde_json::to_string(&answer)
                    .map_err(std::io::Error::from)
                    .and_then(|line| writeln!(out, "{line}")),
            };
            // Nobody reads on.
            if printed.is_err() {
                break;
            }
        }
        Ok(clean)
    }

    fn find_class(&self, setup: &Setup, name: &str) -> Result<(), Unusable> {
        if setup.classes.iter().any(|class| class.name == name) {
            return Ok(());
        }
        let near =
            setup.classes.iter().map(|class| (strsim::levenshtein(&class.name, name), &class.name)).min();
        let hint = near.filter(|(distance, _)| *distance <= 3);
        let hint = hint.map_or(String::new(), |(_, other)| format!("; did you mean `{other}`?"));
        Err(Unusable(format!("{}: no class is called `{name}`{hint}", self.config.display())))
    }

    /// Prints the configuration's errors; whether there are none.
    fn complain(&self, config: &str) -> bool {
        let report = check(config, self.kea_version);
        let errors =
            report.diagnostics.iter().filter(|found| found.is_error() && found.refused_by.has(Reader::File));
        let mut clean = true;
        for error in errors {
            clean = false;
            eprintln!("{}:{}: error: {}", self.config.display(), place(config, error), error.message);
        }
        clean
    }

    fn answer<'a>(
        &self,
        setup: &'a Setup,
        number: Option<usize>,
        packet: &perch_shared::packet::Packet,
    ) -> Answer<'a> {
        let mut answer = Answer {
            number,
            summary: packet.summary(),
            kea_version: self.kea_version,
            assigned: None,
            dropped: false,
            notes: Vec::new(),
            results: Vec::new(),
            error: None,
        };
        match classify(packet, &setup.definitions, &setup.classes, setup.lenient) {
            Err(error) => answer.error = Some(error),
            Ok(found) => {
                let all = setup.classes.iter().zip(found.results);
                let last = setup.classes.len().saturating_sub(1);
                let wanted =
                    |(index, (class, _)): &(usize, (&ClassRule, _))| match (&self.class, &self.expression) {
                        (Some(name), _) => class.name == *name,
                        (None, Some(_)) => *index == last,
                        (None, None) => true,
                    };
                let shown = all.enumerate().filter(wanted).map(|(_, (class, result))| Shown {
                    expression: class.test.as_deref(),
                    alone: self.expression.is_some(),
                    result,
                });
                answer.results = shown.collect();
                answer.dropped = found.dropped;
                answer.notes = found.notes;
                answer.assigned = Some(found.assigned);
            }
        }
        answer
    }
}

/// The expression as the last class: evaluated when all others are, and never assigned.
fn expression_class(text: &str, setup: &Setup) -> ClassRule {
    let string = is_string(&parse(text));
    ClassRule {
        name: EXPRESSION.to_owned(),
        test: Some(text.to_owned()),
        // A string is as good as a condition here, but Kea 2.2 has no template to hold it.
        template: string && setup.definitions.version >= KeaVersion::new(2, 4, 0),
        additional: true,
        option_defs: Vec::new(),
    }
}

/// Prints what Kea refuses in an expression; whether that is nothing.
fn complain_expression(text: &str, definitions: &Definitions) -> bool {
    let parsed = parse(text);
    let purpose = if is_string(&parsed) { Purpose::Value } else { Purpose::Test };
    let found = expr::check(&parsed, &Context::new(definitions, purpose));
    let mut clean = true;
    for error in found.iter().filter(|found| found.is_error()) {
        clean = false;
        eprintln!("expression:{}: error: {}", place(text, error), error.message);
    }
    clean
}

fn is_string(parsed: &Parsed<'_>) -> bool {
    parsed.root().is_some_and(|root| parsed.type_of(root) == expr::Type::String)
}

/// Line and column of a finding, counted from 1.
fn place(text: &str, found: &Diagnostic) -> String {
    let start = found.span.as_ref().map_or(0, |span| span.start);
    let before = text.get(..start).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    format!("{line}:{column}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;
    use perch_shared::packet::{FormOption, PacketForm};

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        eval: Eval,
    }

    const CONFIG: &str = r#"{"Dhcp4": {"client-classes": [
        {"name": "phones", "test": "option[60].text == 'phone' and option[82].exists"},
        {"name": "known", "test": "member('KNOWN')"},
        {"name": "plain"}]}}"#;

    /// What is printed for a packet with option 60 alone.
    fn printed(arguments: &[&str]) -> String {
        let line = ["eval", "--packet", "p", "c"].iter().chain(arguments);
        let eval = Line::try_parse_from(line).unwrap().eval;
        let mut setup = Setup::read(&json::parse(CONFIG), eval.kea_version).unwrap();
        if let Some(text) = &eval.expression {
            setup.classes.push(expression_class(text, &setup));
        }
        let options = vec![FormOption { code: 60, data: b"phone".to_vec() }];
        let packet = PacketForm { options, known: eval.known, ..PacketForm::default() }.packet().unwrap();
        let mut out = Vec::new();
        text::print(&mut out, &eval.answer(&setup, None, &packet)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_class_with_what_decided_it() {
        let expected = "\
DHCPDISCOVER 02:00:00:00:00:01 tid 0x00000001
  classes: ALL, VENDOR_CLASS_phone, UNKNOWN

  phones: false
     option[60].text == 'phone' and option[82].exists = false
       option[60].text == 'phone' = true
         option[60].text = 'phone' (0x70686f6e65)
   *   option[82].exists = false  (option 82 is not in the packet)

";
        assert_eq!(printed(&["--class", "phones"]), expected);
    }

    #[test]
    fn an_expression_sees_the_classes() {
        let text = printed(&["--expression", "member('known')", "--known"]);
        assert!(text.contains("classes: ALL, VENDOR_CLASS_phone, KNOWN, known\n"), "{text}");
        assert!(text.contains("expression: true\n"), "{text}");
        let text = printed(&["--expression", "hexstring(pkt4.mac, ':')"]);
        assert!(text.contains("expression: '02:00:00:00:00:01'"), "{text}");
    }

    #[test]
    fn every_class_is_told_of() {
        let text = printed(&["--known"]);
        assert!(text.contains("known: true, after the reservations\n"), "{text}");
        assert!(text.contains("plain: has no test\n"), "{text}");
    }
}
