//! Random expressions and packets from a seed that is printed.

use perch_shared::{Family, KeaVersion};

/// The seed: `PERCH_SEED`, or the same each time.
pub fn seed() -> u64 {
    std::env::var("PERCH_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_261_123)
}

/// A small generator (xorshift).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % below
    }

    fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.next(all.len())]
    }

    /// A condition.
    pub fn condition(&mut self, family: Family, version: KeaVersion, depth: usize) -> String {
        let three = version >= KeaVersion::new(3, 0, 0);
        if depth == 0 {
            return format!("{}.exists", self.option(family));
        }
        match self.next(if three { 9 } else { 7 }) {
            0 => format!("not {}", self.closed(family, version, depth)),
            1 => {
                format!("{} and {}", self.closed(family, version, depth), self.closed(family, version, depth))
            }
            2 => {
                format!("{} or {}", self.closed(family, version, depth), self.closed(family, version, depth))
            }
            3 => format!("member('{}')", self.one_of(&["ALL", "VENDOR_CLASS_MSFT 5.0", "VENDOR_CLASS_abc"])),
            4..=6 => {
                format!(
                    "{} == {}",
                    self.string(family, version, depth - 1),
                    self.string(family, version, depth - 1)
                )
            }
            7 => {
                let pattern = self.one_of(&[
                    ".*",
                    "[a-z]*",
                    "(.)*",
                    "\\w+",
                    "[^x]+",
                    "(a|b|.{2})*",
                    "Host.*",
                    "\\d{1,3}",
                ]);
                format!("match('{pattern}', {})", self.string(family, version, depth - 1))
            }
            _ => format!(
                "{} {} {}",
                self.closed(family, version, depth),
                if self.next(2) == 0 { "sand" } else { "sor" },
                self.closed(family, version, depth)
            ),
        }
    }

    fn closed(&mut self, family: Family, version: KeaVersion, depth: usize) -> String {
        format!("({})", self.condition(family, version, depth - 1))
    }

    fn option(&mut self, family: Family) -> String {
        let v4 = [
            "option[12]",
            "option[60]",
            "option[61]",
            "option[55]",
            "option[82]",
            "option[82].option[1]",
            "relay4[2]",
            "option[50]",
            "option[81]",
            "option[23]",
            "option[170]",
            "option[170].option[1]",
            "vendor[4491].option[5]",
            "vendor[*].option[1]",
            "option[99]",
            "option[6]",
        ];
        let v6 = [
            "option[1]",
            "option[8]",
            "option[3]",
            "option[3].option[5]",
            "option[16]",
            "option[15]",
            "option[39]",
            "relay6[0].option[18]",
            "relay6[-1].option[18]",
            "relay6[1].option[37]",
            "vendor[9].option[5]",
            "option[1000]",
            "vendor[*].option[7]",
            "option[6]",
            "option[24]",
            "option[1000].option[1]",
        ];
        self.one_of(if family == Family::V4 { &v4 } else { &v6 }).to_owned()
    }

    fn string(&mut self, family: Family, version: KeaVersion, depth: usize) -> String {
        if depth == 0 {
            return match self.next(5) {
                0 => self.one_of(&["''", "'Host-One'", "'abc'", "'a.b'"]).to_owned(),
                1 => self
                    .one_of(&["0x01", "0x0abc", "0xff00ff", "10.0.0.1", "2001:db8::1", "7", "65536"])
                    .to_owned(),
                2 if family == Family::V4 => {
                    format!(
                        "pkt4.{}",
                        self.one_of(&["mac", "hlen", "htype", "giaddr", "ciaddr", "msgtype", "transid"])
                    )
                }
                2 => self
                    .one_of(&["pkt6.msgtype", "pkt6.transid", "relay6[0].peeraddr", "relay6[-1].linkaddr"])
                    .to_owned(),
                _ => format!("{}.{}", self.option(family), self.one_of(&["hex", "text"])),
            };
        }
        let number = |random: &mut Self| random.next(13) as i64 - 5;
        let cased = version >= KeaVersion::new(2, 4, 0);
        match self.next(if cased { 9 } else { 7 }) {
            0 => {
                let (start, length) = (number(self), number(self));
                let length = if self.next(4) == 0 { "all".to_owned() } else { length.to_string() };
                format!("substring({}, {start}, {length})", self.string(family, version, depth - 1))
            }
            1 => {
                let (text, field) = (self.string(family, version, depth - 1), number(self));
                format!(
                    "split({text}, {}, {field})",
                    self.one_of(&["'-'", "'.'", "' '", "'ab'", "''", "0x01"])
                )
            }
            2 => format!(
                "concat({}, {})",
                self.string(family, version, depth - 1),
                self.string(family, version, depth - 1)
            ),
            3 => format!("{} + {}", self.string(family, version, 0), self.string(family, version, 0)),
            4 => format!(
                "hexstring({}, {})",
                self.string(family, version, depth - 1),
                self.one_of(&["':'", "''", "'-'"])
            ),
            5 => format!(
                "ifelse({}, {}, {})",
                self.condition(family, version, depth - 1),
                self.string(family, version, depth - 1),
                self.string(family, version, depth - 1)
            ),
            6 => {
                let function = self.one_of(&[
                    "addrtotext",
                    "int8totext",
                    "uint8totext",
                    "int16totext",
                    "uint16totext",
                    "int32totext",
                    "uint32totext",
                ]);
                format!("{function}({})", self.string(family, version, 0))
            }
            _ => format!("{}({})", self.one_of(&["lcase", "ucase"]), self.string(family, version, depth - 1)),
        }
    }

    /// Packets made of others: bytes changed, cut and put in.
    pub fn packets(&mut self, seeds: &[(String, Vec<u8>)], count: usize) -> Vec<(String, Vec<u8>)> {
        (0..count).map(|_| self.mutant(seeds)).collect()
    }

    fn mutant(&mut self, seeds: &[(String, Vec<u8>)]) -> (String, Vec<u8>) {
        let (name, mut bytes) = seeds[self.next(seeds.len())].clone();
        // The fixed fields matter less than the options behind them.
        let first = if bytes.len() > 243 { 243 } else { 34.min(bytes.len() / 2) };
        for _ in 0..=self.next(3) {
            let at = first + self.next((bytes.len() - first).max(1));
            match self.next(4) {
                0 if at < bytes.len() => bytes[at] = self.next(256) as u8,
                1 if at < bytes.len() => bytes[at] = bytes[at].wrapping_add([1, 255][self.next(2)]),
                2 if at < bytes.len() && bytes.len() > first + 2 => drop(bytes.remove(at)),
                _ => bytes.insert(at.min(bytes.len()), self.next(8) as u8),
            }
        }
        (
            format!(
                "{name}, changed to {}",
                bytes[first..].iter().map(|byte| format!("{byte:02x}")).collect::<String>()
            ),
            bytes,
        )
    }
}
