//! A group of keys under one head.

use crate::{
    forms::desk::{Desk, KeyField},
    ui::prose,
};
use leptos::prelude::*;
use perch_shared::draft::field;

/// A group of keys.
#[derive(Debug)]
pub struct Group {
    /// Its name in addresses.
    pub id: &'static str,
    /// Its head.
    pub title: &'static str,
    /// What there is to know about all of it; empty: nothing.
    pub about: &'static str,
    /// The paths of the keys.
    pub keys: &'static [&'static str],
}

impl Group {
    /// Those of the keys that somebody looks for.
    pub fn shown<'k>(
        &'k self,
        wanted: &'k str,
        keys: &'k [&'static str],
    ) -> impl Iterator<Item = &'static str> + 'k {
        let label = |key: &str| field(key).map_or("", |field| field.label);
        keys.iter().copied().filter(move |key| fits(wanted, &[self.title, *key, label(key)]))
    }
}

/// Whether all words of `wanted` are in one of the texts or another.
pub fn fits(wanted: &str, texts: &[&str]) -> bool {
    let text = texts.join(" ").to_lowercase();
    wanted.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// The group's fields.
#[component]
pub fn GroupView(
    desk: Desk,
    group: &'static Group,
    keys: StoredValue<Vec<&'static str>>,
    wanted: RwSignal<String>,
) -> impl IntoView {
    let shown = Memo::new(move |_| {
        wanted.with(|wanted| keys.with_value(|keys| group.shown(wanted, keys).collect::<Vec<_>>()))
    });
    move || {
        let keys = shown.get();
        (!keys.is_empty()).then(|| {
            let fields = keys.into_iter().map(|key| view! { <KeyField desk path=key/> }).collect_view();
            view! {
                <section class="props" id=group.id aria-label=group.title>
                    <header class="props-head">
                        <h2>{group.title}</h2>
                        {(!group.about.is_empty()).then(|| view! { <p>{prose(group.about)}</p> })}
                    </header>
                    {fields}
                </section>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn every_word_counts() {
        assert!(fits("", &["Timers"]));
        assert!(fits("renew TIMER", &["Timers", "renew-timer", "Renew timer (T1)"]));
        assert!(!fits("renew lease", &["Timers", "renew-timer", ""]));
    }
}
