//! Configurations to begin with, and to try Perch on.

/// One of them.
#[derive(Debug)]
pub struct Example {
    /// What it is called.
    pub title: &'static str,
    /// What it shows.
    pub about: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// All of them.
pub const ALL: &[Example] = &[
    Example {
        title: "An office, DHCPv4",
        about: "two subnets, telephones with a class and options of their own, reservations",
        text: include_str!("office-v4.json"),
    },
    Example {
        title: "An access network, DHCPv6",
        about: "addresses and delegated prefixes behind a relay",
        text: include_str!("access-v6.json"),
    },
    Example {
        title: "Full of mistakes",
        about: "what Kea refuses, what it accepts and you would regret",
        text: include_str!("mistakes-v4.json"),
    },
];

/// An expression to begin with, and the options of a packet that it matches: by name, as Kea would have their values.
#[derive(Debug)]
pub struct ExpressionExample {
    /// The expression.
    pub test: &'static str,
    /// The packet's options.
    pub options: &'static [(&'static str, &'static str)],
}

/// An expression to begin with.
pub const fn expression(family: crate::Family) -> ExpressionExample {
    match family {
        crate::Family::V4 => ExpressionExample {
            test: "substring(option[vendor-class-identifier].hex, 0, 5) == 'phone' and not option[93].exists",
            options: &[("vendor-class-identifier", "phone-7"), ("host-name", "desk-12")],
        },
        crate::Family::V6 => ExpressionExample {
            test: "option[15].hex == 0x000870686f6e652d37 or relay6[0].option[37].exists",
            options: &[("15", "'phone'")],
        },
    }
}
