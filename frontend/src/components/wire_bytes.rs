//! The bytes that a value becomes on the wire.

use leptos::prelude::*;

/// How many bytes are shown.
const SHOWN: usize = 96;

/// Bytes in hexadecimal, in groups of four.
#[component]
pub fn WireBytes(
    /// The bytes; `None`: there are none, because Kea refuses the value.
    #[prop(into)]
    bytes: Signal<Option<Vec<u8>>>,
) -> impl IntoView {
    let count = move || match bytes.with(|bytes| bytes.as_ref().map(Vec::len)) {
        None => "nothing: Kea would refuse it".to_owned(),
        Some(1) => "1 byte".to_owned(),
        Some(count) => format!("{count} bytes"),
    };
    let groups = move || {
        bytes.with(|bytes| {
            let shown = bytes.as_deref().unwrap_or_default();
            let shown = shown.get(..SHOWN).unwrap_or(shown);
            shown.chunks(4).map(|group| view! { <span>{hex(group)}</span> }).collect_view()
        })
    };
    let more =
        move || bytes.with(|bytes| bytes.as_ref().is_some_and(|bytes| bytes.len() > SHOWN)).then_some("…");
    let letters = move || {
        let text = bytes.with(|bytes| bytes.as_deref().and_then(readable));
        text.map(|text| view! { <code class="wire-text" data-testid="wire-text">{text}</code> })
    };
    view! {
        <div class="wire" data-testid="wire-bytes">
            <span class="wire-label">"On the wire" <span class="wire-count">{count}</span></span>
            <code class="wire-hex">{groups}{more}</code>
            {letters}
        </div>
    }
}

/// The bytes as letters, a dot for each that is none; `None`: there are not enough letters for that to mean anything.
fn readable(bytes: &[u8]) -> Option<String> {
    let shown = bytes.get(..SHOWN).unwrap_or(bytes);
    let is_letter = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ';
    let letters = shown.iter().filter(|byte| is_letter(byte)).count();
    (letters >= 3 && letters * 2 > shown.len())
        .then(|| shown.iter().map(|byte| if is_letter(byte) { char::from(*byte) } else { '.' }).collect())
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        if !text.is_empty() {
            text.push(' ');
        }
        for digit in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(digit), 16));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{hex, readable};

    #[test]
    fn two_digits_per_byte() {
        assert_eq!(hex(&[0, 10, 255]), "00 0a ff");
        assert_eq!(hex(&[]), "");
    }

    #[test]
    fn text_is_shown_as_text() {
        assert_eq!(readable(b"\x04perch\0").as_deref(), Some(".perch."));
        assert_eq!(readable(&[192, 0, 2, 1]), None);
    }
}
