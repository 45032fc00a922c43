//! Keys that stand together in every form that has them.

/// How long leases are for.
pub const LIFETIMES: &[&str] = &[
    "valid-lifetime",
    "min-valid-lifetime",
    "max-valid-lifetime",
    "preferred-lifetime",
    "min-preferred-lifetime",
    "max-preferred-lifetime",
    "offer-lifetime",
];

/// When clients ask again.
pub const TIMERS: &[&str] =
    &["renew-timer", "rebind-timer", "calculate-tee-times", "t1-percent", "t2-percent"];

/// What clients boot from.
pub const BOOTING: &[&str] = &["next-server", "server-hostname", "boot-file-name"];
