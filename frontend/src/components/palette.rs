//! The command palette: every page and server by a few letters of its name.

use crate::{
    browser,
    routes::{Address, Route},
    state::{Fleet, Theme, ThemeChoice},
    ui::{Dialog, Glyph, icon},
};
use leptos::prelude::*;
use perch_shared::{Family, api::Server};

/// How many entries are shown.
const SHOWN: usize = 12;

/// What an entry does.
#[derive(Debug, Clone, PartialEq)]
enum Deed {
    /// Goes to an address.
    Go(String),
    /// Shows the page light or dark.
    Theme(Theme),
}

/// One line.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    title: String,
    detail: String,
    deed: Deed,
}

/// A dialog that Ctrl K opens anywhere.
#[component]
pub fn Palette(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let (address, fleet, theme) =
        (expect_context::<Address>(), expect_context::<Fleet>(), expect_context::<ThemeChoice>());
    let (text, at) = (RwSignal::new(String::new()), RwSignal::new(0_usize));
    Effect::new(move |_| {
        if open.get() {
            text.set(String::new());
            at.set(0);
            request_animation_frame(|| browser::focus("palette"));
        }
    });
    browser::on_key(move |event| {
        if (event.ctrl_key() || event.meta_key()) && !event.shift_key() && event.key() == "k" {
            event.prevent_default();
            open.update(|open| *open = !*open);
        }
    });
    let found = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        let servers = fleet.servers().answer().get().unwrap_or_default();
        text.with(|text| find(text, &servers))
    });
    let carry_out = move |entry: Entry| {
        open.set(false);
        match entry.deed {
            Deed::Go(link) => address.go_to(&link),
            Deed::Theme(choice) => theme.set(choice),
        }
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        let count = found.with(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" if count > 0 => at.update(|at| *at = (*at + count - 1) % count),
            "Enter" => {
                if let Some(entry) = found.with(|found| found.get(at.get_untracked()).cloned()) {
                    carry_out(entry);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let line = move |index: usize, entry: Entry| {
        let (title, detail) = (entry.title.clone(), entry.detail.clone());
        view! {
            <li
                id=format!("palette-{index}")
                role="option"
                class="palette-item"
                data-testid="palette-item"
                aria-selected=move || (at.get() == index).to_string()
                on:mousemove=move |_| at.set(index)
                on:click=move |_| carry_out(entry.clone())
            >
                <span>{title}</span>
                <span class="muted">{detail}</span>
            </li>
        }
    };
    let list =
        move || found.get().into_iter().enumerate().map(|(index, entry)| line(index, entry)).collect_view();
    view! {
        <Dialog open title="Go to" testid="palette-dialog">
            <div class="palette">
                <label class="palette-field">
                    {icon(Glyph::Search)}
                    <input
                        id="palette"
                        data-testid="palette"
                        class="input"
                        role="combobox"
                        aria-label="Page, server, address or name"
                        aria-expanded="true"
                        aria-controls="palette-list"
                        aria-activedescendant=move || format!("palette-{}", at.get())
                        autocomplete="off"
                        spellcheck="false"
                        placeholder="Page, server, address, MAC, name"
                        prop:value=text
                        on:input=move |event| {
                            text.set(event_target_value(&event));
                            at.set(0);
                        }
                        on:keydown=key
                    />
                </label>
                <ul id="palette-list" role="listbox" aria-label="What fits">{list}</ul>
            </div>
        </Dialog>
    }
}

/// What fits a text: every word of it occurs in the title or the detail. Whatever is typed can be searched for, too.
fn find(text: &str, servers: &[Server]) -> Vec<Entry> {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let fits = |entry: &Entry| {
        let all = format!("{} {}", entry.title, entry.detail).to_lowercase();
        words.iter().all(|word| all.contains(word.as_str()))
    };
    let mut found: Vec<Entry> = all(servers, !words.is_empty()).into_iter().filter(fits).collect();
    // What begins with the text comes first.
    let typed = text.trim().to_lowercase();
    found.sort_by_key(|entry| !entry.title.to_lowercase().starts_with(&typed));
    found.truncate(SHOWN);
    let typed = text.trim();
    if !typed.is_empty() {
        found.push(Entry {
            title: format!("Find “{typed}”"),
            detail: "in subnets, pools, reservations and leases".to_owned(),
            deed: Deed::Go(Route::Find.with(&[("q", typed)])),
        });
    }
    found
}

/// Everything there is; the many pages of each server only where `deep`.
fn all(servers: &[Server], deep: bool) -> Vec<Entry> {
    let go = |title: &str, detail: &str, route: Route| Entry {
        title: title.to_owned(),
        detail: detail.to_owned(),
        deed: Deed::Go(route.path()),
    };
    let mut entries = vec![
        go("Overview", "", Route::Overview),
        go("Networks", "", Route::Networks),
        go("Reservations", "", Route::Reservations),
        go("Leases", "", Route::Leases),
        go("Servers", "", Route::Servers),
        go("High availability", "", Route::Pairs),
        go("History", "", Route::History),
        go("Playground", "", Route::Playground),
        go("Expression bench", "Playground", Route::Bench),
        go("Add server", "", Route::AddServer),
        go("Create subnet", "Networks", Route::AddSubnet),
        go("Create shared network", "Networks", Route::AddNetwork),
        go("Set up a pair", "High availability", Route::SetUpPair),
        go("Users", "", Route::Users),
        go("Your account", "Password", Route::Account),
        go("Settings", "", Route::Settings),
        go("Help", "", Route::Help),
        go("Rules", "Help", Route::Rules),
        go("What the page is made of", "Help", Route::Styleguide),
    ];
    for server in servers {
        let id = &server.id;
        entries.push(go(&server.name, "server", Route::Server(id.clone())));
        if !deep {
            continue;
        }
        entries.push(go(&format!("{}: networks", server.name), "server", Route::ServerNetworks(id.clone())));
        entries.push(go(&format!("{}: history", server.name), "server", Route::ServerHistory(id.clone())));
        let daemons = server.channels.iter().flat_map(|channel| channel.daemons.iter().copied());
        for family in daemons {
            entries.extend(of_daemon(server, family));
        }
    }
    let themes = [(Theme::Dark, "Dark"), (Theme::Light, "Light"), (Theme::System, "As the system says")];
    entries.extend(themes.map(|(theme, title)| Entry {
        title: format!("Theme: {title}"),
        detail: String::new(),
        deed: Deed::Theme(theme),
    }));
    entries
}

fn of_daemon(server: &Server, family: Family) -> Vec<Entry> {
    let id = || server.id.clone();
    let pages = [
        ("properties", Route::Properties(id(), family)),
        ("options", Route::Options(id(), family)),
        ("custom options", Route::CustomOptions(id(), family)),
        ("client classes", Route::Classes(id(), family)),
        ("raw configuration", Route::Raw(id(), family)),
        ("snapshots", Route::Snapshots(id(), family)),
    ];
    let one = |(page, route): (&str, Route)| Entry {
        title: format!("{}: {page}", server.name),
        detail: family.protocol().to_owned(),
        deed: Deed::Go(route.path()),
    };
    pages.into_iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use perch_shared::api::{Channel, ChannelKind, Origin, ServerId, TlsFiles};

    fn servers() -> Vec<Server> {
        let channel = Channel {
            address: "http://kea:8000".into(),
            kind: ChannelKind::ControlAgent,
            daemons: vec![Family::V4],
        };
        vec![Server {
            id: ServerId::new("hq").unwrap(),
            name: "Headquarters".into(),
            origin: Origin::Inventory,
            channels: vec![channel],
            has_credentials: false,
            tls: TlsFiles::default(),
        }]
    }

    #[test]
    fn every_word_must_occur_and_anything_can_be_searched_for() {
        let found = find("head class", &servers());
        assert_eq!(found[0].deed, Deed::Go("/servers/hq/classes/dhcp4".into()));
        assert_eq!(found.last().unwrap().deed, Deed::Go("/find?q=head%20class".into()));
        assert_eq!(find("aa:bb:cc", &servers()).len(), 1);
        assert!(find("", &servers()).iter().all(|entry| !entry.title.contains(':')));
    }

    #[test]
    fn what_begins_with_the_text_comes_first() {
        assert_eq!(find("serv", &servers())[0].title, "Servers");
    }
}
