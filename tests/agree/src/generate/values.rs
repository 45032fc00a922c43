//! Texts that stand for addresses, prefixes, identifiers and numbers.

use crate::random::Random;
use perch_shared::Family;

/// An address of the family, written as people write it; now and then a wrong one.
pub(super) fn address(random: &mut Random, family: Family) -> String {
    let usual = match family {
        Family::V4 => format!("192.0.2.{}", random.below(256)),
        Family::V6 => format!("2001:db8::{:x}", random.below(65536)),
    };
    let others = [
        "0.0.0.0",
        "255.255.255.255",
        "10.0.0.1",
        "::",
        "::1",
        "2001:db8::",
        "ff02::1",
        "fe80::1",
        "192.0.2",
        "192.0.2.256",
        "192.0.2.01",
        "",
        " 192.0.2.1",
        "192.0.2.1 ",
        "2001:DB8::1",
        "2001:db8::1::2",
        "::ffff:192.0.2.1",
        "localhost",
        "1.2.3.4/32",
        "0x7f.1.2.3",
        "1",
        "2001:0db8:0000::0001",
        "224.0.0.1",
        "127.0.0.1",
    ];
    if random.slip(15) { random.pick(&others).to_owned() } else { usual }
}

/// An identifier of a reservation: hexadecimal digits in one of the forms that people write, or not.
pub(super) fn identifier(random: &mut Random, bytes: usize) -> String {
    let bytes: Vec<u8> = (0..bytes).map(|_| random.below(4) as u8 + 10).collect();
    let joined = |separator: &str, upper: bool| {
        let hex = |byte: &u8| if upper { format!("{byte:02X}") } else { format!("{byte:02x}") };
        bytes.iter().map(hex).collect::<Vec<_>>().join(separator)
    };
    match random.below(24) {
        0 | 1 => joined("", false),
        2 => joined(" ", false),
        3 => format!("0x{}", joined("", false)),
        4 => "'text'".into(),
        5 if random.slip(50) => joined("-", false),
        6 => joined(":", true),
        7 => bytes.iter().map(|byte| format!("{byte:x}")).collect::<Vec<_>>().join(":"),
        8 | 9 if random.slip(60) => random
            .pick(&[
                "",
                " ",
                "''",
                "'",
                "0x",
                "0X0a",
                "0x0",
                "a",
                "abc",
                "0a:",
                ":0a",
                "0a::0b",
                "0a:0b 0c",
                "0a:bbb",
                "xyz",
                "0x0a:0b",
                "'a'b",
                "\"a\"",
                " 0a:0b",
                "0a:0b ",
                "0a0",
                "0a:0g",
                "00",
                "0",
                "'é'",
                "00:00:00:00:00:00",
            ])
            .to_owned(),
        _ => joined(":", false),
    }
}

/// A whole number in the range that most keys have, or at one of the edges of Kea's number types.
pub(super) fn number(random: &mut Random) -> String {
    let edges = [
        "0",
        "1",
        "-1",
        "2",
        "65535",
        "65536",
        "4294967294",
        "4294967295",
        "4294967296",
        "2147483647",
        "2147483648",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-2147483648",
    ];
    if random.slip(30) { random.pick(&edges).to_owned() } else { random.between(1, 9000).to_string() }
}
