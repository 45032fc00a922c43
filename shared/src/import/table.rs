//! Texts with separators as rows of cells: commas, semicolons, tabs or bars, and quotes as RFC 4180 has them.

/// What may stand between cells, the first of those that stand equally often.
const SEPARATORS: [char; 4] = ['\t', ',', ';', '|'];

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The line that it begins in, from 1.
    pub line: usize,
    /// Its cells, without the blanks around them.
    pub cells: Vec<String>,
    /// Whether a quote is not closed.
    pub is_open: bool,
}

/// The rows of a text; those without any text are left out.
pub(super) fn rows(text: &str) -> Vec<Row> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let separator = separator(text);
    let mut all = Vec::new();
    let mut row = Row { line: 1, cells: Vec::new(), is_open: false };
    let (mut line, mut cell, mut quoted) = (1, String::new(), false);
    let mut rest = text.chars().peekable();
    while let Some(next) = rest.next() {
        line += usize::from(next == '\n');
        match next {
            '"' if quoted && rest.peek() == Some(&'"') => {
                rest.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() => {
                cell.clear();
                quoted = true;
            }
            '\n' if !quoted => {
                row.cells.push(std::mem::take(&mut cell));
                let next = Row { line, cells: Vec::new(), is_open: false };
                all.push(std::mem::replace(&mut row, next));
            }
            '\r' if !quoted => {}
            next if next == separator && !quoted => row.cells.push(std::mem::take(&mut cell)),
            next => cell.push(next),
        }
    }
    row.cells.push(cell);
    row.is_open = quoted;
    all.push(row);
    for row in &mut all {
        for cell in &mut row.cells {
            *cell = cell.trim().to_owned();
        }
    }
    all.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    all
}

/// The separator that stands most often in the first line with any text.
fn separator(text: &str) -> char {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut quoted = false;
    let mut counts = SEPARATORS.map(|separator| (0_usize, separator));
    for next in first.chars() {
        quoted ^= next == '"';
        if let Some((count, _)) = counts.iter_mut().find(|(_, separator)| *separator == next && !quoted) {
            *count += 1;
        }
    }
    let most = counts.iter().map(|(count, _)| *count).max().unwrap_or_default();
    counts.into_iter().find(|(count, _)| *count == most).map_or(',', |(_, separator)| separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        rows(text).into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn the_separator_is_found() {
        for text in
            ["a,b;c\n1,2", "a\tb, c\n1\t2", "a;b\n1;2", "\u{feff}a|b\r\n1|2\r\n\r\n", "\"a,x\";b\n1;2"]
        {
            let found = cells(text);
            assert_eq!(found.len(), 2, "{text:?}: {found:?}");
            assert_eq!(found[0].len(), 2, "{text:?}");
            assert_eq!(found[1], ["1", "2"], "{text:?}");
        }
        assert_eq!(cells("one\ntwo"), [["one"], ["two"]]);
    }

    #[test]
    fn quotes_hold_anything() {
        let text = "name, note\n\"a \"\"b\"\"\", \"two\nlines, and a comma\"\n c , d\"e\n";
        let found = rows(text);
        assert_eq!(found[1].cells, ["a \"b\"", "two\nlines, and a comma"]);
        assert_eq!(found[2].cells, ["c", "d\"e"]);
        assert_eq!((found[1].line, found[2].line), (2, 4));
        assert!(found.iter().all(|row| !row.is_open) && rows("a,\"b\nc").iter().any(|row| row.is_open));
    }
}
