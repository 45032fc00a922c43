//! How full something is.

use leptos::prelude::*;

/// A bar with a percentage. Above 80 and 90 per cent it changes its colour; the words say the same.
#[component]
pub fn Meter(
    /// From 0 to 1; `None`: not known.
    part: Option<f64>,
    /// What is counted, such as `41 of 190 addresses`.
    #[prop(into)]
    title: String,
) -> impl IntoView {
    let Some(part) = part else {
        return view! { <span class="muted" title=title>"–"</span> }.into_any();
    };
    let part = part.clamp(0.0, 1.0);
    let class = if part >= 0.9 {
        "meter full"
    } else if part >= 0.8 {
        "meter nearly"
    } else {
        "meter"
    };
    let percent = percent(part);
    view! {
        <span class=class title=title>
            <span class="meter-bar" aria-hidden="true"><span style:width=format!("{:.1}%", part * 100.0)></span></span>
            <span class="meter-words">{percent}</span>
        </span>
    }
    .into_any()
}

/// A part as a percentage that does not say 0 or 100 where that is not so.
pub fn percent(part: f64) -> String {
    let percent = part * 100.0;
    if percent > 0.0 && percent < 1.0 {
        "<1 %".to_owned()
    } else if percent > 99.0 && percent < 100.0 {
        ">99 %".to_owned()
    } else {
        format!("{percent:.0} %")
    }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn nearly_none_and_nearly_all_are_said() {
        for (part, words) in [(0.0, "0 %"), (0.001, "<1 %"), (0.5, "50 %"), (0.999, ">99 %"), (1.0, "100 %")]
        {
            assert_eq!(percent(part), words);
        }
    }
}
