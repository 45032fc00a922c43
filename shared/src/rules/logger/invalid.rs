//! `logger/invalid`

use crate::rules::{Example, rule, services::elsewhere};

rule! {
    /// A logger of the Control Agent or of the DNS updater is not complete, or writes where Kea does not let it.
    ///
    /// ## Why
    /// The daemon refuses the configuration. A logger needs a `name` and each of its outputs an `output`, in 2.2 also a
    /// `severity`; `debuglevel` goes from 0 to 99. Since 2.6.3 a file must be in the directory that Kea was built for,
    /// `/var/log/kea`, unless the daemon's environment has another in `KEA_LOG_FILE_DIR`.
    "logger/invalid", Error, arm: "logging.html#logging-configuration", elsewhere,
    bad: [
        Example::new(r#"{"DhcpDdns": {"loggers": [{"severity": "INFO"}]}}"#),
        Example::new(r#"{"Control-agent": {"loggers": [{"name": "kea-ctrl-agent"}]}}"#).before(2, 4, 0),
        Example::new(
            r#"{"DhcpDdns": {"loggers": [{"name": "kea-dhcp-ddns", "severity": "DEBUG", "debuglevel": 100}]}}"#,
        ),
        Example::new(
            r#"{"Control-agent": {"loggers": [{"name": "kea-ctrl-agent", "severity": "INFO", "output_options": [{"flush": true}]}]}}"#,
        ).before(3, 1, 8),
        Example::new(
            r#"{"DhcpDdns": {"loggers": [{"name": "kea-dhcp-ddns", "severity": "INFO", "output-options": [{"output": "/var/log/ddns.log"}]}]}}"#,
        ).from(2, 6, 3),
    ],
    good: [
        Example::new(
            r#"{"DhcpDdns": {"loggers": [{"name": "kea-dhcp-ddns", "severity": "DEBUG", "debuglevel": 99, "output_options": [{"output": "/var/log/kea/ddns.log"}, {"output": "syslog"}]}]}}"#,
        ),
        Example::new(
            r#"{"DhcpDdns": {"loggers": [{"name": "kea-dhcp-ddns", "severity": "INFO", "output_options": [{"output": "/srv/ddns.log"}]}]}}"#,
        ).before(2, 6, 3),
        Example::new(
            r#"{"DhcpDdns": {"loggers": [{"name": "kea-dhcp-ddns", "severity": "INFO", "output-options": [{"output": "syslog:local4/ddns"}]}]}}"#,
        ).from(2, 6, 4),
    ],
}
