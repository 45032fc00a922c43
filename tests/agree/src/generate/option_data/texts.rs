//! The texts of `data`.

use crate::random::Random;

/// The text form of values.
pub(super) fn csv_text(random: &mut Random, types: &[String], array: bool) -> String {
    let repeat = if array { random.vary(60, 1, &[0, 2, 3]) } else { 1 };
    let mut values: Vec<String> = Vec::new();
    for turn in 0..repeat {
        // In an array of records only the last field repeats.
        let from = if turn == 0 { 0 } else { types.len() - 1 };
        values.extend(types[from..].iter().map(|kind| one_value(random, kind)));
    }
    if random.slip(5) {
        values.push(random.pick(&["1", "", " ", "x", "192.0.2.1"]).to_owned());
    }
    if random.slip(4) {
        values.pop();
    }
    let separator = random.mostly(70, ", ", &[",", " , ", ",,", ";", " ", ",\t"]);
    let mut text = values.join(separator);
    match if random.slip(12) { random.below(6) } else { 9 } {
        0 => text.insert(0, ' '),
        1 => text.push(' '),
        2 => text.push(','),
        3 => text.insert(0, ','),
        4 => text.push('\\'),
        5 => text.push('\n'),
        _ => {}
    }
    text
}

fn one_value(random: &mut Random, kind: &str) -> String {
    let (usual, edges) = values(kind);
    if matches!(kind, "string" | "fqdn" | "tuple" | "binary") && random.slip(8) {
        let long = random.pick(&[63, 64, 128, 253, 254, 255, 256, 300]);
        let unit = if kind == "binary" { "0a" } else { "a" };
        return if kind == "fqdn" && random.chance(60) {
            "abcdefg.".repeat(long / 8)
        } else {
            unit.repeat(long)
        };
    }
    random.pick_mostly(70, usual, edges).to_owned()
}

/// Digits for `"csv-format": false`, of a length that may fit.
pub(super) fn hex_text(random: &mut Random, types: &[String]) -> String {
    let edges = [
        "", "0", "012", "01:02", "1:2:3", "01 02", "0x0102", "0x1", "'text'", "0X01", "0x", "''", "01-02",
        "01::02", "01: 02", "0x01:02", " 01", "01 ", "'a", "a'", "\"x\"", "zz", "00", "0000", "'\u{0}'",
        "1 2", "01:0203", "01020", "'é'", "'it''s'", ":", "0102:", "000", "'a' ", "ff ff",
    ];
    if random.slip(40) {
        return random.pick(&edges).to_owned();
    }
    let length: usize = types
        .iter()
        .map(|kind| match kind.as_str() {
            "boolean" | "int8" | "uint8" => 1,
            "int16" | "uint16" => 2,
            "int32" | "uint32" | "ipv4-address" => 4,
            "ipv6-address" => 16,
            "psid" => 3,
            _ => random.below(6),
        })
        .sum();
    let length = (length * random.vary(85, 1, &[2, 3]) + 1).saturating_sub(random.mostly(80, 1, &[0, 2]));
    let byte = |random: &mut Random| {
        let small = random.pick(&[0, 1, 2, 3, 4, 5, 8, 16, 32, 64, 97, 127, 128, 255]);
        format!("{small:02x}")
    };
    let bytes: Vec<String> = (0..length).map(|_| byte(random)).collect();
    bytes.join(random.mostly(80, "", &[":", " "]))
}

/// Right texts of a type, and texts at its edges.
#[expect(clippy::too_many_lines, reason = "a table")]
fn values(kind: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        "boolean" => (
            &["true", "false", "0", "1"],
            &["TRUE", "False", "tRue", "yes", "2", "", "01", "t", "true ", "-1"],
        ),
        "int8" => (
            &["0", "1", "-1", "127", "-128"],
            &["128", "-129", "7f", "80", "ff", "0x7f", "+1", "1.0", "", "1e1", "- 1", "0x80", "a"],
        ),
        "uint8" => (
            &["0", "1", "255", "10"],
            &[
                "256", "-1", "ff", "100", "0xff", "0x100", "1e1", "0x", "+5", "012", "fff", "", " 5 ", "5.",
                "g",
            ],
        ),
        "int16" => (
            &["0", "-32768", "32767", "100"],
            &["32768", "-32769", "ffff", "7fff", "0x7fff", "x", "", "8000"],
        ),
        "uint16" => {
            (&["0", "65535", "67", "1234"], &["65536", "-1", "ffff", "10000", "0xffff", "fffff", "", "1,0"])
        }
        "int32" => (
            &["0", "-2147483648", "2147483647", "7"],
            &["2147483648", "-2147483649", "ffffffff", "80000000", "0xffffffff", ""],
        ),
        "uint32" => (
            &["0", "4294967295", "3600", "1"],
            &["4294967296", "-1", "ffffffff", "100000000", "18446744073709551616", "0x1ffffffff", "1e9"],
        ),
        "ipv4-address" => (
            &["192.0.2.1", "10.0.0.1", "0.0.0.0", "255.255.255.255"],
            &[
                "192.0.2.256",
                "192.0.2",
                "2001:db8::1",
                "01.2.3.4",
                "192.0.2.1/24",
                "",
                "host",
                "1.2.3.4.5",
                "192.0.2.1 ",
                "::ffff:1.2.3.4",
                "1",
            ],
        ),
        "ipv6-address" => (
            &["2001:db8::1", "::1", "::", "fe80::1"],
            &[
                "192.0.2.1",
                "2001:db8::g",
                "2001:db8::1/64",
                "1:2:3:4:5:6:7:8",
                "1:2:3",
                "",
                "::ffff:1.2.3.4",
                "fe80::1%eth0",
                "2001:DB8::A",
            ],
        ),
        "ipv6-prefix" => (
            &["2001:db8::/32", "::/0", "2001:db8:1::/48", "2001:db8::/128"],
            &[
                "2001:db8::",
                "2001:db8::/129",
                "2001:db8::1/64",
                "2001:db8::/0x20",
                "2001:db8:: / 32",
                "2001:db8::/-1",
                "/64",
                "192.0.2.0/24",
                "2001:db8::/",
                "2001:db8::/64/64",
                "2001:db8::/032",
                "x/64",
                "2001:db8::/1e1",
            ],
        ),
        "psid" => (
            &["3/4", "0/0", "63/6", "1/1"],
            &[
                "4/2", "3", "3/17", "65535/16", "65536/16", "-1/4", "3/-1", "0x3/4", "3 / 4", "/4", "3/",
                "3/4/5", "a/4", "0/1", "1/0",
            ],
        ),
        "string" => (
            &["text", "example.org", "a b c", "/boot/pxelinux.0"],
            &[
                "", " ", ",", "a,b", "a\\,b", "é", "\"q\"", "\\", "a\\\\b", "\\,", "a\nb", "'x'", " lead",
                "trail ", "\u{0}", "0x41", "\\x",
            ],
        ),
        "tuple" => (&["text", "a b", "x"], &["", " ", "a\\,b", "\"q\"", "é", "a,b", "00"]),
        "fqdn" => (
            &["example.org", "host.example.org.", "a.b", "host"],
            &[
                "",
                ".",
                "..",
                "a..b",
                "-a.org",
                "a_b.org",
                "é.org",
                "a b.org",
                "*.org",
                "\\046",
                "a.",
                ".a",
                "EXAMPLE.org",
                "1.2.3.4",
                "a\\.b",
                "xn--a",
                "@",
                "a/b",
                "\\300",
                "a\\",
                "\"a\"",
            ],
        ),
        "binary" | "opaque" => (
            &["0102", "ab", "", "AABBCC"],
            &["01 02", "0x01", "012", "01:02", "0g", "'a'", "0", " ", "a b c d", "01,02"],
        ),
        "empty" => (&[""], &["1", " ", ",", "x", "0", "''"]),
        "internal" => (
            &[
                "10.0.0.0/8 - 192.0.2.1",
                "100, dot.example.org.",
                "1, dns.example.org, 192.0.2.1, alpn=dot\\,doq",
                "0",
            ],
            &[
                "10.0.0.0/8",
                "10.0.0.0/33 - 192.0.2.1",
                "a",
                "",
                "1",
                "65536, a.b",
                "10.0.0.0/8 - 192.0.2.1, 0.0.0.0/0 - 10.0.0.1",
                "1, x, 1.2.3.4, port=853",
                "1, x, , alpn=h2",
                "10.1.2.3/8 - 192.0.2.1",
                "1, x., 2001:db8::1, alpn=dot port=8530",
            ],
        ),
        _ => (&["1", "text"], &["", "0"]),
    }
}
