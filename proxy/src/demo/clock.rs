//! Times as Kea prints them, in UTC.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds since 1970.
pub(super) fn seconds() -> u64 {
    since_1970().as_secs()
}

/// Now, as statistics are stamped: `2026-11-23 20:40:19.258010`.
pub(super) fn stamp() -> String {
    let now = since_1970();
    let (date, [hour, minute, second]) = split(now.as_secs());
    let [year, month, day] = date;
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}.{:06}", now.subsec_micros())
}

/// Now, as HTTP writes it: `Mon, 23 Nov 2026 20:40:19 GMT`.
pub(super) fn http_date() -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let now = seconds();
    let ([year, month, day], [hour, minute, second]) = split(now);
    let nth =
        |names: &[&'static str], index: u64| names.iter().copied().cycle().nth(index as usize).unwrap_or("");
    let (weekday, month) = (nth(&DAYS, now / 86_400 % 7), nth(&MONTHS, month - 1));
    format!("{weekday}, {day:02} {month} {year} {hour:02}:{minute:02}:{second:02} GMT")
}

fn since_1970() -> std::time::Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// Year, month, day; hour, minute, second. Counts days from 1 March of year 0, so that leap days come last.
fn split(seconds: u64) -> ([u64; 3], [u64; 3]) {
    let days = seconds / 86_400 + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    ([year, month, day], [seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60])
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn known_moments() {
        for (seconds, expected) in [
            (0, ([1970, 1, 1], [0, 0, 0])),
            (951_782_399, ([2000, 2, 28], [23, 59, 59])),
            (951_782_400, ([2000, 2, 29], [0, 0, 0])),
            (1_795_458_193, ([2026, 11, 23], [18, 23, 13])),
            (4_107_542_400, ([2100, 3, 1], [0, 0, 0])),
        ] {
            assert_eq!(split(seconds), expected, "{seconds}");
        }
    }
}
