//! What this Perch is.

use crate::{app::App, error::ApiError};
use perch_shared::api::About;
use std::sync::Arc;

/// Tells the page what it talks to.
pub async fn get(app: Arc<App>, (): (), (): ()) -> Result<About, ApiError> {
    Ok(app.about.clone())
}
