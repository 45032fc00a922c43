//! What is between `[` and `]`.

use super::{Fault, RegexError, names, parser::Reader};

/// What stands in brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    Char(u8),
    Class,
    Dash,
    End,
}

/// What came before, which a `-` may make a range of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Char(u8),
    Class,
}

/// Reads on behind `[`, up to and with `]`.
pub(super) fn read(reader: &mut Reader<'_>, open: usize) -> Result<(), RegexError> {
    reader.accept(b'^');
    let mut before = Before::Nothing;
    let mut first = true;
    loop {
        let start = reader.at;
        match item(reader, open)? {
            Item::End => return Ok(()),
            Item::Char(byte) => before = Before::Char(byte),
            Item::Class => before = Before::Class,
            Item::Dash if first => before = Before::Char(b'-'),
            Item::Dash => {
                if reader.accept(b']') {
                    return Ok(());
                }
                before = dash(reader, open, start, before)?;
            }
        }
        first = false;
    }
}

/// A `-` that is neither the first nor the last.
fn dash(reader: &mut Reader<'_>, open: usize, start: usize, before: Before) -> Result<Before, RegexError> {
    let from = match before {
        Before::Nothing => return Ok(Before::Char(b'-')),
        Before::Class => return Err(reader.fault(start, Fault::RangeOfClass)),
        Before::Char(from) => from,
    };
    // A named character does not end a range.
    let named = reader.rest().starts_with(b"[.");
    let to = match item(reader, open)? {
        Item::Char(to) if !named => to,
        Item::Dash => b'-',
        _ => return Err(reader.fault(start, Fault::RangeOfClass)),
    };
    // Characters are signed in that library.
    if from.cast_signed() > to.cast_signed() {
        return Err(reader.fault(start, Fault::BackwardRange));
    }
    Ok(Before::Nothing)
}

fn item(reader: &mut Reader<'_>, open: usize) -> Result<Item, RegexError> {
    let start = reader.at;
    let Some(byte) = reader.next() else { return Err(reader.fault(open, Fault::UnclosedBracket)) };
    Ok(match byte {
        b'-' => Item::Dash,
        b']' => Item::End,
        b'\\' => match reader.escape(start, true)? {
            super::parser::Escape::Char(byte) => Item::Char(byte),
            super::parser::Escape::Class => Item::Class,
            _ => return Err(reader.fault(start, Fault::InBracket)),
        },
        b'[' => match reader.peek() {
            None => return Err(reader.fault(open, Fault::UnclosedBracket)),
            Some(kind @ (b'.' | b':' | b'=')) => named(reader, start, kind)?,
            Some(_) => Item::Char(b'['),
        },
        byte => Item::Char(byte),
    })
}

/// `[:alpha:]`, `[.space.]`, `[=a=]`, from the sign on.
fn named(reader: &mut Reader<'_>, start: usize, kind: u8) -> Result<Item, RegexError> {
    let what = if kind == b':' { Fault::ClassName } else { Fault::CharacterName };
    reader.next();
    let name = reader.rest();
    let length = name.iter().take_while(|byte| **byte != kind).count();
    let name = name.get(..length).unwrap_or_default();
    reader.at += length + 1;
    if !reader.accept(b']') {
        return Err(reader.fault(start, what));
    }
    match kind {
        b':' if names::is_class(name) => Ok(Item::Class),
        b'.' => names::character(name).map(Item::Char).ok_or_else(|| reader.fault(start, what)),
        b'=' if names::character(name).is_some() => Ok(Item::Class),
        _ => Err(reader.fault(start, what)),
    }
}
