//! A framed message.

use super::{Glyph, icon};
use leptos::prelude::*;

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something worth knowing.
    Info,
    /// Something that went well.
    Good,
    /// Something to beware of.
    Warning,
    /// Something that failed.
    Bad,
}

impl Tone {
    /// The class that colours it.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Bad => "bad",
        }
    }

    /// The glyph beside it.
    pub const fn glyph(self) -> Glyph {
        match self {
            Self::Info => Glyph::Info,
            Self::Good => Glyph::Check,
            Self::Warning => Glyph::Warning,
            Self::Bad => Glyph::Cross,
        }
    }
}

/// A message with a title and whatever belongs to it.
#[component]
pub fn Notice(
    /// What it is about.
    tone: Tone,
    /// Its headline.
    #[prop(into)]
    title: String,
    /// What belongs to it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let role = if tone == Tone::Bad { "alert" } else { "status" };
    view! {
        <section class=format!("notice {}", tone.class()) role=role>
            {icon(tone.glyph())}
            <div class="notice-body">
                <p class="notice-title">{super::prose(&title)}</p>
                {children.map(|children| children())}
            </div>
        </section>
    }
}
