//! A daemon's running configuration together with its hash.

use super::{Fault, KeaClient, KeaError, Target};
use perch_shared::{
    Family,
    command::{Answer, Command, Outcome},
};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// A daemon's running configuration.
#[derive(Debug, Clone, PartialEq)]
pub struct RunningConfig {
    /// The map under `Dhcp4` or `Dhcp6`.
    pub config: Value,
    /// Upper-case SHA-256: Kea's own where it has one (2.4 and later), Perch's otherwise. Only ever compare hashes
    /// of the same daemon.
    pub hash: String,
}

impl RunningConfig {
    /// Takes the answer of `config-get` apart; `None` when it is not the configuration of this family's daemon.
    pub fn from_answer(mut answer: Answer, family: Family) -> Option<Self> {
        let arguments = answer.arguments.as_object_mut()?;
        let config = arguments.remove(family.root_key()).filter(Value::is_object)?;
        let hash = match arguments.get("hash").and_then(Value::as_str) {
            Some(hash) => hash.to_owned(),
            None => own_hash(&config),
        };
        Some(Self { config, hash })
    }
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
    /// Reads a daemon's running configuration.
    ///
    /// # Errors
    /// When no answer comes, or the answer is a refusal or not this daemon's configuration.
    pub async fn config(&self, target: &Target, family: Family) -> Result<RunningConfig, KeaError> {
        let answer = self.send(target, &Command::new("config-get").to(family)).await?;
        let malformed =
            |why: String| KeaError { address: target.address.clone(), fault: Fault::Malformed(why) };
        if answer.outcome != Outcome::Ok {
            return Err(malformed(format!("`config-get` answered {}: {}", answer.code, answer.text)));
        }
        RunningConfig::from_answer(answer, family)
            .ok_or_else(|| malformed(format!("it has no `{}`", family.root_key())))
    }
}
