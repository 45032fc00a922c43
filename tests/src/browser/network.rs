//! How the browser reaches Perch.

use super::Browser;
use serde_json::json;

/// What becomes of the page's requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Network {
    /// They are answered.
    Usual,
    /// They are answered a minute later.
    Slow,
    /// Nobody is there.
    Gone,
}

impl Browser {
    /// From now on, requests fare like this.
    pub async fn network(&self, network: Network) {
        let latency = if network == Network::Slow { 60_000 } else { 0 };
        let conditions = json!({"offline": network == Network::Gone, "latency": latency,
            "downloadThroughput": -1, "uploadThroughput": -1});
        self.cdp("Network.enable", json!({})).await;
        self.cdp("Network.emulateNetworkConditions", conditions).await;
    }
}
