//! The sections of a page, of which the address says behind `tab=` which one is open.

use crate::routes::{Address, Route};
use leptos::prelude::*;

/// The sections: their names in the address, the first one's empty, and their titles.
pub type SectionList = &'static [(&'static str, &'static str)];

/// The section that is open.
pub fn open_section() -> Memo<String> {
    let tab = expect_context::<Address>().query("tab");
    Memo::new(move |_| tab.get())
}

/// The tabs.
#[component]
pub fn SectionTabs(
    /// What the sections are of, such as `Subnet`.
    label: &'static str,
    /// The sections.
    sections: SectionList,
    /// The page.
    route: Route,
    /// How much is in a section, by its name.
    #[prop(optional)]
    count: Option<Callback<&'static str, usize>>,
) -> impl IntoView {
    let open = open_section();
    let link = move |(key, title): &(&'static str, &'static str)| {
        let (key, title) = (*key, *title);
        let shown = move || {
            count
                .map(|count| count.run(key))
                .filter(|count| *count > 0)
                .map(|count| view! { <span class="tab-count">{count}</span> })
        };
        view! {
            <a
                class="tab"
                href=route.with(&[("tab", key)])
                data-testid=format!("tab-{}", if key.is_empty() { title.to_lowercase() } else { key.to_owned() })
                aria-current=move || open.with(|open| open == key).then_some("page")
            >
                {title}
                {shown}
            </a>
        }
    };
    view! { <nav class="tabs" aria-label=label>{sections.iter().map(link).collect_view()}</nav> }
}
