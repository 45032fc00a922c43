//! Texts that are no JSON.

use super::{
    Text,
    made::{dhcp4, many},
};
use std::fmt::Write as _;

pub const BROKEN: &[(&str, Text)] = &[
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
