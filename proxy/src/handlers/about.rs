//! What this Perch is, and what it answers.

use crate::{app::App, auth::Who, error::ApiError, openapi::document, router::declared};
use perch_shared::api::About;
use serde_json::Value;
use std::sync::{Arc, LazyLock};

/// Made of what the router says about itself, when it is first asked for.
static API: LazyLock<Value> = LazyLock::new(|| document(&declared()));

/// Tells the page what it talks to.
pub async fn get(app: Arc<App>, who: Who, (): (), (): ()) -> Result<About, ApiError> {
    Ok(About { session: Some(app.auth.view(Some(&who))), ..app.about.clone() })
}

/// Every request that Perch answers.
pub async fn api(_: Arc<App>, (): (), (): ()) -> Result<Value, ApiError> {
    Ok(API.clone())
}
