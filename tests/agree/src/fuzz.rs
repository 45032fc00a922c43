//! Hostile inputs for the whole engine, in this process: none may panic, take long, or take much longer when it grows.

use crate::{case::Kind, case::VERSIONS, generate, node::string, random::Random};
use perch_shared::{
    Family,
    check::check,
    expr::{
        self, Context, Purpose,
        eval::{ClassRule, classify},
    },
    json,
    option::Definitions,
    packet::{Packet, read_capture},
};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

/// Nothing may take longer, not even a large input in a slow build.
const PATIENCE: Duration = Duration::from_secs(60);
/// A time below which growth is not looked at: the machine's noise is larger.
const NOISE: Duration = Duration::from_millis(40);
/// Repeated pieces grow up to a quarter of so many bytes.
const LARGE: usize = 300_000;
/// Four times the input may take so many times the time: n log n and some noise.
const GROWTH: u32 = 9;

/// What is fed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A text as Kea's JSON.
    Json,
    /// A text as a whole configuration.
    Config,
    /// A text as a class's test.
    Expression,
    /// A text as the value of options of every type.
    OptionData,
    /// Bytes as a message, and as a capture of messages.
    Packet,
}

const TARGETS: [Target; 5] =
    [Target::Json, Target::Config, Target::Expression, Target::OptionData, Target::Packet];

/// What is being fed now, and since when.
type Now = Arc<Mutex<Option<(Instant, String)>>>;

/// Feeds inputs until the time is up, and gives how many and what went wrong.
///
/// # Panics
/// Never for an input; when one hangs, the process says so and ends.
pub fn run(seed: u64, time: Duration) -> (usize, Vec<String>) {
    let now: Now = Arc::default();
    watch(Arc::clone(&now));
    std::panic::set_hook(Box::new(|_| ()));
    let (until, mut count, mut wrong) = (Instant::now() + time, 0, Vec::new());
    while Instant::now() < until && wrong.len() < 20 {
        let mut random = Random::of_case(seed, count as u64);
        let target = random.pick(&TARGETS);
        let found = if random.chance(4) {
            grow(&mut random, target, &now)
        } else {
            let input = input(&mut random, target);
            feed(target, &input, &now).err()
        };
        wrong.extend(found.map(|why| format!("--seed {seed}, input {count}, {target:?}: {why}")));
        count += 1;
    }
    let _ = std::panic::take_hook();
    (count, wrong)
}

/// Ends the process when an input takes too long: nothing else can stop it.
fn watch(now: Now) {
    thread::spawn(move || {
        loop {
            thread::sleep(Duration::from_millis(500));
            let now = now.lock().expect("no thread failed").clone();
            if let Some((_, input)) = now.filter(|(began, _)| began.elapsed() > PATIENCE) {
                eprintln!("no end in {} s: {}", PATIENCE.as_secs(), short(&input));
                std::process::exit(1);
            }
        }
    });
}

/// One input, and the time it took.
fn feed(target: Target, input: &[u8], now: &Now) -> Result<Duration, String> {
    let text = String::from_utf8_lossy(input).into_owned();
    *now.lock().expect("no thread failed") = Some((Instant::now(), format!("{target:?}: {text}")));
    let began = worked();
    let fed = catch_unwind(AssertUnwindSafe(|| one(target, input, &text)));
    *now.lock().expect("no thread failed") = None;
    match fed {
        Ok(Ok(())) => Ok(worked().saturating_sub(began)),
        Ok(Err(why)) => Err(format!("{why}: {}", short(&text))),
        Err(panic) => {
            let said = panic.downcast_ref::<String>().cloned();
            let said = said.or_else(|| panic.downcast_ref::<&str>().map(|&said| said.to_owned()));
            Err(format!("panic {}: {}", said.unwrap_or_default(), short(&text)))
        }
    }
}

/// Feeds a repeated piece, then four times as many.
fn grow(random: &mut Random, target: Target, now: &Now) -> Option<String> {
    let (before, piece, after) = repeated(random, target);
    let build = |times: usize| format!("{before}{}{after}", piece.repeat(times));
    let quickest = |times: usize| -> Result<Duration, String> {
        let input = build(times);
        let mut best = Duration::MAX;
        for _ in 0..3 {
            best = best.min(feed(target, input.as_bytes(), now)?);
        }
        Ok(best)
    };
    let (mut times, mut small) = (400, Duration::ZERO);
    // Until the time says something.
    while small < NOISE && times * piece.len() < LARGE {
        times *= 2;
        match quickest(times) {
            Ok(time) => small = time,
            Err(why) => return Some(why),
        }
    }
    match quickest(times * 4) {
        Ok(large) if large > NOISE && large > small * GROWTH => {
            Some(format!("{small:?} became {large:?} at four times {times} × {piece:?} after {before:?}"))
        }
        Ok(_) => None,
        Err(why) => Some(why),
    }
}

/// The time that this thread has worked: what else the machine does should not count.
fn worked() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|word| word.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or_default())
}

/// A piece that may stand any number of times, with its surroundings.
fn repeated(random: &mut Random, target: Target) -> (String, String, String) {
    let pieces: &[(&str, &str, &str)] = match target {
        Target::Json | Target::Config => &[
            ("", "[", ""),
            ("", "{\"a\":", ""),
            ("{\"Dhcp4\":{", "\"a\":1,", "\"b\":2}}"),
            ("{\"Dhcp4\":{", "\"valid-lifetime\":1,", "\"b\":2}}"),
            ("", "//\n", "{}"),
            ("", "/*", ""),
            ("\"", "\\u00e9", "\""),
            ("[", ",", "]"),
            ("[", "\"", "]"),
            ("{\"Dhcp4\":{\"subnet4\":[", "{\"id\":1,\"subnet\":\"10.0.0.0/24\"},", "]}}"),
            ("{\"Dhcp4\":{\"subnet4\":[", "{},", "]}}"),
            (
                "{\"Dhcp4\":{\"subnet4\":[{\"id\":1,\"subnet\":\"10.0.0.0/8\",\"pools\":[",
                "{\"pool\":\"10.0.0.1-10.9.0.0\"},",
                "]}]}}",
            ),
            ("{\"Dhcp4\":{\"client-classes\":[", "{\"name\":\"a\",\"test\":\"member('a')\"},", "]}}"),
            ("{\"Dhcp4\":{\"option-def\":[", "{\"name\":\"a\",\"code\":224,\"type\":\"uint8\"},", "]}}"),
            ("{\"Dhcp4\":{\"option-data\":[", "{\"name\":\"routers\",\"data\":\"10.0.0.1\"},", "]}}"),
            ("{\"Dhcp4\":{\"shared-networks\":[", "{\"name\":\"a\",\"subnet4\":[{}]},", "]}}"),
            (
                "{\"Dhcp6\":{\"subnet6\":[{\"id\":1,\"subnet\":\"2001:db8::/32\",\"pd-pools\":[",
                "{\"prefix\":\"3000::\",\"prefix-len\":48,\"delegated-len\":64},",
                "]}]}}",
            ),
            (
                "{\"Dhcp6\":{\"subnet6\":[{\"id\":1,\"subnet\":\"2001:db8::/32\",\"reservations\":[",
                "{\"duid\":\"01:02\",\"ip-addresses\":[\"2001:db8::1\"]},",
                "]}]}}",
            ),
            ("{\"Dhcp4\":{\"hooks-libraries\":[", "{\"library\":\"a\"},", "]}}"),
            ("{\"Dhcp4\":{\"user-context\":", "{\"a\":[", ""),
            ("", "1", ""),
            ("{\"", "x", "\":1}"),
        ],
        Target::Expression => &[
            ("", "(", ""),
            ("", "not ", "'a'=='a'"),
            ("'a'", "+'b'", "=='c'"),
            ("'a'=='a'", " and 'a'=='a'", ""),
            ("'a'=='a'", " or not 'a'=='a'", ""),
            ("", "ifelse(", ""),
            ("", "concat('a',", ""),
            ("match('", "a*", "b','aaaaaaaaaaaaaaaaaaaaaaaa')"),
            ("match('", "(a", "','a')"),
            ("match('", "(a|", "','a')"),
            ("match('(a*)*", "a", "','aaaaaaaaaaaaaaaaaaaaaaaaaaab')"),
            ("'", "x", "'=='x'"),
            ("", "$", ""),
            ("option[", "1", "].hex=='a'"),
            ("0x", "f", "==0x1"),
            ("member('", "a", "')"),
            ("", "'", ""),
            ("", "option[", ""),
            ("", "1:", ""),
        ],
        Target::OptionData => &[
            ("", "192.0.2.1,", "192.0.2.1"),
            ("", "a.", "b"),
            ("", "\\,", ""),
            ("", ",", ""),
            ("", "0102", ""),
            ("", "01:", "02"),
            ("", " ", "x"),
            ("1, x.y, ", "1.2.3.4 ", ", alpn=dot"),
        ],
        Target::Packet => &[
            ("\u{1}\u{1}\u{6}", "\u{0}", ""),
            ("", "\u{1}", ""),
            ("\u{1}", "\u{0}\u{1}\u{0}\u{2}xx", ""),
            ("", "00", ""),
            ("", "\u{c}", ""),
        ],
    };
    let (before, piece, after) = random.pick(pieces);
    (before.into(), piece.into(), after.into())
}

/// An input: something sound, then damaged.
fn input(random: &mut Random, target: Target) -> Vec<u8> {
    let index = random.bits();
    let of = |kind| generate::case(kind, index, 0, &[]).text;
    let mut bytes = match target {
        Target::Json => of(Kind::Json).into_bytes(),
        Target::Config => {
            let kind = random.pick(&Kind::ALL);
            of(kind).into_bytes()
        }
        Target::Expression => generate::test(random, Family::V4).into_bytes(),
        Target::OptionData => {
            let texts = [
                "192.0.2.1, 10.0.0.1",
                "example.org",
                "1, 2, text\\, more",
                "2001:db8::/32",
                "3/4",
                "0x0102",
                "'text'",
                "10.0.0.0/8 - 10.0.0.1",
                "1, a.b., 1.2.3.4, alpn=dot\\,doq port=853",
            ];
            random.pick(&texts).as_bytes().to_vec()
        }
        Target::Packet => packet(random),
    };
    for _ in 0..random.pick(&[0, 1, 1, 2, 4, 8]) {
        damage(random, &mut bytes);
    }
    bytes
}

/// The bytes of a message: of either family, with a few options.
fn packet(random: &mut Random) -> Vec<u8> {
    let mut bytes = Vec::new();
    if random.chance(50) {
        bytes.extend([1, 1, 6, 0]);
        bytes.resize(236, 0);
        bytes.extend([0x63, 0x82, 0x53, 0x63]);
        for _ in 0..random.below(12) {
            let length = random.below(12);
            bytes.extend([random.bits() as u8, length as u8]);
            bytes.extend((0..length).map(|_| random.bits() as u8));
        }
        bytes.push(255);
    } else {
        bytes.extend([random.pick(&[1, 3, 12, 13]), 0, 0, 1]);
        if bytes[0] >= 12 {
            bytes.resize(34, 0);
        }
        for _ in 0..random.below(12) {
            let length = random.below(12);
            bytes.extend([0, random.below(100) as u8, 0, length as u8]);
            bytes.extend((0..length).map(|_| random.bits() as u8));
        }
    }
    bytes
}

/// One change of the bytes.
fn damage(random: &mut Random, bytes: &mut Vec<u8>) {
    if bytes.is_empty() {
        bytes.push(random.bits() as u8);
        return;
    }
    let at = random.below(bytes.len());
    let end = (at + random.between(1, 20)).min(bytes.len());
    match random.below(7) {
        0 => drop(bytes.drain(at..end)),
        1 => {
            let piece = bytes[at..end].to_vec();
            let times = random.pick(&[1, 2, 50]);
            bytes.splice(at..at, piece.repeat(times));
        }
        2 => bytes[at] = random.bits() as u8,
        3 => bytes[at] ^= 1 << random.below(8),
        4 => bytes.truncate(at),
        5 => {
            let piece = random.pick(&[
                "\"",
                "\\",
                "{",
                "[",
                "]",
                "}",
                "/*",
                "//",
                "'",
                "(",
                "\u{0}",
                "é",
                "😀",
                "\u{feff}",
                "-",
                "9999999999999999999999",
                "0x",
                "::",
                ",",
                "\n",
            ]);
            bytes.splice(at..at, piece.bytes());
        }
        _ => {
            let other = random.below(bytes.len());
            bytes.swap(at, other);
        }
    }
}

/// Everything that the engine does with an input; an error says what is not as it should be.
///
/// # Errors
/// When two checks of one text differ, or a place is not in the text.
pub fn one(target: Target, bytes: &[u8], text: &str) -> Result<(), String> {
    match target {
        Target::Json => {
            let document = json::parse(text);
            let errors = document.errors();
            if errors.iter().any(|error| text.get(error.span.clone()).is_none()) {
                return Err("a syntax error's place is not in the text".into());
            }
        }
        Target::Config => whole(text)?,
        Target::Expression => expression(text),
        Target::OptionData => {
            for kind in ["string", "fqdn", "ipv4-address", "tuple", "psid", "uint16", "binary", "ipv6-prefix"]
            {
                let data = string(text).text();
                whole(&format!(
                    r#"{{"Dhcp4":{{"option-def":[{{"name":"o","code":224,"type":"{kind}"}}],"option-data":[{{"code":224,"data":{data}}},{{"code":121,"data":{data}}},{{"code":224,"csv-format":false,"data":{data}}}]}}}}"#
                ))?;
            }
        }
        Target::Packet => received(bytes, text),
    }
    Ok(())
}

fn whole(text: &str) -> Result<(), String> {
    for version in VERSIONS {
        let report = check(text, version);
        for found in &report.diagnostics {
            if found.span.clone().is_some_and(|span| text.get(span).is_none()) {
                return Err(format!("the place of `{}` is not in the text", found.code));
            }
        }
        if report != check(text, version) {
            return Err("two checks differ".into());
        }
    }
    Ok(())
}

fn expression(text: &str) {
    let parsed = expr::parse(text);
    for version in VERSIONS {
        let definitions = Definitions::new(Family::V4, version, Vec::new());
        for purpose in [Purpose::Test, Purpose::TemplateTest, Purpose::Value] {
            expr::check(&parsed, &Context::new(&definitions, purpose));
        }
    }
}

/// A packet in every form, unpacked for every version, with expressions that look at much of it.
fn received(bytes: &[u8], text: &str) {
    let _ = read_capture(bytes);
    let _ = Packet::from_hex(None, text);
    let Ok(packet) = Packet::from_bytes(None, bytes.to_vec()) else { return };
    let mut random = Random::new(bytes.len() as u64);
    let mut tests: Vec<String> = (0..4).map(|_| generate::test(&mut random, packet.family)).collect();
    tests.push(
        "option[82].option[1].hex == 0x01 or relay6[0].option[18].exists or vendor-class[*].data[0] == 'x' \
         or substring(concat(option[60].hex, option[12].text), -3, all) == 'x' or vendor[4491].option[1].exists"
            .into(),
    );
    let rule = |test: String| ClassRule { name: "a".into(), test: Some(test), ..ClassRule::default() };
    let rules: Vec<ClassRule> = tests.into_iter().map(rule).collect();
    let _ = (packet.summary(), packet.hex());
    for version in VERSIONS {
        let definitions = Definitions::new(packet.family, version, Vec::new());
        let _ = packet.describe(&definitions);
        for lenient in [false, true] {
            let _ = classify(&packet, &definitions, &rules, lenient);
        }
    }
}

/// The beginning of an input, readable.
fn short(text: &str) -> String {
    let start: String = text.chars().take(300).collect();
    format!("{} bytes {start:?}", text.len())
}
