//! A tree as text: one way to write every expression.

use super::{
    Code, Kind, Node, NodeId, Parsed,
    tree::{Operator, Vendor},
};
use std::fmt::Write;

/// What is still to be written, the next last.
enum Todo {
    Text(&'static str),
    Node(NodeId),
}

/// The expression in its canonical form: single blanks, no superfluous parentheses, digits and addresses as Kea's
/// manual has them. What could not be read stays as it is. The result reads as the same tree.
///
/// ```
/// use perch_shared::expr::{parse, print};
/// assert_eq!(print(&parse("not(option[ 60 ].text=='a')and('b'=='b')")), "not option[60].text == 'a' and 'b' == 'b'");
/// ```
pub fn print(parsed: &Parsed<'_>) -> String {
    parsed.root().map_or_else(String::new, |root| print_node(parsed, root))
}

/// One node with all below it.
pub(super) fn print_node(parsed: &Parsed<'_>, id: NodeId) -> String {
    let mut out = String::with_capacity(parsed.source(id).len() + 16);
    let mut todo = vec![Todo::Node(id)];
    while let Some(next) = todo.pop() {
        match next {
            Todo::Text(text) => out.push_str(text),
            Todo::Node(id) => {
                let id = parsed.inside(id);
                if let Some(node) = parsed.node(id) {
                    write(parsed, id, node, &mut todo, &mut out);
                }
            }
        }
    }
    out
}

fn write(parsed: &Parsed<'_>, id: NodeId, node: &Node, todo: &mut Vec<Todo>, out: &mut String) {
    match node.kind {
        Kind::Not => {
            out.push_str("not ");
            if let Some(child) = parsed.child(id) {
                operand(parsed, child, 5, todo);
            }
        }
        Kind::Binary(operator) => {
            if let Some((left, right)) = parsed.operands(id) {
                operand(parsed, right, operator.strength() + 1, todo);
                todo.push(Todo::Text(spaced(operator)));
                operand(parsed, left, operator.strength(), todo);
            }
        }
        Kind::Call(function) => {
            out.push_str(function.name());
            out.push('(');
            todo.push(Todo::Text(")"));
            for (place, child) in parsed.children(id).enumerate() {
                if place > 0 {
                    todo.push(Todo::Text(", "));
                }
                todo.push(Todo::Node(child));
            }
        }
        Kind::SubOption(_) | Kind::Field(_) | Kind::Data(_) => path(parsed, id, out),
        _ => leaf(parsed, id, node, out),
    }
}

/// An operand, in parentheses where it binds less tightly than what is around it.
fn operand(parsed: &Parsed<'_>, id: NodeId, least: u8, todo: &mut Vec<Todo>) {
    let inside = parsed.inside(id);
    let strength = match parsed.node(inside).map(|node| node.kind) {
        Some(Kind::Not) => 5,
        Some(Kind::Binary(operator)) => operator.strength(),
        _ => u8::MAX,
    };
    if strength < least {
        todo.extend([Todo::Text(")"), Todo::Node(inside), Todo::Text("(")]);
    } else {
        todo.push(Todo::Node(inside));
    }
}

const fn spaced(operator: Operator) -> &'static str {
    match operator {
        Operator::Sor => " sor ",
        Operator::Or => " or ",
        Operator::Sand => " sand ",
        Operator::And => " and ",
        Operator::Equal => " == ",
        Operator::Plus => " + ",
    }
}

/// A path from its head on: its nodes are a row.
fn path(parsed: &Parsed<'_>, id: NodeId, out: &mut String) {
    let size = parsed.node(id).map_or(1, |node| node.size as usize);
    for step in (id + 1).saturating_sub(size)..=id {
        let Some(node) = parsed.node(step) else { continue };
        match node.kind {
            Kind::SubOption(code) => {
                out.push('.');
                option(parsed, code, out);
            }
            Kind::Field(field) => {
                out.push('.');
                out.push_str(field.name());
            }
            Kind::Data(0) => out.push_str(".data"),
            Kind::Data(piece) => put(out, format_args!(".data[{piece}]")),
            _ => leaf(parsed, step, node, out),
        }
    }
}

fn leaf(parsed: &Parsed<'_>, id: NodeId, node: &Node, out: &mut String) {
    let source = parsed.source(id);
    match node.kind {
        Kind::Integer(value) => put(out, format_args!("{value}")),
        Kind::Number(Some(value)) => put(out, format_args!("{value}")),
        Kind::Hex => out.push_str(&source.to_ascii_lowercase()),
        Kind::Address => match source.parse::<std::net::IpAddr>() {
            Ok(address) => put(out, format_args!("{address}")),
            Err(_) => out.push_str(source),
        },
        Kind::Option(code) => option(parsed, code, out),
        Kind::Relay4(code) => put(out, format_args!("relay4[{code}]")),
        Kind::Relay6(level) => put(out, format_args!("relay6[{level}]")),
        Kind::Vendor(vendor) => selected("vendor", vendor, out),
        Kind::VendorClass(vendor) => selected("vendor-class", vendor, out),
        Kind::Pkt => out.push_str("pkt"),
        Kind::Pkt4 => out.push_str("pkt4"),
        Kind::Pkt6 => out.push_str("pkt6"),
        _ => out.push_str(source),
    }
}

fn option(parsed: &Parsed<'_>, code: Code, out: &mut String) {
    match code {
        Code::Number(number) => put(out, format_args!("option[{number}]")),
        Code::Name(span) => put(out, format_args!("option[{}]", span.of(parsed.text()))),
    }
}

fn selected(head: &str, vendor: Vendor, out: &mut String) {
    match vendor {
        Vendor::Unselected => out.push_str(head),
        Vendor::Any => put(out, format_args!("{head}[*]")),
        Vendor::Number(number) => put(out, format_args!("{head}[{number}]")),
    }
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    // INVARIANT: writing to a `String` does not fail.
    let _ = out.write_fmt(text);
}
