//! Short names for what the module imports: wasm-bindgen ends each with a hash, which does not compress.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use wasmparser::{Parser, Payload};

/// The beginning of the names that wasm-bindgen makes up.
const PREFIX: &str = "__wbg_";
/// How many letters of a hash end them.
const HASH: usize = 16;
/// The section of a module's imports.
const IMPORTS: u8 = 2;

/// The module and its loader with short names in both: only the loader says them, in the object that it gives the
/// module.
///
/// # Errors
/// When the module cannot be read.
pub fn shorten(module: &[u8], loader: &str) -> Result<(Vec<u8>, String)> {
    let mut names = BTreeMap::new();
    let mut shortened = module.get(..8).context("not a WebAssembly module")?.to_vec();
    let mut end = shortened.len();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        let Some((_, range)) = payload.as_section() else { continue };
        let section = module.get(end..range.end).context("a section beyond the module's end")?;
        end = range.end;
        let Payload::ImportSection(imports) = payload else {
            shortened.extend_from_slice(section);
            continue;
        };
        let mut content = Vec::new();
        number(&mut content, imports.count());
        let imports: Vec<_> = imports.into_imports_with_offsets().collect::<Result<_, _>>()?;
        let ends = imports.iter().skip(1).map(|(offset, _)| *offset).chain([range.end]);
        for ((offset, import), end) in imports.iter().zip(ends) {
            // One import is two texts, each after its length, and what it is.
            let before = [import.module, import.name].map(|text| length(text.len()) + text.len());
            let kind = module.get(offset + before.iter().sum::<usize>()..end).context("an import's end")?;
            text(&mut content, import.module);
            text(&mut content, &short(&mut names, import.name));
            content.extend_from_slice(kind);
        }
        shortened.push(IMPORTS);
        number(&mut shortened, u32::try_from(content.len())?);
        shortened.extend_from_slice(&content);
    }
    Ok((shortened, rename(loader, &names)))
}

/// The short name: letters with a number, where the long one has a hash.
fn short<'a>(names: &mut BTreeMap<&'a str, String>, long: &'a str) -> String {
    if !is_hashed(long) {
        return long.to_owned();
    }
    let next = names.len();
    names.entry(long).or_insert_with(|| format!("i{next}")).clone()
}

fn is_hashed(name: &str) -> bool {
    let hash = name.strip_prefix(PREFIX).and_then(|rest| rest.rsplit('_').next());
    hash.is_some_and(|hash| hash.len() == HASH && hash.bytes().all(|letter| letter.is_ascii_hexdigit()))
}

/// The loader with the short names, whole words only.
fn rename(loader: &str, names: &BTreeMap<&str, String>) -> String {
    let mut renamed = String::with_capacity(loader.len());
    let is_outside = |letter: char| !(letter.is_ascii_alphanumeric() || letter == '_' || letter == '$');
    for piece in loader.split_inclusive(is_outside) {
        let word = piece.trim_end_matches(is_outside);
        renamed.push_str(names.get(word).map_or(word, String::as_str));
        renamed.push_str(piece.strip_prefix(word).unwrap_or_default());
    }
    renamed
}

fn text(to: &mut Vec<u8>, text: &str) {
    // What a module names is shorter than the module, whose lengths are of 32 bits.
    number(to, u32::try_from(text.len()).unwrap_or(u32::MAX));
    to.extend_from_slice(text.as_bytes());
}

/// A number as WebAssembly writes it: seven bits a byte, the lowest first.
fn number(to: &mut Vec<u8>, mut number: u32) {
    while number > 0x7f {
        to.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    to.push(number as u8);
}

/// How many bytes [`number`] takes for a length.
fn length(mut number: usize) -> usize {
    let mut bytes = 1;
    while number > 0x7f {
        number >>= 7;
        bytes += 1;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A function type, and two imported functions: one of wasm-bindgen's and one of somebody's.
    fn module(name: &str) -> Vec<u8> {
        let mut content = vec![2];
        for name in [name, "plain"] {
            text(&mut content, "./app_bg.js");
            text(&mut content, name);
            content.extend([0, 0]);
        }
        let mut module = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02".to_vec();
        number(&mut module, content.len() as u32);
        module.extend(content);
        module
    }

    #[test]
    fn a_name_is_short_in_both() {
        let long = "__wbg_set_method_639e69af35614d36";
        let loader = format!("{{ {long}: f, {long}x: g, plain: h }} // é");
        let (shortened, loader) = shorten(&module(long), &loader).unwrap();
        assert_eq!(shortened, module("i0"));
        assert_eq!(loader, format!("{{ i0: f, {long}x: g, plain: h }} // é"));
    }

    #[test]
    fn other_names_stay() {
        for name in ["__wbg_ptr", "__wbindgen_throw", "__wbg_x_639e69af35614d3g", "set_639e69af35614d36"] {
            let (same, loader) = shorten(&module(name), name).unwrap();
            assert_eq!((same, loader), (module(name), name.to_owned()));
        }
    }

    #[test]
    fn lengths_are_as_long_as_they_are() {
        for long in [0, 127, 128, 16_383, 16_384] {
            let mut written = Vec::new();
            number(&mut written, long as u32);
            assert_eq!(written.len(), length(long));
        }
    }
}
