//! The description of the API for programs (OpenAPI 3.1), made of what the router's request types say about themselves.

use crate::auth::Declared;
use perch_shared::api::{Access, Described, ErrorBody, Method};
use schemars::{Schema, generate::SchemaSettings};
use serde_json::{Map, Value, json};

/// Where the document keeps the schemas of types.
const TYPES: &str = "/components/schemas";
const JSON: &str = "application/json";

const ABOUT: &str = "Perch reads and changes ISC Kea DHCP servers. A failure is always an `ErrorBody`. A request that \
                     changes something needs a body of the type `application/json`, also where the body is empty.";

/// The document.
pub fn document(routes: &[Declared]) -> Value {
    let mut schemas =
        SchemaSettings::draft2020_12().with(|settings| settings.definitions_path = TYPES.into());
    schemas.meta_schema = None;
    let mut schemas = schemas.into_generator();
    let failure = schemas.subschema_for::<ErrorBody>();
    let mut paths: Map<String, Value> = Map::new();
    for route in routes {
        let operation = operation(route, (route.describe)(&mut schemas), &failure);
        let path = paths.entry(route.pattern).or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            path.insert(route.method.name().to_ascii_lowercase(), operation);
        }
    }
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Perch",
            "version": env!("CARGO_PKG_VERSION"),
            "description": ABOUT,
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas.take_definitions(true),
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "`AddToken` or `perch token add` makes one."},
                "session": {
                    "type": "apiKey", "in": "cookie", "name": "perch",
                    "description": "`SignIn` sets it; over TLS it is called `__Host-perch`.",
                },
            },
        },
    });
    plain(&mut document);
    document
}

fn operation(route: &Declared, described: Described, failure: &Schema) -> Value {
    let Described { name, about, parameters, body, answer, media } = described;
    let about = sentences(about);
    let role = route.access.role();
    let who =
        role.map_or_else(|| "It needs no user.".to_owned(), |role| format!("It needs the role {role}."));
    let limited = match route.access {
        Access::Filtered => " Whoever is limited to some servers gets what belongs to these.",
        Access::FilteredOperator => " Whoever is limited to some servers may name only these.",
        _ => "",
    };
    let security = if role.is_some() { json!([{"token": []}, {"session": []}]) } else { json!([]) };
    let is_read = route.method == Method::Get;
    let mut all: Vec<Value> = parameters.into_iter().map(|(name, schema)| in_path(name, &schema)).collect();
    if let (true, Some(query)) = (is_read, &body) {
        all.extend(in_query(query));
    }
    let mut operation = json!({
        "operationId": name,
        "tags": [tag(route.pattern)],
        "summary": about.split_inclusive(". ").next().unwrap_or_default().trim(),
        "description": format!("{about} {who}{limited}"),
        "security": security,
        "parameters": all,
        "responses": responses(route.access, &answer, media, failure),
    });
    if let (false, Some(body), Some(map)) = (is_read, body, operation.as_object_mut()) {
        map.insert("requestBody".to_owned(), json!({"required": true, "content": {JSON: {"schema": body}}}));
    }
    operation
}

fn responses(access: Access, answer: &Schema, media: &str, failure: &Schema) -> Value {
    let failed = |about: &str| json!({"description": about, "content": {JSON: {"schema": failure}}});
    let mut all = json!({
        "200": {"description": "What was asked for.", "content": {media: {"schema": answer}}},
        "default": failed("What went wrong, and what to do."),
    });
    if let (Some(_), Some(map)) = (access.role(), all.as_object_mut()) {
        map.insert("401".to_owned(), failed("Nobody is signed in, or the token is wrong or has expired."));
        map.insert("403".to_owned(), failed("Whoever is signed in may not do this."));
    }
    all
}

fn in_path(name: &str, schema: &Schema) -> Value {
    json!({"name": name, "in": "path", "required": true, "schema": schema})
}

/// The fields of a query as parameters.
fn in_query(query: &Schema) -> Vec<Value> {
    let fields = query.get("properties").and_then(Value::as_object).into_iter().flatten();
    let required = query.get("required").and_then(Value::as_array);
    fields
        .map(|(name, schema)| {
            let mut schema = schema.clone();
            let about = schema.as_object_mut().and_then(|schema| schema.remove("description"));
            let required = required.is_some_and(|names| names.iter().any(|known| known == name));
            json!({"name": name, "in": "query", "required": required, "description": about.unwrap_or_default(), "schema": schema})
        })
        .collect()
}

/// What a request is about: the first word of its path that says so.
fn tag(pattern: &str) -> &str {
    let word = pattern.split('/').find(|part| !matches!(*part, "" | "api" | "v1"));
    word.map_or("perch", |word| word.trim_end_matches(".json"))
}

/// The words of a documentation comment as one text.
fn sentences(about: &str) -> String {
    about.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Makes the links in descriptions, which lead to Rust's documentation, plain words, and leaves Rust's examples out.
fn plain(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match value {
                    Value::String(text) if matches!(key.as_str(), "description" | "summary") => {
                        let words = text.split("\n\n# ").next().unwrap_or_default();
                        *text = words.replace("[`", "`").replace("`]", "`").replace('\n', " ");
                    }
                    value => plain(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(plain),
        _ => {}
    }
}
