//! The little Markdown that explanations are written in: headings, paragraphs, lists and code.

use super::prose;
use leptos::prelude::*;

#[derive(Debug, PartialEq)]
enum Block {
    Heading(String),
    Paragraph(String),
    Item(String),
    Code(String),
}

/// Shows a text: lines with `#` are headings, with `-` or `*` items, fenced ones code, others paragraphs.
pub fn markdown(text: &str) -> AnyView {
    let mut shown = Vec::new();
    let mut items = Vec::new();
    for block in blocks(text) {
        if !matches!(block, Block::Item(_)) {
            shown.extend(list(&mut items));
        }
        match block {
            Block::Heading(words) => shown.push(view! { <h2>{words}</h2> }.into_any()),
            Block::Paragraph(words) => shown.push(view! { <p>{prose(&words)}</p> }.into_any()),
            Block::Code(code) => shown.push(view! { <pre tabindex="0"><code>{code}</code></pre> }.into_any()),
            Block::Item(words) => items.push(words),
        }
    }
    shown.extend(list(&mut items));
    shown.into_any()
}

fn list(items: &mut Vec<String>) -> Option<AnyView> {
    let items = std::mem::take(items);
    let shown = |words: String| view! { <li>{prose(&words)}</li> };
    (!items.is_empty())
        .then(|| view! { <ul class="notes">{items.into_iter().map(shown).collect_view()}</ul> }.into_any())
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut code: Option<Vec<&str>> = None;
    let mut open = false;
    for raw in text.lines() {
        // Every line of a doc comment begins with a blank.
        let raw = raw.strip_prefix(' ').unwrap_or(raw);
        let line = raw.trim();
        if line.starts_with("```") {
            open = false;
            code = match code.take() {
                Some(lines) => {
                    blocks.push(Block::Code(lines.join("\n")));
                    None
                }
                None => Some(Vec::new()),
            };
        } else if let Some(lines) = &mut code {
            lines.push(raw);
        } else if line.is_empty() {
            open = false;
        } else if line.starts_with('#') {
            open = false;
            blocks.push(Block::Heading(line.trim_start_matches('#').trim().to_owned()));
        } else if let Some(item) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
            open = true;
            blocks.push(Block::Item(item.to_owned()));
        } else {
            match blocks.last_mut() {
                Some(Block::Paragraph(words) | Block::Item(words)) if open => {
                    words.push(' ');
                    words.push_str(line);
                }
                _ => blocks.push(Block::Paragraph(line.to_owned())),
            }
            open = true;
        }
    }
    blocks.extend(code.map(|lines| Block::Code(lines.join("\n"))));
    blocks
}

#[cfg(test)]
mod tests {
    use super::{Block::*, *};

    #[test]
    fn blocks_are_told_apart() {
        let text = " What it finds,\n on two lines.\n\n ## Why\n - one\n   more\n - two\n ```json\n {\n   1\n }\n ```\n End";
        let expected = [
            Paragraph("What it finds, on two lines.".into()),
            Heading("Why".into()),
            Item("one more".into()),
            Item("two".into()),
            Code("{\n  1\n}".into()),
            Paragraph("End".into()),
        ];
        assert_eq!(blocks(text), expected);
        assert_eq!(blocks(""), []);
    }
}
