//! A daemon's running configuration together with its hash.

use super::{Fault, KeaClient, KeaError, Printed, Target, client::read};
use perch_shared::{
    Family,
    command::{Answer, Command, Outcome},
    config::Config,
};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A daemon's running configuration.
#[derive(Debug, Clone, PartialEq)]
pub struct RunningConfig {
    /// The configuration.
    pub config: Config,
    /// Upper-case SHA-256: Kea's own where it has one (2.4 and later), Perch's otherwise. Only ever compare hashes
    /// of the same daemon.
    pub hash: String,
}

/// Kea 2.2 has no hash of its own. Kea prints its keys sorted, so the same configuration always gives the same text.
fn own_hash(config: &Value) -> String {
    use std::fmt::Write as _;
    Sha256::digest(config.to_string().as_bytes()).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02X}");
        text
    })
}

impl KeaClient {
    /// Reads a daemon's running configuration and keeps it as Kea printed it, where that can be.
    ///
    /// # Errors
    /// When no answer comes, or the answer is a refusal or not this daemon's configuration.
    pub async fn printed(&self, target: &Target, family: Family) -> Result<Printed, KeaError> {
        let command = Command::new("config-get").to(family);
        let body = self.ask(target, &command).await?;
        if let Some(printed) = Printed::of_answer(family, &body) {
            return Ok(printed);
        }
        let running = running(family, read(target, &body, true)?);
        running.map(Printed::from).map_err(|fault| KeaError { address: target.address.clone(), fault })
    }
}

fn running(family: Family, answer: Answer) -> Result<RunningConfig, Fault> {
    if answer.outcome != Outcome::Ok {
        let Answer { code, text, .. } = answer;
        return Err(Fault::Malformed(format!("`config-get` answered {code}: {text}")));
    }
    let (config, hash) =
        Config::from_answer(family, answer.arguments).map_err(|error| Fault::Malformed(error.to_string()))?;
    let hash = hash.unwrap_or_else(|| own_hash(&config.root));
    Ok(RunningConfig { config, hash })
}
