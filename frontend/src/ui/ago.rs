//! How long ago something was.

use leptos::prelude::*;

/// A moment, as how long ago it was; the moment itself on hover.
#[component]
pub fn Ago(
    /// The moment as RFC 3339 writes it.
    #[prop(into)]
    time: String,
) -> impl IntoView {
    let then = js_sys::Date::parse(&time);
    let words = if then.is_finite() { words((js_sys::Date::now() - then) / 1000.0) } else { time.clone() };
    let exact = if then.is_finite() {
        String::from(js_sys::Date::new(&then.into()).to_locale_string("en-GB", &js_sys::Object::new()))
    } else {
        time.clone()
    };
    view! { <time class="ago" datetime=time title=exact>{words}</time> }
}

/// The largest unit that is not nothing.
fn words(seconds: f64) -> String {
    let units = [("d", 86_400.0), ("h", 3_600.0), ("min", 60.0)];
    let fitting = units.into_iter().find(|(_, size)| seconds >= *size);
    fitting.map_or_else(
        || "just now".to_owned(),
        |(unit, size)| format!("{:.0} {unit} ago", (seconds / size).floor()),
    )
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn the_largest_unit_is_enough() {
        for (seconds, expected) in [
            (-3.0, "just now"),
            (59.0, "just now"),
            (60.0, "1 min ago"),
            (7_199.0, "1 h ago"),
            (172_800.0, "2 d ago"),
        ] {
            assert_eq!(words(seconds), expected);
        }
    }
}
