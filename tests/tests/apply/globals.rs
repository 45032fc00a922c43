//! Global classes on servers of different versions: added, changed and removed on all of them in one change, and a
//! server that came later brought in line.

use perch_shared::{
    Family,
    api::{
        ApplyChange, Endpoint, GetServer, GlobalClass, GlobalQuery, ListGlobalClasses, Outcome, ServerId,
        query,
    },
    status::{GlobalChange, global_changes},
};
use perch_tests::{
    edits::for_each,
    lab::{Access, Lab},
    perch::Perch,
};
use serde_json::{Value, json};

const NAME: &str = "voip";

/// A lab of each version whose daemon has one class of its own, and their addresses.
fn labs() -> Option<([Lab; 2], [String; 2])> {
    let (mut old, mut new) = (Lab::open("2.6.3")?, Lab::open("3.0.4")?);
    let own =
        |root: &mut Value| root["client-classes"] = json!([{"name": "own", "test": "option[60].exists"}]);
    old.start_with(Family::V4, own);
    let addresses = [old.start_agent(Access::Open), new.start_direct_with(Family::V4, Access::Open, own)];
    Some(([old, new], addresses))
}

/// The class as a server has it, without what Kea fills in.
fn class(lab: &Lab) -> Option<Value> {
    let running = lab.running(Family::V4);
    let mut found = running["client-classes"].as_array()?.iter().find(|class| class["name"] == NAME)?.clone();
    let kept = ["name", "test", "user-context", "only-if-required", "only-in-additional-list"];
    found.as_object_mut()?.retain(|key, _| kept.contains(&key.as_str()));
    Some(found)
}

/// What Perch says about the class, after a look at every server.
fn seen(perch: &Perch, ids: &[&ServerId], wanted: &GlobalQuery) -> Vec<GlobalClass> {
    for id in ids {
        perch.call::<GetServer>(&((*id).clone(),), &()).unwrap();
    }
    let path = format!("{}{}", ListGlobalClasses::path(&()), query(wanted));
    let reply = perch.send("GET", &path, &[], b"");
    assert_eq!(reply.status, 200, "{}", reply.text());
    serde_json::from_slice(&reply.body).unwrap()
}

/// Changes the class everywhere, as the page does it from the first server.
fn change(perch: &Perch, ids: [&ServerId; 2], change: &GlobalChange) {
    let like = Some(ids[0].clone());
    let wanted = GlobalQuery { family: Some(Family::V4), name: NAME.to_owned(), like };
    let here = seen(perch, &ids, &wanted).remove(0);
    let edits = ids.map(|id| {
        let there = here.at(id).unwrap_or_else(|| panic!("{id} is not known: {here:#?}"));
        (id, change.on(Family::V4, there).into_iter().collect::<Vec<_>>())
    });
    let edits = edits.into_iter().filter(|(_, edits)| !edits.is_empty());
    let report = perch.call::<ApplyChange>(&(), &for_each(edits, Family::V4)).unwrap();
    assert_eq!(report.outcome, Outcome::Applied, "{report:#?}");
}

#[test]
fn a_global_class_is_on_all_servers_and_goes_from_all() {
    let Some((labs, addresses)) = labs() else { return };
    let perch = Perch::serve();
    let ids = addresses.each_ref().map(|address| perch.add(&[address]));
    let ids = ids.each_ref();
    let marked = |test: &str| json!({"name": NAME, "test": test, "only-if-required": true, "user-context": {"global": true, "comment": "phones"}});
    let (first, second) = (marked("option[60].exists"), marked("member('own')"));

    change(&perch, ids, &global_changes(&[], std::slice::from_ref(&first))[0]);
    let [old, new] = labs.each_ref().map(|lab| class(lab).unwrap());
    assert_eq!((&old["test"], &old["only-if-required"]), (&first["test"], &json!(true)), "{old}");
    // Kea 3 has another name for that key.
    assert_eq!((&new["test"], &new["only-in-additional-list"]), (&first["test"], &json!(true)), "{new}");
    assert_eq!(old["user-context"], new["user-context"]);
    let everything = GlobalQuery::default();
    let all = seen(&perch, &ids, &everything);
    assert_eq!((all.len(), all[0].same.len(), all[0].others.len()), (1, 2, 0), "{all:#?}");

    change(&perch, ids, &global_changes(&[first], std::slice::from_ref(&second))[0]);
    for lab in &labs {
        assert_eq!(class(lab).unwrap()["test"], second["test"], "{}", lab.version());
    }

    change(&perch, ids, &global_changes(std::slice::from_ref(&second), &[])[0]);
    for lab in &labs {
        let running = lab.running(Family::V4);
        assert_eq!(class(lab), None, "{running:#}");
        assert_eq!(running["client-classes"][0]["name"], "own", "its own class stays: {running:#}");
    }
    assert!(seen(&perch, &ids, &everything).is_empty());
}

#[test]
fn a_server_that_comes_later_is_named_and_brought_in_line() {
    let Some((labs, addresses)) = labs() else { return };
    let perch = Perch::serve();
    let first = perch.add(&[&addresses[0]]);
    let class_there = json!({"name": NAME, "test": "member('own')", "user-context": {"global": true}});
    labs[0]
        .change(Family::V4, |root| root["client-classes"].as_array_mut().unwrap().push(class_there.clone()));
    let second = perch.add(&[&addresses[1]]);
    let wanted = GlobalQuery { family: Some(Family::V4), ..GlobalQuery::default() };
    let all = seen(&perch, &[&first, &second], &wanted);
    let [voip] = all.as_slice() else { panic!("{all:#?}") };
    assert_eq!((&voip.like, voip.others.len()), (&first, 1), "{voip:#?}");
    assert_eq!((&voip.others[0].server, &voip.others[0].class), (&second, &None), "{voip:#?}");

    let edits = vec![voip.in_line(&second).unwrap()];
    let request = for_each(std::iter::once((&second, edits)), Family::V4);
    let report = perch.call::<ApplyChange>(&(), &request).unwrap();
    assert_eq!(report.outcome, Outcome::Applied, "{report:#?}");
    assert_eq!(class(&labs[1]).unwrap()["test"], class_there["test"]);
    assert!(seen(&perch, &[&first, &second], &wanted)[0].others.is_empty());

    // Somebody changes it there: it is named again, now as another one.
    labs[1].change(Family::V4, |root| root["client-classes"][1]["test"] = "option[77].exists".into());
    let all = seen(&perch, &[&first, &second], &wanted);
    assert_eq!((&all[0].like, all[0].others.len()), (&first, 1), "of as many, the first: {all:#?}");
    assert!(all[0].others[0].class.is_some(), "{all:#?}");
}
