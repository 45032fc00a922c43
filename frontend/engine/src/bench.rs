//! The expression bench: one expression, one daemon, one packet.

use crate::{
    places::Places,
    talk::{CapturedPacket, OfferItem, PacketFields, PacketInfo, PacketText, Settings, Step, Subject, Trace},
};
use perch_shared::{
    Family, KeaVersion,
    diagnostic::Diagnostic,
    expr::{
        self, Context, Purpose,
        eval::{self, ClassRule, Setup, classify},
    },
    json,
    option::{self, Definitions, OptionData},
    packet::{Captured, FormOption, Packet, PacketForm, RelayForm, read_capture},
};
use std::{
    borrow::Cow,
    collections::BTreeSet,
    net::{IpAddr, Ipv6Addr},
    ops::Range,
};

/// A daemon with its standard options, and with what a configuration adds to them.
#[derive(Debug)]
pub struct Bench {
    definitions: Definitions,
    purpose: Purpose,
    /// The classes that are evaluated before.
    classes: Vec<ClassRule>,
    /// Their names; `None`: any class may be there.
    names: Option<BTreeSet<Cow<'static, str>>>,
}

impl Bench {
    /// The bench for a daemon of this family and version.
    pub fn new(family: Family, version: KeaVersion) -> Self {
        let definitions = Definitions::new(family, version, Vec::new());
        Self { definitions, purpose: Purpose::Test, classes: Vec::new(), names: None }
    }

    /// The bench for an expression as the settings have it.
    pub fn of(settings: &Settings, family: Family) -> Self {
        let mut bench = Self::new(family, settings.version);
        if matches!(settings.subject, Subject::Template(_)) {
            bench.purpose = Purpose::TemplateTest;
        }
        if let Some(setup) = Setup::read(&json::parse(&settings.around), settings.version) {
            bench.definitions = setup.definitions;
            bench.names = Some(setup.classes.iter().map(|class| Cow::Owned(class.name.clone())).collect());
            bench.classes = setup.classes;
        }
        bench
    }

    fn context(&self) -> Context<'_> {
        Context { classes: self.names.as_ref(), ..Context::new(&self.definitions, self.purpose) }
    }

    /// What is wrong with the expression as a class's test.
    pub fn check(&self, text: &str) -> Vec<Diagnostic> {
        expr::check(&expr::parse(text), &self.context())
    }

    /// What can be put at a byte of the expression: the bytes that go, and the proposals.
    pub fn complete(&self, text: &str, byte: usize) -> Option<(Range<usize>, Vec<OfferItem>)> {
        let found = expr::complete(text, byte, &self.context());
        let span = found.first()?.span.range();
        let item =
            |one: expr::Completion| OfferItem { label: one.label, detail: one.detail, insert: one.insert };
        Some((span, found.into_iter().map(item).collect()))
    }

    /// What there is to say about a byte of the expression: the bytes that are meant, and the words.
    pub fn hover(&self, text: &str, byte: usize) -> Option<(Range<usize>, String)> {
        let found = expr::hover(text, byte, &self.context())?;
        Some((found.span.range(), format!("`{}`\n{}", found.title, found.text)))
    }

    /// What a packet is.
    pub fn packet_info(&self, text: &PacketText) -> Result<PacketInfo, String> {
        let packet = self.packet(text)?;
        Ok(PacketInfo { summary: packet.summary(), description: packet.describe(&self.definitions) })
    }

    fn packet(&self, text: &PacketText) -> Result<Packet, String> {
        let packet =
            Packet::from_hex(Some(self.definitions.family), &text.hex).map_err(|error| error.to_string())?;
        Ok(Packet {
            interface: text.interface.trim().to_owned(),
            source: address(&text.source)?.or(packet.source),
            destination: address(&text.destination)?.or(packet.destination),
            classes: text
                .classes
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect(),
            known: text.known,
            ..packet
        })
    }

    /// What the expression makes of a packet.
    pub fn trace(&self, text: &str, packet: &PacketText) -> Result<Trace, String> {
        let packet = self.packet(packet)?;
        if expr::parse(text).problems().is_empty() {
            let template = self.purpose == Purpose::TemplateTest;
            let class = ClassRule {
                name: CLASS.into(),
                test: Some(text.to_owned()),
                template,
                ..ClassRule::default()
            };
            let mut all = self.classes.clone();
            all.push(class);
            let classes =
                classify(&packet, &self.definitions, &all, false).map_err(|error| error.to_string())?;
            let last = classes.results.into_iter().rfind(|result| result.name == CLASS);
            let trace = last.and_then(|result| result.trace);
            trace.map(|trace| told(text, trace)).ok_or_else(|| classes.notes.join(" "))
        } else {
            Err(String::new())
        }
    }

    /// The packets in a capture file.
    pub fn capture(&self, bytes: &[u8]) -> Result<Vec<CapturedPacket>, String> {
        let captured = read_capture(bytes).map_err(|error| error.to_string())?;
        let one = |one: Captured| CapturedPacket {
            number: one.number,
            family: one.packet.family,
            summary: one.summary,
            packet: PacketText {
                hex: one.packet.hex(),
                interface: one.packet.interface.clone(),
                source: one.packet.source.map(|address| address.to_string()).unwrap_or_default(),
                destination: one.packet.destination.map(|address| address.to_string()).unwrap_or_default(),
                ..PacketText::default()
            },
        };
        Ok(captured.into_iter().map(one).collect())
    }

    /// A packet made of fields.
    pub fn build(&self, fields: &PacketFields) -> Result<String, String> {
        let family = self.definitions.family;
        let hardware = bytes(&fields.hardware).ok_or_else(|| {
            format!("`{}` is not a hardware address such as 02:00:00:00:00:01", fields.hardware.trim())
        })?;
        let relay = address(&fields.relay)?;
        let given = fields.options.iter().filter(|(name, _)| !name.trim().is_empty());
        let mut options =
            given.map(|(name, value)| self.option(name.trim(), value)).collect::<Result<Vec<_>, _>>()?;
        let mut form = PacketForm { family, message_type: fields.message_type, ..PacketForm::default() };
        match (family, relay) {
            (Family::V4, None) => {}
            (Family::V4, Some(IpAddr::V4(relay))) => form.giaddr = relay,
            (Family::V6, None) => {}
            (Family::V6, Some(IpAddr::V6(link_address))) => {
                let peer_address = Ipv6Addr::new(0xFE80, 0, 0, 0, 0, 0, 0, 1);
                form.relays = vec![RelayForm { link_address, peer_address, options: Vec::new() }];
            }
            (_, Some(relay)) => {
                return Err(format!("a {} relay cannot have the address {relay}", family.protocol()));
            }
        }
        if family == Family::V6 && !options.iter().any(|option| option.code == CLIENT_ID) {
            // A DUID of type 3: the hardware address alone (RFC 8415, section 11.4).
            let duid = [0, 3, 0, 1].into_iter().chain(hardware.iter().copied());
            options.insert(0, FormOption { code: CLIENT_ID, data: duid.collect() });
        }
        form.hardware = hardware;
        form.options = options;
        form.packet().map(|packet| packet.hex()).map_err(|error| error.to_string())
    }

    /// An option's bytes: by its definition, or as hexadecimal digits or `'text'` where that does not fit or there is
    /// none.
    fn option(&self, name: &str, value: &str) -> Result<FormOption, String> {
        let number = name.parse::<u16>().ok();
        let named = OptionData {
            code: number,
            name: if number.is_some() { String::new() } else { name.to_owned() },
            data: value.trim().to_owned(),
            ..OptionData::default()
        };
        let typed = option::check(&self.definitions, &named);
        let plain = || {
            option::check(&self.definitions, &OptionData { csv_format: Some(false), ..named.clone() }).bytes
        };
        let code = number.or(typed.definition.as_ref().map(|definition| definition.code));
        let code = code.ok_or_else(|| format!("no option is called `{name}`"))?;
        let wrong = || {
            let message = typed.diagnostics.first().map(|first| first.message.clone());
            format!("option {name}: {}", message.unwrap_or_else(|| "this is no value for it".into()))
        };
        typed.bytes.clone().or_else(plain).map(|data| FormOption { code, data }).ok_or_else(wrong)
    }
}

/// The class that the expression is made the test of.
const CLASS: &str = "(this expression)";
/// DHCPv6's client identifier (RFC 8415, section 21.2).
const CLIENT_ID: u16 = 1;

/// A trace with its texts.
fn told(text: &str, trace: eval::Trace) -> Trace {
    let places = Places::new(text);
    let source =
        |step: &eval::Step| text.get(step.start as usize..step.end as usize).unwrap_or_default().to_owned();
    let because = trace.because.iter().filter_map(|at| trace.steps.get(*at)).map(|step| {
        let note = step.note.as_ref().map(|note| format!(": {note}"));
        format!("`{}` is {}{}", source(step), value(&step.value), note.unwrap_or_default())
    });
    let why = because.collect::<Vec<_>>().join("; ");
    let (matches, outcome) = match &trace.outcome {
        eval::Outcome::Condition(true) => (Some(true), "The packet matches.".to_owned()),
        eval::Outcome::Condition(false) => (Some(false), "The packet does not match.".to_owned()),
        eval::Outcome::String(bytes) => (None, format!("The value is {}.", printed(bytes))),
        eval::Outcome::Failed(reason) => (None, format!("Kea cannot evaluate it: {reason}")),
    };
    let steps = outer_first(&trace.steps).into_iter().map(|step| Step {
        depth: step.depth as usize,
        place: places.place(&(step.start as usize..step.end as usize)),
        source: source(step),
        value: value(&step.value),
        holds: if let eval::StepValue::Condition(holds) = step.value { Some(holds) } else { None },
        skipped: matches!(step.value, eval::StepValue::Skipped),
        note: step.note.clone().unwrap_or_default(),
    });
    Trace { matches, outcome, why, steps: steps.collect() }
}

/// The steps as a reader goes through them: what is made of parts before its parts, and no parentheses.
fn outer_first(steps: &[eval::Step]) -> Vec<&eval::Step> {
    let mut sorted: Vec<&eval::Step> = steps.iter().collect();
    sorted.sort_by_key(|step| (step.start, step.depth, std::cmp::Reverse(step.end)));
    // Parentheses lie as deep as what they hold.
    let holds = |outer: &eval::Step, inner: Option<&&eval::Step>| {
        inner.is_some_and(|inner| {
            inner.depth == outer.depth && inner.end < outer.end && inner.start > outer.start
        })
    };
    let kept = sorted.iter().enumerate().filter(|(at, step)| !holds(step, sorted.get(at + 1)));
    kept.map(|(_, step)| *step).collect()
}

fn value(value: &eval::StepValue) -> String {
    match value {
        eval::StepValue::Condition(true) => "true".into(),
        eval::StepValue::Condition(false) => "false".into(),
        eval::StepValue::String(bytes) => printed(bytes),
        eval::StepValue::Skipped => "not evaluated".into(),
        // A value is shown as it is: its backticks would mark nothing.
        eval::StepValue::Failed(reason) => format!("cannot be evaluated: {}", reason.replace('`', "")),
    }
}

/// A string of Kea's as an expression would have it.
fn printed(bytes: &eval::Bytes) -> String {
    let more =
        if bytes.hex.len() / 2 < bytes.len { format!("… ({} bytes)", bytes.len) } else { String::new() };
    match &bytes.text {
        _ if bytes.len == 0 => "''".into(),
        Some(text) => format!("'{text}'{more}"),
        None => format!("0x{}{more}", bytes.hex),
    }
}

/// Bytes of hexadecimal digits with or without something between them.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<char> =
        text.trim().chars().filter(|letter| !matches!(letter, ':' | '-' | '.' | ' ')).collect();
    let pair = |pair: &[char]| match pair {
        [high, low] => u8::try_from(high.to_digit(16)? << 4 | low.to_digit(16)?).ok(),
        _ => None,
    };
    digits.chunks(2).map(pair).collect()
}

/// An address; `None`: there is nothing.
fn address(text: &str) -> Result<Option<IpAddr>, String> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| format!("`{text}` is not an address")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bench(family: Family) -> Bench {
        Bench::new(family, KeaVersion::new(3, 0, 4))
    }

    fn packet(family: Family, options: &[(&str, &str)]) -> PacketText {
        let fields = PacketFields {
            message_type: 1,
            hardware: "02:00:00:00:00:2a".into(),
            relay: String::new(),
            options: options.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        };
        PacketText { hex: bench(family).build(&fields).unwrap(), ..PacketText::default() }
    }

    #[test]
    fn a_packet_is_made_of_fields_and_traced() {
        let packet = packet(Family::V4, &[("vendor-class-identifier", "phone-7"), ("82", "0x0102")]);
        let trace = bench(Family::V4).trace("(substring(option[60].hex, 0, 5) == 'phone')", &packet).unwrap();
        assert_eq!(trace.matches, Some(true));
        let steps: Vec<(usize, &str, &str)> =
            trace.steps.iter().map(|step| (step.depth, step.source.as_str(), step.value.as_str())).collect();
        let expected = [
            (0, "substring(option[60].hex, 0, 5) == 'phone'", "true"),
            (1, "substring(option[60].hex, 0, 5)", "'phone'"),
            (2, "option[60].hex", "'phone-7'"),
            (1, "'phone'", "'phone'"),
        ];
        assert_eq!(steps, expected);
    }

    #[test]
    fn a_reason_is_given_where_it_does_not_match() {
        let trace = bench(Family::V4).trace("option[60].exists", &packet(Family::V4, &[])).unwrap();
        assert_eq!(trace.matches, Some(false));
        assert!(trace.why.contains("option[60].exists"), "{}", trace.why);
    }

    #[test]
    fn what_stands_around_is_known() {
        let around = r#"{"Dhcp4": {
            "option-def": [{"name": "lamp", "code": 225, "space": "dhcp4", "type": "string"}],
            "client-classes": [{"name": "phones", "test": "option[60].exists"}]}}"#;
        let subject = Subject::Expression(Family::V4);
        let settings = Settings { around: around.into(), ..Settings::new(subject, KeaVersion::new(3, 0, 4)) };
        let bench = Bench::of(&settings, Family::V4);
        let test = "member('phones') and not option[lamp].exists";
        assert_eq!(bench.check(test), []);
        assert_eq!(bench.check("member('phone')").len(), 1);
        let packet = packet(Family::V4, &[("vendor-class-identifier", "x")]);
        assert_eq!(bench.trace(test, &packet).unwrap().matches, Some(true));
        let template =
            Bench::of(&Settings { subject: Subject::Template(Family::V4), ..settings }, Family::V4);
        assert_eq!(template.check("option[60].text"), []);
        assert_eq!(template.trace("option[60].text", &packet).unwrap().outcome, "The value is 'x'.");
    }

    #[test]
    fn the_other_family_has_a_duid() {
        let packet = packet(Family::V6, &[("15", "'abc'")]);
        let info = bench(Family::V6).packet_info(&packet).unwrap();
        assert!(
            info.description.contains("02:00:00:00:00:2a") || info.description.contains("02000000002a"),
            "{info:?}"
        );
    }

    #[test]
    fn what_is_wrong_with_fields_is_said() {
        let build = |hardware: &str, relay: &str, option: (&str, &str)| {
            let options = vec![(option.0.into(), option.1.into())];
            let fields =
                PacketFields { message_type: 1, hardware: hardware.into(), relay: relay.into(), options };
            bench(Family::V4).build(&fields).unwrap_err()
        };
        assert!(build("02:0", "", ("", "")).contains("hardware address"));
        assert!(build("02", "2001:db8::1", ("", "")).contains("DHCPv4 relay"));
        assert!(build("02", "x", ("", "")).contains("not an address"));
        assert!(build("02", "", ("nonsense", "1")).contains("`nonsense`"));
        assert!(build("02", "", ("routers", "192.0.2")).contains("routers"));
    }
}
