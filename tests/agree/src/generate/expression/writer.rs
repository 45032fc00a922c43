//! Conditions and strings of an expression.

use crate::random::Random;
use perch_shared::Family;

/// Tokens of an expression, one after the other.
pub(super) struct Writer<'a> {
    pub(super) random: &'a mut Random,
    pub(super) family: Family,
    pub(super) tokens: Vec<String>,
}

impl Writer<'_> {
    pub(super) fn put(&mut self, tokens: &[&str]) {
        self.tokens.extend(tokens.iter().map(|&token| token.to_owned()));
    }

    pub(super) fn pick(&mut self, usual: usize, tokens: &[&str], others: &[&str]) {
        let token = self.random.pick_mostly(usual, tokens, others);
        self.put(&[token]);
    }

    pub(super) fn boolean(&mut self, depth: usize) {
        let choice = if depth == 0 { self.random.below(7) } else { self.random.below(14) };
        match choice {
            0 | 1 => {
                self.string(depth.min(1));
                self.put(&["=="]);
                self.string(0);
            }
            2 => {
                self.option_path();
                self.put(&[".", "exists"]);
            }
            3 => {
                self.put(&["member", "("]);
                let class = self.class();
                self.put(&[&class, ")"]);
            }
            4 => self.vendor_exists(),
            5 => self.relay_exists(),
            6 => {
                self.put(&["match", "("]);
                let pattern = self.pattern();
                self.put(&[&pattern, ","]);
                self.string(depth.min(1));
                self.put(&[")"]);
            }
            7 => {
                self.put(&["not"]);
                self.boolean(depth - 1);
            }
            8 => {
                self.put(&["("]);
                self.boolean(depth - 1);
                self.put(&[")"]);
            }
            9 | 10 => {
                self.string(depth - 1);
                self.put(&["=="]);
                self.string(depth - 1);
            }
            _ => {
                self.boolean(depth - 1);
                self.pick(93, &["and", "or"], &["sand", "sor", "AND", "xor", "&&"]);
                self.boolean(depth - 1);
            }
        }
    }

    pub(super) fn string(&mut self, depth: usize) {
        let choice = if depth == 0 { self.random.below(11) } else { self.random.below(24) };
        match choice {
            0..=2 => self.literal(),
            3 => self.integer(),
            4 | 5 => {
                self.option_path();
                self.put(&["."]);
                self.pick(96, &["hex", "text", "hex"], &["exists", "Hex", "data"]);
            }
            6 => self.packet(),
            7 => self.relay_value(),
            8 => self.vendor_value(),
            9 | 10 => {
                self.put(&["pkt", "."]);
                self.pick(97, &["iface", "src", "dst", "len"], &["mac", "hex"]);
            }
            11 | 12 => self.substring(depth),
            13 => {
                self.put(&["concat", "("]);
                self.string(depth - 1);
                self.put(&[","]);
                self.string(depth - 1);
                self.put(&[")"]);
            }
            14 => {
                self.string(depth - 1);
                self.put(&["+"]);
                self.string(depth - 1);
            }
            15 => {
                self.put(&["split", "("]);
                self.string(depth - 1);
                self.put(&[","]);
                self.string(0);
                self.put(&[","]);
                self.integer();
                self.put(&[")"]);
            }
            16 | 17 => {
                let word = self.random.vary(90, "ifelse", &["sifelse"]);
                self.put(&[word]);
                self.put(&["("]);
                self.boolean(depth - 1);
                self.put(&[","]);
                self.string(depth - 1);
                self.put(&[","]);
                self.string(depth - 1);
                self.put(&[")"]);
            }
            18 | 19 => {
                self.pick(100, &["lcase", "ucase"], &["lower"]);
                self.wrapped(depth);
            }
            20 => {
                self.put(&["hexstring", "("]);
                self.string(depth - 1);
                self.put(&[","]);
                self.literal();
                self.put(&[")"]);
            }
            21 | 22 => {
                let functions = [
                    "addrtotext",
                    "int8totext",
                    "int16totext",
                    "int32totext",
                    "uint8totext",
                    "uint16totext",
                    "uint32totext",
                ];
                self.pick(98, &functions, &["int64totext", "totext"]);
                self.wrapped(depth);
            }
            _ => self.wrapped(depth),
        }
    }

    pub(super) fn wrapped(&mut self, depth: usize) {
        self.put(&["("]);
        self.string(depth - 1);
        self.put(&[")"]);
    }

    pub(super) fn substring(&mut self, depth: usize) {
        self.put(&["substring", "("]);
        self.string(depth - 1);
        self.put(&[","]);
        let numbers = ["0", "1", "-1", "3", "-4", "00", "-0"];
        let edges = [
            "255",
            "-9223372036854775808",
            "9223372036854775807",
            "9223372036854775808",
            "all",
            "'1'",
            "0x1",
            "1.5",
        ];
        self.pick(93, &numbers, &edges);
        self.put(&[","]);
        self.pick(93, &["all", "1", "3", "-2", "0"], &edges);
        self.put(&[")"]);
    }
}
