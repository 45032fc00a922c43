//! Moments: how long ago for the eye, exactly for whoever asks.

use super::duration;
use leptos::prelude::*;

/// A moment as RFC 3339 writes it: `3 min ago`, and the exact local time where the pointer rests.
pub fn moment(time: &str) -> AnyView {
    let exact = exact(time);
    let words = seconds_since(time).map_or_else(|| exact.clone(), ago);
    view! { <time datetime=time.to_owned() title=exact>{words}</time> }.into_any()
}

/// A moment's local date and time, such as `2026-11-24 03:15:00`.
pub fn exact(time: &str) -> String {
    let Some(date) = date(time) else { return time.to_owned() };
    format!("{} {}", day_of(&date), clock_of(&date))
}

/// A moment's local time of the day, such as `03:15:00`.
pub fn clock(time: &str) -> String {
    date(time).map_or_else(|| time.to_owned(), |date| clock_of(&date))
}

/// A moment's local day in words: `Today`, `Yesterday`, or its date.
pub fn day(time: &str) -> String {
    let Some(date) = date(time) else { return time.to_owned() };
    let (day, now) = (day_of(&date), js_sys::Date::new_0());
    let yesterday = js_sys::Date::new(&(now.get_time() - 86_400_000.0).into());
    if day == day_of(&now) {
        "Today".to_owned()
    } else if day == day_of(&yesterday) {
        "Yesterday".to_owned()
    } else {
        day
    }
}

/// Seconds since a moment; below zero where it is still to come.
pub fn seconds_since(time: &str) -> Option<f64> {
    date(time).map(|date| (js_sys::Date::now() - date.get_time()) / 1000.0)
}

/// A span in one unit: `3 min ago`, `in 2 h`.
pub fn ago(seconds: f64) -> String {
    if seconds.abs() < 5.0 {
        return "just now".to_owned();
    }
    let words = duration(seconds.abs() as u64);
    let first: Vec<&str> = words.split(' ').take(2).collect();
    let words = first.join(" ");
    if seconds < 0.0 { format!("in {words}") } else { format!("{words} ago") }
}

fn date(time: &str) -> Option<js_sys::Date> {
    let date = js_sys::Date::new(&time.into());
    (!date.get_time().is_nan()).then_some(date)
}

fn day_of(date: &js_sys::Date) -> String {
    format!("{:04}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}

fn clock_of(date: &js_sys::Date) -> String {
    format!("{:02}:{:02}:{:02}", date.get_hours(), date.get_minutes(), date.get_seconds())
}

#[cfg(test)]
mod tests {
    use super::ago;

    #[test]
    fn spans_are_said_in_one_unit() {
        for (seconds, words) in
            [(2.0, "just now"), (61.0, "1 min ago"), (90_061.0, "1 d ago"), (-7_300.0, "in 2 h")]
        {
            assert_eq!(ago(seconds), words);
        }
    }
}
