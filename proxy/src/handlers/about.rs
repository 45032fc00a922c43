//! What this Perch is.

use crate::{app::App, auth::Who, error::ApiError};
use perch_shared::api::About;
use std::sync::Arc;

/// Tells the page what it talks to.
pub async fn get(app: Arc<App>, who: Who, (): (), (): ()) -> Result<About, ApiError> {
    Ok(About { session: Some(app.auth.view(Some(&who))), ..app.about.clone() })
}
