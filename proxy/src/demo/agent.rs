//! A Control Agent of the demo: passes commands on to the daemons that `service` names.

use super::{daemon::Daemon, reply::Reply, request::Request};
use perch_shared::KeaVersion;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// What the agent does itself.
const COMMANDS: [&str; 5] = ["build-report", "config-get", "list-commands", "status-get", "version-get"];

/// A Control Agent.
#[derive(Debug)]
pub(super) struct Agent {
    pub(super) version: KeaVersion,
    pub(super) daemons: Vec<Arc<Daemon>>,
}

impl Agent {
    /// One answer for each service, in the order asked; one of its own when it is addressed itself.
    pub(super) fn answer(&self, value: Value) -> Vec<Reply> {
        let request = match Request::read(value) {
            Ok(request) => request,
            Err(refusal) => return vec![refusal],
        };
        let services = match &request.service {
            None => Vec::new(),
            Some(Value::Array(services)) => services.clone(),
            Some(_) => return vec![Reply::refused("service value must be a list")],
        };
        if services.is_empty() {
            return vec![self.own_answer(&request)];
        }
        if !services.iter().all(Value::is_string) {
            return vec![Reply::refused(
                "Error during command processing: stringValue() called on non-string Element",
            )];
        }
        services.iter().filter_map(Value::as_str).map(|service| self.pass_on(service, &request)).collect()
    }

    fn pass_on(&self, service: &str, request: &Request) -> Reply {
        match self.daemons.iter().find(|daemon| daemon.profile.family.service() == service) {
            Some(daemon) => daemon.carry_out(request),
            None => {
                Reply::refused(format!("forwarding socket is not configured for the server type {service}"))
            }
        }
    }

    fn own_answer(&self, request: &Request) -> Reply {
        match request.command.as_str() {
            "list-commands" => Reply::done().arguments(json!(COMMANDS)),
            "version-get" => Reply::done()
                .text(self.version.to_string())
                .arguments(json!({"extended": format!("{} (Perch demo)", self.version)})),
            "build-report" => Reply::done().text(format!("Perch demo, playing Kea {}", self.version)),
            "status-get" => Reply::done().arguments(json!({"pid": std::process::id(), "reload": 0, "uptime": 0})),
            "config-get" => Reply::done().arguments(json!({"Control-agent": self.configuration()})),
            command => Reply::unsupported(command).text(format!(
                "'{command}' command not supported. Without \"service\" the Control Agent itself is addressed; name the daemons, such as \"service\": [ \"dhcp4\" ], to reach them."
            )),
        }
    }

    fn configuration(&self) -> Value {
        let socket = |daemon: &Arc<Daemon>| {
            let socket = daemon.state().running.root.get("control-socket").cloned().unwrap_or_default();
            (daemon.profile.family.service().to_owned(), socket)
        };
        let sockets: Map<String, Value> = self.daemons.iter().map(socket).collect();
        json!({"control-sockets": sockets, "hooks-libraries": [], "http-host": "127.0.0.1", "http-port": 8000})
    }
}
