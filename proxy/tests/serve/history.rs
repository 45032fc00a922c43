//! The history from outside: found again, shown without secrets, and taken back.

use crate::{
    fake_kea::FakeKea,
    people::Staffed,
    world::{Reply, World, add_domain, config, dns},
};
use perch::{
    auth::AuthSettings,
    kea::Packed,
    store::{Event, IntentPlan, Phase, Step, Target},
};
use perch_shared::{
    Family,
    api::{ChangeId, Kind, Moment, Outcome, Place, ServerId, SnapshotId, Via, Who},
    change::Edit,
    config::Config,
};
use serde_json::{Value, json};
use std::fs;

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
    world.app.archive.snapshots.keep(&Packed::of(&config).unwrap(), Some(hash)).await.unwrap()
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
async fn a_change_and_its_undo_leave_what_was_there() {
    let (world, kea) = World::with_kea(config()).await;
    let post = async |draft: &Value, undoes: Option<&Value>| {
        let mut request =
            json!({"targets": draft["targets"], "edits": draft["edits"], "comment": "as agreed"});
        if let Some(id) = undoes {
            request["undoes"] = id.clone();
        }
        let reply = world.post("/api/v1/changes", request).await;
        assert_eq!(reply.status, 200, "{:?}", reply.body);
        let page = world.get("/api/v1/history?limit=1").await.json();
        page["records"][0].clone()
    };
    let first = json!({"targets": [{"server": "lab", "family": "dhcp4", "based-on": kea.hash()}], "edits": [add_domain()]});
    let done = post(&first, None).await;
    assert_eq!(
        (&done["kind"], &done["comment"], &done["outcome"]),
        (&json!("change"), &json!("as agreed"), &json!("applied"))
    );
    let view = world.get(&format!("/api/v1/history/{}", done["id"].as_str().unwrap())).await.json();
    assert_eq!(view["differences"][0]["path"], "option-data[domain-name]", "{view}");

    let drafts = world.get(&format!("/api/v1/history/{}/undo", done["id"].as_str().unwrap())).await.json();
    let undone = post(&drafts[0], Some(&done["id"])).await;
    assert_eq!((&undone["kind"], &undone["of"]), (&json!("undo"), &done["id"]));
    assert_eq!(kea.config()["option-data"], config()["option-data"]);
    let view = world.get(&format!("/api/v1/history/{}", done["id"].as_str().unwrap())).await.json();
    assert_eq!(view["later"][0]["id"], undone["id"]);
    assert_eq!(json!([view["later"][0]["kind"], view["later"][0]["outcome"]]), json!(["undo", "applied"]));
}

/// Sends a draft as a change.
async fn carry_out(world: &World, draft: &Value, more: Value) {
    let mut request = json!({"targets": draft["targets"], "edits": draft["edits"]});
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let reply = world.post("/api/v1/changes", request).await;
    assert_eq!(reply.status, 200, "{:?}", reply.body);
}

#[tokio::test]
async fn a_secret_comes_back_without_ever_being_shown() {
    let (world, kea) = World::with_kea(with_password("s3cret-one")).await;
    let place = json!([{"key": "lease-database"}, {"key": "password"}]);
    let edit = json!({"place": place, "before": "s3cret-one", "after": "s3cret-two"});
    let first = json!({"targets": [{"server": "lab", "family": "dhcp4"}], "edits": [edit]});
    let password = || kea.config()["lease-database"]["password"].clone();
    carry_out(&world, &first, json!({})).await;
    assert_eq!(password(), "s3cret-two");
    let page = world.get("/api/v1/history").await.json();
    let id = page["records"][0]["id"].as_str().unwrap();
    let mut answers = vec![page.to_string()];
    let mut ask = async |path: String| {
        let reply = world.get(&path).await;
        assert_eq!(reply.status, 200, "{path}: {:?}", reply.body);
        answers.push(String::from_utf8(reply.body.to_vec()).unwrap());
        serde_json::from_slice::<Value>(&reply.body).unwrap()
    };
    ask(format!("/api/v1/history/{id}")).await;
    let undo = ask(format!("/api/v1/history/{id}/undo")).await;
    carry_out(&world, &undo[0], json!({"undoes": id})).await;
    assert_eq!(password(), "s3cret-one");

    let base = "/api/v1/servers/lab/daemons/dhcp4/snapshots";
    let lines = ask(base.to_owned()).await;
    let after_first = lines["snapshots"]
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["change"] == id && line["before"] == false);
    let after_first = after_first.or(lines["snapshots"].as_array().unwrap().get(1)).unwrap()["snapshot"]
        .as_str()
        .unwrap()
        .to_owned();
    ask(format!("{base}/{after_first}")).await;
    let restore = ask(format!("{base}/{after_first}/restore")).await;
    carry_out(&world, &restore, json!({"restores": after_first})).await;
    assert_eq!(password(), "s3cret-two");
    let last = ask("/api/v1/history?limit=1".to_owned()).await;
    assert_eq!(
        (&last["records"][0]["kind"], &last["records"][0]["snapshot"]),
        (&json!("restore"), &json!(after_first))
    );
    ask("/api/v1/changes/open".to_owned()).await;
    for answer in answers {
        assert!(!answer.contains("s3cret"), "{answer}");
    }
    for path in ["audit.jsonl", "audit.head", "snapshots"] {
        let path = world.app.archive.path().join(path);
        let files = if path.is_dir() {
            fs::read_dir(&path).unwrap().map(|file| file.unwrap().path()).collect()
        } else {
            vec![path]
        };
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            assert!(!text.contains("s3cret"), "{}: {text}", file.display());
        }
    }
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
    let (year, rest) = id.as_str().split_at(4);
    let (month, rest) = rest.split_at(2);
    let today = format!("{year}-{month}-{}", rest.split_at(2).0);
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

#[tokio::test]
async fn whatever_may_change_something_is_recorded_without_secrets() {
    let (world, kea) = World::with_kea(config()).await;
    let command = json!({"command": "config-set", "service": ["dhcp4"],
        "arguments": {"Dhcp4": {"lease-database": {"password": "s3cret-one"}}}});
    world.post("/api/v1/servers/lab/command", command).await;
    world.post("/api/v1/servers/lab/command", json!({"command": "config-get", "service": ["dhcp4"]})).await;
    world.post("/api/v1/servers/lab/daemons/dhcp4/reload", Value::Null).await;
    let draft = json!({"name": "Branch", "addresses": [kea.url().replace("127.0.0.1", "localhost")]});
    let added = world.post("/api/v1/servers", draft).await.json();
    assert_eq!(added["id"], "branch", "{added}");
    world.json(axum::http::Method::DELETE, "/api/v1/servers/branch", Value::Null).await;

    let page = world.get("/api/v1/history").await.json();
    let records = page["records"].as_array().unwrap();
    let told: Vec<(&str, &str)> = records
        .iter()
        .map(|record| (record["kind"].as_str().unwrap(), record["sentences"][0].as_str().unwrap()))
        .collect();
    assert_eq!(told[0], ("inventory", "Remove server `Branch`"));
    assert!(
        told[1].0 == "inventory" && told[1].1.starts_with("Add server `Branch` at http://localhost:"),
        "{told:?}"
    );
    assert_eq!(told[2], ("reload", "Have kea-dhcp4 read its configuration file again"));
    assert_eq!(told[3], ("command", "Send `config-set`"));
    assert_eq!(told.len(), 4, "what only reads is not recorded");
    assert_eq!(records[3]["places"][0]["family"], "dhcp4");

    let view = world.get(&format!("/api/v1/history/{}", records[3]["id"].as_str().unwrap())).await.json();
    let password = &view["lists"][0][0]["arguments"]["Dhcp4"]["lease-database"]["password"];
    assert_eq!((password, &view["can-undo"]), (&json!("••••"), &json!(false)));
    let text = fs::read_to_string(world.app.archive.path().join("audit.jsonl")).unwrap();
    assert!(!text.contains("s3cret"), "{text}");
}

#[tokio::test]
async fn what_cannot_be_recorded_is_not_done() {
    let (world, kea) = World::with_kea(config()).await;
    // A directory in the way stops even the superuser, whom permissions do not.
    fs::create_dir(world.app.archive.path().join("reserve")).unwrap();
    let command = json!({"command": "config-write", "service": ["dhcp4"]});
    let error = world.post("/api/v1/servers/lab/command", command).await.error(507);
    assert!(error.help.unwrap().starts_with("Nothing was sent."));
    world.post("/api/v1/servers/lab/daemons/dhcp4/reload", Value::Null).await.error(507);
    assert!(kea.changing().is_empty());
}

#[tokio::test]
async fn whoever_is_limited_to_other_servers_sees_nothing_of_this_one() {
    let staffed = Staffed::new(AuthSettings::default()).await;
    let (archive, edits) = (&staffed.world.app.archive, [edit(add_domain())]);
    let places = ["lab", "other"].map(|id| Place::new(server(id), Some(Family::V4), Outcome::Applied));
    let lists = vec![archive.seal(&edits).unwrap()];
    let both = Event { places: places.to_vec(), lists, ..Event::default() };
    let one = Event { places: places[..1].to_vec(), ..both.clone() };
    let (both, one) = (archive.note(both).await.unwrap().id, archive.note(one).await.unwrap().id);
    let get = async |user: &str, path: &str| {
        let cookie = staffed.cookie(user).await;
        staffed.ask(axum::http::Method::GET, path, &[("cookie", &cookie)]).await
    };
    let seen = |reply: Reply| {
        let page = reply.json();
        let ids = page["records"].as_array().unwrap().iter().map(|record| record["id"].clone());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(seen(get("here", "/api/v1/history?kind=change").await), [json!(one), json!(both)]);
    assert_eq!(seen(get("elsewhere", "/api/v1/history").await), [json!(both)]);
    assert_eq!(seen(get("elsewhere", "/api/v1/history?server=lab").await), [Value::Null; 0]);
    let view = get("elsewhere", &format!("/api/v1/history/{both}")).await.json();
    assert_eq!(view["record"]["places"].as_array().unwrap().len(), 1);
    get("elsewhere", &format!("/api/v1/history/{one}")).await.error(404);
    get("elsewhere", &format!("/api/v1/history/{one}/undo")).await.error(404);
    let signs = get("administrator", "/api/v1/history?kind=sign-in&user=elsewhere").await;
    assert!(!seen(signs).is_empty(), "sign-ins are recorded");
    assert_eq!(seen(get("elsewhere", "/api/v1/history?kind=sign-in").await), [Value::Null; 0]);
}
