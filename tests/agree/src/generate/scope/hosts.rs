//! Reservations.

use super::{Place, Writer};
use crate::{
    generate::{disturb, sprinkle, values},
    node::{Node, map, string},
    random::Random,
};
use perch_shared::Family;

impl Writer {
    pub(super) fn reservations(&mut self, random: &mut Random) -> Node {
        self.hosts(random, None)
    }

    pub(super) fn hosts(&mut self, random: &mut Random, place: Option<&Place>) -> Node {
        let count = random.vary(55, 1, &[0, 2, 2, 3]);
        Node::List((0..count).map(|_| self.reservation(random, place)).collect())
    }

    pub(super) fn reservation(&self, random: &mut Random, place: Option<&Place>) -> Node {
        let mut host = map([]);
        let keys: &[&str] = if self.v4() {
            &["hw-address", "duid", "client-id", "circuit-id", "flex-id"]
        } else {
            &["duid", "hw-address", "flex-id"]
        };
        for _ in 0..random.mostly(93, 1, &[0, 2]) {
            let other = random.pick(&["client-id", "circuit-id", "hw-address", "duid", "remote-id"]);
            let key = random.pick_mostly(97, keys, &[other]);
            let bytes = if !random.slip(10) {
                6
            } else {
                random.pick(&[1, 2, 8, 16, 20, 21, 64, 128, 130, 131, 255, 256])
            };
            host.push(key, string(&values::identifier(random, bytes)));
        }
        if self.v4() {
            if random.chance(75) {
                let address = self.host_address(random, place);
                host.push("ip-address", string(&address));
            }
        } else {
            if random.chance(55) {
                let list =
                    (0..random.vary(75, 1, &[0, 2])).map(|_| string(&self.host_address(random, place)));
                host.push("ip-addresses", Node::List(list.collect()));
            }
            if random.chance(30) {
                let prefixes = [
                    "2001:db8:8000::/64",
                    "2001:db8:8000:1::/64",
                    "3000::/48",
                    "2001:db8:8000::/129",
                    "2001:db8:8000::",
                    "x/64",
                    "",
                    "::/0",
                    "2001:db8:8000::1/64",
                    "192.0.2.0/24",
                    "2001:db8:8000::/64 ",
                    "2001:db8::/0",
                    "2001:db8:8000::/-1",
                    "2001:db8:8000::/064",
                ];
                let list = (0..random.vary(75, 1, &[0, 2]))
                    .map(|_| string(random.pick_mostly(70, &prefixes[..3], &prefixes)));
                host.push("prefixes", Node::List(list.collect()));
                if random.chance(15) {
                    let list = random.pick(&[
                        "[]",
                        "[\"2001:db8:8000:0:8000::/72\"]",
                        "[\"\"]",
                        "[\"2001:db8:8000::/72\"]",
                        "[\"x\"]",
                        "[\"3000::/64\",\"\"]",
                    ]);
                    host.push("excluded-prefixes", Node::parse(list).expect("a list"));
                }
            }
        }
        if random.chance(30) {
            host.push(
                "hostname",
                string(random.pick(&["host", "host.example.org", "", "a b", "é", "HOST", "-", "a..b"])),
            );
        }
        if random.chance(8) {
            let list = random.pick(&["[\"a\"]", "[]", "[\"\"]", "[1]", "\"a\"", "[\"a\",\"a\"]"]);
            host.push("client-classes", Node::parse(list).expect("a value"));
        }
        if self.v4() && random.chance(8) {
            let key = random.pick(&["next-server", "server-hostname", "boot-file-name"]);
            let value = if key == "next-server" {
                values::address(random, Family::V4)
            } else {
                "b".repeat(random.pick(&[0, 1, 63, 64, 127, 128]))
            };
            host.push(key, string(&value));
        }
        sprinkle(random, &mut host);
        if random.slip(3) {
            disturb(random, &mut host);
        }
        host
    }

    pub(super) fn host_address(&self, random: &mut Random, place: Option<&Place>) -> String {
        match place {
            Some(place) if !random.slip(15) => place.address(random),
            _ => values::address(random, self.family),
        }
    }
}
