//! Every key of every object of all versions, with right values.
//!
//! A line is `key KIND values`, the kinds being `i`nteger, `b`oolean, `f`loat, `s`tring, `e`numeration, list of `S`trings,
//! `o`bject, `l`ist of objects, and `m`ap of anything. Values are separated by `|`; for `o` and `l` the value is the
//! object's name here. A key of one family only has `4` or `6` after its kind.

use perch_shared::Family;

/// A key and what may stand there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) kind: char,
    pub(super) values: &'static str,
}

/// The keys of an object.
pub(super) fn of(object: &str, family: Family) -> Vec<Key> {
    let mut found = Vec::new();
    for (name, lines) in OBJECTS {
        if *name == object {
            found.extend(lines.lines().filter_map(|line| key(line, family)));
        }
    }
    // What subnets, shared networks and the global map share.
    let shared: &[&str] = match object {
        "global" => &["scope", "ddns", "common"],
        "network" | "subnet" => &["scope", "ddns", "common", "place", "classes"],
        "pool" => &["ddns", "common", "classes"],
        "pd-pool" => &["common", "classes"],
        "output" | "expired" => &[],
        _ => &["common"],
    };
    let inner = shared.iter().filter(|name| **name != object);
    inner.for_each(|name| found.extend(of_part(name, family)));
    found
}

fn of_part(part: &str, family: Family) -> Vec<Key> {
    let lines = PARTS.iter().filter(|(name, _)| *name == part).flat_map(|(_, lines)| lines.lines());
    lines.filter_map(|line| key(line, family)).collect()
}

fn key(line: &'static str, family: Family) -> Option<Key> {
    let mut words = line.trim().splitn(3, ' ');
    let name = words.next().filter(|name| !name.is_empty())?;
    let kind = words.next()?;
    let other = if family == Family::V4 { '6' } else { '4' };
    let values = words.next().unwrap_or_default();
    (!kind.ends_with(other)).then(|| Key { name, kind: kind.chars().next().unwrap_or('m'), values })
}

const PARTS: &[(&str, &str)] = &[
    ("common", "user-context m\ncomment s a remark"),
    (
        "scope",
        "valid-lifetime i 4000|7200|600
         min-valid-lifetime i 300|600|0
         max-valid-lifetime i 8000|7200|100000
         preferred-lifetime i6 3000|3600
         min-preferred-lifetime i6 200|300
         max-preferred-lifetime i6 5000|7000
         renew-timer i 900|1000|0
         rebind-timer i 1800|2000
         calculate-tee-times b
         t1-percent f 0.5|0.4
         t2-percent f 0.875|0.8
         cache-threshold f 0.25|0.5|0.0
         cache-max-age i 100|0
         reservations-global b
         reservations-in-subnet b
         reservations-out-of-pool b
         reservation-mode e disabled|out-of-pool|global|all
         store-extended-info b
         allocator e iterative|random|flq
         pd-allocator e6 iterative|random|flq
         offer-lifetime i4 60|0
         next-server s4 192.0.2.1|0.0.0.0
         server-hostname s4 host.example.org
         boot-file-name s4 /boot/file.efi
         match-client-id b4
         authoritative b4
         rapid-commit b6
         option-data l option-data",
    ),
    (
        "ddns",
        "ddns-send-updates b
         ddns-override-no-update b
         ddns-override-client-update b
         ddns-replace-client-name e when-present|never|always|when-not-present
         ddns-generated-prefix s myhost
         ddns-qualifying-suffix s example.org|example.org.
         ddns-update-on-renew b
         ddns-use-conflict-resolution b
         ddns-conflict-resolution-mode e check-with-dhcid|no-check-with-dhcid|check-exists-with-dhcid|no-check-without-dhcid
         ddns-ttl-percent f 0.25|0.5
         ddns-ttl i 100|600
         ddns-ttl-min i 10|100
         ddns-ttl-max i 1000|5000
         hostname-char-set s [^A-Za-z0-9.-]
         hostname-char-replacement s x|-",
    ),
    (
        "place",
        "interface s
         interface-id s6 vlan-1
         relay o relay",
    ),
    (
        "classes",
        "client-class s a
         client-classes S a|b
         require-client-classes S a
         evaluate-additional-classes S a|b",
    ),
];

const OBJECTS: &[(&str, &str)] = &[
    (
        "global",
        "decline-probation-period i 86400|0
         subnet4 l4 subnet
         subnet6 l6 subnet
         shared-networks l network
         interfaces-config o interfaces
         lease-database o lease-database
         hosts-database o database
         hosts-databases l database
         host-reservation-identifiers S hw-address|duid|flex-id|circuit-id|client-id
         client-classes l class
         option-def l option-def
         hooks-libraries l hook
         expired-leases-processing o expired
         dhcp4o6-port i 0|6767
         control-socket o socket
         control-sockets l socket
         dhcp-queue-control o queue
         dhcp-ddns o d2
         echo-client-id b4
         stash-agent-options b4
         sanity-checks o sanity
         reservations l reservation
         config-control o config-control
         server-tag s one|all
         loggers l logger
         statistic-default-sample-count i 20|0
         statistic-default-sample-age i 60|0
         multi-threading o threads
         early-global-reservations-lookup b
         ip-reservations-unique b
         reservations-lookup-first b
         compatibility o compatibility
         parked-packet-limit i 256|0
         data-directory s6
         mac-sources S6 any|raw|duid|ipv6-link-local|client-link-addr-option|rfc6939|remote-id|rfc4649|subscriber-id|rfc4580|docsis-cmts|docsis-modem
         relay-supplied-options S6 65|110|rsoo
         server-id o6 server-id
         preferred-lifetime i6 3000",
    ),
    (
        "subnet",
        "id i 1|2|3|4|5|6|7|8|9
         subnet s PREFIX
         pools l pool
         pd-pools l6 pd-pool
         reservations l reservation
         4o6-interface s4
         4o6-interface-id s4 x
         4o6-subnet s4 2001:db8::/64",
    ),
    ("network", "name s floor|hall|attic\nsubnet4 l4 subnet\nsubnet6 l6 subnet"),
    ("pool", "pool s POOL\npool-id i 1|2|7\noption-data l option-data"),
    (
        "pd-pool",
        "prefix s 2001:db8:8000::|2001:db8:9000::
         prefix-len i 48
         delegated-len i 64|60
         excluded-prefix s 2001:db8:8000:0:8000::
         excluded-prefix-len i 72|80
         pool-id i 1|2
         option-data l option-data",
    ),
    (
        "reservation",
        "hw-address s 0a:0b:0c:0d:0e:0f|0a:0b:0c:0d:0e:10
         duid s 01:02:03:04
         client-id s4 01:0a:0b
         circuit-id s4 'port7'
         flex-id s 0a0b
         ip-address s4 ADDRESS
         ip-addresses S6 2001:db8::77
         prefixes S6 2001:db8:8000::/64
         excluded-prefixes S6 2001:db8:8000:0:8000::/72
         hostname s host.example.org
         client-classes S a
         next-server s4 192.0.2.1
         server-hostname s4 host
         boot-file-name s4 file
         option-data l option-data",
    ),
    (
        "class",
        "name s a|b|c|DROP
         test s 'a' == 'a'|member('KNOWN')|option[60].exists
         template-test s substring(option[61].hex,0,3)
         only-if-required b
         only-in-additional-list b
         option-def l4 class-option-def
         option-data l option-data
         next-server s4 192.0.2.1
         server-hostname s4 host
         boot-file-name s4 file
         valid-lifetime i 4000
         min-valid-lifetime i 1000
         max-valid-lifetime i 9000
         preferred-lifetime i6 3000
         min-preferred-lifetime i6 1000
         max-preferred-lifetime i6 3500
         offer-lifetime i4 60",
    ),
    (
        "option-def",
        "name s opt-a|opt-b
         code i 224|225|226|250
         type e uint8|string|record|ipv4-address|boolean|empty
         record-types s uint8,uint16
         space s dhcp4|dhcp6|mine
         encapsulate s mine
         array b",
    ),
    ("class-option-def", "name s opt-a\ncode i 224|43\ntype e uint8|string|binary\nspace s dhcp4\narray b\nrecord-types s uint8,uint8\nencapsulate s x"),
    (
        "option-data",
        "name s domain-name-servers|dns-servers|routers|domain-name|opt-a
         code i 6|23|15|224
         space s dhcp4|dhcp6|mine
         data s 192.0.2.1|2001:db8::1|example.org|7
         csv-format b
         always-send b
         never-send b
         client-classes S a",
    ),
    (
        "interfaces",
        "interfaces S *|lo|lo/127.0.0.1|lo/::1|eth0
         dhcp-socket-type e4 raw|udp
         outbound-interface e4 same-as-inbound|use-routing
         re-detect b
         service-sockets-require-all b
         service-sockets-retry-wait-time i 100|5000
         service-sockets-max-retries i 0|5",
    ),
    ("lease-database", DATABASE),
    ("database", DATABASE),
    ("relay", "ip-addresses S ADDRESS\nip-address s ADDRESS"),
    ("hook", "library s /usr/lib/x86_64-linux-gnu/kea/hooks/libdhcp_lease_cmds.so|/usr/lib/x86_64-linux-gnu/kea/hooks/libdhcp_stat_cmds.so\nparameters m"),
    (
        "expired",
        "reclaim-timer-wait-time i 10|0
         flush-reclaimed-timer-wait-time i 25
         hold-reclaimed-time i 3600
         max-reclaim-leases i 100|0
         max-reclaim-time i 250
         unwarned-reclaim-cycles i 5",
    ),
    (
        "socket",
        "socket-type e unix|http|https
         socket-name s SOCKET
         socket-address s 127.0.0.1|::1
         socket-port i 8000|0
         authentication o auth
         trust-anchor s /ca.pem
         cert-file s /cert.pem
         key-file s /key.pem
         cert-required b
         http-headers l header",
    ),
    ("auth", "type e basic\nrealm s kea\ndirectory s /etc\nclients l client"),
    ("client", "user s admin\nuser-file s user\npassword s secret\npassword-file s password"),
    ("header", "name s Strict-Transport-Security\nvalue s max-age=31536000"),
    ("queue", "enable-queue b\nqueue-type s kea-ring4|kea-ring6\ncapacity i 64|500"),
    (
        "d2",
        "enable-updates b
         server-ip s 127.0.0.1|::1
         server-port i 53001
         sender-ip s 0.0.0.0|::|
         sender-port i 0|5300
         max-queue-size i 1024
         ncr-protocol e UDP|udp
         ncr-format e JSON
         override-no-update b
         override-client-update b
         replace-client-name e never|when-present
         generated-prefix s myhost
         qualifying-suffix s example.org
         hostname-char-set s [^a-z]
         hostname-char-replacement s x",
    ),
    ("sanity", "lease-checks e none|warn|fix|fix-del|del\nextended-info-checks e none|fix|strict|pedantic"),
    ("config-control", "config-databases l database\nconfig-fetch-wait-time i 30|0"),
    (
        "logger",
        "name s kea-dhcp4|kea-dhcp6|kea-dhcp4.packets
         severity s INFO|DEBUG|WARN|ERROR|FATAL|NONE
         debuglevel i 0|99
         output-options l output
         output_options l output",
    ),
    ("output", "output s stdout|stderr|syslog|syslog:local0|LOG\nflush b\nmaxsize i 10240000|0\nmaxver i 4|1\npattern s %-5p %m\\n"),
    ("threads", "enable-multi-threading b\nthread-pool-size i 4|0\npacket-queue-size i 64|0"),
    (
        "compatibility",
        "lenient-option-parsing b
         ignore-dhcp-server-identifier b4
         ignore-rai-link-selection b4
         exclude-first-last-24 b4",
    ),
    (
        "server-id",
        "type e LLT|EN|LL
         identifier s 12C4D5AF870C|0A0B
         time i 0|1000
         htype i 0|1
         enterprise-id i 0|32473
         persist b",
    ),
];

const DATABASE: &str = "type e memfile|mysql|postgresql
     name s
     user s kea
     password s se-cret
     host s localhost|192.0.2.1
     port i 3306|0
     persist b
     lfc-interval i 3600|0
     readonly b
     connect-timeout i 10
     read-timeout i 10
     write-timeout i 10
     tcp-user-timeout i 10
     max-reconnect-tries i 3|0
     reconnect-wait-time i 100
     on-fail e stop-retry-exit|serve-retry-exit|serve-retry-continue
     retry-on-startup b
     max-row-errors i 0|5
     trust-anchor s ca
     cert-file s cert
     key-file s key
     cipher-list s AES";
