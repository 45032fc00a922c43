//! Pools and delegated prefixes.

use super::{Place, Writer, classes};
use crate::{
    generate::{disturb, sprinkle},
    node::{Node, map, raw, string},
    random::Random,
};

impl Writer {
    pub(super) fn pool(&mut self, random: &mut Random, place: &Place) -> Node {
        let mut pool = map([]);
        if !random.slip(2) {
            pool.push("pool", string(&place.range(random)));
        }
        if random.chance(8) {
            pool.push(
                "pool-id",
                raw(random.pick(&["1", "2", "0", "4294967295", "4294967296", "-1", "\"1\""])),
            );
        }
        if random.chance(8) {
            classes(random, &mut pool);
        }
        sprinkle(random, &mut pool);
        if random.slip(3) {
            disturb(random, &mut pool);
        }
        pool
    }

    pub(super) fn pd_pool(&mut self, random: &mut Random) -> Node {
        let mut pool = map([]);
        let prefixes = [
            "2001:db8:8000::",
            "2001:db8:9000::",
            "2001:db8:8100::",
            "3000::",
            "2001:db8::",
            "2001:db8:8000::1",
            "::",
            "x",
            "",
            "192.0.2.0",
            "2001:db8:8000::/33",
            "2001:db8:8000:8000::",
        ];
        let prefix = random.pick_mostly(75, &prefixes[..3], &prefixes);
        if !random.slip(2) {
            pool.push("prefix", string(prefix));
        }
        let lengths = ["0", "1", "33", "40", "48", "56", "64", "127", "128", "129", "255", "256", "-1"];
        if !random.slip(2) {
            pool.push("prefix-len", raw(random.pick_mostly(75, &["48", "56", "40"], &lengths)));
        }
        if !random.slip(2) {
            pool.push("delegated-len", raw(random.pick_mostly(75, &["64", "60", "56"], &lengths)));
        }
        if random.chance(18) {
            let excluded = [
                "2001:db8:8000::",
                "2001:db8:8000:0:8000::",
                "2001:db8:9000::",
                "::",
                "",
                "x",
                "2001:db8:8000::1",
                "2001:db8:8000:ffff::",
            ];
            if !random.slip(5) {
                pool.push("excluded-prefix", string(random.pick(&excluded)));
            }
            if !random.slip(5) {
                pool.push(
                    "excluded-prefix-len",
                    raw(random.pick(&["72", "80", "64", "65", "48", "128", "129", "0", "96", "-1", "256"])),
                );
            }
        }
        if random.chance(6) {
            pool.push("pool-id", raw(random.pick(&["1", "0", "4294967295", "4294967296", "-1"])));
        }
        if random.chance(6) {
            classes(random, &mut pool);
        }
        sprinkle(random, &mut pool);
        if random.slip(3) {
            disturb(random, &mut pool);
        }
        pool
    }
}
