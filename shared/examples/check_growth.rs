//! How the check of hostile texts grows with their length.
//!
//! `check_growth [NAME]` doubles each text (of all, or of those whose name contains NAME) until its check takes long
//! enough to be measured, and prints how many times longer the last doubling made it: 2 for what grows with the text,
//! 4 for what grows with its square. It fails beyond [`TOO_MUCH`].

use perch_shared::{
    KeaVersion,
    check::{Report, check},
    json::Lines,
};
use std::{fmt::Write as _, fs, hint::black_box, net::Ipv4Addr, process::ExitCode};

/// So many times longer may a doubling make a check.
const TOO_MUCH: f64 = 3.0;
/// A check that takes so many seconds can be measured.
const LONG: f64 = 0.1;
/// A text is not made longer than this, in bytes.
const LONGEST: usize = 16 << 20;

/// A text that can be made as long as one wants.
type Text = fn(usize) -> String;

fn main() -> ExitCode {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let texts = TEXTS.iter().flat_map(|texts| texts.iter()).filter(|(name, _)| name.contains(&wanted));
    let mut is_fine = true;
    for (name, text) in texts {
        let growth = growth(name, *text);
        is_fine &= growth < TOO_MUCH;
    }
    if is_fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints how a text's check grows; returns what the last doubling made of it.
fn growth(name: &str, text: Text) -> f64 {
    let mut count = 500;
    let (mut before, mut shorter) = (f64::MAX, 1);
    loop {
        let text = text(count);
        let (seconds, findings, output) = measured(&text);
        let growth = 2.0 * (seconds / text.len() as f64) / (before / shorter as f64);
        if seconds > LONG && before < f64::MAX || text.len() > LONGEST {
            let verdict = if growth < TOO_MUCH { "" } else { "  too much" };
            println!(
                "{name:32} x{growth:<5.2} {:8.1} ms {:8.2} MB {:6.2} us/byte {findings:7} findings {output:6.1} bytes/byte{verdict}",
                seconds * 1e3,
                text.len() as f64 / 1e6,
                seconds * 1e6 / text.len() as f64,
            );
            return growth;
        }
        (before, shorter) = (seconds, text.len());
        count *= 2;
    }
}

/// The best time of a few checks with the places of all findings, how many there were, and how long what they say is
/// beside the text.
fn measured(text: &str) -> (f64, usize, f64) {
    let mut best = f64::MAX;
    let mut said = (0, 0.0);
    for _ in 0..3 {
        let started = spent();
        let report = check(text, KeaVersion::new(3, 0, 4));
        let length = told(text, &report);
        best = best.min(spent() - started);
        said = (report.diagnostics.len(), length as f64 / text.len() as f64);
        if best > 0.5 {
            break;
        }
    }
    (best, said.0, said.1)
}

/// How long this thread ran, in seconds, whatever else the machine has to do.
fn spent() -> f64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split_whitespace().next().and_then(|word| word.parse().ok());
    nanoseconds.unwrap_or(f64::NAN) / 1e9
}

/// Finds the places of all findings, and says how many bytes there are to show.
fn told(text: &str, report: &Report) -> usize {
    let lines = Lines::new(text);
    let mut length = 0;
    for found in &report.diagnostics {
        let spans = found.span.iter().chain(found.related.iter().flat_map(|related| &related.span));
        for span in spans {
            black_box((lines.place(span.start), lines.utf16_column(span.end)));
        }
        length += found.message.len() + found.path.len() + found.help.as_ref().map_or(0, String::len);
        length += found.related.iter().map(|one| one.message.len() + one.path.len()).sum::<usize>();
        let edits = found.fix.iter().flat_map(|fix| &fix.edits);
        length += edits.map(|edit| edit.text.len()).sum::<usize>();
    }
    length
}

/// The text of the pool of a number, apart from every other.
fn range(base: u32, number: usize) -> String {
    let first = base + number as u32 * 8;
    format!("{}-{}", Ipv4Addr::from(first), Ipv4Addr::from(first + 6))
}

/// Pieces made of numbers, with something between them.
fn many(count: usize, between: &str, piece: impl Fn(usize, &mut String) -> std::fmt::Result) -> String {
    let mut out = String::new();
    for number in 0..count {
        if number > 0 {
            out.push_str(between);
        }
        let _ = piece(number, &mut out);
    }
    out
}

fn dhcp4(inside: &str) -> String {
    format!("{{\"Dhcp4\": {{{inside}}}}}")
}

fn dhcp6(inside: &str) -> String {
    format!("{{\"Dhcp6\": {{{inside}}}}}")
}

/// A list of numbered maps below a key of a DHCPv4 server.
fn list4(count: usize, key: &str, piece: impl Fn(usize, &mut String) -> std::fmt::Result) -> String {
    dhcp4(&format!("\"{key}\": [{}]", many(count, ",", piece)))
}

fn list6(count: usize, key: &str, piece: impl Fn(usize, &mut String) -> std::fmt::Result) -> String {
    dhcp6(&format!("\"{key}\": [{}]", many(count, ",", piece)))
}

/// A list of numbered maps in the only subnet of a DHCPv4 server.
fn in_subnet(count: usize, key: &str, piece: impl Fn(usize, &mut String) -> std::fmt::Result) -> String {
    let list = many(count, ",", piece);
    dhcp4(&format!("\"subnet4\": [{{\"id\": 1, \"subnet\": \"10.0.0.0/8\", \"{key}\": [{list}]}}]"))
}

fn class(test: &str) -> String {
    dhcp4(&format!("\"client-classes\": [{{\"name\": \"a\", \"test\": \"{test}\"}}]"))
}

const TEXTS: &[&[(&str, Text)]] = &[KEYS, BROKEN, SCOPES, OPTIONS, CLASSES, REST];

const KEYS: &[(&str, Text)] = &[
    ("keys: one unknown, again", |n| dhcp4(&many(n, ",", |_, out| write!(out, "\"a\":1")))),
    ("keys: one unknown, again, lines", |n| dhcp4(&many(n, ",\n", |_, out| write!(out, "\"a\":1")))),
    ("keys: one known, again", |n| dhcp4(&many(n, ",", |_, out| write!(out, "\"valid-lifetime\":4000")))),
    ("keys: one wrong, again", |n| dhcp4(&many(n, ",", |_, out| write!(out, "\"valid-lifetime\":\"a\"")))),
    ("keys: one deprecated, again", |n| {
        dhcp4(&many(n, ",", |_, out| write!(out, "\"reservation-mode\":\"all\"")))
    }),
    ("keys: one list, again", |n| dhcp4(&many(n, ",", |_, out| write!(out, "\"subnet4\":[{{\"a\":1}}]")))),
    ("keys: one daemon, again", |n| {
        format!("{{{}}}", many(n, ",", |_, out| write!(out, "\"Dhcp4\":{{\"a\":1}}")))
    }),
    ("keys: one of users, again", |n| {
        dhcp4(&format!("\"user-context\": {{{}}}", many(n, ",", |_, out| write!(out, "\"a\":1"))))
    }),
    ("keys: again in every map", |n| {
        list4(n, "subnet4", |_, out| write!(out, "{{\"id\":1,\"id\":2,\"a\":1,\"a\":2}}"))
    }),
    ("keys: again at every depth", |n| {
        dhcp4(&format!("\"a\":1,{}1{}", "\"b\":1,\"b\":{".repeat(n), "}".repeat(n)))
    }),
    ("keys: again with escapes", |n| {
        dhcp4(&many(n, ",", |i, out| write!(out, "\"{}\":1", if i % 2 == 0 { "a" } else { "\\u0061" })))
    }),
    ("keys: long, again at the end", |n| {
        let key = "k".repeat(n);
        dhcp4(&format!(
            "\"user-context\":{{\"{key}\":{{{}}}}}",
            many(n, ",", |_, out| write!(out, "\"a\":1"))
        ))
    }),
    ("keys: unknown, global", |n| dhcp4(&many(n, ",", |i, out| write!(out, "\"unknown-{i}\":1")))),
    ("keys: unknown, global, lines", |n| dhcp4(&many(n, ",\n  ", |i, out| write!(out, "\"unknown-{i}\":1")))),
    ("keys: nearly known, global", |n| dhcp4(&many(n, ",", |i, out| write!(out, "\"valid-lifetim{i}\":1")))),
    ("keys: of other objects, global", |n| dhcp4(&many(n, ",", |_, out| write!(out, "\"pool\":1")))),
    ("keys: unknown, in subnets", |n| list4(n, "subnet4", |i, out| write!(out, "{{\"id\":{i},\"pol\":1}}"))),
    ("keys: unknown, in one subnet", |n| {
        dhcp4(&format!("\"subnet4\":[{{{}}}]", many(n, ",", |i, out| write!(out, "\"u{i}\":1"))))
    }),
    ("keys: unknown, in one class", |n| {
        dhcp4(&format!("\"client-classes\":[{{{}}}]", many(n, ",", |i, out| write!(out, "\"u{i}\":1"))))
    }),
    ("keys: unknown, in one database", |n| {
        dhcp4(&format!("\"lease-database\":{{{}}}", many(n, ",", |i, out| write!(out, "\"u{i}\":1"))))
    }),
    ("keys: deprecated, in subnets", |n| {
        list4(n, "subnet4", |i, out| write!(out, "{{\"id\":{i},\"client-class\":\"a\"}}"))
    }),
    ("keys: renamed, in subnets", |n| {
        list4(n, "subnet4", |i, out| write!(out, "{{\"id\":{i},\"reservation-mode\":\"all\"}}"))
    }),
    ("keys: comments, in reservations", |n| {
        list4(n, "reservations", |_, out| write!(out, "{{\"comment\":\"a\",\"user-context\":{{}}}}"))
    }),
    ("keys: both comments, in classes", |n| {
        list4(n, "client-classes", |_, out| {
            write!(out, "{{\"user-context\":{{\"comment\":\"a\"}},\"comment\":\"a\"}}")
        })
    }),
    ("keys: escaped, in one another", |n| dhcp4(&format!("{}1{}", "\"\\u0061\":{".repeat(n), "}".repeat(n)))),
    ("keys: missing, in classes", |n| list4(n, "client-classes", |_, out| write!(out, "{{\"test\":\"\"}}"))),
    ("keys: missing, in libraries", |n| {
        list4(n, "hooks-libraries", |_, out| write!(out, "{{\"parameters\":{{}}}}"))
    }),
    ("keys: long unknown", |n| dhcp4(&format!("\"{}\":1", "k".repeat(n * 10)))),
    ("values: of another kind", |n| list4(n, "subnet4", |_, out| write!(out, "{{\"id\":\"a\"}}"))),
    ("values: of no kind", |n| list4(n, "subnet4", |_, out| write!(out, "1"))),
    ("values: items of another kind", |n| {
        dhcp4(&format!(
            "\"interfaces-config\":{{\"interfaces\":[{}]}}",
            many(n, ",", |_, out| write!(out, "1"))
        ))
    }),
    ("values: out of range", |n| list4(n, "subnet4", |_, out| write!(out, "{{\"id\":-1}}"))),
    ("values: inherited and wrong", |n| {
        let subnets = many(n, ",", |i, out| write!(out, "{{\"id\":{i},\"t1-percent\":0.5}}"));
        dhcp4(&format!("\"t1-percent\": \"a\", \"t2-percent\": \"a\", \"subnet4\": [{subnets}]"))
    }),
    ("values: unknown words", |n| {
        list4(n, "option-def", |_, out| write!(out, "{{\"name\":\"a\",\"code\":200,\"type\":\"strin\"}}"))
    }),
];

const BROKEN: &[(&str, Text)] = &[
    ("broken: lists, open", |n| "[".repeat(n)),
    ("broken: lists in one another", |n| format!("{}{}", "[".repeat(n), "]".repeat(n))),
    ("broken: maps, open", |n| "{\"a\":".repeat(n)),
    ("broken: maps in one another", |n| {
        dhcp4(&format!("{}1{}", "\"a\":{\"b\":1,\"a\":".repeat(n), "}".repeat(n)))
    }),
    ("broken: wrong brackets", |n| format!("{}{}", "[".repeat(n), "}".repeat(n))),
    ("broken: brackets by turns", |n| "[}{]".repeat(n)),
    ("broken: closing ones", |n| format!("{{{}", "]\n".repeat(n))),
    ("broken: closing ones, indented", |n| format!("{{\n{}", "    ]\n".repeat(n))),
    ("broken: closing ones, out", |n| format!("{}{}]", "  [\n".repeat(n), " ]\n".repeat(n))),
    ("broken: closing ones, open", |n| format!("{}{}", "  [\n".repeat(n + 1), " ]\n".repeat(n))),
    ("broken: closing ones, further in", |n| format!("{}{}]", " [\n".repeat(n), "  ]\n".repeat(n))),
    ("broken: stairs, open", |n| {
        let n = n / 10;
        let mut out = String::new();
        (0..n).for_each(|i| {
            let _ = writeln!(out, "{:i$}{{\"a\":", "");
        });
        (0..n).for_each(|i| {
            let _ = writeln!(out, "{:i$}]", "");
        });
        out
    }),
    ("broken: no commas", |n| format!("[{}]", "1 ".repeat(n))),
    ("broken: no commas in subnets", |n| dhcp4(&format!("\"subnet4\":[{}]", "{\"id\":1}\n".repeat(n)))),
    ("broken: no colons", |n| format!("{{{}}}", many(n, ",", |i, out| write!(out, "\"a{i}\" 1")))),
    ("broken: no values", |n| format!("{{{}}}", many(n, ",", |i, out| write!(out, "\"a{i}\"")))),
    ("broken: no keys", |n| format!("{{{}}}", many(n, ",", |_, out| write!(out, "{{}}")))),
    ("broken: no quotes", |n| dhcp4(&many(n, ",", |i, out| write!(out, "a{i}: b")))),
    ("broken: no closing quotes", |n| dhcp4(&many(n, ",\n", |i, out| write!(out, "\"a{i}: 1")))),
    ("broken: no closing quotes, values", |n| dhcp4(&many(n, ",\n", |i, out| write!(out, "\"a{i}\": \"b")))),
    ("broken: no closing quotes, one line", |n| format!("[{}", "\"a,".repeat(n))),
    ("broken: single quotes", |n| format!("[{}]", "'a',".repeat(n))),
    ("broken: single quotes, open", |n| format!("[{}]", "'a\n,".repeat(n))),
    ("broken: quotes of printers", |n| format!("[{}]", "\u{201c}a\u{201d},".repeat(n))),
    ("broken: text of many lines", |n| dhcp4(&format!("\"a\": \"{}\"", "b\n".repeat(n)))),
    ("broken: texts of two lines", |n| dhcp4(&many(n, ",", |i, out| write!(out, "\"a{i}\": \"b\nc\"")))),
    ("broken: text of lines, open", |n| dhcp4(&format!("\"a\": \"{}", "b\n".repeat(n)))),
    ("broken: control characters", |n| dhcp4(&format!("\"a\": \"{}\"", "\t".repeat(n)))),
    ("broken: control characters, mended", |n| {
        dhcp4(&format!(
            "\"a\": \"{}\" 1, {}",
            "\t".repeat(n),
            many(n, ",", |i, out| write!(out, "\"u{i}\":1"))
        ))
    }),
    ("broken: escapes", |n| dhcp4(&format!("\"a\": \"{}\"", "\\x".repeat(n)))),
    ("broken: unicode", |n| dhcp4(&format!("\"a\": \"{}\"", "\\u20ac".repeat(n)))),
    ("broken: comments, open", |n| format!("{{{}", "/* a\n".repeat(n))),
    ("broken: comments, one line", |n| format!("{{{}", "/* a ".repeat(n))),
    ("broken: comments", |n| format!("{{{}}}", "/* a */ # b\n // c\n".repeat(n))),
    ("broken: includes", |n| format!("{{{}}}", "<?include \"a\"?>".repeat(n))),
    ("broken: includes, open", |n| format!("{{{}}}", "<?include \"a\n".repeat(n))),
    ("broken: includes, one line", |n| format!("{{{}}}", "<?include \"a".repeat(n))),
    ("broken: includes, no more", |n| format!("{{{}}}", "<?".repeat(n))),
    ("broken: slashes", |n| format!("{{{}}}", "/ ".repeat(n))),
    ("broken: words", |n| format!("[{}]", "yes,".repeat(n))),
    ("broken: numbers", |n| format!("[{}]", "0x10,1e999,99999999999999999999,".repeat(n))),
    ("broken: one number", |n| format!("[{}]", "9".repeat(n * 10))),
    ("broken: semicolons", |n| format!("[1{}]", ";1".repeat(n))),
    ("broken: commas", |n| format!("[{}]", ",".repeat(n))),
    ("broken: blanks", |n| format!("[{}1]", " \n".repeat(n))),
    ("broken: one comma, then findings", |n| {
        dhcp4(&format!("\"a\":1 \"b\":2, {}", many(n, ",", |i, out| write!(out, "\"u{i}\":1"))))
    }),
    ("broken: commas, then findings", |n| {
        let wrong = "1 ".repeat(200);
        dhcp4(&format!("\"a\":[{wrong}], {}", many(n, ",", |i, out| write!(out, "\"u{i}\":1"))))
    }),
    ("broken: rubbish behind", |n| format!("{{}}{}", "}".repeat(n))),
];

const SCOPES: &[(&str, Text)] = &[
    ("subnets: fine", |n| {
        list4(n, "subnet4", |i, out| {
            write!(out, "{{\"id\":{},\"subnet\":\"10.{}.{}.0/24\"}}", i + 1, i / 256 % 256, i % 256)
        })
    }),
    ("subnets: one id", |n| {
        list4(n, "subnet4", |i, out| {
            write!(out, "{{\"id\":1,\"subnet\":\"{}.{}.{}.0/24\"}}", 10 + i / 65536, i / 256 % 256, i % 256)
        })
    }),
    ("subnets: one prefix", |n| {
        list4(n, "subnet4", |i, out| write!(out, "{{\"id\":{},\"subnet\":\"10.0.0.0/24\"}}", i + 1))
    }),
    ("subnets: in one another", |n| {
        list6(n, "subnet6", |i, out| {
            write!(out, "{{\"id\":{},\"subnet\":\"2001:db8::/{}\"}}", i + 1, i % 128)
        })
    }),
    ("subnets: overlapping", |n| {
        list4(n, "subnet4", |i, out| {
            write!(
                out,
                "{{\"id\":{},\"subnet\":\"10.{}.{}.{}/{}\"}}",
                i + 1,
                i / 65536 % 256,
                i / 256 % 256,
                i % 256,
                8 + i % 24
            )
        })
    }),
    ("subnets: wrong prefixes", |n| {
        list4(n, "subnet4", |i, out| write!(out, "{{\"id\":{},\"subnet\":\"10.0.0/24\"}}", i + 1))
    }),
    ("subnets: without id", |n| list4(n, "subnet4", |_, out| write!(out, "{{\"interface\":\"a\"}}"))),
    ("subnets: without id, one with", |n| {
        let subnets = many(n, ",", |_, out| write!(out, "{{\"subnet\":\"10.0.0.0/24\"}}"));
        dhcp4(&format!("\"subnet4\":[{subnets},{{\"id\":1}}]"))
    }),
    ("pools: one range", |n| {
        in_subnet(n, "pools", |_, out| write!(out, "{{\"pool\":\"10.0.0.1 - 10.0.0.9\"}}"))
    }),
    ("pools: in one another", |n| {
        in_subnet(n, "pools", |i, out| {
            write!(
                out,
                "{{\"pool\":\"10.0.{}.{} - 10.255.{}.{}\"}}",
                i / 256 % 256,
                i % 256,
                255 - i / 256 % 256,
                255 - i % 256
            )
        })
    }),
    ("pools: reversed", |n| {
        in_subnet(n, "pools", |_, out| write!(out, "{{\"pool\":\"10.0.0.9-10.0.0.1\"}}"))
    }),
    ("pools: outside", |n| {
        in_subnet(n, "pools", |i, out| write!(out, "{{\"pool\":\"{}\"}}", range(0xb00_0000, i)))
    }),
    ("pools: of another subnet", |n| {
        let subnets = many(n, ",", |i, out| {
            write!(
                out,
                "{{\"id\":{},\"subnet\":\"10.{}.{}.0/24\",\"pools\":[{{\"pool\":\"10.0.0.1-10.0.0.9\"}}]}}",
                i + 1,
                i / 256 % 256,
                i % 256
            )
        });
        dhcp4(&format!("\"subnet4\":[{subnets}]"))
    }),
    ("pools: wrong", |n| in_subnet(n, "pools", |_, out| write!(out, "{{\"pool\":\"a\"}}"))),
    ("pools: empty", |n| in_subnet(n, "pools", |_, out| write!(out, "{{}}"))),
    ("pools: one id", |n| {
        in_subnet(n, "pools", |i, out| write!(out, "{{\"pool-id\":1,\"pool\":\"{}\"}}", range(0xa00_0000, i)))
    }),
    ("pools: gateways in them", |n| {
        let option = "\"option-data\":[{\"name\":\"routers\",\"data\":\"10.0.0.5\"}]";
        let pools = many(n, ",", |_, out| write!(out, "{{\"pool\":\"10.0.0.1-10.0.0.9\"}}"));
        dhcp4(&format!("\"subnet4\":[{{\"id\":1,\"subnet\":\"10.0.0.0/8\",{option},\"pools\":[{pools}]}}]"))
    }),
    ("pools: many gateways", |n| {
        let gateways = many(n, ",", |i, out| write!(out, "{}", Ipv4Addr::from(0xa00_0000 + i as u32)));
        let option = format!("\"option-data\":[{{\"name\":\"routers\",\"data\":\"{gateways}\"}}]");
        let pools = many(n, ",", |i, out| write!(out, "{{\"pool\":\"{}\"}}", range(0xa00_0000, i)));
        dhcp4(&format!("\"subnet4\":[{{\"id\":1,\"subnet\":\"10.0.0.0/8\",{option},\"pools\":[{pools}]}}]"))
    }),
    ("pd-pools: one prefix", |n| {
        let pools = many(n, ",", |_, out| {
            write!(out, "{{\"prefix\":\"2001:db8::\",\"prefix-len\":48,\"delegated-len\":64}}")
        });
        dhcp6(&format!("\"subnet6\":[{{\"id\":1,\"subnet\":\"2001:db8::/32\",\"pd-pools\":[{pools}]}}]"))
    }),
    ("pd-pools: wrong", |n| {
        let pools = many(n, ",", |_, out| {
            write!(out, "{{\"prefix\":\"2001:db8::1\",\"prefix-len\":200,\"excluded-prefix\":\"a\"}}")
        });
        dhcp6(&format!("\"subnet6\":[{{\"id\":1,\"subnet\":\"2001:db8::/32\",\"pd-pools\":[{pools}]}}]"))
    }),
    ("reservations: one identifier", |n| {
        in_subnet(n, "reservations", |i, out| {
            write!(
                out,
                "{{\"hw-address\":\"02:00:00:00:00:01\",\"ip-address\":\"10.0.{}.{}\"}}",
                i / 256 % 256,
                i % 256
            )
        })
    }),
    ("reservations: one address", |n| {
        in_subnet(n, "reservations", |i, out| {
            write!(
                out,
                "{{\"hw-address\":\"02:00:00:00:{:02x}:{:02x}\",\"ip-address\":\"10.0.0.1\"}}",
                i / 256 % 256,
                i % 256
            )
        })
    }),
    ("reservations: global, one of both", |n| {
        list4(n, "reservations", |_, out| {
            write!(out, "{{\"hw-address\":\"02:00:00:00:00:01\",\"ip-address\":\"10.0.0.1\"}}")
        })
    }),
    ("reservations: one of both, in subnets", |n| {
        list4(n, "subnet4", |i, out| {
            write!(
                out,
                "{{\"id\":{},\"subnet\":\"10.{}.{}.0/24\",\"reservations\":[{{\"hw-address\":\"02:00:00:00:00:01\",\"ip-address\":\"10.0.0.1\"}}]}}",
                i + 1,
                i / 256 % 256,
                i % 256
            )
        })
    }),
    ("reservations: of nothing", |n| {
        in_subnet(n, "reservations", |_, out| write!(out, "{{\"hostname\":\"a\"}}"))
    }),
    ("reservations: wrong", |n| {
        in_subnet(n, "reservations", |_, out| {
            write!(out, "{{\"hw-address\":\"02:0\",\"duid\":\"01\",\"ip-address\":\"a\"}}")
        })
    }),
    ("reservations: in pools", |n| {
        let held = many(n, ",", |i, out| {
            write!(
                out,
                "{{\"hw-address\":\"02:00:00:00:{:02x}:{:02x}\",\"ip-address\":\"10.0.{}.{}\"}}",
                i / 256 % 256,
                i % 256,
                i / 256 % 256,
                i % 256
            )
        });
        let pools = many(n, ",", |_, out| write!(out, "{{\"pool\":\"10.0.0.0-10.0.255.255\"}}"));
        dhcp4(&format!(
            "\"subnet4\":[{{\"id\":1,\"subnet\":\"10.0.0.0/8\",\"pools\":[{pools}],\"reservations\":[{held}]}}]"
        ))
    }),
    ("reservations: one with many addresses", |n| {
        let addresses = many(n, ",", |i, out| write!(out, "\"2001:db8::{:x}:{:x}\"", i / 65536, i % 65536));
        dhcp6(&format!(
            "\"subnet6\":[{{\"id\":1,\"subnet\":\"2001:db8::/32\",\"reservations\":[{{\"duid\":\"01:02:03\",\"ip-addresses\":[{addresses}],\"prefixes\":[\"2001:db8::/64\"]}}]}}]"
        ))
    }),
    ("reservations: excluded prefixes", |n| {
        let prefixes = many(n, ",", |_, out| write!(out, "\"2001:db8::/48\""));
        let excluded = many(n, ",", |_, out| write!(out, "\"2001:db8::/60\""));
        dhcp6(&format!(
            "\"reservations\":[{{\"duid\":\"01:02:03\",\"prefixes\":[{prefixes}],\"excluded-prefixes\":[{excluded}]}}]"
        ))
    }),
    ("networks: one name", |n| {
        list4(n, "shared-networks", |_, out| write!(out, "{{\"name\":\"a\",\"subnet4\":[]}}"))
    }),
    ("networks: mismatching interfaces", |n| {
        let subnets = many(n, ",", |i, out| {
            write!(
                out,
                "{{\"id\":{},\"subnet\":\"10.{}.{}.0/24\",\"interface\":\"eth{i}\",\"authoritative\":{}}}",
                i + 1,
                i / 256 % 256,
                i % 256,
                i % 2 == 0
            )
        });
        dhcp4(&format!("\"shared-networks\":[{{\"name\":\"a\",\"subnet4\":[{subnets}]}}]"))
    }),
    ("networks: of one subnet, without name", |n| {
        list4(n, "shared-networks", |i, out| {
            write!(out, "{{\"subnet4\":[{{\"id\":{},\"subnet\":\"10.0.0.0/24\"}}]}}", i + 1)
        })
    }),
    ("relays: one address", |n| {
        list4(n, "subnet4", |i, out| {
            write!(out, "{{\"id\":{},\"relay\":{{\"ip-addresses\":[\"10.0.0.1\"]}}}}", i + 1)
        })
    }),
    ("relays: many addresses", |n| {
        let addresses = many(n, ",", |_, out| write!(out, "\"10.0.0.1\""));
        dhcp4(&format!("\"subnet4\":[{{\"id\":1,\"relay\":{{\"ip-addresses\":[{addresses}]}}}}]"))
    }),
    ("lifetimes: in no order", |n| {
        list4(n, "subnet4", |i, out| {
            write!(
                out,
                "{{\"id\":{},\"valid-lifetime\":1,\"min-valid-lifetime\":5,\"max-valid-lifetime\":2,\"renew-timer\":9,\"rebind-timer\":3}}",
                i + 1
            )
        })
    }),
];

const OPTIONS: &[(&str, Text)] = &[
    ("options: one, again", |n| {
        list4(n, "option-data", |_, out| write!(out, "{{\"name\":\"routers\",\"data\":\"10.0.0.1\"}}"))
    }),
    ("options: unknown names", |n| {
        list4(n, "option-data", |i, out| write!(out, "{{\"name\":\"router{i}\",\"data\":\"10.0.0.1\"}}"))
    }),
    ("options: undefined codes", |n| {
        list4(n, "option-data", |_, out| write!(out, "{{\"code\":231,\"data\":\"a\"}}"))
    }),
    ("options: wrong addresses", |n| {
        list4(n, "option-data", |_, out| write!(out, "{{\"name\":\"routers\",\"data\":\"10.0.0\"}}"))
    }),
    ("options: wrong hex", |n| {
        list4(n, "option-data", |_, out| write!(out, "{{\"code\":200,\"csv-format\":false,\"data\":\"zz\"}}"))
    }),
    ("options: without anything", |n| list4(n, "option-data", |_, out| write!(out, "{{\"data\":\"a\"}}"))),
    ("options: unknown spaces", |n| {
        list4(n, "option-data", |i, out| write!(out, "{{\"code\":1,\"space\":\"s{i}\",\"data\":\"01\"}}"))
    }),
    ("options: one with many values", |n| {
        dhcp4(&format!(
            "\"option-data\":[{{\"name\":\"routers\",\"data\":\"{}\"}}]",
            many(n, ",", |_, out| write!(out, "10.0.0.1"))
        ))
    }),
    ("options: one with many wrong values", |n| {
        dhcp4(&format!(
            "\"option-data\":[{{\"name\":\"routers\",\"data\":\"{}\"}}]",
            many(n, ",", |_, out| write!(out, "a"))
        ))
    }),
    ("options: one with many names", |n| {
        dhcp4(&format!(
            "\"option-data\":[{{\"name\":\"domain-search\",\"data\":\"{}\"}}]",
            many(n, ",", |_, out| write!(out, "a..b"))
        ))
    }),
    ("options: one with much hex", |n| {
        dhcp4(&format!(
            "\"option-data\":[{{\"code\":200,\"csv-format\":false,\"data\":\"{}\"}}]",
            "0a".repeat(n)
        ))
    }),
    ("options: one with hex in pairs", |n| {
        dhcp4(&format!(
            "\"option-data\":[{{\"code\":200,\"csv-format\":false,\"data\":\"{}\"}}]",
            many(n, ":", |_, out| write!(out, "0a"))
        ))
    }),
    ("options: one long text", |n| {
        dhcp4(&format!("\"option-data\":[{{\"name\":\"domain-name\",\"data\":\"{}\"}}]", "a".repeat(n * 10)))
    }),
    ("options: one long name", |n| {
        dhcp4(&format!("\"option-data\":[{{\"name\":\"{}\",\"data\":\"a\"}}]", "a".repeat(n * 10)))
    }),
    ("options: one text of escapes", |n| {
        dhcp4(&format!(
            "\"option-data\":[{{\"name\":\"domain-name-servers\",\"data\":\"{}\"}}]",
            "\\\\,".repeat(n)
        ))
    }),
    ("options: dnr", |n| {
        dhcp4(&format!(
            "\"option-data\":[{{\"name\":\"v4-dnr\",\"data\":\"{}\"}}]",
            many(n, " | ", |_, out| write!(out, "1, a.b., 10.0.0.1, alpn=dot\\\\,doq port=8530"))
        ))
    }),
    ("options: routes", |n| {
        dhcp4(&format!(
            "\"option-data\":[{{\"name\":\"classless-static-route\",\"data\":\"{}\"}}]",
            many(n, ",", |_, out| write!(out, "10.0.0.0/8 - 10.0.0.1"))
        ))
    }),
    ("options: keys again in one", |n| {
        dhcp4(&format!("\"option-data\":[{{{}}}]", many(n, ",", |_, out| write!(out, "\"data\":\"a\""))))
    }),
    ("options: classes of one", |n| {
        dhcp4(&format!(
            "\"option-data\":[{{\"name\":\"routers\",\"client-classes\":[{}]}}]",
            many(n, ",", |i, out| write!(out, "\"c{i}\""))
        ))
    }),
    ("options: sub-options of many", |n| {
        let data = many(n, ",", |i, out| {
            write!(out, "{{\"code\":{},\"space\":\"vendor-{}\",\"data\":\"01\"}}", i % 250 + 1, i / 250)
        });
        dhcp4(&format!("\"option-data\":[{data}]"))
    }),
    ("definitions: one, again", |n| {
        list4(n, "option-def", |_, out| write!(out, "{{\"name\":\"a\",\"code\":200,\"type\":\"string\"}}"))
    }),
    ("definitions: one space", |n| {
        list4(n, "option-def", |i, out| {
            write!(out, "{{\"name\":\"a{i}\",\"code\":{},\"space\":\"s\",\"type\":\"string\"}}", i % 250 + 1)
        })
    }),
    ("definitions: many spaces", |n| {
        list4(n, "option-def", |i, out| {
            write!(out, "{{\"name\":\"a\",\"code\":1,\"space\":\"s{i}\",\"type\":\"string\"}}")
        })
    }),
    ("definitions: one name in spaces", |n| {
        list6(n, "option-def", |i, out| {
            write!(out, "{{\"name\":\"a\",\"code\":{},\"space\":\"s\",\"type\":\"string\"}}", i % 65535 + 1)
        })
    }),
    ("definitions: with options", |n| {
        let definitions = many(n, ",", |i, out| {
            write!(
                out,
                "{{\"name\":\"a{i}\",\"code\":{},\"space\":\"s\",\"type\":\"string\"}}",
                i % 65535 + 1
            )
        });
        let options =
            many(n, ",", |i, out| write!(out, "{{\"name\":\"a{i}\",\"space\":\"s\",\"data\":\"x\"}}"));
        dhcp6(&format!("\"option-def\":[{definitions}],\"option-data\":[{options}]"))
    }),
    ("definitions: unknown names", |n| {
        let definitions = many(n, ",", |i, out| {
            write!(out, "{{\"name\":\"a{i}\",\"code\":{},\"type\":\"string\"}}", 1000 + i % 60000)
        });
        let options = many(n, ",", |i, out| write!(out, "{{\"name\":\"b{i}\",\"data\":\"x\"}}"));
        dhcp6(&format!("\"option-def\":[{definitions}],\"option-data\":[{options}]"))
    }),
    ("definitions: chain", |n| {
        let definitions = many(n, ",", |i, out| {
            write!(
                out,
                "{{\"name\":\"a{i}\",\"code\":{},\"space\":\"s{i}\",\"type\":\"empty\",\"encapsulate\":\"s{}\"}}",
                i % 250 + 1,
                i + 1
            )
        });
        let options = many(n, ",", |i, out| write!(out, "{{\"name\":\"a{i}\",\"space\":\"s{i}\"}}"));
        dhcp4(&format!("\"option-def\":[{definitions}],\"option-data\":[{options}]"))
    }),
    ("definitions: ring", |n| {
        let definitions = many(n, ",", |i, out| {
            write!(
                out,
                "{{\"name\":\"a{i}\",\"code\":{},\"space\":\"s{i}\",\"type\":\"empty\",\"encapsulate\":\"s{}\"}}",
                i % 250 + 1,
                (i + 1) % n
            )
        });
        let options = many(n, ",", |i, out| write!(out, "{{\"name\":\"a{i}\",\"space\":\"s{i}\"}}"));
        dhcp4(&format!("\"option-def\":[{definitions}],\"option-data\":[{options}]"))
    }),
    ("definitions: ring in subnets", |n| {
        let definitions = many(50, ",", |i, out| {
            write!(
                out,
                "{{\"name\":\"a{i}\",\"code\":{},\"space\":\"s{i}\",\"type\":\"empty\",\"encapsulate\":\"s{}\"}}",
                i % 250 + 1,
                (i + 1) % 50
            )
        });
        let subnets = many(n, ",", |i, out| {
            write!(
                out,
                "{{\"id\":{i},\"option-data\":[{{\"name\":\"a1\",\"space\":\"s1\"}},{{\"code\":1,\"space\":\"s0\",\"data\":\"\"}}]}}"
            )
        });
        dhcp4(&format!("\"option-def\":[{definitions}],\"subnet4\":[{subnets}]"))
    }),
    ("definitions: one with many fields", |n| {
        dhcp4(&format!(
            "\"option-def\":[{{\"name\":\"a\",\"code\":200,\"type\":\"record\",\"record-types\":\"{}\"}}],\"option-data\":[{{\"name\":\"a\",\"data\":\"{}\"}}]",
            many(n, ",", |_, out| write!(out, "uint8")),
            many(n, ",", |_, out| write!(out, "1"))
        ))
    }),
    ("definitions: wrong", |n| {
        list4(n, "option-def", |i, out| {
            write!(
                out,
                "{{\"name\":\"a b\",\"code\":{i},\"type\":\"strng\",\"record-types\":\"a,b\",\"encapsulate\":\"-\"}}"
            )
        })
    }),
    ("definitions: in classes", |n| {
        list4(n, "client-classes", |i, out| {
            write!(
                out,
                "{{\"name\":\"c{i}\",\"option-def\":[{{\"name\":\"a{i}\",\"code\":{},\"type\":\"string\"}}],\"option-data\":[{{\"name\":\"a{i}\",\"data\":\"x\"}}]}}",
                128 + i % 100
            )
        })
    }),
    ("definitions: relay-supplied", |n| {
        dhcp6(&format!("\"relay-supplied-options\":[{}]", many(n, ",", |i, out| write!(out, "\"o{i}\""))))
    }),
];

const CLASSES: &[(&str, Text)] = &[
    ("classes: one name", |n| list4(n, "client-classes", |_, out| write!(out, "{{\"name\":\"a\"}}"))),
    ("classes: chain", |n| {
        list4(n, "client-classes", |i, out| {
            write!(out, "{{\"name\":\"c{}\",\"test\":\"member('c{i}')\"}}", i + 1)
        })
    }),
    ("classes: chain, backwards", |n| {
        list4(n, "client-classes", |i, out| {
            write!(out, "{{\"name\":\"c{i}\",\"test\":\"member('c{}')\"}}", i + 1)
        })
    }),
    ("classes: unknown ones in pools", |n| {
        in_subnet(n, "pools", |i, out| write!(out, "{{\"pool\":\"10.0.0.1\",\"client-class\":\"c{i}\"}}"))
    }),
    ("classes: known ones in pools", |n| {
        let classes = many(n, ",", |i, out| write!(out, "{{\"name\":\"c{i}\"}}"));
        let pools =
            many(n, ",", |i, out| write!(out, "{{\"pool\":\"10.0.0.1\",\"client-classes\":[\"c{i}\"]}}"));
        dhcp4(&format!(
            "\"client-classes\":[{classes}],\"subnet4\":[{{\"id\":1,\"subnet\":\"10.0.0.0/8\",\"pools\":[{pools}]}}]"
        ))
    }),
    ("classes: spawned ones in pools", |n| {
        let classes =
            many(n, ",", |i, out| write!(out, "{{\"name\":\"c{i}\",\"template-test\":\"option[1].text\"}}"));
        let pools = many(n, ",", |i, out| {
            write!(out, "{{\"pool\":\"10.0.0.1\",\"client-classes\":[\"SPAWN_x{i}_a\"]}}")
        });
        dhcp4(&format!(
            "\"client-classes\":[{classes}],\"subnet4\":[{{\"id\":1,\"subnet\":\"10.0.0.0/8\",\"pools\":[{pools}]}}]"
        ))
    }),
    ("classes: known and unknown ones", |n| {
        let classes = many(n, ",", |i, out| write!(out, "{{\"name\":\"c{i}\",\"test\":\"member('d{i}')\"}}"));
        let pools = many(n, ",", |i, out| write!(out, "{{\"pool\":\"10.0.0.1\",\"client-class\":\"d{i}\"}}"));
        dhcp4(&format!(
            "\"client-classes\":[{classes}],\"subnet4\":[{{\"id\":1,\"subnet\":\"10.0.0.0/8\",\"pools\":[{pools}]}}]"
        ))
    }),
    ("classes: one with many members", |n| class(&many(n, " and ", |i, out| write!(out, "member('c{i}')")))),
    ("classes: wrong tests", |n| {
        list4(n, "client-classes", |i, out| {
            write!(out, "{{\"name\":\"c{i}\",\"test\":\"option[300].hex == \"}}")
        })
    }),
    ("classes: unknown options", |n| {
        list4(n, "client-classes", |i, out| {
            write!(out, "{{\"name\":\"c{i}\",\"test\":\"option[routter].exists\"}}")
        })
    }),
    ("tests: terms", |n| class(&many(n, " or ", |i, out| write!(out, "option[60].text == 'a{i}'")))),
    ("tests: contradictions", |n| {
        class(&many(n, " and ", |i, out| write!(out, "option[60].text == 'a{i}'")))
    }),
    ("tests: terms of both", |n| {
        class(&many(n, " and ", |i, out| {
            write!(out, "(option[60].text == 'a{i}' or option[61].text == 'b{i}')")
        }))
    }),
    ("tests: parentheses", |n| class(&format!("{}option[1].exists{}", "(".repeat(n), ")".repeat(n)))),
    ("tests: parentheses, open", |n| class(&"(".repeat(n))),
    ("tests: nots", |n| class(&format!("{}option[1].exists", "not ".repeat(n)))),
    ("tests: concat", |n| class(&format!("{}'a'{} == 'a'", "concat('b', ".repeat(n), ")".repeat(n)))),
    ("tests: pluses", |n| class(&format!("{} == 'a'", many(n, " + ", |_, out| write!(out, "'b'"))))),
    ("tests: ifelse", |n| {
        class(&format!("{}'a'{} == 'a'", "ifelse(option[1].exists, 'b', ".repeat(n), ")".repeat(n)))
    }),
    ("tests: substrings", |n| {
        class(&format!("{}option[1].hex{} == 'a'", "substring(".repeat(n), ", 0, 5)".repeat(n)))
    }),
    ("tests: commas", |n| class(&",".repeat(n))),
    ("tests: quotes, open", |n| class(&"' ".repeat(n + 1))),
    ("tests: signs", |n| class(&"== ".repeat(n))),
    ("tests: letters", |n| class(&"? ".repeat(n))),
    ("tests: words", |n| class(&"foo ".repeat(n))),
    ("tests: one word", |n| class(&"foo".repeat(n))),
    ("tests: numbers", |n| class(&"9".repeat(n))),
    ("tests: hexadecimal", |n| class(&format!("option[1].hex == 0x{}", "0a".repeat(n)))),
    ("tests: one text", |n| class(&format!("option[1].hex == '{}'", "a".repeat(n * 10)))),
    ("tests: option dots", |n| class(&format!("option[1]{}.exists", ".option[1]".repeat(n)))),
    ("tests: relay dots", |n| class(&"relay4[1].".repeat(n))),
    ("tests: patterns", |n| class(&many(n, " or ", |_, out| write!(out, "match('a*b', option[60].text)")))),
    ("tests: one pattern", |n| class(&format!("match('{}', option[60].text)", "(a*)*".repeat(n)))),
    ("tests: pattern of groups", |n| {
        class(&format!("match('{}a{}', option[60].text)", "(".repeat(n), ")*".repeat(n)))
    }),
    ("tests: pattern of choices", |n| class(&format!("match('{}', option[60].text)", "a|".repeat(n)))),
    ("tests: pattern of brackets", |n| class(&format!("match('{}', option[60].text)", "[a-z]".repeat(n)))),
    ("tests: pattern of one bracket", |n| class(&format!("match('[{}]', option[60].text)", "a-z".repeat(n)))),
    ("tests: pattern of counts", |n| class(&format!("match('{}', option[60].text)", "a{1,9}".repeat(n)))),
    ("tests: escaped", |n| class(&"\\u0027".repeat(n))),
];

const REST: &[(&str, Text)] = &[
    ("interfaces: one, again", |n| {
        dhcp4(&format!(
            "\"interfaces-config\":{{\"interfaces\":[{}]}}",
            many(n, ",", |_, out| write!(out, "\"eth0\""))
        ))
    }),
    ("interfaces: wrong", |n| {
        dhcp4(&format!(
            "\"interfaces-config\":{{\"interfaces\":[{}]}}",
            many(n, ",", |i, out| write!(out, "\"eth{i}/a\""))
        ))
    }),
    ("hooks: wrong paths", |n| {
        list4(n, "hooks-libraries", |i, out| write!(out, "{{\"library\":\"/tmp/{i}.so\"}}"))
    }),
    ("hooks: expressions", |n| {
        let options = many(n, ",", |i, out| write!(out, "{{\"code\":{i},\"add\":\"foo(\"}}"));
        dhcp4(&format!(
            "\"hooks-libraries\":[{{\"library\":\"/usr/lib/kea/hooks/libdhcp_flex_option.so\",\"parameters\":{{\"options\":[{options}]}}}}]"
        ))
    }),
    ("hooks: relationships", |n| {
        let relations = many(n, ",", |i, out| {
            write!(
                out,
                "{{\"this-server-name\":\"s{i}\",\"mode\":\"load-balancing\",\"peers\":[{{\"name\":\"a\",\"role\":\"primary\"}}]}}"
            )
        });
        dhcp4(&format!(
            "\"hooks-libraries\":[{{\"library\":\"libdhcp_ha.so\",\"parameters\":{{\"high-availability\":[{relations}]}}}}]"
        ))
    }),
    ("hooks: peers", |n| {
        let peers = many(n, ",", |i, out| write!(out, "{{\"name\":\"p{i}\",\"role\":\"foo\"}}"));
        dhcp4(&format!(
            "\"hooks-libraries\":[{{\"library\":\"libdhcp_ha.so\",\"parameters\":{{\"high-availability\":[{{\"this-server-name\":\"a\",\"mode\":\"hot-standby\",\"peers\":[{peers}]}}]}}}}]"
        ))
    }),
    ("sockets: one, again", |n| {
        list4(n, "control-sockets", |_, out| {
            write!(out, "{{\"socket-type\":\"unix\",\"socket-name\":\"a\"}}")
        })
    }),
    ("sockets: http", |n| {
        list4(n, "control-sockets", |_, out| {
            write!(out, "{{\"socket-type\":\"http\",\"socket-address\":\"0.0.0.0\",\"socket-port\":80}}")
        })
    }),
    ("sockets: clients", |n| {
        let clients = many(n, ",", |i, out| write!(out, "{{\"user\":\"u{i}\",\"password\":\"1234\"}}"));
        dhcp4(&format!(
            "\"control-sockets\":[{{\"socket-type\":\"http\",\"socket-address\":\"127.0.0.1\",\"socket-port\":80,\"authentication\":{{\"type\":\"basic\",\"clients\":[{clients}]}}}}]"
        ))
    }),
    ("databases: one, again", |n| {
        list4(n, "hosts-databases", |_, out| write!(out, "{{\"type\":\"mysql\",\"name\":\"a\"}}"))
    }),
    ("loggers: wrong", |n| {
        list4(n, "loggers", |_, out| {
            write!(
                out,
                "{{\"name\":\"kea-dhcp4\",\"severity\":\"infoo\",\"output_options\":[{{\"output\":\"a\"}}]}}"
            )
        })
    }),
    ("identifiers: again", |n| {
        dhcp4(&format!(
            "\"host-reservation-identifiers\":[{}]",
            many(n, ",", |_, out| write!(out, "\"duid\""))
        ))
    }),
    ("agent: unknown keys", |n| {
        format!("{{\"Control-agent\":{{{}}}}}", many(n, ",", |i, out| write!(out, "\"u{i}\":1")))
    }),
    ("ddns: domains", |n| {
        let domains = many(n, ",", |i, out| {
            write!(out, "{{\"name\":\"d{i}\",\"key-name\":\"k\",\"dns-servers\":[{{\"ip-address\":\"a\"}}]}}")
        });
        format!("{{\"DhcpDdns\":{{\"forward-ddns\":{{\"ddns-domains\":[{domains}]}}}}}}")
    }),
];
