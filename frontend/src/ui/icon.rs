//! The icons: one drawing per glyph, on a grid of 16 by 16, stroked in the colour of the text around it.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyph {
    /// Adding something.
    Add,
    /// Going on to something.
    Arrow,
    /// Going back to something.
    Back,
    /// Something that is well.
    Check,
    /// Something that can be opened downwards.
    Chevron,
    /// Closing something.
    Close,
    /// Copying something.
    Copy,
    /// Something that failed.
    Cross,
    /// Changing something.
    Edit,
    /// Trying things out.
    Flask,
    /// Help.
    Help,
    /// Something worth knowing.
    Info,
    /// What can be done with something.
    More,
    /// A dark theme.
    Moon,
    /// Something that was not tried.
    Minus,
    /// Opening a file.
    Open,
    /// Asking again.
    Reload,
    /// Keeping a file.
    Save,
    /// Looking for something.
    Search,
    /// Servers.
    Servers,
    /// A light theme.
    Sun,
    /// A screen.
    System,
    /// Removing something.
    Trash,
    /// Taking something back.
    Undo,
    /// Narrowing a list.
    Filter,
    /// What was done.
    History,
    /// Leases.
    Lease,
    /// Networks.
    Networks,
    /// What needs attention.
    Overview,
    /// An HA pair.
    Pair,
    /// Reservations.
    Reserved,
    /// Settings.
    Settings,
    /// Something that was marked.
    Star,
    /// Something that can be moved up.
    Up,
    /// Users.
    Users,
    /// Choosing columns.
    Columns,
    /// A link.
    Link,
    /// Something to beware of.
    Warning,
}

impl Glyph {
    const fn path(self) -> &'static str {
        match self {
            Self::Add => "M8 3v10M3 8h10",
            Self::Arrow => "M3 8h10M9 4l4 4-4 4",
            Self::Back => "M13 8H3M7 4L3 8l4 4",
            Self::Check => "M3 8.5l3.2 3.2L13 4.8",
            Self::Chevron => "M4 6l4 4 4-4",
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Copy => "M5.5 5.5h7v8h-7zM10.5 5.5v-3h-7v8h2",
            Self::Cross => "M8 1.8a6.2 6.2 0 100 12.4A6.2 6.2 0 008 1.8zM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4",
            Self::Edit => "M10.5 2.5l3 3-8 8H2.5v-3zM8.7 4.3l3 3",
            Self::Flask => "M6.5 2.5h3M7 2.5v4l-3.6 5.6a1 1 0 00.8 1.4h7.6a1 1 0 00.8-1.4L9 6.5v-4M5 10h6",
            Self::Help => {
                "M8 1.8a6.2 6.2 0 100 12.4A6.2 6.2 0 008 1.8zM6 6.2a2 2 0 114 0c0 1.4-2 1.5-2 3M8 11.4v.2"
            }
            Self::Info => "M8 1.8a6.2 6.2 0 100 12.4A6.2 6.2 0 008 1.8zM8 7.2v4M8 4.8v.2",
            Self::More => "M8 3.2v.2M8 7.9v.2M8 12.6v.2",
            Self::Moon => "M13.2 9.6A5.6 5.6 0 016.4 2.8a5.6 5.6 0 106.8 6.8z",
            Self::Minus => "M4 8h8",
            Self::Open => "M2.5 12.5v-9h4l1.5 2h5.5v7z",
            Self::Reload => "M13 3v3.5H9.5M13 6.5A5.3 5.3 0 103.2 10M13 6.5L11 4.6",
            Self::Save => "M8 2.5v7M5 6.8L8 9.8l3-3M3 13h10",
            Self::Search => "M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM10.3 10.3l3.2 3.2",
            Self::Servers => "M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5v.1M5 11v.1",
            Self::Sun => {
                "M8 5.2a2.8 2.8 0 100 5.6 2.8 2.8 0 000-5.6zM8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9"
            }
            Self::System => "M2 3h12v8H2zM6 13.5h4M8 11v2.5",
            Self::Trash => "M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.6 9h6.8l.6-9M6.7 7v4M9.3 7v4",
            Self::Undo => "M3 6.5h6.5a3.5 3.5 0 010 7H6M3 6.5l3-3M3 6.5l3 3",
            Self::Filter => "M2.5 3.5h11L9.5 8.5v4l-3-1.5V8.5z",
            Self::History => "M8 2a6 6 0 11-5.6 3.8M2.4 2.5v3.3h3.3M8 5v3.3l2.2 1.4",
            Self::Lease => "M4 2.5h8v11H4zM6 5.5h4M6 8h4M6 10.5h2",
            Self::Networks => "M6 2.5h4v3H6zM2 10.5h4v3H2zM10 10.5h4v3h-4zM8 5.5V8M4 10.5V8h8v2.5",
            Self::Overview => "M2.5 2.5h4.5v6H2.5zM9 2.5h4.5v3.5H9zM9 8h4.5v5.5H9zM2.5 10.5h4.5v3H2.5z",
            Self::Pair => "M2 5h5v6H2zM9 5h5v6H9zM7 7h2M7 9h2",
            Self::Reserved => "M4.5 2.5h7v11L8 10.8 4.5 13.5z",
            Self::Settings => "M2.5 4.5h6M11.5 4.5h2M10 3v3M2.5 11.5h2M7.5 11.5h6M6 10v3",
            Self::Star => "M8 2.2l1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4L2.2 6.5l4-.6z",
            Self::Up => "M4 10l4-4 4 4",
            Self::Users => {
                "M6 2.8a2.4 2.4 0 100 4.8 2.4 2.4 0 000-4.8zM1.8 13c.3-2.6 2-4 4.2-4s3.9 1.4 4.2 4M10.6 3.2a2.3 2.3 0 010 4.2M11.8 9.4c1.4.5 2.2 1.8 2.4 3.6"
            }
            Self::Columns => "M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10",
            Self::Link => {
                "M6.5 9.5l3-3M5.5 7L4 8.5a2.5 2.5 0 003.5 3.5L9 10.5M7 5.5L8.5 4A2.5 2.5 0 0112 7.5L10.5 9"
            }
            Self::Warning => "M8 2.2l6.3 11.3H1.7zM8 6.4v3.4M8 11.5v.2",
        }
    }
}

/// Draws a glyph, hidden from screen readers: the words beside it say the same.
pub fn icon(glyph: Glyph) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d=glyph.path()></path>
        </svg>
    }
}
