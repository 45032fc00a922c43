//! Every request between the page (or a script) and the proxy, said once: one type per request that names its
//! method, path, body and answer.

mod about;
mod changes;
mod classes;
mod command;
mod configuration;
mod curl;
mod daemon;
mod error;
mod events;
mod find;
mod findings;
mod fleet;
mod history;
mod ids;
mod networks;
mod options;
mod probe;
mod query;
#[cfg(feature = "schema")]
mod schema;
mod servers;
mod session;
mod users;

pub use about::*;
pub use changes::*;
pub use classes::*;
pub use command::*;
pub use configuration::*;
pub use curl::curl;
pub use daemon::*;
pub use error::*;
pub use events::*;
pub use find::*;
pub use findings::*;
pub use fleet::*;
pub use history::*;
pub use ids::*;
pub use networks::*;
pub use options::*;
pub use probe::*;
pub use query::query;
#[cfg(feature = "schema")]
pub use schema::*;
pub use servers::*;
pub use session::*;
pub use users::*;

use crate::Family;
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

impl Method {
    /// Its name in HTTP.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// One request: `Params` fill the braces of `PATTERN`, `Body` is sent as JSON (`()` sends none; a `Get` sends it as
/// [`query()`] behind the path), `Response` comes back as JSON. A failure is always an [`ErrorBody`].
pub trait Endpoint {
    /// The HTTP method.
    const METHOD: Method;
    /// The path with its parameters in braces, as axum writes routes.
    const PATTERN: &'static str;
    /// Who may send it.
    const ACCESS: Access;
    /// What fills the braces, in order.
    type Params;
    /// What is sent.
    type Body: Serialize + DeserializeOwned;
    /// What comes back.
    type Response: Serialize + DeserializeOwned;

    /// The path with its parameters filled in.
    fn path(params: &Self::Params) -> String;

    /// The servers that the path names.
    fn servers(params: &Self::Params) -> Vec<&ServerId>;

    /// What it is, for the description of the API that Perch gives to programs.
    #[cfg(feature = "schema")]
    fn describe(schemas: &mut schemars::SchemaGenerator) -> Described;
}

/// What can fill a brace of a path. A new kind says here whether it names a server, so that a person who is limited
/// to some servers is held to them.
pub trait PathParam {
    /// The server that it names.
    fn server(&self) -> Option<&ServerId> {
        None
    }
}

impl PathParam for ServerId {
    fn server(&self) -> Option<&ServerId> {
        Some(self)
    }
}

impl PathParam for String {}
impl PathParam for ChangeId {}
impl PathParam for Family {}
impl PathParam for SnapshotId {}
impl PathParam for u32 {}
impl PathParam for u64 {}

/// Declares a request: `Name for Role`, see [`Access`]. Without a role it does not compile. An answer that is not JSON
/// names its media type behind `as`.
macro_rules! endpoint {
    ($(#[doc = $doc:literal])* $name:ident for $access:ident, $method:ident, $pattern:literal, ($($param:ident: $type:ty),*), $body:ty => $response:ty) => {
        $crate::api::endpoint!($(#[doc = $doc])* $name for $access, $method, $pattern, ($($param: $type),*), $body => $response as "application/json");
    };
    ($(#[doc = $doc:literal])* $name:ident for $access:ident, $method:ident, $pattern:literal, ($($param:ident: $type:ty),*), $body:ty => $response:ty as $media:literal) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl $crate::api::Endpoint for $name {
            const METHOD: $crate::api::Method = $crate::api::Method::$method;
            const PATTERN: &'static str = $pattern;
            const ACCESS: $crate::api::Access = $crate::api::Access::$access;
            type Params = ($($type,)*);
            type Body = $body;
            type Response = $response;

            fn path(($($param,)*): &Self::Params) -> String {
                format!($pattern $(, $param = $param)*)
            }

            fn servers(($($param,)*): &Self::Params) -> Vec<&$crate::api::ServerId> {
                let named: Vec<Option<&$crate::api::ServerId>> = vec![$($crate::api::PathParam::server($param)),*];
                named.into_iter().flatten().collect()
            }

            #[cfg(feature = "schema")]
            fn describe(schemas: &mut schemars::SchemaGenerator) -> $crate::api::Described {
                $crate::api::Described {
                    name: stringify!($name),
                    about: concat!($($doc, "\n"),*),
                    parameters: vec![$((stringify!($param), schemas.subschema_for::<$type>())),*],
                    body: $crate::api::body_schema::<$body>(Self::METHOD, schemas),
                    answer: schemas.subschema_for::<$response>(),
                    media: $media,
                }
            }
        }
    };
    ($(#[doc = $doc:literal])* $name:ident, $($rest:tt)*) => {
        compile_error!(concat!(
            "`", stringify!($name), "` does not say who may send it: write `",
            stringify!($name), " for Viewer`, `Operator`, `Administrator`, `Filtered`, `FilteredOperator` or `Anyone`",
        ));
    };
}
use endpoint;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_filled_in() {
        let id = ServerId::new("branch-office").unwrap();
        assert_eq!(ListServers::path(&()), "/api/v1/servers");
        assert_eq!(GetServer::path(&(id.clone(),)), "/api/v1/servers/branch-office");
        assert_eq!(GetServer::servers(&(id.clone(),)), [&id]);
        assert!(ListServers::servers(&()).is_empty());
        assert_eq!(
            GetOptions::path(&(id, Family::V6)),
            "/api/v1/servers/branch-office/daemons/dhcp6/options"
        );
    }
}
