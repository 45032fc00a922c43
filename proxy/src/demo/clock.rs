//! Times as Kea prints them, in UTC.

use jiff::Timestamp;

/// Seconds since 1970.
pub(super) fn seconds() -> u64 {
    Timestamp::now().as_second().unsigned_abs()
}

/// Now, as statistics are stamped: `2026-11-23 20:40:19.258010`.
pub(super) fn stamp() -> String {
    Timestamp::now().strftime("%Y-%m-%d %H:%M:%S.%6f").to_string()
}

/// Now, as HTTP writes it: `Mon, 23 Nov 2026 20:40:19 GMT`.
pub(super) fn http_date() -> String {
    Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
