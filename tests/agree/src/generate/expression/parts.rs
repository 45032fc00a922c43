//! The small parts of an expression: literals, paths into the packet, names and patterns.

use super::writer::Writer;
use perch_shared::Family;

impl Writer<'_> {
    pub(super) fn literal(&mut self) {
        let usual = [
            "'a'",
            "'foo'",
            "''",
            "0x0a",
            "0xABCDEF",
            "'MSFT 5.0'",
            "0x1",
            "'PXEClient:Arch:00007'",
            "192.0.2.1",
            "2001:db8::1",
        ];
        let edges = [
            "'é'",
            "'a b'",
            "'\"'",
            "'\\'",
            "0X1f",
            "0xabc",
            "0x",
            "0xg",
            "'a",
            "'\n'",
            "'\t'",
            "'#'",
            "'//'",
            "::",
            "::1",
            "1.2.3.256",
            "01.2.3.4",
            "1.2.3",
            "1.2.3.4.5",
            "1:2:3",
            "1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7:8:9",
            "::ffff:1.2.3.4",
            "fe80::1%eth0",
            "2001:DB8::A",
            ":::",
            "12345::",
            "aa:bb:cc:dd:ee:ff",
            "ff02::1::2",
            "0.0.0.0",
            "255.255.255.255",
            "f::",
            "ab",
            "10.0.0.0/8",
            "1::2.3.4",
            "::1.2.3.4",
            "1:2:3:4:5:6:1.2.3.4",
            "1:2:3:4:5:6:7:1.2.3.4",
        ];
        self.pick(82, &usual, &edges);
    }

    pub(super) fn integer(&mut self) {
        let usual = ["0", "1", "5", "53", "100", "255"];
        let edges = [
            "-1",
            "256",
            "65535",
            "65536",
            "4294967295",
            "4294967296",
            "-0",
            "00",
            "007",
            "-2147483648",
            "2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999",
            "--1",
            "+1",
            "1.0",
            "1e3",
        ];
        self.pick(80, &usual, &edges);
    }

    /// `option[…]`, with or without a sub-option.
    pub(super) fn option_path(&mut self) {
        self.put(&["option", "["]);
        let names: &[&str] = match self.family {
            Family::V4 => &[
                "routers",
                "host-name",
                "vendor-class-identifier",
                "dhcp-agent-options",
                "user-class",
                "domain-search",
            ],
            Family::V6 => {
                &["dns-servers", "vendor-class", "clientid", "bootfile-url", "user-class", "client-arch-type"]
            }
        };
        let edges = [
            "0",
            "255",
            "256",
            "65535",
            "65536",
            "-1",
            "my-opt",
            "host-name ",
            " 60",
            "Routers",
            "foo",
            "a",
            "-x",
            "x-",
            "9x",
            "0x3c",
            "'60'",
            "*",
            "1 ",
            "60\n",
            "option",
            "all",
            "hex",
            "vendor-class-identifier\n",
            "v4-portparams",
            "ia-na",
            "dhcp6",
            "auto-config",
            "domain-name",
            "subnet-mask",
            "dhcp-message-type",
            "ntp-servers",
        ];
        if self.random.chance(45) {
            let name = self.random.pick(names);
            self.put(&[name]);
        } else {
            self.pick(75, &["60", "1", "12", "82", "43", "93", "77", "231", "0060"], &edges);
        }
        self.put(&["]"]);
        if self.random.chance(25) {
            self.put(&[".", "option", "["]);
            self.pick(
                85,
                &["1", "2", "6", "255", "0"],
                &["256", "65535", "65536", "-1", "circuit-id", "routers", "*", "'1'"],
            );
            self.put(&["]"]);
        }
    }

    pub(super) fn packet(&mut self) {
        let four = ["mac", "hlen", "htype", "ciaddr", "giaddr", "yiaddr", "siaddr", "msgtype", "transid"];
        let right = !self.random.slip(8);
        if (self.family == Family::V4) == right {
            self.put(&["pkt4", "."]);
            self.pick(97, &four, &["chaddr", "hex", "iface"]);
        } else {
            self.put(&["pkt6", "."]);
            self.pick(96, &["msgtype", "transid"], &["mac", "peeraddr", "len"]);
        }
    }

    pub(super) fn nest_level(&mut self) {
        self.pick(
            80,
            &["0", "1", "-1", "31", "-32"],
            &["32", "-33", "127", "128", "-128", "-129", "256", "*", "00", "x", "300"],
        );
    }

    pub(super) fn relay_value(&mut self) {
        if (self.family == Family::V4) != self.random.slip(8) {
            self.relay4();
            self.put(&["."]);
            self.pick(96, &["hex", "text"], &["exists", "peeraddr"]);
            return;
        }
        self.put(&["relay6", "["]);
        self.nest_level();
        self.put(&["]", "."]);
        if self.random.chance(50) {
            self.pick(97, &["peeraddr", "linkaddr"], &["hex", "exists"]);
        } else {
            self.put(&["option", "["]);
            self.pick(85, &["18", "37", "79", "0", "65535"], &["65536", "-1", "interface-id", "*"]);
            self.put(&["]", "."]);
            self.pick(96, &["hex", "text"], &["exists"]);
        }
    }

    pub(super) fn relay4(&mut self) {
        self.put(&["relay4", "["]);
        self.pick(85, &["1", "2", "0", "255", "12"], &["256", "-1", "circuit-id", "*", "'1'"]);
        self.put(&["]"]);
    }

    pub(super) fn relay_exists(&mut self) {
        if (self.family == Family::V4) != self.random.slip(8) {
            self.relay4();
        } else {
            self.put(&["relay6", "["]);
            self.nest_level();
            self.put(&["]", ".", "option", "["]);
            self.pick(90, &["18", "37"], &["65536", "-1", "x"]);
            self.put(&["]"]);
        }
        self.put(&[".", "exists"]);
    }

    pub(super) fn enterprise(&mut self) {
        self.pick(90, &["4491", "*", "0", "3561", "4294967295"], &["4294967296", "-1", "'4491'", "x", "**"]);
    }

    pub(super) fn vendor_exists(&mut self) {
        self.pick(97, &["vendor", "vendor-class"], &["vendor-"]);
        self.put(&["["]);
        self.enterprise();
        self.put(&["]"]);
        if self.random.chance(40) {
            self.put(&[".", "option", "["]);
            self.pick(90, &["1", "2", "255"], &["256", "65535", "65536", "-1", "*", "x"]);
            self.put(&["]"]);
        }
        self.put(&[".", "exists"]);
    }

    pub(super) fn vendor_value(&mut self) {
        match self.random.below(4) {
            0 => {
                self.pick(100, &["vendor", "vendor-class"], &["vendor"]);
                self.put(&[".", "enterprise"]);
            }
            1 => {
                self.put(&["vendor", "["]);
                self.enterprise();
                self.put(&["]", ".", "option", "["]);
                self.pick(90, &["1", "2", "255"], &["256", "65536", "-1", "*"]);
                self.put(&["]", "."]);
                self.pick(95, &["hex", "text"], &["data", "exists"]);
            }
            _ => {
                self.put(&["vendor-class", "["]);
                self.enterprise();
                self.put(&["]", ".", "data"]);
                if self.random.chance(60) {
                    self.put(&["["]);
                    self.pick(85, &["0", "1", "255"], &["256", "-1", "*", "x", "0x1"]);
                    self.put(&["]"]);
                }
            }
        }
    }

    pub(super) fn class(&mut self) -> String {
        let names = [
            "a",
            "b",
            "perch",
            "A",
            "KNOWN",
            "UNKNOWN",
            "ALL",
            "BOOTP",
            "DROP",
            "SKIP_DDNS",
            "VENDOR_CLASS_",
            "VENDOR_CLASS_x",
            "HA_",
            "HA_server1",
            "AFTER_",
            "AFTER_x",
            "EXTERNAL_",
            "EXTERNAL_x",
            "SPAWN_x",
            "known",
            "all",
            "",
            " a",
            "voip phones",
            "é",
            "x",
            "HA",
            "REJECT",
            "VENDOR_CLASS",
        ];
        let sure = ["KNOWN", "UNKNOWN", "ALL", "VENDOR_CLASS_x", "HA_server1", "BOOTP"];
        let name = self.random.pick_mostly(60, &sure, &names);
        if !self.random.slip(3) {
            format!("'{name}'")
        } else {
            self.random.pick(&["a", "0x61", "('a')", "option[1].hex"]).to_owned()
        }
    }

    pub(super) fn pattern(&mut self) -> String {
        let usual = 20;
        let mut text = String::from("'");
        for _ in 0..self.random.between(1, 4) {
            let piece = self.random.pick_mostly(75, &PIECES[..usual], PIECES);
            text.push_str(piece);
        }
        text.push('\'');
        text
    }
}

/// Pieces of patterns, the sure ones first.
const PIECES: &[&str] = &[
    "a",
    "foo",
    ".*",
    "^",
    "$",
    "[a-z]",
    "[^0-9]+",
    "(",
    ")",
    "(a|b)",
    "a{2}",
    "a{2,}",
    "a{2,3}",
    "\\d",
    "\\w+",
    "\\s",
    "\\.",
    "(?:x)",
    "(?=x)",
    "(?!x)",
    "\\1",
    "(a)\\1",
    "[[:alpha:]]",
    "\\x41",
    "\\u0041",
    "a+?",
    "b*",
    "|",
    "\\b",
    "x?",
    "é",
    "[z-a]",
    "a{3,2}",
    "a{,3}",
    "a{",
    "*a",
    "^*",
    "[a-\\d]",
    "a**",
    "a++",
    "[]",
    "[^]",
    "a]",
    "a}",
    "\\q",
    "\\",
    "[",
    "(?<=x)",
    "(?<n>x)",
    "\\p{L}",
    "(?i)",
    "[[:foo:]]",
    "[[.a.]]",
    "[[=a=]]",
    "\\c",
    "\\cA",
    "\\0",
    "\\9",
    "{",
    "a{99}",
    "+",
    "?",
    "()",
    "(?)",
    "[\\w-z]",
    "[a-]",
    "[-a]",
    "\\B",
    "$a",
    "a|*",
    "(|a)",
    "[\\b]",
    "\\xZ",
    "\\uZZ",
    "\\k<n>",
    "(*)",
    "a{1}{2}",
    "^+",
    "\\-",
    "[\\]]",
];
