//! How quick the check of a big configuration is, beside reading it with `serde_json`.
//!
//! `check_speed write FILE` writes the configuration: 10,000 subnets with pools, options and reservations, 50 classes,
//! some 7 MB, always the same. `check_speed FILE` measures; `check_speed memory FILE` says how much memory it takes;
//! `check_speed parts` measures expressions and the sweep over ranges. `cargo xtask bench check` runs them all. Each
//! line of the output is a name, a value and a unit.

use perch_shared::{
    Family, KeaVersion,
    check::check,
    expr::{self, Context, Purpose},
    json,
    net::{AddressRange, sweep_unsorted},
    option::Definitions,
};
use std::{error::Error, fmt::Write as _, fs, hint::black_box, net::Ipv4Addr, time::Instant};

const SUBNETS: usize = 10_000;
const CLASSES: usize = 50;
const VERSION: KeaVersion = KeaVersion::new(3, 0, 4);

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["write", file] => fs::write(file, configuration()?)?,
        ["parts"] => {
            expressions();
            ranges();
        }
        ["memory", file] => memory(&fs::read_to_string(file)?)?,
        [file] => speed(&fs::read_to_string(file)?),
        _ => speed(&configuration()?),
    }
    Ok(())
}

/// Prints the best times of several runs, in milliseconds.
fn speed(text: &str) {
    println!("size {:.2} MB", text.len() as f64 / 1e6);
    best("serde_json", || drop(black_box(serde_json::from_str::<serde_json::Value>(text).ok())));
    best("parse", || drop(black_box(json::parse(text))));
    best("check", || drop(black_box(check(text, VERSION))));
    println!(
        "errors {} -",
        check(text, VERSION).diagnostics.iter().filter(|found| !found.refused_by.is_none()).count()
    );
}

fn best(name: &str, mut run: impl FnMut()) {
    let best = (0..11).map(|_| seconds(&mut run)).fold(f64::MAX, f64::min);
    println!("{name} {:.2} ms", best * 1e3);
}

fn seconds(run: impl FnOnce()) -> f64 {
    let started = Instant::now();
    run();
    started.elapsed().as_secs_f64()
}

/// Prints the median time to parse and check an expression, over expressions of all sizes that people write.
fn expressions() {
    const EACH: u32 = 2_000;
    let texts = [
        "member('KNOWN')",
        "option[60].exists",
        "option[60].text == 'printer'",
        "substring(option[60].hex, 0, 9) == 'PXEClient'",
        "pkt4.mac == 0x020000000001",
        "option[61].hex == 0xff and not member('KNOWN')",
        "relay4[1].hex == 'port-7' or relay4[2].hex == 'switch-1'",
        "option[vendor-class-identifier].text == 'a' or option[host-name].text == 'b'",
        "(pkt.iface == 'eth0' or pkt.iface == 'eth1') and pkt4.msgtype == 1",
        "concat(substring(option[60].hex, 0, 3), hexstring(pkt4.mac, ':')) == 'abc02:00:00:00:00:01'",
        "ifelse(option[82].option[1].exists, option[82].option[1].hex, 'none') == 'none'",
        "member('class-1') and member('class-2') and not (member('class-3') or option[12].exists)",
    ];
    let definitions = Definitions::new(Family::V4, VERSION, Vec::new());
    let context = Context::new(&definitions, Purpose::Test);
    let one = |text: &str| drop(black_box(expr::check(&expr::parse(black_box(text)), &context)));
    let time = |text: &&str| seconds(|| (0..EACH).for_each(|_| one(text))) / f64::from(EACH);
    let mut times: Vec<f64> = texts.iter().map(time).collect();
    times.sort_by(f64::total_cmp);
    println!("expression {:.3} us", times.get(times.len() / 2).copied().unwrap_or_default() * 1e6);
}

/// Prints the times to sort the pools of 100,000 subnets, and to find those that overlap.
fn ranges() {
    let all: Vec<(u32, AddressRange, u32)> = (0..100_000_u32)
        .filter_map(|place| {
            // An odd factor visits every subnet once, in an order that is none.
            let subnet = place.wrapping_mul(48_271) & 0x1_ffff;
            let address = |host| Ipv4Addr::from(0x0a00_0000 + (subnet << 7) + host);
            let text = format!("{} - {}", address(10), address(99));
            Some((0, AddressRange::parse(Family::V4, &text).ok()?, place))
        })
        .collect();
    let numbers: Vec<(u32, u32, u32, u32)> = all
        .iter()
        .map(|(group, range, place)| {
            let narrow = |number| u32::try_from(number).unwrap_or(u32::MAX);
            (*group, narrow(range.numbers().0), narrow(range.numbers().1), *place)
        })
        .collect();
    best("sorting", || {
        let mut sorted = numbers.clone();
        sorted.sort_unstable();
        black_box(sorted);
    });
    best("sweep", || {
        let mut found = 0_u32;
        sweep_unsorted(Family::V4, all.iter().copied(), |_, _| found += 1);
        black_box(found);
    });
}

/// Prints how many bytes of memory a byte of text takes at the peak, the text itself not included.
fn memory(text: &str) -> Result<(), Box<dyn Error>> {
    let before = peak()?;
    drop(black_box(check(text, VERSION)));
    println!("memory {:.2} bytes/byte", peak()?.saturating_sub(before) as f64 / text.len() as f64);
    Ok(())
}

/// The most memory that this process had, in bytes.
fn peak() -> Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
}

/// The configuration.
fn configuration() -> Result<String, std::fmt::Error> {
    let mut out = String::with_capacity(8 << 20);
    out.push_str("{\n  \"Dhcp4\": {\n    \"valid-lifetime\": 3600,\n    \"renew-timer\": 900,\n    \"rebind-timer\": 1800,\n    \"interfaces-config\": { \"interfaces\": [ ] },\n    \"lease-database\": { \"type\": \"memfile\", \"persist\": false },\n    \"control-sockets\": [ { \"socket-type\": \"unix\", \"socket-name\": \"kea4.sock\" } ],\n    \"option-data\": [ { \"name\": \"domain-name\", \"data\": \"example.org\" } ],\n    \"client-classes\": [\n");
    for class in 0..CLASSES {
        let comma = if class + 1 < CLASSES { "," } else { "" };
        writeln!(
            out,
            "      {{ \"name\": \"class-{class}\", \"test\": \"substring(option[60].hex, 0, 4) == 'c{class:03}' and not member('UNKNOWN')\" }}{comma}"
        )?;
    }
    out.push_str("    ],\n    \"subnet4\": [\n");
    for number in 0..SUBNETS {
        subnet(number, &mut out)?;
        out.push_str(if number + 1 < SUBNETS { ",\n" } else { "\n" });
    }
    out.push_str("    ]\n  }\n}\n");
    Ok(out)
}

fn subnet(number: usize, out: &mut String) -> std::fmt::Result {
    let (id, net) = (number + 1, format!("10.{}.{}", number / 256, number % 256));
    let class = number % CLASSES;
    write!(
        out,
        r#"      {{
        "id": {id},
        "subnet": "{net}.0/24",
        "pools": [
          {{ "pool": "{net}.10 - {net}.99" }},
          {{ "pool": "{net}.100 - {net}.199", "client-classes": [ "class-{class}" ] }}
        ],
        "option-data": [
          {{ "name": "routers", "data": "{net}.1" }},
          {{ "name": "domain-name-servers", "data": "{net}.2, {net}.3" }},
          {{ "code": 42, "data": "{net}.4" }}
        ],
        "reservations": [
          {{ "hw-address": "02:00:00:01:{:02x}:{:02x}", "ip-address": "{net}.210", "hostname": "printer-{id}" }},
          {{ "hw-address": "02:00:00:02:{:02x}:{:02x}", "ip-address": "{net}.211" }}
        ]
      }}"#,
        number / 256,
        number % 256,
        number / 256,
        number % 256
    )
}
