//! Domain names on the wire and in text, as Kea's DNS library reads and prints them.

/// A name: its labels, without the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    labels: Vec<Vec<u8>>,
}

impl Name {
    /// Reads a name at `at` in `message`; compression pointers may lead to what stands before the name. Gives the
    /// name and the place behind it.
    pub(super) fn read(message: &[u8], start: usize) -> Result<(Self, usize), &'static str> {
        let (mut at, mut end, mut barrier) = (start, None, start);
        let (mut labels, mut length) = (Vec::new(), 0);
        loop {
            let byte = *message.get(at).ok_or("incomplete domain name")?;
            at += 1;
            match byte {
                0 => return Ok((Self { labels }, end.unwrap_or(at))),
                1..=63 => {
                    let label = message.get(at..at + usize::from(byte)).ok_or("incomplete domain name")?;
                    length += label.len() + 1;
                    if length + 1 > 255 {
                        return Err("domain name is longer than 255 bytes");
                    }
                    at += label.len();
                    labels.push(label.to_vec());
                }
                0xC0.. => {
                    let low = *message.get(at).ok_or("incomplete domain name")?;
                    let target = usize::from(byte & 0x3F) << 8 | usize::from(low);
                    if target >= barrier {
                        return Err("bad compression pointer in a domain name");
                    }
                    end.get_or_insert(at + 1);
                    (at, barrier) = (target, target);
                }
                _ => return Err("unknown label type in a domain name"),
            }
        }
    }

    /// Reads a name as text; `\` escapes a character or three digits.
    pub(super) fn parse(text: &[u8]) -> Result<Self, &'static str> {
        if text == b"." {
            return Ok(Self { labels: Vec::new() });
        }
        let (mut labels, mut label, mut length) = (Vec::new(), Vec::new(), 0);
        let mut bytes = text.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            match byte {
                b'.' if label.is_empty() => return Err("empty label in a domain name"),
                b'.' => {
                    length += label.len() + 1;
                    labels.push(std::mem::take(&mut label));
                }
                b'\\' => label.push(escaped(&mut bytes)?),
                _ => label.push(byte),
            }
            if label.len() > 63 {
                return Err("label of a domain name is longer than 63 bytes");
            }
        }
        if !label.is_empty() {
            length += label.len() + 1;
            labels.push(label);
        }
        if length + 1 > 255 { Err("domain name is longer than 255 bytes") } else { Ok(Self { labels }) }
    }

    pub(super) fn lowercase(mut self) -> Self {
        self.labels.iter_mut().for_each(|label| label.make_ascii_lowercase());
        self
    }

    /// The name's wire form, with the root.
    pub(super) fn wire(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for label in &self.labels {
            #[expect(clippy::cast_possible_truncation, reason = "a label has at most 63 bytes")]
            bytes.push(label.len() as u8);
            bytes.extend(label);
        }
        bytes.push(0);
        bytes
    }

    /// The name as text, with a final dot unless `partial`.
    pub(super) fn text(&self, partial: bool) -> String {
        if self.labels.is_empty() {
            return ".".to_owned();
        }
        let labels: Vec<String> = self.labels.iter().map(|label| printed(label)).collect();
        labels.join(".") + if partial { "" } else { "." }
    }
}

fn escaped(bytes: &mut std::iter::Peekable<impl Iterator<Item = u8>>) -> Result<u8, &'static str> {
    const BAD: &str = "bad escape in a domain name";
    let first = bytes.next().ok_or(BAD)?;
    if !first.is_ascii_digit() {
        return if first == b'[' { Err(BAD) } else { Ok(first) };
    }
    let mut value = u32::from(first - b'0');
    for _ in 0..2 {
        let digit = bytes.next().filter(u8::is_ascii_digit).ok_or(BAD)?;
        value = value * 10 + u32::from(digit - b'0');
    }
    u8::try_from(value).map_err(|_| BAD)
}

fn printed(label: &[u8]) -> String {
    let mut text = String::with_capacity(label.len());
    for &byte in label {
        match byte {
            b'"' | b'(' | b')' | b'.' | b';' | b'\\' | b'@' | b'$' => text.extend(['\\', char::from(byte)]),
            0x21..=0x7E => text.push(char::from(byte)),
            _ => text.push_str(&format!("\\{byte:03}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_prints() {
        for (wire, text) in [
            (&b"\x03www\x02eu\x00"[..], "www.eu."),
            (b"\x00", "."),
            (b"\x03a.b\x00", "a\\.b."),
            (b"\x01\xff\x00", "\\255."),
        ] {
            let (name, end) = Name::read(wire, 0).unwrap();
            assert_eq!((name.text(false).as_str(), end), (text, wire.len()));
            assert_eq!(Name::parse(text.as_bytes()).unwrap().wire(), wire);
        }
    }

    #[test]
    fn a_pointer_leads_back_or_nowhere() {
        let message = b"\x02eu\x00\x03www\xc0\x00";
        assert_eq!(Name::read(message, 4).unwrap().0.text(false), "www.eu.");
        for bad in [&b"\xc0\x00"[..], b"\x03www", b"\x40a", b"", b"\x01a\xc0"] {
            assert!(Name::read(bad, 0).is_err(), "{bad:?}");
        }
    }
}
