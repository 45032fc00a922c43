//! A new page: its file, its address, its place among the pages and in the side bar.

use anyhow::Result;

use super::{Name, camel, draft::Draft, snake};

const ROUTES: &str = "frontend/src/routes.rs";
const PAGES: &str = "frontend/src/pages/mod.rs";
const SHELL: &str = "frontend/src/components/shell.rs";

/// Drafts the page, beside the help page everywhere, and says what is left to do.
pub fn write(draft: &mut Draft, name: &Name) -> Result<String> {
    let (path, module, page) = (&name.item, snake(&name.item), camel(&name.item));
    let file = format!("frontend/src/pages/{module}.rs");
    draft.create(&file, text(&module, &page))?;

    draft.insert_after(ROUTES, "\n    Help,\n", &format!("    /// What it shows.\n    {page},\n"))?;
    draft.insert_after(
        ROUTES,
        "Self::Help => \"/help\".into(),\n",
        &format!("Self::{page} => \"/{path}\".into(),\n"),
    )?;
    draft.insert_after(
        ROUTES,
        "[\"help\"] => Some(Self::Help),\n",
        &format!("[\"{path}\"] => Some(Self::{page}),\n"),
    )?;

    draft.insert_sorted(PAGES, |line| line.starts_with("mod "), &format!("mod {module};"))?;
    draft.insert_after(PAGES, "\n    Help,\n", &format!("    {page},\n"))?;
    let of = format!("            Route::{page} => Self::{page},\n");
    draft.insert_after(PAGES, "Route::Help => Self::Help,\n", &of)?;
    let load = format!("            Self::{page} => {module}::{module}_page().await,\n");
    draft.insert_after(PAGES, "Self::Help => help::help_page().await,\n", &load)?;

    let help = "{entry(Route::Help, Glyph::Help, \"Help\")}\n";
    let link = format!("                {{entry(Route::{page}, Glyph::Help, \"{page}\")}}\n");
    draft.insert_after(SHELL, help, &link)?;
    Ok(format!(
        "Next: add \"/{path}\" to the addresses in {ROUTES}'s test, which fails until then; write {file};\n\
         give the link in {SHELL} its words, its glyph and its area.\n\
         cargo test -p perch-frontend routes, then cargo xtask dev"
    ))
}

/// The page's file.
fn text(module: &str, page: &str) -> String {
    format!(
        "//! What this page shows.

use crate::browser;
use leptos::prelude::*;

lazy_page!({module}_page, {module});

/// The page.
fn {module}() -> AnyView {{
    view! {{ <{page}/> }}.into_any()
}}

#[component]
fn {page}() -> impl IntoView {{
    browser::set_title(\"{page}\");
    view! {{
        <header class=\"page-head\"><div class=\"page-title\"><h1>\"{page}\"</h1></div></header>
    }}
}}
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_fits_into_the_tree() {
        let mut draft = Draft::default();
        write(&mut draft, &Name::single("test-of-xtask").unwrap()).unwrap();
        let routes = draft.content(ROUTES).unwrap().clone();
        assert_eq!(routes.matches("TestOfXtask").count(), 3, "{routes}");
        let pages = draft.content(PAGES).unwrap();
        assert_eq!(pages.matches("TestOfXtask").count(), 4, "{pages}");
        assert!(pages.contains("test_of_xtask::test_of_xtask_page().await"), "{pages}");
    }
}
