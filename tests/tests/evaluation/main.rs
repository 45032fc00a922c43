//! Perch's evaluation of expressions beside real Keas': packets are sent to a daemon, and its log is read.

mod corpus;
mod kea_log;
mod perch;
mod random;

use corpus::Corpus;
use kea_log::Heard;
use perch_shared::{
    Family, KeaVersion,
    expr::eval::{ClassRule, classify},
    option::{Definitions, OptionDef},
    packet::{Packet, Received},
};
use perch_tests::{
    lab::{self, Lab},
    wait,
};
use serde_json::{Value, json};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};

/// So many packets may wait for the daemon at once.
const AT_ONCE: usize = 4;

/// A daemon's class definitions; all are called `c` and a number.
fn class_rules(expressions: &[String]) -> Vec<ClassRule> {
    let rule = |(index, test): (usize, &String)| ClassRule {
        name: format!("c{index}"),
        test: Some(test.clone()),
        ..ClassRule::default()
    };
    expressions.iter().enumerate().map(rule).collect()
}

/// The daemon with the classes, without anything that could make it answer: no pools.
fn start(lab: &mut Lab, family: Family, classes: &[ClassRule], definitions: &Value) -> u16 {
    let version = lab.version();
    lab.start_listening(family, |root| {
        let subnet = match family {
            Family::V4 => json!({"id": 1, "subnet": "127.0.0.0/8", "reservations":
                [{"hw-address": "02:00:00:00:00:99", "hostname": "known"}]}),
            Family::V6 => json!({"id": 1, "subnet": "2001:db8::/32", "reservations":
                [{"duid": "00:03:00:01:02:00:00:00:00:99", "hostname": "known"}]}),
        };
        root[family.subnet_key()] = json!([subnet]);
        for key in ["shared-networks", "option-data", "hooks-libraries"] {
            root[key] = json!([]);
        }
        if version >= KeaVersion::new(2, 4, 0) {
            // One packet after the other, so that the log is in order.
            root["multi-threading"] = json!({"enable-multi-threading": false});
        }
        root["option-def"] = definitions.clone();
        let entry = |class: &ClassRule| json!({"name": class.name, "test": class.test});
        root["client-classes"] = classes.iter().map(entry).collect();
    })
}

/// Sends the packets, and gives what the daemon logged about each.
fn hear(lab: &Lab, family: Family, port: u16, messages: &[Vec<u8>]) -> Vec<Heard> {
    let (own, server): (IpAddr, IpAddr) = match family {
        Family::V4 => (Ipv4Addr::LOCALHOST.into(), Ipv4Addr::LOCALHOST.into()),
        Family::V6 => (Ipv6Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()),
    };
    let socket = UdpSocket::bind((own, 0)).expect("a socket");
    for (index, chunk) in messages.chunks(AT_ONCE).enumerate() {
        for message in chunk {
            socket.send_to(message, (server, port)).expect("the packet is sent");
        }
        let sent = index * AT_ONCE + chunk.len();
        wait::until("the daemon to take the packets", || {
            let taken = kea_log::received(&lab.log(family));
            if taken >= sent { Ok(()) } else { Err(format!("{taken} of {sent}\n{}", tail(&lab.log(family)))) }
        });
    }
    // The daemon does one thing at a time: when it answers here, it has done with the last packet.
    lab.ask(family, &json!({"command": "version-get"}));
    kea_log::read(&lab.log(family))
}

fn tail(log: &str) -> String {
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(15)..].join("\n")
}

/// The packet as the daemon gets it.
fn packet(family: Family, bytes: &[u8]) -> Packet {
    let loopback: IpAddr = match family {
        Family::V4 => Ipv4Addr::LOCALHOST.into(),
        Family::V6 => Ipv6Addr::LOCALHOST.into(),
    };
    Packet {
        interface: "lo".to_owned(),
        source: Some(loopback),
        destination: Some(loopback),
        ..Packet::new(family, bytes.to_vec())
    }
}

/// What is compared, and what differs.
#[derive(Default)]
struct Tally {
    packets: usize,
    dropped: usize,
    evaluations: usize,
    values: usize,
    failed: usize,
    /// DHCPv6 messages to another server: Kea drops them before it looks at classes.
    for_others: usize,
    wrong: Vec<String>,
}

/// Compares one packet over all classes.
fn compare(
    tally: &mut Tally,
    name: &str,
    packet: &Packet,
    definitions: &Definitions,
    classes: &[ClassRule],
    heard: &Heard,
) {
    tally.packets += 1;
    if let Err(error) = Received::new(packet, definitions, false) {
        tally.dropped += 1;
        if !heard.evaluations.is_empty() {
            tally.wrong.push(format!("{name}: Kea takes the packet; perch: {error}"));
        }
        return;
    }
    if heard.dropped {
        tally.wrong.push(format!("{name}: Kea drops the packet: {}", heard.reason));
        return;
    }
    let received = Received::new(packet, definitions, false).expect("it was unpacked right now");
    if packet.family == Family::V6 && heard.evaluations.is_empty() && received.option(2).is_some() {
        tally.for_others += 1;
        return;
    }
    let ours = perch::evaluate(packet, definitions, classes, heard.late);
    for (class, ours) in classes.iter().zip(&ours) {
        let test = class.test.as_deref().unwrap_or_default();
        let Some(kea) = heard.evaluations.get(&class.name) else {
            if ours.is_some() {
                tally.wrong.push(format!("{name}: `{test}` is not evaluated by Kea"));
            }
            continue;
        };
        let Some(ours) = ours else {
            tally.wrong.push(format!("{name}: `{test}` is evaluated by Kea only"));
            continue;
        };
        tally.evaluations += 1;
        tally.values += kea.values.len();
        tally.failed += usize::from(ours.result.is_err());
        if let Err(difference) = perch::same(ours, kea) {
            tally.wrong.push(format!("{name}: `{test}`: {difference}"));
        }
    }
    // DHCPv6 of 2.2 and 2.6 does not always tell all of them.
    if heard.classes.iter().any(|class| class == "ALL") {
        let known = heard.classes.iter().any(|class| class == "KNOWN");
        let packet = Packet { known, ..packet.clone() };
        let found = classify(&packet, definitions, classes, false).expect("it was unpacked before");
        if found.assigned != heard.classes {
            let only = |these: &[String], those: &[String]| -> Vec<String> {
                these.iter().filter(|class| !those.contains(class)).cloned().collect()
            };
            let (ours, keas) = (only(&found.assigned, &heard.classes), only(&heard.classes, &found.assigned));
            tally.wrong.push(format!(
                "{name}: classes {ours:?} only here, {keas:?} only in Kea, or in another order"
            ));
        }
    }
}

/// Runs packets over expressions on one daemon.
fn run(lab: &mut Lab, family: Family, expressions: &[String], messages: &[(String, Vec<u8>)]) -> Tally {
    let classes = class_rules(expressions);
    let definitions_text = corpus::definitions(family);
    let custom: Vec<OptionDef> = serde_json::from_value(definitions_text.clone()).expect("definitions");
    let definitions = Definitions::new(family, lab.version(), custom);
    let port = start(lab, family, &classes, &definitions_text);
    let bytes: Vec<Vec<u8>> = messages.iter().map(|(_, bytes)| bytes.clone()).collect();
    let heard = hear(lab, family, port, &bytes);
    assert_eq!(heard.len(), messages.len(), "the log tells of every packet");
    let mut tally = Tally::default();
    for ((name, bytes), heard) in messages.iter().zip(&heard) {
        compare(&mut tally, name, &packet(family, bytes), &definitions, &classes, heard);
    }
    println!(
        "{} {family}: {} packets ({} dropped, {} for another server) × {} expressions: {} evaluations ({} failed), {} values compared, {} wrong",
        lab.version(),
        tally.packets,
        tally.dropped,
        tally.for_others,
        classes.len(),
        tally.evaluations,
        tally.failed,
        tally.values,
        tally.wrong.len()
    );
    tally
}

fn report(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong[..wrong.len().min(60)].join("\n"));
}

#[test]
fn kea_and_perch_agree_on_the_corpus() {
    let corpus = Corpus::read();
    let mut wrong = Vec::new();
    for mut lab in lab::VERSIONS.into_iter().filter_map(Lab::open) {
        for family in Family::ALL {
            let expressions = corpus.expressions(family, lab.version());
            let tally = run(&mut lab, family, &expressions, &corpus.packets(family));
            assert!(
                tally.evaluations > 2000 && tally.failed > 20 && tally.dropped > 0,
                "the corpus covers something"
            );
            wrong.extend(tally.wrong.iter().map(|text| format!("{} {text}", lab.version())));
        }
    }
    report(&wrong);
}

#[test]
fn kea_and_perch_agree_on_random_packets_and_expressions() {
    let seed = random::seed();
    println!("seed {seed} (PERCH_SEED)");
    let corpus = Corpus::read();
    let mut wrong = Vec::new();
    for mut lab in lab::VERSIONS.into_iter().filter_map(Lab::open) {
        for family in Family::ALL {
            let mut random = random::Random::new(seed);
            let expressions: Vec<String> =
                (0..200).map(|_| random.condition(family, lab.version(), 3)).collect();
            let packets = random.packets(&corpus.packets(family), 60);
            let tally = run(&mut lab, family, &expressions, &packets);
            wrong.extend(tally.wrong.iter().map(|text| format!("{} seed {seed} {text}", lab.version())));
        }
    }
    report(&wrong);
}
