//! Client classes that all servers shall have.

use crate::{app::App, auth::Who, error::ApiError, history::blocking};
use perch_shared::{
    Family,
    api::{GlobalClass, GlobalQuery},
    status::{ServerClasses, compare, global_classes},
};
use std::sync::Arc;

/// How the servers have the global classes, or one class.
pub async fn list(app: Arc<App>, who: Who, (): (), query: GlobalQuery) -> Result<Vec<GlobalClass>, ApiError> {
    blocking(move || {
        let families =
            Family::ALL.into_iter().filter(|family| query.family.is_none_or(|wanted| wanted == *family));
        Ok(families.flat_map(|family| of_family(&app, &who, family, &query)).collect())
    })
    .await
}

fn of_family(app: &App, who: &Who, family: Family, query: &GlobalQuery) -> Vec<GlobalClass> {
    let mut all = app.fleet.classes(family);
    all.retain(|(server, _)| who.sees(server));
    let all: Vec<ServerClasses> = all
        .into_iter()
        .map(|(server, classes)| (server, serde_json::from_str(&classes).unwrap_or_default()))
        .collect();
    let marked = global_classes(family, &all);
    match (query.name.as_str(), &query.like) {
        ("", None) => marked,
        ("", Some(like)) => {
            marked.iter().filter_map(|class| compare(family, &class.name, &all, like)).collect()
        }
        (name, Some(like)) => compare(family, name, &all, like).into_iter().collect(),
        (name, None) => marked.into_iter().filter(|class| class.name == name).collect(),
    }
}
