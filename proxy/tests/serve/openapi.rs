//! The description of the API: every route of the router is in it, and it holds together.

use crate::world::{Options, World};
use perch::router::declared;
use perch_shared::api::Method;
use serde_json::Value;
use std::collections::BTreeSet;

async fn document() -> Value {
    let reply = World::new(Options::default()).get("/api/v1/openapi.json").await;
    assert_eq!(reply.status, 200, "{:?}", reply.body);
    reply.json()
}

fn operations(document: &Value) -> Vec<&Value> {
    let paths = document["paths"].as_object().unwrap().values();
    paths.flat_map(|path| path.as_object().unwrap().values()).collect()
}

#[tokio::test]
async fn every_route_is_described_with_its_parameters_and_its_role() {
    let document = document().await;
    assert_eq!(document["openapi"], "3.1.0");
    let routes = declared();
    for route in &routes {
        let method = match route.method {
            Method::Get => "get",
            Method::Post => "post",
            Method::Put => "put",
            Method::Delete => "delete",
        };
        let one = &document["paths"][route.pattern][method];
        let what = format!("{method} {}: {one:#}", route.pattern);
        let braces: Vec<&str> =
            route.pattern.split('{').skip(1).map(|rest| rest.split('}').next().unwrap()).collect();
        let all = one["parameters"].as_array().unwrap_or_else(|| panic!("{what}"));
        let in_path = all.iter().filter(|parameter| parameter["in"] == "path");
        let names: Vec<&str> = in_path.map(|parameter| parameter["name"].as_str().unwrap()).collect();
        assert_eq!(names, braces, "{what}");
        let about = one["description"].as_str().unwrap();
        assert!(about.len() > 20 && !about.contains('\n') && !about.contains("[`"), "{what}");
        match route.access.role() {
            Some(role) => {
                assert!(about.contains(&format!("It needs the role {role}.")), "{what}");
                assert_eq!(one["security"].as_array().unwrap().len(), 2, "{what}");
                assert!(one["responses"]["403"].is_object(), "{what}");
            }
            None => assert_eq!(one["security"], Value::Array(Vec::new()), "{what}"),
        }
        assert!(one["responses"]["default"].is_object(), "{what}");
    }
    assert_eq!(operations(&document).len(), routes.len(), "nothing else is described");
    let names: BTreeSet<&str> =
        operations(&document).iter().map(|one| one["operationId"].as_str().unwrap()).collect();
    assert_eq!(names.len(), routes.len(), "every operation has a name of its own");
}

#[tokio::test]
async fn whatever_is_referred_to_is_there_and_used() {
    let document = document().await;
    let mut named = BTreeSet::new();
    references(&document, &mut named);
    let types: BTreeSet<String> =
        document["components"]["schemas"].as_object().unwrap().keys().cloned().collect();
    let prefix = "#/components/schemas/";
    let named: BTreeSet<String> = named
        .iter()
        .map(|name| name.strip_prefix(prefix).unwrap_or_else(|| panic!("{name}")).to_owned())
        .collect();
    assert_eq!(named, types);
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[tokio::test]
async fn bodies_queries_and_answers_are_what_the_types_say() {
    let document = document().await;
    let apply = &document["paths"]["/api/v1/changes"]["post"];
    let body = &apply["requestBody"]["content"]["application/json"]["schema"]["$ref"];
    assert_eq!(body, "#/components/schemas/ChangeRequest");
    let schemas = &document["components"]["schemas"];
    let request = &schemas["ChangeRequest"];
    assert_eq!(request["required"], serde_json::json!(["targets"]), "{request:#}");
    assert_eq!(request["additionalProperties"], false, "{request:#}");
    assert!(!schemas["Edit"]["description"].as_str().unwrap().contains("let "), "{:#}", schemas["Edit"]);
    // Names are written as they travel, and no two types share one.
    assert!(schemas.as_object().unwrap().keys().all(|name| !name.ends_with('2')), "{schemas:#}");
    assert!(schemas["ChangeTarget"]["properties"]["based-on"].is_object(), "{schemas:#}");
    assert_eq!(schemas["ServerId"]["type"], "string", "{:#}", schemas["ServerId"]);
    let leases = &document["paths"]["/api/v1/servers/{id}/daemons/{family}/leases"]["get"];
    let limit = leases["parameters"].as_array().unwrap().iter().find(|one| one["name"] == "limit").unwrap();
    assert_eq!(
        (limit["in"].as_str(), limit["required"].as_bool()),
        (Some("query"), Some(false)),
        "{limit:#}"
    );
    assert!(limit["schema"]["type"].to_string().contains("integer"), "{limit:#}");
    assert!(leases.get("requestBody").is_none());
    let media = |path: &str| &document["paths"][path]["get"]["responses"]["200"]["content"];
    assert!(media("/api/v1/events")["text/event-stream"].is_object());
    assert!(media("/metrics")["text/plain"].is_object());
}
