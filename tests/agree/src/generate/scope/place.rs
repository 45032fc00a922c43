//! Texts about one subnet: its prefix, its addresses and ranges.

use crate::random::Random;

/// Where a subnet is.
pub(super) struct Place {
    pub(super) v4: bool,
    pub(super) base: String,
    pub(super) length: usize,
}

impl Place {
    pub(super) fn prefix(&self, random: &mut Random) -> String {
        let edges: &[&str] = if self.v4 {
            &[
                "10.0.0.0",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0/24",
                "10.0.0.0/",
                "/24",
                "",
                "10.0.0.0/24/24",
                "x/24",
                "2001:db8::/64",
                "10.0.0.0 / 24",
                "1 0.0.0.0/24",
                "10.0.0.0/024",
                "10.0.0.0/+24",
                "10.0.0.0/24x",
                "10.0.0.0/ 24",
                "10.0.0.0\\/24",
                "0.0.0.0/0",
                "255.255.255.255/32",
                "10.0.0.0/0x18",
                "10.0.0.0/1e1",
                "10.0.0.0/24 x",
                "224.0.0.0/4",
                "10.0.0.0/256",
                "10.0.0.0/4294967320",
                "10.0.0.0\t/24",
            ]
        } else {
            &[
                "2001:db8::",
                "2001:db8::/129",
                "2001:db8::/-1",
                "2001:db8:::/64",
                "2001:db8::/",
                "/64",
                "",
                "x/64",
                "10.0.0.0/24",
                "2001:DB8:0::/64",
                "2001:db8:: / 64",
                "2001:0db8:0::/064",
                "::/0",
                "ff00::/8",
                "2001:db8:0::/+64",
                "2001:db8::/256",
                "2001:db8::/64x",
                "::ffff:10.0.0.0/104",
                "fe80::%lo/64",
            ]
        };
        if random.slip(7) {
            return self.here(random.pick(edges));
        }
        let host = random.vary(90, 0, &[1, 128, 255]);
        if self.v4 {
            format!("{}.{host}/{}", self.base, self.length)
        } else {
            format!(
                "{}:{}/{}",
                self.base,
                if host == 0 { String::new() } else { format!("{host:x}") },
                self.length
            )
        }
    }

    /// A text about the first subnet, moved to this one.
    pub(super) fn here(&self, text: &str) -> String {
        text.replace("10.0.0", &self.base).replace("2001:db8:0:", &self.base)
    }

    pub(super) fn host(&self, number: usize) -> String {
        if self.v4 { format!("{}.{number}", self.base) } else { format!("{}:{number:x}", self.base) }
    }

    pub(super) fn address(&self, random: &mut Random) -> String {
        let number = random.below(256);
        self.host(number)
    }

    pub(super) fn range(&self, random: &mut Random) -> String {
        let edges: &[&str] = if self.v4 {
            &[
                "10.0.0.10",
                "10.0.0.10-",
                "-10.0.0.20",
                "10.0.0.10 - 10.0.0.20 - 10.0.0.30",
                "10.0.0.20-10.0.0.10",
                "10.0.0.10-x",
                "",
                "10.0.0.0/33",
                "10.0.0.10–10.0.0.20",
                "10.0.0.10 10.0.0.20",
                "2001:db8::1-2001:db8::2",
                "10.0.0.10-2001:db8::2",
                "10.0.0.10 -10.0.0.20",
                "10.0.0.10\t-\t10.0.0.20",
                "10.0.0.16/28",
                "10.0.0.17/28",
                "10.0.0.0/24",
                "10.0.0.0/ 28",
                "10.0.0.0/",
                "0.0.0.0-255.255.255.255",
                "10.0.0.10-10.0.0.10",
                "1 0.0.0.10-10.0.0.20",
                "10.0.0.128/+25",
                "10.0.0.1/32",
                " 10.0.0.10-10.0.0.20 ",
                "10.0.0.10/28-10.0.0.20",
                "10.0.0.10\n-10.0.0.20",
            ]
        } else {
            &[
                "2001:db8:0::10",
                "2001:db8:0::20-2001:db8:0::10",
                "2001:db8:0::10-",
                "",
                "2001:db8:0::/80",
                "2001:db8:0::1/80",
                "2001:db8:0::/129",
                "10.0.0.10-10.0.0.20",
                "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                "2001:db8:0::/64",
                "2001:db8:0::/ 80",
                "2001:db8:0::10-2001:db8:0::10",
                "2001:db8:0::/128",
                "2001:db8:0::10 - 2001:db8:0::20 ",
                "2001:db8:0::10–2001:db8:0::20",
                "x",
                "2001:DB8:0::10-2001:db8:0::20",
            ]
        };
        if random.slip(16) {
            return self.here(random.pick(edges));
        }
        let slot = random.below(5);
        let low = slot * 50 + random.pick(&[0, 10, 10, 20]);
        let high = low + random.pick_mostly(80, &[0, 9, 19, 29], &[60, 100]);
        let dash = random.mostly(50, " - ", &["-", "- ", " -", "  -  "]);
        format!("{}{dash}{}", self.host(low), self.host(high))
    }
}
