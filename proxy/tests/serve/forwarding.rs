//! Forwarded commands: who may send which, and who sees Kea's secrets.

use crate::{
    people::Staffed,
    world::{config, request},
};
use axum::{body::Body, http::Method};
use perch::auth::AuthSettings;
use serde_json::{Value, json};

const SECRET: &str = "database-secret";

async fn send(staffed: &Staffed, user: &str, command: Value) -> crate::world::Reply {
    let cookie = staffed.cookie(user).await;
    let headers = [("cookie", cookie.as_str()), ("content-type", "application/json")];
    let request = request(Method::POST, "/api/v1/servers/lab/command", &headers);
    staffed.world.send(request.body(Body::from(command.to_string())).unwrap()).await
}

#[tokio::test]
async fn a_command_that_changes_needs_an_operator() {
    let staffed = Staffed::new(AuthSettings::default()).await;
    for (command, changes) in [
        ("config-get", false),
        ("list-commands", false),
        ("config-hash-get", false),
        ("config-set", true),
        ("config-write", true),
        ("config-reload", true),
        ("shutdown", true),
        ("lease4-wipe", true),
        ("no-such-command", true),
    ] {
        let sent = staffed.kea.names().len();
        let command = json!({"command": command, "service": ["dhcp4"], "arguments": {"Dhcp4": config()}});
        let reply = send(&staffed, "viewer", command.clone()).await;
        assert_eq!(reply.status == 403, changes, "{command}");
        if changes {
            assert!(reply.error(403).message.contains("needs the role operator"));
            assert_eq!(staffed.kea.names().len(), sent, "nothing was sent");
        }
        assert_ne!(send(&staffed, "operator", command).await.status, 403);
    }
}

#[tokio::test]
async fn keas_secrets_are_for_administrators() {
    let staffed = Staffed::new(AuthSettings::default()).await;
    let mut with_secret = config();
    with_secret["lease-database"] = json!({"type": "mysql", "user": "kea", "password": SECRET});
    let set = json!({"command": "config-set", "service": ["dhcp4"], "arguments": {"Dhcp4": with_secret}});
    assert_eq!(send(&staffed, "operator", set).await.status, 200);
    let get = json!({"command": "config-get", "service": ["dhcp4"]});
    let seen = async |user: &str| send(&staffed, user, get.clone()).await;
    assert_eq!(
        seen("administrator").await.json()[0]["arguments"]["Dhcp4"]["lease-database"]["password"],
        SECRET
    );
    for user in ["viewer", "operator"] {
        let reply = seen(user).await;
        let text = String::from_utf8(reply.body.to_vec()).unwrap();
        assert!(!text.contains(SECRET), "{user}");
        let config = &reply.json()[0]["arguments"]["Dhcp4"];
        assert_eq!(
            (&config["lease-database"]["user"], &config["subnet4"]),
            (&json!("kea"), &with_secret["subnet4"])
        );
        let back = json!({"command": "config-set", "service": ["dhcp4"], "arguments": {"Dhcp4": config}});
        if user == "operator" {
            let refused = send(&staffed, user, back).await.error(422);
            assert!(refused.message.contains("in place of a password"), "{}", refused.message);
        }
    }
}
