//! The page's folder: `index.html`, and everything else under `assets/<hash of all of it>/`, so that a browser may
//! keep it forever.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};
use sha2::{Digest as _, Sha256};

use crate::bindings::{LINKER, LOADER, MAIN_MODULE};

/// Stands in `index.html` for the folder of the assets.
const PLACEHOLDER: &str = "__ASSETS__";
/// The one file that keeps its name, because it is the one that is asked for by name.
const INDEX: &str = "index.html";

/// Where a server of plain files finds the pages that need no Perch behind them.
const ALONE: [&str; 4] = ["playground", "playground/expression", "help", "help/rules"];

/// The page's files, named.
#[derive(Debug)]
pub struct Page {
    /// The address of the assets: `/assets/<hash>`.
    pub assets: String,
    /// What the first visit loads whichever page it opens: paths inside the page, with slashes.
    pub first_load: Vec<String>,
}

/// Puts the modules and the public files in their places inside `out`.
///
/// # Errors
/// When a file cannot be read or written, or `index.html` lacks the placeholder.
pub fn assemble(modules: &Path, public: &Path, out: &Path) -> Result<Page> {
    let index = public.join(INDEX);
    let html = fs::read_to_string(&index).with_context(|| index.display().to_string())?;
    ensure!(html.contains(PLACEHOLDER), "{} must load its files from {PLACEHOLDER}/…", index.display());

    let mut assets: Vec<(String, PathBuf)> = Vec::new();
    for root in [modules, public] {
        assets.extend(files(root)?.into_iter().map(|file| (slashed(&file), root.join(file))));
    }
    assets.retain(|(name, _)| name != INDEX);
    assets.sort();
    let mut contents = Vec::new();
    let mut hasher = Sha256::new();
    for (name, path) in assets {
        let content = fs::read(&path).with_context(|| path.display().to_string())?;
        hasher.update((name.len() as u64).to_le_bytes());
        hasher.update(&name);
        hasher.update((content.len() as u64).to_le_bytes());
        hasher.update(&content);
        contents.push((name, content));
    }
    let hash: String = hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let assets = format!("assets/{hash}");

    for (name, content) in &contents {
        let path = out.join(&assets).join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, content).with_context(|| path.display().to_string())?;
    }
    let html = with_hints(&html).replace(PLACEHOLDER, &format!("/{assets}"));
    fs::write(out.join(INDEX), &html)?;
    for folder in ALONE {
        fs::create_dir_all(out.join(folder))?;
        fs::write(out.join(folder).join(INDEX), alone(&html)?)?;
    }
    let first_load = first_load(&html, &contents, &assets);
    Ok(Page { assets: format!("/{assets}"), first_load })
}

/// The page, saying that there is no Perch behind it.
fn alone(html: &str) -> Result<String> {
    ensure!(html.contains("<html "), "{INDEX} must have an <html> with attributes");
    Ok(html.replacen("<html ", "<html data-alone ", 1))
}

/// The page with hints to fetch at once what would otherwise be found one after the other.
fn with_hints(html: &str) -> String {
    let hints = format!(
        "<link rel=\"modulepreload\" href=\"{PLACEHOLDER}/{LOADER}\">\n\
         <link rel=\"modulepreload\" href=\"{PLACEHOLDER}/{LINKER}\">\n\
         <link rel=\"preload\" href=\"{PLACEHOLDER}/{MAIN_MODULE}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\n\
         </head>"
    );
    html.replacen("</head>", &hints, 1)
}

/// What every visit loads: the page, what it names, and what those name in turn.
fn first_load(html: &str, contents: &[(String, Vec<u8>)], assets: &str) -> Vec<String> {
    let mut names: Vec<&str> = contents
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| html.contains(&format!("/{name}\"")) || name.starts_with("snippets/"))
        .collect();
    let styles: String = contents
        .iter()
        .filter(|(name, _)| name.ends_with(".css") && names.contains(&name.as_str()))
        .map(|(_, content)| String::from_utf8_lossy(content))
        .collect();
    for (name, _) in contents {
        let named = ["\"", "'", "(", "/"].iter().any(|before| styles.contains(&format!("{before}{name}")));
        if named && !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let paths = names.into_iter().map(|name| format!("{assets}/{name}"));
    std::iter::once(INDEX.to_owned()).chain(paths).collect()
}

/// Every file below `root`, relative to it, in order. An absent root has none.
///
/// # Errors
/// When a folder cannot be read.
pub fn files(root: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let whole = root.join(&folder);
        for entry in fs::read_dir(&whole).with_context(|| whole.display().to_string())? {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The path with slashes, as addresses are written.
pub fn slashed(path: &Path) -> String {
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Makes the folder anew.
///
/// # Errors
/// When something in it cannot be removed.
pub fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())
}

/// Puts the fresh folder in the old one's place, so that a reader sees either of them and nothing between.
///
/// # Errors
/// When a folder cannot be moved or removed.
pub fn swap(fresh: &Path, out: &Path) -> Result<()> {
    let old = out.with_extension("old");
    if old.exists() {
        fs::remove_dir_all(&old)?;
    }
    if out.exists() {
        fs::rename(out, &old).with_context(|| out.display().to_string())?;
    }
    fs::rename(fresh, out).with_context(|| out.display().to_string())?;
    if old.exists() {
        fs::remove_dir_all(&old)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_load_is_what_the_page_and_its_styles_name() {
        let html = with_hints("<head><link href=\"__ASSETS__/style.css\"></head>");
        let contents = [
            ("app.js", ""),
            ("app_bg.wasm", ""),
            ("chunk_0.wasm", ""),
            ("editor.js", ""),
            ("font.woff2", ""),
            ("split.js", ""),
            ("style.css", "src: url(font.woff2)"),
        ]
        .map(|(name, content)| (name.to_owned(), content.as_bytes().to_vec()));
        let found = first_load(&html, &contents, "a");
        let expected =
            ["index.html", "a/app.js", "a/app_bg.wasm", "a/split.js", "a/style.css", "a/font.woff2"];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_page_that_stands_alone_says_so() {
        assert_eq!(alone("<html lang=\"en\">").unwrap(), "<html data-alone lang=\"en\">");
        assert!(alone("<html>").is_err());
    }

    #[test]
    fn hints_are_at_the_end_of_the_head() {
        let html = with_hints("<head><title>Perch</title></head><body></body>");
        assert!(html.starts_with("<head><title>Perch</title><link rel=\"modulepreload\""), "{html}");
        assert!(html.ends_with("crossorigin>\n</head><body></body>"), "{html}");
    }
}
