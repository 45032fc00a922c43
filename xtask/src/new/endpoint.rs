//! A new request between page and proxy: its type, its handler, its line in the router, its test.

use anyhow::Result;

use super::{Name, camel, draft::Draft, snake};

const API: &str = "shared/src/api/mod.rs";
const HANDLERS: &str = "proxy/src/handlers/mod.rs";
const ROUTER: &str = "proxy/src/router.rs";
const TESTS: &str = "proxy/tests/serve/main.rs";

/// Drafts the request and says what is left to do.
pub fn write(draft: &mut Draft, name: &Name) -> Result<String> {
    let (resource, action) = (snake(&name.group), snake(&name.item));
    let request = format!("{}{}", camel(&name.item), camel(&name.group));
    let api = format!("shared/src/api/{resource}.rs");
    let handler = format!("proxy/src/handlers/{resource}.rs");
    let test = format!("proxy/tests/serve/{resource}_{action}.rs");
    // A resource that is new is listed under its name; another request about it goes below.
    let below = if draft.exists(&api) { format!("/{}", name.item) } else { String::new() };
    let path = format!("/api/v1/{}{below}", name.group);

    let declaration = declaration(&request, &path);
    if draft.exists(&api) {
        draft.append(&api, &declaration)?;
    } else {
        let words = name.group.replace('-', " ");
        draft
            .create(&api, format!("//! Requests about {words}.\n\nuse super::endpoint;\n\n{declaration}"))?;
        draft.insert_sorted(API, |line| line.starts_with("mod "), &format!("mod {resource};"))?;
        draft.insert_sorted(API, |line| line.starts_with("pub use "), &format!("pub use {resource}::*;"))?;
    }
    if draft.exists(&handler) {
        draft.append(&handler, &function(&action))?;
    } else {
        draft.create(&handler, format!("{HEAD}{}", function(&action)))?;
        draft.insert_sorted(
            HANDLERS,
            |line| line.starts_with("pub mod "),
            &format!("pub mod {resource};"),
        )?;
        draft.insert_after(ROUTER, "handlers::{", &format!("{resource}, "))?;
    }
    draft.insert_after(ROUTER, "use perch_shared::api::{", &format!("{request}, "))?;
    let line = format!("        .endpoint::<{request}>({resource}::{action})\n");
    draft.insert_after(ROUTER, "    Routes::new()\n", &line)?;
    draft.create(&test, test_text(&path))?;
    draft.insert_sorted(TESTS, |line| line.starts_with("mod "), &format!("mod {resource}_{action};"))?;
    Ok(format!(
        "Next: say in {api} what is sent and what comes back; make it so in {handler};\n\
         let {test} say what must come, and what bad input gets. Then the demo fleet's answer.\n\
         cargo test -p perch --test serve {resource}_{action}"
    ))
}

/// The request's declaration.
fn declaration(request: &str, path: &str) -> String {
    format!(
        "endpoint!(\n    /// What it is for.\n    {request} for Viewer, Get, \"{path}\", (), () => ()\n);\n"
    )
}

/// The head of a handler's file.
const HEAD: &str = "//! What answers these requests: extract, ask, convert.

use crate::{app::App, error::ApiError};
use std::sync::Arc;

";

/// A handler that answers with nothing yet.
fn function(action: &str) -> String {
    format!(
        "/// What it does.\npub async fn {action}(_app: Arc<App>, (): (), (): ()) -> Result<(), ApiError> {{\n    Ok(())\n}}\n"
    )
}

/// A test that fails until there is an answer.
fn test_text(path: &str) -> String {
    format!(
        "//! What `{path}` answers, and what it refuses.

use crate::world::{{Options, World}};
use serde_json::json;

#[tokio::test]
async fn it_answers() {{
    let world = World::new(Options::default());
    assert_eq!(world.get(\"{path}\").await.json(), json!({{\"what\": \"must come\"}}));
}}
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_resource_fits_into_the_tree() {
        let mut draft = Draft::default();
        write(&mut draft, &Name::pair("xtask-things/list").unwrap()).unwrap();
        let router = draft.content(ROUTER).unwrap().clone();
        assert!(router.contains(".endpoint::<ListXtaskThings>(xtask_things::list)"), "{router}");
        let api = draft.content(API).unwrap();
        assert!(
            api.contains("\nmod xtask_things;\n") && api.contains("\npub use xtask_things::*;\n"),
            "{api}"
        );
    }

    #[test]
    fn a_known_resource_gets_one_more_request() {
        let mut draft = Draft::default();
        write(&mut draft, &Name::pair("servers/test-of-xtask").unwrap()).unwrap();
        let handlers = draft.content("proxy/src/handlers/servers.rs").unwrap().clone();
        assert!(handlers.contains("pub async fn test_of_xtask("), "{handlers}");
        assert!(!draft.content(ROUTER).unwrap().contains("servers, servers"));
    }
}
