//! A picture of every page in every state, in both sizes and both schemes, on one page to look through.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use anyhow::{Context as _, Result};

use crate::{
    binary, browser,
    command::{self, cargo},
    kea,
    page::{self, Mode},
    paths, say,
};

/// The tests that take pictures.
const TESTS: [&str; 3] = ["every_page", "looks", "states"];

/// The endings of a picture's name, in the order of the columns.
const LOOKS: [&str; 4] = ["light-wide", "dark-wide", "light-narrow", "dark-narrow"];

/// Takes the pictures and writes `target/screenshots/index.html`.
///
/// # Errors
/// When something cannot be built, or there is no browser. A page that axe-core objects to is an error, too, after its
/// picture was taken.
pub fn run() -> Result<()> {
    say::heading("gallery", "every page, in both sizes and both schemes");
    let browser = browser::get()?;
    let axe = browser::axe()?;
    page::build(Mode::Release)?;
    binary::compile()?;
    let mut cargo = cargo("test");
    cargo.args(["--package", "perch-tests", "--test", "journeys", "--no-fail-fast", "--"]).args(TESTS);
    // Without it, the states are looked at on a few pages only.
    cargo.env("PERCH_GALLERY", "1");
    cargo.env("PERCH_BIN", paths::binary()).env("PERCH_KEA_ROOTS", kea::roots()).env("PERCH_AXE", axe);
    cargo.env("PERCH_CHROMIUM", browser.chromium).env("PERCH_CHROMEDRIVER", browser.chromedriver);
    let ran = command::watch(&mut cargo)?;
    let folder = paths::target().join("screenshots");
    let count = write(&folder)?;
    say::note(&format!("{count} pictures: {}", folder.join("index.html").display()));
    if !ran.status.success() {
        say::note(&command::readable(&ran.text));
        anyhow::bail!("not every page is as it should be");
    }
    Ok(())
}

/// Writes the page and says how many pictures it shows.
fn write(folder: &Path) -> Result<usize> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut pages: BTreeMap<String, BTreeMap<&str, String>> = BTreeMap::new();
    let mut count = 0;
    for name in names {
        let look = LOOKS
            .into_iter()
            .find_map(|look| Some((name.strip_suffix(&format!("-{look}.png"))?.to_owned(), look)));
        if let Some((page, look)) = look {
            pages.entry(page).or_default().insert(look, name);
            count += 1;
        }
    }
    let mut text = String::from(HEAD);
    for (page, looks) in pages {
        // Writing to a String cannot fail.
        let _ = write!(text, "<h2>{page}</h2><div>");
        for look in LOOKS {
            if let Some(file) = looks.get(look) {
                let _ = write!(
                    text,
                    "<a href=\"{file}\"><img loading=lazy src=\"{file}\" alt=\"{page}, {look}\"></a>"
                );
            }
        }
        text.push_str("</div>\n");
    }
    fs::write(folder.join("index.html"), text)?;
    Ok(count)
}

const HEAD: &str = "<!doctype html><meta charset=utf-8><title>Perch: every page</title>
<style>body{font:14px system-ui;margin:24px}div{display:flex;gap:12px;align-items:flex-start;overflow-x:auto}\
img{max-height:420px;border:1px solid #bbb}</style>\n<h1>Every page</h1>\n";
