//! The JavaScript that loads units: the splitter's own, with its hundreds of parts taken out and the units put in.

use std::fmt::Write as _;

use anyhow::{Context as _, Result};

use crate::units::Unit;

/// Where the splitter begins to list its parts.
const LIST: &str = "\n/* ";

/// The addresses that people come to first, and their pages: their units are asked for while the module is still on its
/// way.
const AHEAD: [(&str, &str); 3] =
    [("/", "overview_page"), ("/networks", "networks_page"), ("/servers", "servers_page")];

/// The loader of the units, from that of the parts.
///
/// # Errors
/// When the splitter writes another one than it did.
pub fn of_units(parts: &str, units: &[Unit]) -> Result<String> {
    let (runtime, list) = parts.split_once(LIST).context("the splitter's loader lists no parts")?;
    let needed = |page: &str| -> Vec<String> {
        let of_page = units.iter().enumerate().filter(|(_, unit)| unit.pages.contains(page));
        of_page.map(|(number, _)| number.to_string()).collect()
    };
    let mut text = format!("{runtime}\n{FETCH}");
    let first = AHEAD.map(|(address, page)| format!("\"{address}\": [{}]", needed(page).join(", ")));
    writeln!(
        text,
        "({{ {} }})[location.pathname]?.forEach(number => ahead.set(number, ask(number)));",
        first.join(", ")
    )?;
    writeln!(text, "const u = Array.from({{ length: {} }}, (_, number) => unit(number));", units.len())?;
    for page in pages(list) {
        let all: Vec<String> = needed(page).iter().map(|number| format!("u[{number}]")).collect();
        writeln!(
            text,
            "export const __wasm_split_load_{page} = wrapAsyncCb(makeLoad(() => async () => ({{}}), [{}]));",
            all.join(", ")
        )?;
    }
    Ok(text)
}

/// Asking for a unit: once ahead of time, and again whenever that did not bring it.
const FETCH: &str = r#"const ahead = new Map();
const ask = number => {
    const file = fetch(new URL(`./unit_${number}.wasm`, import.meta.url));
    file.catch(() => {});
    return file;
};
const unit = number => makeLoad(() => {
    const file = ahead.get(number) ?? ask(number);
    ahead.delete(number);
    return imports => WebAssembly.instantiateStreaming(file, imports);
}, []);
"#;

/// The file of a unit.
pub fn file(number: usize) -> String {
    format!("unit_{number}.wasm")
}

/// The pages whose loaders the splitter wrote.
fn pages(list: &str) -> impl Iterator<Item = &str> {
    list.split("export const __wasm_split_load_")
        .skip(1)
        .filter_map(|rest| rest.split_once(" = "))
        .map(|(page, _)| page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Part, units};

    const SPLIT: &str = "function makeLoad() {}\n/* a_page, b_page */\nconst __chunk_0 = makeLoad(() => {}, []);\n\
        export const __wasm_split_load_b_page = wrapAsyncCb(makeLoad(() => {}, [__chunk_0]));\n\
        export const __wasm_split_load_a_page = wrapAsyncCb(makeLoad(() => {}, [__chunk_0]));\n";

    #[test]
    fn every_page_loads_its_units() {
        let pages = ["a_page".to_owned(), "b_page".to_owned()].into();
        let units = units(vec![Part { name: "chunk_0".into(), pages, bytes: 9 }]);
        let text = of_units(SPLIT, &units).unwrap();
        assert!(text.starts_with("function makeLoad() {}\nconst ahead = "), "{text}");
        assert!(text.contains("length: 1 }") && !text.contains("chunk"), "{text}");
        for page in ["a", "b"] {
            let line = format!(
                "__wasm_split_load_{page}_page = wrapAsyncCb(makeLoad(() => async () => ({{}}), [u[0]]))"
            );
            assert!(text.contains(&line), "{text}");
        }
    }

    #[test]
    fn another_loader_is_refused() {
        assert!(of_units("export default 1;", &[]).is_err());
    }
}
