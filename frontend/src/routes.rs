//! Every address of the page, once: all links are made here, and all addresses are read here.

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
    /// How Perch works.
    Help,
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
            Self::Help => "/help".into(),
        }
    }

    /// The page at an address; `None`: there is none.
    pub fn parse(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] | ["servers"] => Some(Self::Servers),
            ["servers", "new"] => Some(Self::AddServer),
            ["servers", id, "edit"] => Some(Self::EditServer(ServerId::new(*id).ok()?)),
            ["servers", id] => Some(Self::Server(ServerId::new(*id).ok()?)),
            ["servers", id, "options", family] => {
                Some(Self::Options(ServerId::new(*id).ok()?, family.parse().ok()?))
            }
            ["help"] => Some(Self::Help),
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
            Route::Help,
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
            "/help",
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
