//! Puts parts of the module into one. They have the same types and the same imports (a global, the table of functions and
//! the memory), export nothing, and call each other through the table: so their functions only move up.

use anyhow::{Context as _, Result, ensure};
use wasm_encoder::{
    CodeSection, DataCountSection, DataSection, ElementSection, FunctionSection, Module, RawSection,
    SectionId,
    reencode::{Error, Reencode},
};
use wasmparser::{Parser, Payload, TypeRef};

/// Moves the numbers of a part's functions and data behind those of the parts before it.
#[derive(Debug, Default)]
struct Behind {
    functions: u32,
    data: u32,
}

impl Reencode for Behind {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Self::Error>> {
        Ok(function + self.functions)
    }

    fn data_index(&mut self, data: u32) -> Result<u32, Error<Self::Error>> {
        Ok(data + self.data)
    }
}

/// What is gathered of all parts.
#[derive(Default)]
struct Whole {
    types: Vec<u8>,
    imports: Vec<u8>,
    functions: FunctionSection,
    elements: ElementSection,
    code: CodeSection,
    data: DataSection,
    counts_data: bool,
    behind: Behind,
}

/// One module that is all of these at once.
///
/// # Errors
/// When one is no module, or has something that the splitter does not give its parts.
pub fn merge(parts: &[Vec<u8>]) -> Result<Vec<u8>> {
    let mut whole = Whole::default();
    for part in parts {
        whole.take(part)?;
    }
    Ok(whole.finish())
}

impl Whole {
    fn take(&mut self, part: &[u8]) -> Result<()> {
        let (mut functions, mut data) = (0, 0);
        for payload in Parser::new(0).parse_all(part) {
            match payload? {
                Payload::TypeSection(section) => same(&mut self.types, part, section.range(), "types")?,
                Payload::ImportSection(section) => {
                    same(&mut self.imports, part, section.range(), "imports")?;
                    for import in section.into_imports() {
                        ensure!(!matches!(import?.ty, TypeRef::Func(_)), "a part imports a function");
                    }
                }
                Payload::FunctionSection(section) => {
                    functions = section.count();
                    for kind in section {
                        self.functions.function(kind?);
                    }
                }
                Payload::ElementSection(section) => {
                    self.behind.parse_element_section(&mut self.elements, section)?;
                }
                Payload::DataCountSection { .. } => self.counts_data = true,
                Payload::CodeSectionEntry(body) => self.behind.parse_function_body(&mut self.code, body)?,
                Payload::DataSection(section) => {
                    data = section.count();
                    self.behind.parse_data_section(&mut self.data, section)?;
                }
                Payload::ExportSection(section) => ensure!(section.count() == 0, "a part exports something"),
                Payload::Version { .. } | Payload::CodeSectionStart { .. } | Payload::End(_) => {}
                other => anyhow::bail!("a part has an unforeseen section: {other:?}"),
            }
        }
        self.behind.functions += functions;
        self.behind.data += data;
        Ok(())
    }

    fn finish(self) -> Vec<u8> {
        let mut module = Module::new();
        module.section(&RawSection { id: SectionId::Type.into(), data: &self.types });
        module.section(&RawSection { id: SectionId::Import.into(), data: &self.imports });
        module.section(&self.functions).section(&self.elements);
        if self.counts_data {
            module.section(&DataCountSection { count: self.behind.data });
        }
        module.section(&self.code).section(&self.data);
        module.finish()
    }
}

/// Takes a section of the first part, and holds those of the others against it.
fn same(kept: &mut Vec<u8>, part: &[u8], range: std::ops::Range<usize>, what: &str) -> Result<()> {
    let section = part.get(range).context("a section beyond the module's end")?;
    if kept.is_empty() {
        section.clone_into(kept);
    }
    ensure!(kept == section, "the parts have different {what}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasmparser::Operator;

    /// A part with two functions: the first calls the second, and both stand in the table from `place` on.
    fn part(place: i32) -> Vec<u8> {
        use wasm_encoder::{
            ConstExpr, Elements, EntityType, Function, ImportSection, RefType, TableType, TypeSection,
        };
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        let table = TableType {
            element_type: RefType::FUNCREF,
            minimum: 9,
            maximum: None,
            table64: false,
            shared: false,
        };
        imports.import("m", "t", EntityType::Table(table));
        let mut functions = FunctionSection::new();
        functions.function(0).function(0);
        let mut elements = ElementSection::new();
        elements.active(None, &ConstExpr::i32_const(place), Elements::Functions([0, 1][..].into()));
        let mut code = CodeSection::new();
        for calls in [true, false] {
            let mut body = Function::new([]);
            if calls {
                body.instructions().call(1);
            }
            body.instructions().end();
            code.function(&body);
        }
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&elements).section(&code);
        module.finish()
    }

    fn calls(module: &[u8]) -> Vec<u32> {
        let mut found = Vec::new();
        for payload in Parser::new(0).parse_all(module) {
            let Payload::CodeSectionEntry(body) = payload.unwrap() else { continue };
            for operator in body.get_operators_reader().unwrap() {
                if let Operator::Call { function_index } = operator.unwrap() {
                    found.push(function_index);
                }
            }
        }
        found
    }

    #[test]
    fn each_part_calls_its_own_functions() {
        let merged = merge(&[part(1), part(5)]).unwrap();
        wasmparser::validate(&merged).unwrap();
        assert_eq!(calls(&merged), [1, 3]);
    }

    #[test]
    fn parts_of_different_splits_are_refused() {
        let other = [&b"\0asm\x01\0\0\0"[..], &[1, 5, 1, 0x60, 1, 0x7f, 0]].concat();
        let error = merge(&[part(1), other]).unwrap_err();
        assert!(error.to_string().contains("different types"), "{error}");
    }
}
