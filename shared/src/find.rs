//! Finding what a text belongs to: an address, an identifier in any spelling, or a word.

use crate::{
    Family,
    api::{HitKind, LeaseQuery, ReadAs, ReservationRow, SubnetRow},
    config::Rows,
    net::{AddressRange, Identifier, Prefix, parse_address},
    status::spelled_identifier,
};

/// What somebody looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought {
    /// An address: its family, its number, and the text.
    Address(Family, u128, String),
    /// A prefix.
    Prefix(Prefix, String),
    /// The bytes of an identifier, and its usual spelling.
    Identifier(Identifier, String),
    /// Words, in lower case: all of them have to occur.
    Words(Vec<String>),
}

/// How many digits without separators make an identifier and not a word: those of a hardware address.
const DIGITS: usize = 12;

impl Sought {
    /// Reads what somebody typed; `None`: nothing was typed.
    ///
    /// # Example
    /// ```
    /// use perch_shared::{api::ReadAs, find::Sought};
    /// for (text, expected) in [
    ///     ("192.0.2.7", ReadAs::Address),
    ///     ("2001:db8::/32", ReadAs::Prefix),
    ///     ("1A-2B-3C-4D-5E-6F", ReadAs::Identifier),
    ///     ("00:01:00:01:2c:8e:11:5a", ReadAs::Identifier),
    ///     ("voice north", ReadAs::Word),
    /// ] {
    ///     assert_eq!(Sought::read(text).map(|sought| sought.read_as()), Some(expected), "{text}");
    /// }
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let identifier = || {
            let spelled = spelled_identifier(text)?;
            Some(Self::Identifier(Identifier::parse(&spelled).ok()?, spelled))
        };
        if is_pairs(text) {
            return identifier();
        }
        for family in Family::ALL {
            if let Some(number) = parse_address(family, text) {
                return Some(Self::Address(family, number, text.to_owned()));
            }
            if let Ok(prefix) = Prefix::parse(family, text) {
                return Some(Self::Prefix(prefix, text.to_owned()));
            }
        }
        if looks_like_bytes(text)
            && let Some(found) = identifier()
        {
            return Some(found);
        }
        Some(Self::Words(text.to_lowercase().split_whitespace().map(str::to_owned).collect()))
    }

    /// How the text was read.
    pub fn read_as(&self) -> ReadAs {
        match self {
            Self::Address(..) => ReadAs::Address,
            Self::Prefix(..) => ReadAs::Prefix,
            Self::Identifier(..) => ReadAs::Identifier,
            Self::Words(_) => ReadAs::Word,
        }
    }

    /// The text in Kea's spelling.
    pub fn spelled(&self) -> String {
        match self {
            Self::Address(_, _, text) | Self::Prefix(_, text) | Self::Identifier(_, text) => text.clone(),
            Self::Words(words) => words.join(" "),
        }
    }

    /// What a daemon is asked about its leases; `None`: it cannot have one.
    pub fn lease_query(&self, family: Family) -> Option<LeaseQuery> {
        Some(match self {
            Self::Address(of, _, text) if *of == family => {
                LeaseQuery { address: text.clone(), ..LeaseQuery::default() }
            }
            Self::Identifier(_, text) => LeaseQuery { identifier: text.clone(), ..LeaseQuery::default() },
            Self::Words(words) => match words.as_slice() {
                [name] => LeaseQuery { hostname: name.clone(), ..LeaseQuery::default() },
                _ => return None,
            },
            Self::Address(..) | Self::Prefix(..) => return None,
        })
    }

    /// Whether all words occur in a text.
    pub fn occurs_in(&self, text: &str) -> bool {
        let Self::Words(words) = self else { return false };
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word))
    }

    /// What a configuration has of it, the closest first.
    pub fn in_rows(&self, family: Family, rows: Rows) -> Vec<HitKind> {
        let mut hits: Vec<(u32, HitKind)> = Vec::new();
        for row in rows.reservations {
            if self.is_reservation(family, &row) {
                hits.push((0, HitKind::Reservation(row)));
            }
        }
        for row in rows.subnets {
            hits.extend(self.in_subnet(family, row));
        }
        let network = |row: crate::api::NetworkRow| {
            self.occurs_in(&format!("{} {}", row.name, row.comment))
                .then_some((500, HitKind::Network(row.name)))
        };
        hits.extend(rows.networks.into_iter().filter_map(network));
        let class = |name: String| self.occurs_in(&name).then_some((500, HitKind::Class(name)));
        hits.extend(rows.classes.into_iter().filter_map(class));
        hits.sort_by_key(|(distance, _)| *distance);
        hits.into_iter().map(|(_, hit)| hit).collect()
    }

    /// Whether a reservation stays in a list that somebody narrows: it is meant, or has what was typed as a part of its
    /// identifier, its addresses or its words.
    pub fn narrows_to(&self, family: Family, row: &ReservationRow) -> bool {
        let text = || {
            let (addresses, classes) = (row.addresses.join(" "), row.classes.join(" "));
            format!(
                "{} {} {} {} {addresses} {classes} {}",
                row.hostname, row.comment, row.value, row.prefix, row.identifier
            )
        };
        let has_bytes = |wanted: &Identifier| {
            let wanted = wanted.bytes();
            !wanted.is_empty()
                && Identifier::parse(&row.value)
                    .is_ok_and(|own| own.bytes().windows(wanted.len()).any(|part| part == wanted))
        };
        // What looks like a part of an identifier.
        let is_part = |words: &Vec<String>| match words.as_slice() {
            [word] => spelled_identifier(word)
                .and_then(|spelled| Identifier::parse(&spelled).ok())
                .is_some_and(|part| part.bytes().len() > 1 && has_bytes(&part)),
            _ => false,
        };
        self.is_reservation(family, row)
            || match self {
                Self::Words(words) => self.occurs_in(&text()) || is_part(words),
                Self::Identifier(wanted, _) => has_bytes(wanted),
                Self::Prefix(prefix, _) => Prefix::parse(family, &row.prefix).is_ok_and(|own| own == *prefix),
                Self::Address(..) => false,
            }
    }

    fn is_reservation(&self, family: Family, row: &ReservationRow) -> bool {
        match self {
            Self::Address(of, number, _) => {
                *of == family
                    && row.addresses.iter().any(|text| {
                        parse_address(family, text) == Some(*number)
                            || Prefix::parse(family, text)
                                .is_ok_and(|prefix| prefix.range().contains_number(*number))
                    })
            }
            Self::Prefix(prefix, _) => {
                prefix.family() == family
                    && row
                        .addresses
                        .iter()
                        .any(|text| Prefix::parse(family, text).is_ok_and(|other| other == *prefix))
            }
            Self::Identifier(wanted, _) => Identifier::parse(&row.value).is_ok_and(|own| own == *wanted),
            Self::Words(_) => self.occurs_in(&format!("{} {} {}", row.hostname, row.comment, row.value)),
        }
    }

    /// How far a subnet is from what is sought; `None`: it has nothing to do with it.
    pub fn distance(&self, family: Family, row: &SubnetRow) -> Option<u32> {
        self.in_subnet(family, row.clone()).map(|(distance, _)| distance)
    }

    /// The narrower the subnet, the closer.
    fn in_subnet(&self, family: Family, row: SubnetRow) -> Option<(u32, HitKind)> {
        let own = || Prefix::parse(family, &row.subnet).ok();
        let length = |prefix: Prefix| 200 - u32::from(prefix.length());
        let (distance, pool) = match self {
            Self::Address(of, number, _) if *of == family => {
                let own = own().filter(|own| own.range().contains_number(*number))?;
                let in_pool = |text: &&String| {
                    AddressRange::parse_pool(family, text, false)
                        .is_ok_and(|pool| pool.contains_number(*number))
                };
                (length(own), row.pools.iter().find(in_pool).cloned())
            }
            Self::Prefix(prefix, _) if prefix.family() == family => {
                let own = own().filter(|own| own.range().overlaps(prefix.range()))?;
                let distance = if own.range() == prefix.range() { 1 } else { length(own) };
                (distance, None)
            }
            Self::Words(_) if self.occurs_in(&format!("{} {}", row.subnet, row.comment)) => (400, None),
            _ => return None,
        };
        Some((distance, HitKind::Subnet { id: row.id, subnet: row.subnet, pool, comment: row.comment }))
    }
}

/// Whether a text is digits two by two with colons, so that it is no address although it may look like one.
fn is_pairs(text: &str) -> bool {
    text.len() > 6
        && text.split(':').all(|pair| pair.len() == 2 && pair.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Whether a text that is no address is meant as bytes: digits with separators between, or many of them without.
fn looks_like_bytes(text: &str) -> bool {
    let plain = text.strip_prefix("0x").unwrap_or(text);
    let digits = plain.bytes().filter(u8::is_ascii_hexdigit).count();
    let separators = plain.bytes().filter(|byte| matches!(byte, b':' | b'-' | b'.')).count();
    digits + separators == plain.len() && (digits >= DIGITS || (plain.len() < text.len() && digits > 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;

    fn found(text: &str) -> Vec<String> {
        let config = json!({
            "client-classes": [{"name": "voip"}],
            "subnet4": [
                {"id": 1, "subnet": "10.0.0.0/8", "user-context": {"comment": "everything"}},
                {"id": 2, "subnet": "10.1.0.0/16", "pools": [{"pool": "10.1.0.10-10.1.0.20"}],
                    "reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f", "ip-address": "10.1.0.5", "hostname": "phone-7"}]},
            ],
            "shared-networks": [{"name": "voice-north"}],
        });
        let rows = Rows::deserialize(&config).unwrap();
        let sought = Sought::read(text).unwrap();
        let word = |hit: HitKind| match hit {
            HitKind::Subnet { subnet, pool, .. } => format!("{subnet} {}", pool.unwrap_or_default()),
            HitKind::Reservation(row) => row.value,
            HitKind::Network(name) | HitKind::Class(name) => name,
            HitKind::Server | HitKind::Lease(_) => String::new(),
        };
        sought.in_rows(Family::V4, rows).into_iter().map(word).collect()
    }

    #[test]
    fn an_address_belongs_to_the_narrowest_subnet_first() {
        assert_eq!(found("10.1.0.12"), ["10.1.0.0/16 10.1.0.10-10.1.0.20", "10.0.0.0/8 "]);
        assert_eq!(found("10.1.0.5"), ["1a:1b:1c:1d:1e:1f", "10.1.0.0/16 ", "10.0.0.0/8 "]);
        assert_eq!(found("10.1.0.0/16"), ["10.1.0.0/16 ", "10.0.0.0/8 "]);
        assert_eq!(found("2001:db8::1"), [""; 0]);
    }

    #[test]
    fn every_spelling_of_an_identifier_is_the_same() {
        for text in
            ["1A-1B-1C-1D-1E-1F", "1a1b.1c1d.1e1f", "1A:1B:1C:1D:1E:1F", "1a1b1c1d1e1f", "0x1a1b1c1d1e1f"]
        {
            assert_eq!(found(text), ["1a:1b:1c:1d:1e:1f"], "{text}");
        }
    }

    #[test]
    fn words_are_looked_for_everywhere() {
        assert_eq!(found("voice"), ["voice-north"]);
        assert_eq!(found("VOIP"), ["voip"]);
        assert_eq!(found("phone"), ["1a:1b:1c:1d:1e:1f"]);
        assert_eq!(found("everything"), ["10.0.0.0/8 "]);
        assert_eq!(Sought::read("  "), None);
    }
}
