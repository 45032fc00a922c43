//! Splits the module at its lazy routes and makes the JavaScript that loads it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;
use wasmparser::{Parser, Payload};

use crate::{
    loader,
    merge::merge,
    names,
    units::{Part, units},
};

/// The loader of the page; imports everything else that is needed at once.
pub const LOADER: &str = "app.js";
/// The part of the module that every visit loads.
pub const MAIN_MODULE: &str = "app_bg.wasm";
/// The loader of the other parts.
pub const LINKER: &str = "split.js";

/// The loaders and the parts of the module.
#[derive(Debug)]
pub struct Modules {
    /// The folder that holds them.
    pub folder: PathBuf,
    /// For every part but the main one, which pages need it.
    pub needed_by: BTreeMap<String, Vec<String>>,
}

/// Writes the loaders and the parts of the module at `wasm` to a folder inside `work`.
///
/// # Errors
/// When the module cannot be read, was linked without `--emit-relocs`, or was built with another wasm-bindgen.
pub fn make(wasm: &Path, work: &Path) -> Result<Modules> {
    let input = fs::read(wasm).with_context(|| wasm.display().to_string())?;
    let out = work.join("modules");
    let main = work.join("main.wasm");
    let link_name = format!("./{LINKER}");
    let main_module = format!("./{LOADER}");
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = &out;
    options.main_out_path = &main;
    options.link_name = &link_name;
    options.main_module = &main_module;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|report| anyhow!("{report:#}"))
        .with_context(|| format!("splitting {} by route", wasm.display()))?;

    Bindgen::new()
        .input_path(&main)
        .web(true)?
        .typescript(false)
        // The parts share the table of functions, which is one of these exports.
        .keep_lld_exports(true)
        // The loader knows where its module is.
        .omit_default_module_path(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .out_name("app")
        .generate(&out)
        .context("making the bindings; wasm-bindgen must have one version everywhere (0.2.130)")?;

    for entry in fs::read_dir(&out)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "wasm") {
            strip_file(&path)?;
        }
    }
    shorten_names(&out)?;
    let needed_by = unite(&out, split.prefetch_map.into_iter().collect())?;
    Ok(Modules { folder: out, needed_by })
}

/// Puts the parts of the module together in units, and says which pages need each unit's file.
fn unite(folder: &Path, parts_of: BTreeMap<String, Vec<String>>) -> Result<BTreeMap<String, Vec<String>>> {
    let file = |part: &str| folder.join(part).with_extension("wasm");
    let mut pages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (page, parts) in parts_of {
        for part in parts {
            pages.entry(part).or_default().insert(page.clone());
        }
    }
    let parts = pages.into_iter().map(|(name, pages)| {
        let bytes = fs::metadata(file(&name)).with_context(|| name.clone())?.len();
        Ok(Part { name, pages, bytes })
    });
    let units = units(parts.collect::<Result<_>>()?);
    let mut needed_by = BTreeMap::new();
    for (number, unit) in units.iter().enumerate() {
        let parts: Vec<Vec<u8>> =
            unit.parts.iter().map(|part| fs::read(file(part))).collect::<Result<_, _>>()?;
        let name = loader::file(number);
        fs::write(folder.join(&name), merge(&parts).with_context(|| unit.parts.join(", "))?)?;
        for part in &unit.parts {
            fs::remove_file(file(part))?;
        }
        needed_by.insert(name, unit.pages.iter().map(|page| page_name(page)).collect());
    }
    let linker = folder.join(LINKER);
    fs::write(&linker, loader::of_units(&fs::read_to_string(&linker)?, &units)?)?;
    Ok(needed_by)
}

/// Writes the engine's loader, `engine.js`, and its module to a folder.
///
/// # Errors
/// When the module cannot be read, or was built with another wasm-bindgen.
pub fn make_engine(wasm: &Path, out: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(wasm)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .out_name("engine")
        .generate(out)
        .with_context(|| wasm.display().to_string())?;
    strip_file(&out.join("engine_bg.wasm"))
}

/// Takes the custom sections out of a module.
fn strip_file(path: &Path) -> Result<()> {
    let module = fs::read(path).with_context(|| path.display().to_string())?;
    fs::write(path, strip(&module).with_context(|| path.display().to_string())?)?;
    Ok(())
}

/// Gives what the main module imports short names.
fn shorten_names(folder: &Path) -> Result<()> {
    let (module, loader) = (folder.join(MAIN_MODULE), folder.join(LOADER));
    let (short, renamed) = names::shorten(&fs::read(&module)?, &fs::read_to_string(&loader)?)
        .context("the names of the module's imports")?;
    fs::write(&module, short)?;
    fs::write(&loader, renamed)?;
    Ok(())
}

/// The page whose part of the module this is: `servers_page` is `servers`.
fn page_name(part: &str) -> String {
    part.strip_suffix("_page").unwrap_or(part).to_owned()
}

/// The module without its custom sections: names and the like, up to four fifths of a small part, which no browser
/// needs.
fn strip(module: &[u8]) -> Result<Vec<u8>> {
    let mut stripped = module.get(..8).context("not a WebAssembly module")?.to_vec();
    let mut end = stripped.len();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        let custom = matches!(payload, Payload::CustomSection(_));
        if let Some((_, range)) = payload.as_section() {
            // A section is its number, its length, and the range; the first two are what lies before the range.
            if !custom {
                stripped.extend_from_slice(
                    module.get(end..range.end).context("a section beyond the module's end")?,
                );
            }
            end = range.end;
        }
    }
    Ok(stripped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_after_their_pages() {
        assert_eq!(page_name("servers_page"), "servers");
        assert_eq!(page_name("add"), "add");
    }

    const HEADER: &[u8] = b"\0asm\x01\0\0\0";
    /// A section of one empty function type.
    const TYPES: &[u8] = &[1, 4, 1, 0x60, 0, 0];
    /// A custom section named `x` with one byte.
    const CUSTOM: &[u8] = &[0, 3, 1, b'x', 7];

    #[test]
    fn only_custom_sections_go() {
        let module = [HEADER, CUSTOM, TYPES, CUSTOM].concat();
        assert_eq!(strip(&module).unwrap(), [HEADER, TYPES].concat());
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(strip(b"short").is_err());
        assert!(strip(b"not a module").is_err());
    }
}
