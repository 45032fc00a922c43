//! Puts parts of the module into one. They have the same types, import the table of functions, the memory and, where they
//! need it, a global, export nothing, and call each other through the table: so their functions only move up.

use anyhow::{Context as _, Result, ensure};
use wasm_encoder::{
    CodeSection, DataCountSection, DataSection, ElementSection, FunctionSection, ImportSection, Module,
    RawSection, SectionId,
    reencode::{Error, Reencode},
};
use wasmparser::{Import, Parser, Payload, TypeRef};

/// Moves the numbers of a part's functions, elements and data behind those of the parts before it.
#[derive(Debug, Default)]
struct Behind {
    functions: u32,
    elements: u32,
    data: u32,
}

impl Reencode for Behind {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Self::Error>> {
        Ok(function + self.functions)
    }

    fn element_index(&mut self, element: u32) -> Result<u32, Error<Self::Error>> {
        Ok(element + self.elements)
    }

    fn data_index(&mut self, data: u32) -> Result<u32, Error<Self::Error>> {
        Ok(data + self.data)
    }
}

/// What is gathered of all parts.
#[derive(Default)]
struct Whole<'p> {
    types: Vec<u8>,
    globals: Vec<Import<'p>>,
    tables: Vec<Import<'p>>,
    memories: Vec<Import<'p>>,
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
    whole.finish()
}

impl<'p> Whole<'p> {
    fn take(&mut self, part: &'p [u8]) -> Result<()> {
        let (mut functions, mut elements, mut data) = (0, 0, 0);
        for payload in Parser::new(0).parse_all(part) {
            match payload? {
                Payload::TypeSection(section) => {
                    let types = part.get(section.range()).context("a section beyond the module's end")?;
                    if self.types.is_empty() {
                        types.clone_into(&mut self.types);
                    }
                    ensure!(self.types == types, "the parts have different types");
                }
                Payload::ImportSection(section) => {
                    let all: Vec<Import<'p>> = section.into_imports().collect::<Result<_, _>>()?;
                    let of = |is: fn(&TypeRef) -> bool| all.iter().filter(move |one| is(&one.ty)).copied();
                    longer(&mut self.globals, of(|kind| matches!(kind, TypeRef::Global(_))).collect())?;
                    longer(&mut self.tables, of(|kind| matches!(kind, TypeRef::Table(_))).collect())?;
                    longer(&mut self.memories, of(|kind| matches!(kind, TypeRef::Memory(_))).collect())?;
                    let is_function = |one: &Import<'_>| matches!(one.ty, TypeRef::Func(_));
                    ensure!(!all.iter().any(is_function), "a part imports a function");
                }
                Payload::FunctionSection(section) => {
                    functions = section.count();
                    for kind in section {
                        self.functions.function(kind?);
                    }
                }
                Payload::ElementSection(section) => {
                    elements = section.count();
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
        self.behind.elements += elements;
        self.behind.data += data;
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<u8>> {
        let mut imports = ImportSection::new();
        for one in [&self.globals, &self.tables, &self.memories].into_iter().flatten() {
            imports.import(one.module, one.name, self.behind.entity_type(one.ty)?);
        }
        let mut module = Module::new();
        module.section(&RawSection { id: SectionId::Type.into(), data: &self.types });
        module.section(&imports).section(&self.functions).section(&self.elements);
        if self.counts_data {
            module.section(&DataCountSection { count: self.behind.data });
        }
        module.section(&self.code).section(&self.data);
        Ok(module.finish())
    }
}

/// Takes the imports of one kind of the next part: they keep their numbers when one list begins with the other.
fn longer<'p>(kept: &mut Vec<Import<'p>>, next: Vec<Import<'p>>) -> Result<()> {
    ensure!(kept.starts_with(&next) || next.starts_with(kept), "the parts have different imports");
    if next.len() > kept.len() {
        *kept = next;
    }
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
