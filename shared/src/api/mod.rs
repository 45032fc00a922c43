//! Every request between the page (or a script) and the proxy, said once: one type per request that names its
//! method, path, body and answer.

mod about;
mod changes;
mod command;
mod daemon;
mod error;
mod history;
mod options;
mod probe;
mod servers;

pub use about::*;
pub use changes::*;
pub use command::*;
pub use daemon::*;
pub use error::*;
pub use history::*;
pub use options::*;
pub use probe::*;
pub use servers::*;

use serde::{Serialize, de::DeserializeOwned};

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Does something, or creates.
    Post,
    /// Replaces.
    Put,
    /// Removes.
    Delete,
}

/// One request: `Params` fill the braces of `PATTERN`, `Body` is sent as JSON (`()` sends none), `Response` comes
/// back as JSON. A failure is always an [`ErrorBody`].
pub trait Endpoint {
    /// The HTTP method.
    const METHOD: Method;
    /// The path with its parameters in braces, as axum writes routes.
    const PATTERN: &'static str;
    /// What fills the braces, in order.
    type Params;
    /// What is sent.
    type Body: Serialize + DeserializeOwned;
    /// What comes back.
    type Response: Serialize + DeserializeOwned;

    /// The path with its parameters filled in.
    fn path(params: &Self::Params) -> String;
}

/// Declares a request.
macro_rules! endpoint {
    ($(#[$doc:meta])* $name:ident, $method:ident, $pattern:literal, ($($param:ident: $type:ty),*), $body:ty => $response:ty) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl $crate::api::Endpoint for $name {
            const METHOD: $crate::api::Method = $crate::api::Method::$method;
            const PATTERN: &'static str = $pattern;
            type Params = ($($type,)*);
            type Body = $body;
            type Response = $response;

            fn path(($($param,)*): &Self::Params) -> String {
                format!($pattern $(, $param = $param)*)
            }
        }
    };
}
use endpoint;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Family;

    #[test]
    fn paths_are_filled_in() {
        let id = ServerId::new("branch-office").unwrap();
        assert_eq!(ListServers::path(&()), "/api/v1/servers");
        assert_eq!(GetServer::path(&(id.clone(),)), "/api/v1/servers/branch-office");
        assert_eq!(
            GetOptions::path(&(id, Family::V6)),
            "/api/v1/servers/branch-office/daemons/dhcp6/options"
        );
    }
}
