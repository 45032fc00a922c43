//! The inventory over the life of the process: kept, private, and never overwritten when it is damaged.

use perch_shared::{
    Family,
    api::{
        CredentialsDraft, EditServer, ErrorCode, ListServers, Origin, RemoveServer, SendCommand, ServerDraft,
        ServerId,
    },
    command::Command,
};
use perch_tests::{
    lab::{Access, Lab, VERSIONS},
    perch::{Perch, draft},
};
use std::{fs, os::unix::fs::PermissionsExt as _};

#[test]
fn a_server_and_its_password_outlive_a_restart_and_stay_private() {
    let Some(mut lab) = Lab::open("3.0.4") else { return };
    let address = lab.start_direct(Family::V4, Access::Password);
    let perch = Perch::serve();
    let id = perch.add_with_password(&[&address]);
    let perch = perch.restart();
    let servers = perch.call::<ListServers>(&(), &()).unwrap();
    assert_eq!(servers.len(), 1);
    assert_eq!((&servers[0].id, servers[0].has_credentials), (&id, true));
    assert!(perch.options(&id, Family::V4).is_ok());
    let file = perch.state().join("servers.json");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    for text in [perch.log(), perch.send("GET", "/api/v1/servers", &[], b"").text()] {
        assert!(!text.contains(Lab::PASSWORD), "the password is in {text}");
    }

    // Another name, the kept password; the server need not be up for that.
    lab.kill(Family::V4);
    let renamed = ServerDraft {
        name: "Cellar zoë 中".into(),
        credentials: CredentialsDraft::Keep,
        based_on: Some(id.clone()),
        ..draft(&[&address])
    };
    let server = perch.call::<EditServer>(&(id.clone(),), &renamed).unwrap();
    assert_eq!((server.name.as_str(), &server.id), ("Cellar zoë 中", &id));
    lab.restart(Family::V4);
    assert!(perch.options(&id, Family::V4).is_ok());

    // The same daemon is not added twice.
    let refused = perch.add_draft(draft(&[&address])).unwrap_err();
    assert!((400..=502).contains(&refused.status), "{refused:#?}");
    perch.call::<RemoveServer>(&(id,), &()).unwrap();
    let perch = perch.restart();
    assert!(perch.call::<ListServers>(&(), &()).unwrap().is_empty());
}

#[test]
fn one_option_on_the_command_line_is_enough() {
    for version in VERSIONS {
        let Some(mut lab) = Lab::open(version) else { continue };
        let agent = lab.start_behind_agent(Access::Open);
        let perch = Perch::serve_with(&["--kea", &agent]);
        let servers = perch.call::<ListServers>(&(), &()).unwrap();
        assert_eq!(servers.len(), 1, "{servers:#?}");
        assert_eq!(servers[0].origin, Origin::Settings);
        let id: &ServerId = &servers[0].id;
        for family in Family::ALL {
            assert_eq!(perch.options(id, family).unwrap().version, lab.version());
        }
        let answers =
            perch.call::<SendCommand>(&(id.clone(),), &Command::new("version-get").to(Family::V6)).unwrap();
        assert_eq!(answers[0]["text"].as_str(), Some(version), "Kea's own answer: {answers:?}");
        let refused = perch.call::<RemoveServer>(&(id.clone(),), &()).unwrap_err();
        assert_eq!(refused.body.code, ErrorCode::Conflict, "{refused:#?}");
    }
}

#[test]
fn a_damaged_inventory_stops_the_start_and_is_left_alone() {
    let state = Perch::serve().stop();
    let file = state.path().join("servers.json");
    let damaged = b"{\"servers\": [ cut off in the mid";
    fs::write(&file, damaged).unwrap();
    let said =
        Perch::refuses(&["serve", "--listen", "127.0.0.1:0", "--state", &state.path().display().to_string()]);
    assert!(said.contains("servers.json"), "the file is not named: {said}");
    assert_eq!(fs::read(&file).unwrap(), damaged);
}

#[test]
fn nothing_listens_beyond_loopback() {
    for listen in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        let said = Perch::refuses(&["serve", "--listen", listen]);
        assert!(said.contains("other machines"), "{listen}: {said}");
    }
    assert!(Perch::refuses(&["serve", "--listen", "nonsense"]).contains("nonsense"));
}

#[test]
fn mistakes_in_perch_toml_are_named_with_their_place() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("perch.toml");
    fs::write(&file, "listen = \"127.0.0.1:0\"\nstatte = \"/tmp\"\n[timeouts]\nanswer = \"soon\"\n").unwrap();
    let said = Perch::refuses(&["serve", "--config", &file.display().to_string()]);
    for part in ["perch.toml", "statte", "did you mean `state`", "answer", ":2:", ":4:"] {
        assert!(said.contains(part), "{part} is not in: {said}");
    }
}
