//! What pages read of real daemons: parts of the configuration, rows, leases, and what a text belongs to.

use perch_shared::{
    Family,
    api::{
        ConfigurationQuery, Endpoint, Find, FindQuery, Found, GetConfiguration, GetServer, GetUsage, HitKind,
        LeasePage, LeaseQuery, ListFindings, ListFullest, ListLeases, ListReservations, ListSubnets, ReadAs,
        ServerId, query,
    },
    change::Edit,
    draft::Draft,
};
use perch_tests::{
    lab::{self, Lab},
    perch::Perch,
};
use serde_json::{Value, json};

const MAC: &str = "1a:1b:1c:1d:1e:1f";

/// A daemon with a subnet outside and one inside a shared network, a reservation and a lease.
fn start(version: &str, family: Family) -> Option<(Lab, Perch, ServerId)> {
    let mut lab = Lab::open(version)?;
    lab.start_with(family, |root| shape(family, root));
    let lease = match family {
        Family::V4 => {
            json!({"ip-address": "10.1.0.50", "hw-address": "aa:bb:cc:dd:ee:ff", "subnet-id": 1, "hostname": "desk"})
        }
        Family::V6 => {
            json!({"ip-address": "2001:db8:1::50", "duid": "00:01:02:03:04:05", "iaid": 7, "subnet-id": 1, "hostname": "desk"})
        }
    };
    let add = if family == Family::V4 { "lease4-add" } else { "lease6-add" };
    assert_eq!(lab.ask(family, &json!({"command": add, "arguments": lease}))["result"], 0);
    let perch = Perch::serve();
    let id = perch.add(&[&lab.unix_address(family)]);
    Some((lab, perch, id))
}

fn shape(family: Family, root: &mut Value) {
    let (list, own, inner, pool, host) = match family {
        Family::V4 => (
            "subnet4",
            "10.1.0.0/16",
            "10.2.0.0/16",
            "10.1.0.10-10.1.0.99",
            json!({"hw-address": MAC, "ip-address": "10.1.0.7", "hostname": "phone"}),
        ),
        Family::V6 => (
            "subnet6",
            "2001:db8:1::/48",
            "2001:db8:2::/48",
            "2001:db8:1::10-2001:db8:1::99",
            json!({"hw-address": MAC, "ip-addresses": ["2001:db8:1::7"], "hostname": "phone"}),
        ),
    };
    let subnet = json!({"id": 1, "subnet": own, "pools": [{"pool": pool}], "reservations": [host], "user-context": {"comment": "zoë's floor"}});
    root[list] = json!([subnet]);
    root["shared-networks"] = json!([{"name": "campus", list: [{"id": 2, "subnet": inner}]}]);
    root["valid-lifetime"] = json!(4000);
    root["reservations"] = json!([]);
}

fn read<E: Endpoint>(perch: &Perch, params: &E::Params, body: &E::Body) -> E::Response {
    let reply = perch.send("GET", &format!("{}{}", E::path(params), query(body)), &[], b"");
    assert_eq!(reply.status, 200, "{}", reply.text());
    serde_json::from_slice(&reply.body).unwrap()
}

/// For each family of each version that is here.
fn each(test: impl Fn(&Lab, &Perch, &ServerId, Family)) {
    for version in lab::VERSIONS {
        for family in Family::ALL {
            if let Some((lab, perch, id)) = start(version, family) {
                test(&lab, &perch, &id, family);
            }
        }
    }
}

#[test]
fn a_form_reads_its_part_and_saves_what_was_typed() {
    each(|lab, perch, id, family| {
        let params = (id.clone(), family);
        let view = read::<GetConfiguration>(perch, &params, &ConfigurationQuery::with_subnet(2));
        let list = family.subnet_key();
        assert_eq!(view.config[list], json!([]), "only what was asked for");
        let inner = &view.config["shared-networks"][0][list][0];
        assert_eq!(inner["id"], 2);
        assert_eq!(inner.get("valid-lifetime"), None, "an inherited value is left out");
        let mut draft = Draft::new(view);
        let path = format!("shared-networks[0].{list}[0]");
        assert_eq!(draft.inherited(&format!("{path}.valid-lifetime")).unwrap().text, "4000");
        draft.set_text(&format!("{path}.valid-lifetime"), "900");
        draft.set_text(&format!("{path}.{}", draft.classes_key()), "voip");
        perch.apply(id, family, &draft.based_on, &draft.edits()).unwrap();
        let running = lab.running(family);
        let now = &running["shared-networks"][0][list][0];
        assert_eq!(now["valid-lifetime"], 900, "{}", lab.version());
        assert!(now["client-class"] == "voip" || now["client-classes"] == json!(["voip"]), "{now}");
        assert_eq!(running[list][0]["valid-lifetime"], 4000, "the other subnet still inherits");
    });
}

#[test]
fn rows_say_what_kea_has() {
    each(|_, perch, id, family| {
        let rows = read::<ListSubnets>(perch, &(id.clone(), family), &());
        let ids: Vec<u64> = rows.subnets.iter().map(|row| row.id).collect();
        assert_eq!((ids, rows.networks[0].name.as_str()), (vec![1, 2], "campus"));
        assert_eq!(rows.subnets[0].comment, "zoë's floor");
        assert_eq!((rows.subnets[0].reservations, rows.subnets[0].pools.len()), (1, 1));
        assert_eq!(rows.subnets[1].network, Some(0));
        let hosts = read::<ListReservations>(perch, &(id.clone(), family), &());
        let [host] = hosts.reservations.as_slice() else { panic!("{hosts:#?}") };
        assert_eq!((host.value.as_str(), host.hostname.as_str(), host.subnet), (MAC, "phone", Some(1)));
        assert_eq!(host.addresses.len(), 1);
    });
}

#[test]
fn leases_are_found_by_whatever_belongs_to_them() {
    each(|_, perch, id, family| {
        let ask =
            |query: LeaseQuery| -> LeasePage { read::<ListLeases>(perch, &(id.clone(), family), &query) };
        let identifier = if family == Family::V4 { "AA-BB-CC-DD-EE-FF" } else { "000102030405" };
        let address = if family == Family::V4 { "10.1.0.50" } else { "2001:db8:1::50" };
        for query in [
            LeaseQuery { subnet: Some(1), ..LeaseQuery::default() },
            LeaseQuery { address: address.into(), ..LeaseQuery::default() },
            LeaseQuery { identifier: identifier.into(), ..LeaseQuery::default() },
            LeaseQuery { hostname: "desk".into(), ..LeaseQuery::default() },
            LeaseQuery::default(),
        ] {
            let page = ask(query.clone());
            let [lease] = page.leases.as_slice() else { panic!("{query:?}: {page:#?}") };
            assert_eq!((lease.address.as_str(), lease.subnet, lease.hostname.as_str()), (address, 1, "desk"));
        }
        assert_eq!(ask(LeaseQuery { subnet: Some(2), ..LeaseQuery::default() }).leases, []);
        let page = ask(LeaseQuery { limit: Some(1), ..LeaseQuery::default() });
        assert_eq!(page.next.as_deref(), Some(address));
        let behind = ask(LeaseQuery { limit: Some(1), from: address.into(), ..LeaseQuery::default() });
        assert_eq!((behind.leases.len(), behind.next), (0, None));
    });
}

#[test]
fn kea_says_how_full_its_subnets_are() {
    each(|lab, perch, id, family| {
        let count = || read::<GetUsage>(perch, &(id.clone(), family), &()).subnets;
        let of = |wanted: u64| count().into_iter().find(|usage| usage.id == wanted).unwrap();
        let pool = if family == Family::V4 { 90.0 } else { 138.0 };
        assert_eq!((of(1).total, of(1).assigned), (pool, 1.0), "{}", lab.version());
        assert_eq!(of(2).fullness(), None, "a subnet without pools is neither full nor empty");
        assert_eq!(read::<ListFullest>(perch, &(), &()), [], "one lease is not many");
    });
}

#[test]
fn nearly_full_subnets_are_named_the_fullest_first() {
    let Some((lab, perch, id)) = start("3.0.4", Family::V4) else { return };
    lab.change(Family::V4, |root| root["subnet4"][0]["pools"] = json!([{"pool": "10.1.0.50-10.1.0.50"}]));
    read::<GetUsage>(&perch, &(id.clone(), Family::V4), &());
    let full = read::<ListFullest>(&perch, &(), &());
    let [one] = full.as_slice() else { panic!("{full:#?}") };
    assert_eq!(
        (one.server.clone(), one.subnet.as_str(), one.usage.fullness()),
        (id, "10.1.0.0/16", Some(1.0))
    );
}

/// What Kea took and its operator will regret is told with its subnet, as soon as Kea runs it and no longer.
#[test]
fn what_the_rules_find_in_what_runs_is_told() {
    for version in ["2.2.0", "2.6.3", "3.0.4"] {
        let Some((lab, perch, id)) = start(version, Family::V4) else { return };
        let found = || {
            read::<GetServer>(&perch, &(id.clone(),), &());
            read::<ListFindings>(&perch, &(), &())
        };
        assert_eq!(found(), [], "{version}: what Kea prints of an ordinary configuration");
        let with = |router: &str| {
            lab.change(Family::V4, |root| {
                root["subnet4"][0]["option-data"] = json!([{"name": "routers", "data": router}]);
            });
        };
        with("10.1.0.10");
        let all = found();
        let [one] = all.as_slice() else { panic!("{version}: {all:#?}") };
        assert_eq!((&one.server, one.family, one.count), (&id, Family::V4, 1), "{version}: {one:#?}");
        let first = &one.first[0];
        assert_eq!((first.finding.code.as_str(), first.subnet), ("pool/gateway", Some(1)), "{version}");
        with("10.1.0.1");
        assert_eq!(found(), [], "{version}");
    }
}

/// Before a subnet goes, it is told how many clients hold a lease in it.
#[test]
fn leases_in_a_subnet_that_goes_are_told() {
    each(|lab, perch, id, family| {
        let (prefix, other) = match family {
            Family::V4 => ("10.1.0.0/16", "10.2.0.0/16"),
            Family::V6 => ("2001:db8:1::/48", "2001:db8:2::/48"),
        };
        let view = read::<GetConfiguration>(perch, &(id.clone(), family), &ConfigurationQuery::default());
        let notes = |subnet: u64| {
            let mut draft = Draft::new(view.clone());
            let path = draft.subnet_at(subnet).unwrap();
            draft.remove(&path);
            perch.preview(id, family, &view.hash, &draft.edits()).unwrap().notes
        };
        let told = format!("One lease is active in {prefix}.");
        assert!(notes(1).iter().any(|note| note.starts_with(&told)), "{}: {:#?}", lab.version(), notes(1));
        assert!(!notes(2).iter().any(|note| note.contains(other)), "nobody has a lease there");
    });
}

#[test]
fn every_spelling_finds_the_subnet_the_reservation_and_the_lease() {
    each(|_, perch, id, family| {
        let find = |text: &str| -> Found {
            read::<Find>(perch, &(), &FindQuery { text: text.to_owned(), leases: true })
        };
        let found = find("1A1B.1C1D.1E1F");
        assert_eq!((found.read_as, found.spelled.as_str()), (ReadAs::Identifier, MAC));
        assert!(
            matches!(&found.hits[0].what, HitKind::Reservation(row) if row.hostname == "phone"),
            "{found:#?}"
        );
        let address = if family == Family::V4 { "10.1.0.50" } else { "2001:db8:1::50" };
        let found = find(address);
        let kinds: Vec<&HitKind> = found.hits.iter().map(|hit| &hit.what).collect();
        assert!(matches!(kinds[0], HitKind::Lease(lease) if lease.hostname == "desk"), "{found:#?}");
        assert!(matches!(kinds[1], HitKind::Subnet { id: 1, pool: Some(_), .. }), "{found:#?}");
        assert!(found.hits.iter().all(|hit| hit.server == *id));
        assert!(matches!(&find("FLOOR").hits[0].what, HitKind::Subnet { id: 1, .. }));
        assert!(find("").hits.is_empty());
    });
}

/// Both consoles at once: what the other one changed stays, and what collides comes back with both sides.
#[test]
fn an_open_form_takes_over_what_somebody_else_changed() {
    let Some((lab, perch, id)) = start("3.0.4", Family::V4) else { return };
    let params = (id.clone(), Family::V4);
    let view = read::<GetConfiguration>(&perch, &params, &ConfigurationQuery::with_subnet(1));
    let mut draft = Draft::new(view);
    draft.set_text("subnet4[0].valid-lifetime", "900");
    draft.set_text("subnet4[0].renew-timer", "100");
    let edits: Vec<Edit> = draft.edits();
    lab.change(Family::V4, |root| {
        root["subnet4"][0]["valid-lifetime"] = json!(1200);
        root["subnet4"][0]["min-valid-lifetime"] = json!(1200);
        root["subnet4"][0]["max-valid-lifetime"] = json!(1200);
        root["subnet4"][0]["boot-file-name"] = json!("theirs");
    });
    let view = read::<GetConfiguration>(&perch, &params, &ConfigurationQuery::with_subnet(1));
    let (now, collisions) = Draft::restore(view, &edits);
    assert_eq!(now.text_at("subnet4[0].boot-file-name"), "theirs");
    assert_eq!(now.text_at("subnet4[0].renew-timer"), "100");
    let [collision] = collisions.as_slice() else { panic!("{collisions:#?}") };
    assert_eq!(collision.conflict.found, Some(json!(1200)));
}
