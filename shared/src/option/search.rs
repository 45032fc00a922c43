//! Which options somebody may mean by a text.

use super::DefRef;

/// What other trades call an option: the word, and the name Kea gives it.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("boot file", "boot-file-name"),
    ("boot file", "bootfile-url"),
    ("captive portal", "v4-captive-portal"),
    ("default gateway", "routers"),
    ("dns", "dns-servers"),
    ("dns", "domain-name-servers"),
    ("doh dot encrypted dns", "v4-dnr"),
    ("doh dot encrypted dns", "v6-dnr"),
    ("gateway", "routers"),
    ("hostname", "host-name"),
    ("lease time", "dhcp-lease-time"),
    ("mtu", "interface-mtu"),
    ("nameserver", "dns-servers"),
    ("nameserver", "domain-name-servers"),
    ("netmask", "subnet-mask"),
    ("next server", "tftp-server-name"),
    ("ntp", "ntp-server"),
    ("ntp", "ntp-servers"),
    ("ntp", "sntp-servers"),
    ("option 66", "tftp-server-name"),
    ("pxe", "boot-file-name"),
    ("pxe", "bootfile-url"),
    ("pxe", "tftp-server-name"),
    ("resolver", "dns-servers"),
    ("resolver", "domain-name-servers"),
    ("route", "classless-static-route"),
    ("search list", "domain-search"),
    ("search domain", "domain-search"),
    ("sip", "sip-server-addr"),
    ("static route", "classless-static-route"),
    ("suffix", "domain-name"),
    ("syslog", "log-servers"),
    ("tftp", "tftp-server-name"),
    ("time", "ntp-servers"),
    ("time zone", "tcode"),
    ("time zone", "new-tzdb-timezone"),
    ("timezone", "tcode"),
    ("timezone", "new-tzdb-timezone"),
    ("wins", "netbios-name-servers"),
];

/// The definitions that `text` may mean, the best first; all, by code, when the text is empty.
pub(super) fn rank<'a>(definitions: Vec<DefRef<'a>>, text: &str) -> Vec<DefRef<'a>> {
    let wanted = text.trim().to_ascii_lowercase();
    if wanted.is_empty() {
        return definitions;
    }
    let mut found: Vec<(u8, DefRef<'a>)> = definitions
        .into_iter()
        .filter_map(|definition| Some((grade(definition, &wanted)?, definition)))
        .collect();
    // The sort is stable: equals stay in the order of their codes.
    found.sort_by_key(|(grade, definition)| {
        let length = if *grade <= PREFIX { definition.name.len() } else { 0 };
        (*grade, !definition.set_by.is_empty(), length)
    });
    found.into_iter().map(|(_, definition)| definition).collect()
}

/// The grade of a name that begins with the text. Of these and better ones, the shorter is nearer.
const PREFIX: u8 = 2;

/// How well a definition fits; the smaller, the better.
fn grade(definition: DefRef<'_>, wanted: &str) -> Option<u8> {
    let name = definition.name.to_ascii_lowercase();
    let words = name.replace('-', " ");
    let spaced = wanted.replace(['-', '_'], " ");
    let code = definition.code.to_string();
    let other = |fits: fn(&str, &str) -> bool| {
        OTHER_WORDS.iter().any(|(word, of)| *of == definition.name && fits(word, &spaced))
    };
    if code == wanted || name == wanted || words == spaced {
        Some(0)
    } else if other(|word, wanted| word == wanted) {
        Some(1)
    } else if words.starts_with(&spaced) {
        Some(PREFIX)
    } else if words.split(' ').any(|word| word.starts_with(&spaced)) {
        Some(3)
    } else if other(|word, wanted| word.contains(wanted)) {
        Some(4)
    } else if words.contains(&spaced) || code.starts_with(wanted) {
        Some(5)
    } else if spaced.split(' ').all(|part| words.contains(part)) {
        Some(6)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::{Family, KeaVersion, option::Definitions};

    #[test]
    fn the_best_comes_first() {
        let v4 = Definitions::new(Family::V4, KeaVersion::new(3, 0, 4), Vec::new());
        let v6 = Definitions::new(Family::V6, KeaVersion::new(3, 0, 4), Vec::new());
        for (definitions, text, best) in [
            (&v4, "6", "domain-name-servers"),
            (&v4, "routers", "routers"),
            (&v4, "Default Gateway", "routers"),
            (&v4, "dns", "domain-name-servers"),
            (&v4, "ntp", "ntp-servers"),
            (&v4, "tftp", "tftp-server-name"),
            (&v4, "domain", "domain-name"),
            (&v4, "servers name domain", "domain-name-servers"),
            (&v4, "121", "classless-static-route"),
            (&v6, "23", "dns-servers"),
            (&v6, "dns", "dns-servers"),
            (&v6, "ntp", "ntp-server"),
        ] {
            assert_eq!(
                definitions.search(text).first().map(|found| found.name.as_str()),
                Some(best),
                "{text}"
            );
        }
        assert!(v4.search("no such thing").is_empty());
        assert_eq!(v4.search(" ").len(), v4.all().len());
    }
}
