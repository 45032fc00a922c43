//! Light or dark: as the system says, or as somebody chose.

use crate::browser;
use leptos::prelude::*;

const KEY: &str = "perch-theme";

/// The choice. Spelled in storage and in the root element's `data-theme` as [`Theme::as_str`] says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Every choice, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The choice's name in storage.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads what [`as_str`](Self::as_str) wrote; anything else is [`Theme::System`].
    pub fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.as_str() == text).unwrap_or_default()
    }
}

/// The theme that is shown.
#[derive(Debug, Clone, Copy)]
pub struct ThemeChoice(RwSignal<Theme>);

impl ThemeChoice {
    /// The stored choice, which the document shows from now on.
    pub fn restore() -> Self {
        let stored = browser::local_storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
        let theme = stored.map(|text| Theme::parse(&text)).unwrap_or_default();
        browser::set_root_attribute("data-theme", theme.as_str());
        Self(RwSignal::new(theme))
    }

    /// The choice.
    pub fn get(self) -> Theme {
        self.0.get()
    }

    /// Shows and stores another choice.
    pub fn set(self, theme: Theme) {
        self.0.set(theme);
        browser::set_root_attribute("data-theme", theme.as_str());
        if let Some(storage) = browser::local_storage() {
            let _ = storage.set_item(KEY, theme.as_str());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_read_as_it_was_written() {
        for theme in Theme::ALL {
            assert_eq!(Theme::parse(theme.as_str()), theme);
        }
        assert_eq!(Theme::parse("sepia"), Theme::System);
    }
}
