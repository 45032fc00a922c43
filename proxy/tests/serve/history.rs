//! The history from outside: found again, shown without secrets, and taken back.

use crate::{
    fake_kea::FakeKea,
    world::{World, add_domain, config, dns},
};
use perch::store::{Event, IntentPlan, Phase, Step, Target};
use perch_shared::{
    Family,
    api::{ChangeId, Kind, Moment, Outcome, Place, ServerId, SnapshotId, Via, Who},
    change::Edit,
    config::Config,
};
use serde_json::{Value, json};

fn server(id: &str) -> ServerId {
    ServerId::new(id).unwrap()
}

fn who(user: &str) -> Who {
    Who { user: user.to_owned(), via: Via::Page }
}

fn edit(json: Value) -> Edit {
    serde_json::from_value(json).unwrap()
}

/// A configuration with a secret.
fn with_password(password: &str) -> Value {
    let mut config = config();
    config["lease-database"] = json!({"type": "mysql", "password": password});
    config
}

async fn keep(world: &World, root: Value, hash: &str) -> SnapshotId {
    let config = Config { family: Family::V4, root };
    world.app.archive.snapshots.keep(&config, Some(hash)).await.unwrap()
}

/// Carries a change out, as far as the files are concerned.
async fn change(world: &World, edits: &[Edit], before: Value, after: Value) -> ChangeId {
    let archive = &world.app.archive;
    let before = keep(world, before, "AA").await;
    let after = keep(world, after, "BB").await;
    let target = Target {
        server: server("lab"),
        family: Family::V4,
        list: 0,
        before: Moment { hash: Some("AA".to_owned()), snapshot: Some(before) },
        meant: Moment::default(),
    };
    let plan = IntentPlan {
        who: who("Ada"),
        comment: "for the printers".to_owned(),
        lists: vec![archive.seal(edits).unwrap()],
        targets: vec![target],
        ..IntentPlan::default()
    };
    let id = archive.begin(plan).await.unwrap();
    let proved =
        Step::new(0, Phase::Proved).text("Kea runs what was meant.").read(Some("BB".to_owned()), Some(after));
    archive
        .intents
        .steps(&id, vec![Step::new(0, Phase::Setting), proved, Step::done(0, Outcome::Applied)])
        .await
        .unwrap();
    archive.finish(&id, Outcome::Applied).await.unwrap().id
}

async fn with_a_change() -> (World, FakeKea, ChangeId) {
    let mut after = with_password("s3cret-two");
    after["option-data"] =
        json!([dns("192.0.2.53"), {"code": 15, "name": "domain-name", "data": "example.org"}]);
    let (world, kea) = World::with_kea(after.clone()).await;
    let id = change(&world, &[edit(add_domain())], with_password("s3cret-one"), after).await;
    (world, kea, id)
}

#[tokio::test]
async fn a_change_is_listed_and_shown_without_secrets() {
    let (world, _kea, id) = with_a_change().await;
    let page = world.get("/api/v1/history").await.json();
    let record = &page["records"][0];
    assert_eq!(
        (&record["id"], &record["who"]["user"], &record["comment"]),
        (&json!(id), &json!("Ada"), &json!("for the printers"))
    );
    assert_eq!((&page["next"], &page["damage"]), (&Value::Null, &Value::Null));
    let reply = world.get(&format!("/api/v1/history/{id}")).await;
    let view = reply.json();
    assert_eq!(view["lists"], json!([[add_domain()]]));
    assert_eq!((&view["can-undo"], &view["steps"][1]["phase"]), (&json!(true), &json!("proved")));
    let paths: Vec<&Value> =
        view["differences"].as_array().unwrap().iter().map(|found| &found["path"]).collect();
    assert_eq!(
        paths,
        ["lease-database.password", "option-data[domain-name]"],
        "a changed secret is a difference"
    );
    assert_eq!(view["differences"][0]["after"], "••••");
    let other = world.get(&format!("/api/v1/history/{id}?place=1")).await.json();
    assert_eq!(other["differences"], Value::Null);

    let snapshots = world.get("/api/v1/servers/lab/daemons/dhcp4/snapshots").await.json();
    let lines = snapshots["snapshots"].as_array().unwrap();
    assert_eq!(lines.iter().map(|line| &line["before"]).collect::<Vec<_>>(), [&json!(false), &json!(true)]);
    let (after, before) = (lines[0]["snapshot"].as_str().unwrap(), lines[1]["snapshot"].as_str().unwrap());
    let base = "/api/v1/servers/lab/daemons/dhcp4";
    let shown = world.get(&format!("{base}/snapshots/{before}")).await.json();
    assert_eq!(
        (&shown["hash"], &shown["config"]["lease-database"]["password"]),
        (&json!("AA"), &json!("••••"))
    );
    let two = world.get(&format!("{base}/compare?from={before}&to={after}")).await.json();
    let now = world.get(&format!("{base}/compare?from={before}")).await.json();
    assert_eq!(two["differences"], view["differences"]);
    assert_eq!(now["differences"], view["differences"]);
    for path in [format!("{base}/snapshots/{before}/restore"), format!("/api/v1/history/{id}/undo")] {
        let text = String::from_utf8(world.get(&path).await.body.to_vec()).unwrap();
        assert!(!text.contains("s3cret"), "{text}");
    }
}

#[tokio::test]
async fn an_undo_is_drafted_on_what_kea_runs_now() {
    let (world, kea, id) = with_a_change().await;
    let drafts = world.get(&format!("/api/v1/history/{id}/undo")).await.json();
    let draft = &drafts[0];
    assert_eq!(draft["targets"], json!([{"server": "lab", "family": "dhcp4", "based-on": kea.hash()}]));
    assert_eq!(draft["sentences"], json!(["Remove option domain-name (15)"]));

    let mut theirs = kea.config();
    theirs["option-data"][1]["data"] = json!("example.com");
    kea.change(theirs);
    let drafts = world.get(&format!("/api/v1/history/{id}/undo")).await.json();
    let target = &drafts[0]["targets"][0];
    assert_eq!((&target["based-on"], target["conflicts"].as_array().unwrap().len()), (&json!(kea.hash()), 1));
}

#[tokio::test]
async fn what_had_no_effect_cannot_be_undone() {
    let (world, _kea) = World::with_kea(config()).await;
    let archive = &world.app.archive;
    let places = vec![Place {
        server: server("lab"),
        family: Some(Family::V4),
        before: Moment::default(),
        after: Moment::default(),
        outcome: Outcome::Refused,
        text: String::new(),
        list: 0,
    }];
    let lists = vec![archive.seal(&[edit(add_domain())]).unwrap()];
    let refused = Event { places, lists, outcome: Outcome::Refused, ..Event::default() };
    let reload = Event { kind: Kind::Reload, ..Event::default() };
    for event in [refused, reload] {
        let id = archive.note(event).await.unwrap().id;
        world.get(&format!("/api/v1/history/{id}/undo")).await.error(422);
        assert_eq!(world.get(&format!("/api/v1/history/{id}")).await.json()["can-undo"], false);
    }
    world.get("/api/v1/history/20200101-000000-000-abcd").await.error(404);
    world.get("/api/v1/history/20200101-000000-000-abcd/undo").await.error(404);
}

#[tokio::test]
async fn a_snapshot_belongs_to_one_daemon() {
    let (world, _kea, _) = with_a_change().await;
    let id = keep(&world, json!({"other": 1}), "CC").await;
    for path in [
        format!("/api/v1/servers/lab/daemons/dhcp4/snapshots/{id}"),
        format!("/api/v1/servers/lab/daemons/dhcp4/snapshots/{id}/restore"),
        format!("/api/v1/servers/lab/daemons/dhcp4/compare?from={id}"),
        format!("/api/v1/servers/lab/daemons/dhcp4/snapshots/{}", "0".repeat(64)),
        "/api/v1/servers/lab/daemons/dhcp4/snapshots/..%2F..%2Fvault".to_owned(),
    ] {
        world.get(&path).await.error(404);
    }
}

#[tokio::test]
async fn records_are_found_by_what_is_asked_for() {
    let (world, _kea, id) = with_a_change().await;
    for (kind, user, sentence) in
        [(Kind::Inventory, "Ada", "Add server `Köln`"), (Kind::Reload, "Bob", "Reload")]
    {
        let event = Event { kind, who: who(user), sentences: vec![sentence.to_owned()], ..Event::default() };
        world.app.archive.note(event).await.unwrap();
    }
    let day = &id.as_str()[..8];
    let today = format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]);
    for (query, expected) in [
        (String::new(), 3),
        ("server=lab".to_owned(), 1),
        ("server=la".to_owned(), 0),
        ("family=dhcp4".to_owned(), 1),
        ("family=dhcp6".to_owned(), 0),
        ("object=option-data%5Bdomain-name%5D".to_owned(), 1),
        ("object=option-data".to_owned(), 1),
        ("object=option-data%5Bdomain%5D".to_owned(), 0),
        ("user=ada".to_owned(), 2),
        ("user=ad".to_owned(), 0),
        ("text=K%C3%96LN+add".to_owned(), 1),
        ("text=printers".to_owned(), 1),
        ("text=printers+reload".to_owned(), 0),
        ("kind=reload".to_owned(), 1),
        ("outcome=applied&kind=change".to_owned(), 1),
        ("outcome=refused".to_owned(), 0),
        (format!("from={today}"), 3),
        (format!("to={today}"), 3),
        (format!("to={today}T00:00:00Z"), 0),
        ("from=3000-01-01".to_owned(), 0),
        ("limit=2".to_owned(), 2),
        ("before=2".to_owned(), 1),
        ("server=".to_owned(), 3),
    ] {
        let page = world.get(&format!("/api/v1/history?{query}")).await.json();
        assert_eq!(page["records"].as_array().map(Vec::len), Some(expected), "{query}: {page}");
    }
    for query in ["from=soon", "server=Lab", "limit=many", "nothing=1", "outcome=good"] {
        let reply = world.get(&format!("/api/v1/history?{query}")).await;
        assert!([400, 422].contains(&reply.status.as_u16()), "{query}: {:?}", reply.body);
    }
}
