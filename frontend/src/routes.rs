//! Every address of the page, once: all links are made here, and all addresses are read here.

mod address;

pub use address::Address;

use perch_shared::{Family, api::ServerId};

/// A page and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// All servers; the first page.
    Servers,
    /// Entering a new server.
    AddServer,
    /// Changing a server's entry.
    EditServer(ServerId),
    /// What a server's daemons say about themselves.
    Server(ServerId),
    /// A daemon's global options.
    Options(ServerId, Family),
    /// Trying a configuration without a server.
    Playground,
    /// Trying a class expression on a packet.
    Bench,
    /// How Perch works.
    Help,
    /// All rules.
    Rules,
    /// One rule, by its code.
    Rule(String),
}

impl Route {
    /// The address.
    pub fn path(&self) -> String {
        match self {
            Self::Servers => "/servers".into(),
            Self::AddServer => "/servers/new".into(),
            Self::EditServer(id) => format!("/servers/{id}/edit"),
            Self::Server(id) => format!("/servers/{id}"),
            Self::Options(id, family) => format!("/servers/{id}/options/{family}"),
            Self::Playground => "/playground".into(),
            Self::Bench => "/playground/expression".into(),
            Self::Help => "/help".into(),
            Self::Rules => "/help/rules".into(),
            Self::Rule(code) => format!("/help/rules/{code}"),
        }
    }

    /// Whether the page says anything without a Perch behind it.
    pub fn needs_perch(&self) -> bool {
        !matches!(self, Self::Playground | Self::Bench | Self::Help | Self::Rules | Self::Rule(_))
    }

    /// The page at an address; `None`: there is none.
    pub fn parse(path: &str) -> Option<Self> {
        // A server of plain files shows a folder's page under the page's own name too.
        let parts = path.split('/').filter(|part| !part.is_empty() && *part != "index.html");
        let parts: Vec<&str> = parts.collect();
        match parts.as_slice() {
            [] | ["servers"] => Some(Self::Servers),
            ["servers", "new"] => Some(Self::AddServer),
            ["servers", id, "edit"] => Some(Self::EditServer(ServerId::new(*id).ok()?)),
            ["servers", id] => Some(Self::Server(ServerId::new(*id).ok()?)),
            ["servers", id, "options", family] => {
                Some(Self::Options(ServerId::new(*id).ok()?, family.parse().ok()?))
            }
            ["playground"] => Some(Self::Playground),
            ["playground", "expression"] => Some(Self::Bench),
            ["help"] => Some(Self::Help),
            ["help", "rules"] => Some(Self::Rules),
            ["help", "rules", code @ ..] => Some(Self::Rule(code.join("/"))),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_kind() -> Vec<Route> {
        let id = ServerId::new("branch-office").unwrap();
        vec![
            Route::Servers,
            Route::AddServer,
            Route::EditServer(id.clone()),
            Route::Server(id.clone()),
            Route::Options(id.clone(), Family::V4),
            Route::Options(id, Family::V6),
            Route::Playground,
            Route::Bench,
            Route::Help,
            Route::Rules,
            Route::Rule("pool/overlap".into()),
        ]
    }

    #[test]
    fn addresses_are_stable() {
        let paths: Vec<String> = every_kind().iter().map(Route::path).collect();
        let expected = [
            "/servers",
            "/servers/new",
            "/servers/branch-office/edit",
            "/servers/branch-office",
            "/servers/branch-office/options/dhcp4",
            "/servers/branch-office/options/dhcp6",
            "/playground",
            "/playground/expression",
            "/help",
            "/help/rules",
            "/help/rules/pool/overlap",
        ];
        assert_eq!(paths, expected);
    }

    #[test]
    fn reads_what_it_writes() {
        for route in every_kind() {
            assert_eq!(Route::parse(&route.path()), Some(route));
        }
        assert_eq!(Route::parse("/"), Some(Route::Servers));
    }

    #[test]
    fn knows_what_is_no_page() {
        for path in ["/x", "/servers/UPPER", "/servers/a/options/dhcp5", "/servers/a/b", "/help/x"] {
            assert_eq!(Route::parse(path), None, "{path}");
        }
    }
}
