//! What a change would do. Changes nothing.

use super::{Controller, Daemon, daemon::said, plan::Plan};
use crate::error::ApiError;
use perch_shared::{
    api::{ChangeRequest, Preview},
    change,
};

impl Controller {
    /// Carries the edits out on a copy of what the daemon runs now, and has Perch's rules and Kea check it.
    ///
    /// # Errors
    /// When Kea does not answer, when there are no edits, or when an edit does not find what it expects.
    pub async fn preview(&self, daemon: &Daemon, request: &ChangeRequest) -> Result<Preview, ApiError> {
        let now = self.read(daemon).await?;
        let plan = Plan::new(&now, &request.edits)?;
        let changed_meanwhile = now.hash != request.based_on;
        let earlier = self.seen.get(daemon, &request.based_on).filter(|_| changed_meanwhile);
        let external = earlier.map(|earlier| change::diff(&earlier, &now.config.root)).unwrap_or_default();
        let answer = daemon.configure("config-test", &plan.config).await?;
        Ok(Preview {
            hash: now.hash,
            differences: plan.differences,
            changed_meanwhile,
            external,
            diagnostics: plan.diagnostics,
            kea: said("config-test", &answer),
            notes: change::notes(&now.config),
        })
    }
}
