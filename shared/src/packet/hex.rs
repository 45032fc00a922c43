//! Hex digits in every usual spelling.

use super::PacketError;

/// Reads bytes: bare digits, or the lines of `xxd`, `hexdump -C`, `od -tx1` or `tcpdump -x`.
pub(super) fn read(text: &str) -> Result<Vec<u8>, PacketError> {
    let mut bytes = Vec::with_capacity(text.len() / 2);
    let dump = text.lines().filter(|line| !line.trim().is_empty()).any(|line| dump_line(line).is_some());
    let mut pending = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let part = if dump { dump_line(line) } else { Some(0..line.len()) };
        // In a dump, other lines are headings such as tcpdump's.
        if let Some(part) = part {
            let digits = line.get(part.clone()).unwrap_or_default();
            if dump && pending.take().is_some() {
                return Err(PacketError::at(start, "odd number of hex digits before this line"));
            }
            take_digits(digits, start + part.start, &mut bytes, &mut pending)?;
        }
        start += line.len();
    }
    match pending {
        Some((place, _)) => Err(PacketError::at(place, "odd number of hex digits: the last byte is half")),
        None if bytes.is_empty() => Err(PacketError::at(0, "no hex digits")),
        None => Ok(bytes),
    }
}

fn take_digits(
    text: &str,
    start: usize,
    bytes: &mut Vec<u8>,
    pending: &mut Option<(usize, u8)>,
) -> Result<(), PacketError> {
    let mut chars = text.char_indices().peekable();
    let mut fresh = true;
    while let Some((place, c)) = chars.next() {
        if fresh && c == '0' && chars.next_if(|(_, c)| matches!(c, 'x' | 'X')).is_some() {
            fresh = false;
            continue;
        }
        match c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()) {
            Some(digit) => {
                fresh = false;
                match pending.take() {
                    Some((_, high)) => bytes.push(high << 4 | digit),
                    None => *pending = Some((start + place, digit)),
                }
            }
            None if c.is_whitespace()
                || matches!(
                    c,
                    ':' | '-' | ',' | '.' | ';' | '|' | '_' | '"' | '\'' | '\\' | '[' | ']' | '{' | '}'
                ) =>
            {
                fresh = true;
                // `1:2:3` and `0x1, 0x2` write small bytes with one digit.
                if let (Some((_, half)), ':' | ',' | '-') = (*pending, c) {
                    bytes.push(half);
                    *pending = None;
                }
            }
            None if c == 'x' && text.get(..place).is_some_and(|before| before.ends_with('\\')) => (),
            None => return Err(PacketError::at(start + place, format!("`{c}` is not a hex digit"))),
        }
    }
    Ok(())
}

/// Where a dump line has its digits: behind an offset with a colon, or behind one of six digits or more and a blank
/// (`hexdump`, `od`), up to the two blanks or the bar before the text column.
fn dump_line(line: &str) -> Option<std::ops::Range<usize>> {
    let line = line.trim_end();
    let body = line.trim_start();
    let lead = line.len() - body.len();
    let digits = body.strip_prefix("0x").unwrap_or(body).bytes().take_while(u8::is_ascii_hexdigit).count();
    let head = digits + if body.starts_with("0x") { 2 } else { 0 };
    let after = body.get(head..)?;
    let colon = after.starts_with(": ") || after.starts_with(":\t");
    let column = (6..=8).contains(&digits) && after.starts_with(' ');
    if !(colon && digits >= 3 || column) {
        return None;
    }
    let start = head + after.len() - after.trim_start_matches([':', ' ', '\t']).len();
    let data = body.get(start..)?;
    let end = text_column(data);
    Some(lead + start..lead + start + end)
}

/// Where the text column begins: at two blanks after the last group, or at a bar. `hexdump -C` also has two blanks in
/// the middle of its sixteen bytes.
fn text_column(data: &str) -> usize {
    if let Some(bar) = data.find('|') {
        return bar;
    }
    let mut from = 0;
    while let Some(found) = data.get(from..).and_then(|rest| rest.find("  ")) {
        let place = from + found;
        let rest = data.get(place..).unwrap_or_default().trim_start();
        let group = rest.split(' ').next().unwrap_or_default();
        let looks_hex = group.len() == 2 && group.bytes().all(|byte| byte.is_ascii_hexdigit());
        let groups_of_two = data.split(' ').next().is_some_and(|first| first.len() == 2);
        let bytes_before = data.get(..place).unwrap_or_default().split_whitespace().count();
        if !(groups_of_two && looks_hex && bytes_before == 8) {
            return place;
        }
        from = place + 2;
    }
    data.len()
}

/// Bytes as two digits each, sixteen to a line.
pub(super) fn print(bytes: &[u8]) -> String {
    let line = |chunk: &[u8]| chunk.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ");
    bytes.chunks(16).map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_spelling() {
        for text in [
            "0106ab63",
            "01 06 ab 63",
            "01:06:AB:63",
            "1:6:ab:63",
            "0x0106ab63",
            "0x01, 0x06, 0xab, 0x63",
            "0106\nab63\n",
            "\\x01\\x06\\xab\\x63",
            "00000000: 0106 ab63                                ...c\n",
            "00000000  01 06 ab 63                                       |...c|\n00000004\n",
            "0000000 01 06 ab 63\n0000004\n",
            "23:15:01.000000 IP 0.0.0.0.68 > 255.255.255.255.67: UDP, length 4\n\t0x0000:  0106 ab63  ...c\n",
        ] {
            assert_eq!(read(text), Ok(vec![1, 6, 0xAB, 0x63]), "{text:?}");
        }
        let line = "00000000  01 02 03 04 05 06 07 08  09 0a 0b 0c 0d 0e 0f 10  |................|";
        assert_eq!(read(line).unwrap(), (1..=16).collect::<Vec<u8>>());
    }

    #[test]
    fn says_where_it_is_wrong() {
        for (text, offset) in [("", 0), ("01 0g", 4), ("010", 2), ("hello", 0)] {
            assert_eq!(read(text).unwrap_err().offset, Some(offset), "{text:?}");
        }
    }

    #[test]
    fn print_is_read_back() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(read(&print(&bytes)), Ok(bytes));
    }
}
