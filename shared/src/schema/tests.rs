//! The tables hold what the data says.

use super::*;

fn schema(daemon: Daemon, version: &str) -> Schema {
    Schema::new(daemon, version.parse().unwrap())
}

#[test]
fn every_row_is_found() {
    for row in &ROWS {
        assert!(rows(row.object, row.key()).any(|found| std::ptr::eq(found, row)), "{row:?}");
    }
}

#[test]
fn a_key_belongs_to_versions() {
    let new = |version| schema(Daemon::Dhcp4, version).key(Object::SUBNET, "client-classes").is_some();
    assert_eq!([new("2.6.3"), new("2.7.4"), new("2.7.5"), new("3.0.4")], [false, false, true, true]);
    let old = |version| schema(Daemon::Dhcp4, version).key(Object::GLOBAL, "reservation-mode").is_some();
    assert_eq!([old("2.2.0"), old("2.6.0")], [true, false]);
}

#[test]
fn a_key_belongs_to_daemons() {
    assert!(schema(Daemon::Dhcp6, "3.0.4").key(Object::SUBNET, "rapid-commit").is_some());
    assert!(schema(Daemon::Dhcp4, "3.0.4").key(Object::SUBNET, "rapid-commit").is_none());
    assert!(schema(Daemon::ControlAgent, "3.0.4").key(Object::CONTROL_AGENT, "http-port").is_some());
    assert!(schema(Daemon::ControlAgent, "3.2.0").key(Object::GLOBAL, "subnet4").is_none());
}

#[test]
fn no_rows_of_one_key_hold_at_once() {
    for daemon in Daemon::ALL {
        for version in ["2.2.0", "2.4.1", "2.6.3", "3.0.4", "3.2.0", "3.3.1"] {
            let schema = schema(daemon, version);
            for row in ROWS.iter().filter(|row| schema.has(row)) {
                let count = rows(row.object, row.key()).filter(|row| schema.has(row)).count();
                assert_eq!(count, 1, "{} of {} for {daemon:?} {version}", row.key(), row.object.name());
            }
        }
    }
}
