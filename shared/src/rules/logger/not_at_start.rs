//! `logger/not-at-start`

use super::problems;
use crate::rules::{Example, Findings, Review, rule};

rule! {
    /// Kea's own test takes a logger with which the daemon does not start.
    ///
    /// ## Why
    /// `kea-dhcp4 -t` and `config-test` do not look into `loggers`; `config-set` and the start do, and fail. A logger
    /// needs a `name` and a `severity`, each of its outputs an `output`; `debuglevel` goes from 0 to 99. Since 2.6.3 a
    /// file must be in the directory that Kea was built for, `/var/log/kea`, unless the daemon's environment has another
    /// in `KEA_LOG_FILE_DIR`.
    "logger/not-at-start", Warning, arm: "logging.html#logging-configuration", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"loggers": [{"severity": "INFO"}]}}"#),
        Example::new(r#"{"Dhcp6": {"loggers": [{"name": "kea-dhcp6.leases"}]}}"#),
        Example::new(r#"{"DhcpDdns": {"loggers": [{"name": "kea-dhcp-ddns"}]}}"#).from(2, 4, 0),
        Example::new(r#"{"Dhcp4": {"loggers": [{"name": "kea-dhcp4", "severity": "DEBUG", "debuglevel": -1}]}}"#),
        Example::new(
            r#"{"Dhcp4": {"loggers": [{"name": "kea-dhcp4", "severity": "INFO", "output_options": [{"flush": true}]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"loggers": [{"name": "kea-dhcp4", "severity": "INFO", "output_options": [{"output": "/srv/kea.log"}]}]}}"#,
        ).from(2, 6, 3),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"loggers": [{"name": "kea-dhcp4", "severity": "INFO", "output_options": [{"output": "/var/log/kea/kea4.log"}]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp6": {"loggers": [{"name": "kea-dhcp6", "severity": "DEBUG", "debuglevel": 99, "output_options": [{"output": "stdout"}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for problem in review.root.maps("loggers").flat_map(|logger| problems(logger, review.version)) {
        problem.report(&RULE, out);
    }
}
