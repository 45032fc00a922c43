//! Sentences in which `backticks` mark code, and indented or fenced lines are snippets.

use super::CopyButton;
use leptos::prelude::*;

/// Shows a text of ours or of the proxy's: what stands in backticks as code, what is fenced by ``` or indented by
/// four blanks as a snippet with a copy button.
pub fn prose(text: &str) -> AnyView {
    parts(text).into_iter().map(show).collect_view().into_any()
}

/// Shows what to do: as [`prose`] does, and a command (code with a blank in it) with a copy button.
pub fn remedy(text: &str) -> AnyView {
    let show = |part| match part {
        Part::Code(code) if code.contains(' ') => {
            view! { <code>{code.clone()}</code> <CopyButton text=code label="Copy the command"/> }.into_any()
        }
        part => show(part),
    };
    parts(text).into_iter().map(show).collect_view().into_any()
}

#[derive(Debug, PartialEq)]
enum Part {
    Words(String),
    Code(String),
    Snippet(String),
}

fn show(part: Part) -> AnyView {
    match part {
        Part::Words(words) => words.into_any(),
        Part::Code(code) => view! { <code>{code}</code> }.into_any(),
        Part::Snippet(code) => snippet(code),
    }
}

fn snippet(code: String) -> AnyView {
    view! {
        <span class="snippet">
            <code>{code.clone()}</code>
            <CopyButton text=code label="Copy"/>
        </span>
    }
    .into_any()
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut block: Vec<&str> = Vec::new();
    let mut fenced = false;
    for line in text.split('\n') {
        let fence = line.trim_start().starts_with("```");
        let indented = line.strip_prefix("    ");
        if fence {
            fenced = !fenced;
        } else if fenced || indented.is_some() {
            block.push(if fenced { line } else { indented.unwrap_or(line) });
            continue;
        }
        close(&mut block, &mut parts);
        if !fence {
            inline(line, &mut parts);
        }
    }
    close(&mut block, &mut parts);
    parts
}

fn close(block: &mut Vec<&str>, parts: &mut Vec<Part>) {
    if !block.is_empty() {
        parts.push(Part::Snippet(std::mem::take(block).join("\n")));
    }
}

fn inline(line: &str, parts: &mut Vec<Part>) {
    if matches!(parts.last(), Some(Part::Words(_) | Part::Code(_))) {
        parts.push(Part::Words(" ".into()));
    }
    for (index, piece) in line.split('`').enumerate() {
        match (index % 2, piece) {
            (_, "") => {}
            (0, words) => parts.push(Part::Words(words.into())),
            (_, code) => parts.push(Part::Code(code.into())),
        }
    }
}

/// A text with a capital letter at its beginning.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::{Part::*, *};

    #[test]
    fn backticks_mark_code() {
        assert_eq!(parts("run `kea` now"), [Words("run ".into()), Code("kea".into()), Words(" now".into())]);
        assert_eq!(parts("plain"), [Words("plain".into())]);
        assert_eq!(parts(""), []);
    }

    #[test]
    fn indented_and_fenced_lines_are_snippets() {
        let expected = [Words("Add:".into()), Snippet("{\n  1\n}".into()), Words("Then reload.".into())];
        assert_eq!(parts("Add:\n    {\n      1\n    }\nThen reload."), expected);
        assert_eq!(parts("Add:\n```json\n{\n  1\n}\n```\nThen reload."), expected);
    }
}
