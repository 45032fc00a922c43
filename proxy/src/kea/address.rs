//! Where a control channel is: `http://host:port`, `https://host:port` or `unix:/path`.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};
use url::Host;

/// The port of a Control Agent and of an HTTP control socket when the configuration names none.
///
/// Source: <https://kea.readthedocs.io/en/kea-3.0.0/arm/agent.html>.
pub const DEFAULT_PORT: u16 = 8000;

/// The longest path of a UNIX socket in bytes (`sun_path` without its closing zero, on Linux).
const MAX_SOCKET_PATH: usize = 107;

/// Where a control channel is. Never holds a credential.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Address {
    /// Plain HTTP.
    Http {
        /// A name or an IP address, without brackets.
        host: String,
        /// The TCP port.
        port: u16,
    },
    /// HTTP over TLS.
    Https {
        /// A name or an IP address, without brackets; the server's certificate must be for it.
        host: String,
        /// The TCP port.
        port: u16,
    },
    /// A UNIX socket on Perch's own machine.
    Unix(PathBuf),
}

/// Why a text is not an address. No message repeats the text where it might hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// The text is empty.
    #[error("the address is empty")]
    Empty,
    /// There is a space in it.
    #[error("the address has a space in it")]
    Space,
    /// The scheme is none of the three.
    #[error("`{0}:` is not a way to reach Kea")]
    Scheme(String),
    /// `user:password@host`.
    #[error("the address has a user name or a password in it")]
    Credentials,
    /// There is something behind the port.
    #[error("`{0}` behind the port is more than an address")]
    Trailing(String),
    /// The host is neither a name nor an IP address.
    #[error("`{0}` is neither a host name nor an IP address")]
    Host(String),
    /// The port is not 1 to 65535.
    #[error("`{0}` is not a port")]
    Port(String),
    /// The UNIX socket's path does not begin with `/`.
    #[error("`{0}` is not an absolute path")]
    RelativePath(String),
    /// The UNIX socket's path is too long for the operating system.
    #[error("the path has {0} bytes, a UNIX socket's path has at most 107")]
    LongPath(usize),
}

impl AddressError {
    /// What to do about it.
    pub fn remedy(&self) -> String {
        match self {
            Self::Empty | Self::Space | Self::Scheme(_) => {
                "Write `http://host:8000`, `https://host:8000`, or `unix:/run/kea/kea4-ctrl-socket`.".into()
            }
            Self::Credentials => {
                "Leave them out of the address and give them as user name and password, so that they are not shown."
                    .into()
            }
            Self::Trailing(text) => format!("Leave out `{text}`: Kea's control channel has no paths."),
            Self::Host(_) => "Write a host name, an IPv4 address, or an IPv6 address in brackets, as `[2001:db8::1]:8000`."
                .into(),
            Self::Port(_) => "Use a number from 1 to 65535; Kea's usual port is 8000.".into(),
            Self::RelativePath(_) => "Give the whole path, such as `unix:/run/kea/kea4-ctrl-socket`.".into(),
            Self::LongPath(_) => "Give the socket a shorter path (`socket-name` in Kea's configuration).".into(),
        }
    }
}

impl Address {
    /// The addresses that a text may mean, likeliest first: a text without a scheme is tried over HTTP, then HTTPS.
    ///
    /// # Errors
    /// When it means none.
    pub fn candidates(text: &str) -> Result<Vec<Self>, AddressError> {
        let text = text.trim();
        if text.contains("://") || text.starts_with("unix:") || text.starts_with('/') {
            return text.parse().map(|address| vec![address]);
        }
        let (host, port) = host_and_port(text)?;
        Ok(vec![Self::Http { host: host.clone(), port }, Self::Https { host, port }])
    }

    /// Host and port, for HTTP and HTTPS.
    pub fn host_port(&self) -> Option<(&str, u16)> {
        match self {
            Self::Http { host, port } | Self::Https { host, port } => Some((host, *port)),
            Self::Unix(_) => None,
        }
    }

    /// Host and port as they stand in a URL and in the `Host` header.
    pub(super) fn authority(&self) -> String {
        match self.host_port() {
            Some((host, port)) if host.contains(':') => format!("[{host}]:{port}"),
            Some((host, port)) => format!("{host}:{port}"),
            None => String::new(),
        }
    }

    /// Whether TLS is spoken there.
    pub fn is_tls(&self) -> bool {
        matches!(self, Self::Https { .. })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Http { .. } => write!(f, "http://{}", self.authority()),
            Self::Https { .. } => write!(f, "https://{}", self.authority()),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if let Some(path) = text.strip_prefix("unix:") {
            return socket(path);
        }
        if text.starts_with('/') {
            return socket(text);
        }
        match text.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => {
                host_and_port(rest).map(|(host, port)| Self::Http { host, port })
            }
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => {
                host_and_port(rest).map(|(host, port)| Self::Https { host, port })
            }
            Some((_, rest)) if rest.contains('@') => Err(AddressError::Credentials),
            Some((scheme, _)) => Err(AddressError::Scheme(scheme.to_owned())),
            None => host_and_port(text).map(|(host, port)| Self::Http { host, port }),
        }
    }
}

fn socket(path: &str) -> Result<Address, AddressError> {
    // `unix:///run/…` is the URL way of writing `unix:/run/…`.
    let path = path.strip_prefix("//").filter(|rest| rest.starts_with('/')).unwrap_or(path);
    if !path.starts_with('/') {
        return Err(AddressError::RelativePath(path.to_owned()));
    }
    if path.len() > MAX_SOCKET_PATH {
        return Err(AddressError::LongPath(path.len()));
    }
    Ok(Address::Unix(Path::new(path).to_owned()))
}

fn host_and_port(text: &str) -> Result<(String, u16), AddressError> {
    if text.contains('@') {
        return Err(AddressError::Credentials);
    }
    if text.contains(char::is_whitespace) {
        return Err(AddressError::Space);
    }
    let end = text.find(['/', '?', '#']).unwrap_or(text.len());
    let (authority, trailing) = text.split_at_checked(end).unwrap_or((text, ""));
    if !matches!(trailing, "" | "/") {
        return Err(AddressError::Trailing(trailing.to_owned()));
    }
    if authority.is_empty() {
        return Err(AddressError::Empty);
    }
    let (host, port) = split_port(authority);
    let port = match port {
        None => DEFAULT_PORT,
        Some(text) => {
            text.parse().ok().filter(|port| *port != 0).ok_or_else(|| AddressError::Port(text.to_owned()))?
        }
    };
    let host = match Host::parse(&host).map_err(|_| AddressError::Host(host))? {
        Host::Domain(name) => name,
        Host::Ipv4(address) => address.to_string(),
        Host::Ipv6(address) => address.to_string(),
    };
    Ok((host, port))
}

/// Splits off the port; a bare IPv6 address gets its brackets.
fn split_port(authority: &str) -> (String, Option<&str>) {
    if authority.starts_with('[') {
        return match authority.rsplit_once("]:") {
            Some((host, port)) => (format!("{host}]"), Some(port)),
            None => (authority.to_owned(), None),
        };
    }
    match authority.rsplit_once(':') {
        Some((host, _)) if host.contains(':') => (format!("[{authority}]"), None),
        Some((host, port)) => (host.to_owned(), Some(port)),
        None => (authority.to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form_and_prints_one() {
        for (text, printed) in [
            ("http://kea.example.org:8001", "http://kea.example.org:8001"),
            ("HTTP://Kea.Example.org/", "http://kea.example.org:8000"),
            ("https://192.0.2.1", "https://192.0.2.1:8000"),
            ("http://[2001:db8::1]:9000", "http://[2001:db8::1]:9000"),
            ("http://[2001:db8::1]", "http://[2001:db8::1]:8000"),
            ("2001:DB8::1", "http://[2001:db8::1]:8000"),
            ("kea", "http://kea:8000"),
            (" kea:81 ", "http://kea:81"),
            ("unix:/run/kea/kea4-ctrl-socket", "unix:/run/kea/kea4-ctrl-socket"),
            ("unix:///run/kea/kea4-ctrl-socket", "unix:/run/kea/kea4-ctrl-socket"),
            ("/run/kea/kea4-ctrl-socket", "unix:/run/kea/kea4-ctrl-socket"),
        ] {
            let address: Address = text.parse().unwrap();
            assert_eq!(address.to_string(), printed, "{text}");
            assert_eq!(printed.parse(), Ok(address), "{printed} reads back");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, error) in [
            ("", AddressError::Empty),
            ("http://", AddressError::Empty),
            ("http://kea host", AddressError::Space),
            ("ftp://kea", AddressError::Scheme("ftp".into())),
            ("http://kea:8000/api", AddressError::Trailing("/api".into())),
            ("http://kea:8000?x=1", AddressError::Trailing("?x=1".into())),
            ("http://ke%a", AddressError::Host("ke%a".into())),
            ("http://300.1.1.1", AddressError::Host("300.1.1.1".into())),
            ("kea:0", AddressError::Port("0".into())),
            ("kea:70000", AddressError::Port("70000".into())),
            ("kea:", AddressError::Port("".into())),
            ("unix:run/kea", AddressError::RelativePath("run/kea".into())),
            ("unix:", AddressError::RelativePath("".into())),
        ] {
            assert_eq!(text.parse::<Address>(), Err(error), "{text}");
        }
        assert_eq!(format!("unix:/{}", "x".repeat(107)).parse::<Address>(), Err(AddressError::LongPath(108)));
    }

    #[test]
    fn never_repeats_a_password() {
        for text in ["http://admin:s3cret@kea:8000", "admin:s3cret@kea", "ftp://admin:s3cret@kea"] {
            let error = text.parse::<Address>().unwrap_err();
            assert_eq!(error, AddressError::Credentials);
            assert!(!format!("{error} {error:?} {}", error.remedy()).contains("s3cret"));
        }
    }

    #[test]
    fn tries_tls_only_where_no_scheme_is_given() {
        let tried =
            |text| Address::candidates(text).unwrap().iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(tried("kea:8001"), ["http://kea:8001", "https://kea:8001"]);
        assert_eq!(tried("https://kea"), ["https://kea:8000"]);
        assert_eq!(tried("unix:/x"), ["unix:/x"]);
    }
}
