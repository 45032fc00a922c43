//! Sets of bytes, and the ones that have names.

/// 256 bits, one for each byte.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Set([u64; 4]);

impl Set {
    pub(super) fn of(test: impl Fn(u8) -> bool) -> Self {
        let mut set = Self::default();
        (0..=u8::MAX).filter(|byte| test(*byte)).for_each(|byte| set.add(byte));
        set
    }

    pub(super) fn add(&mut self, byte: u8) {
        if let Some(word) = self.0.get_mut(usize::from(byte >> 6)) {
            *word |= 1 << (byte & 63);
        }
    }

    pub(super) fn has(&self, byte: u8) -> bool {
        self.0.get(usize::from(byte >> 6)).is_some_and(|word| word >> (byte & 63) & 1 == 1)
    }

    pub(super) fn join(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(word, other)| *word |= other);
    }

    pub(super) fn invert(&mut self) {
        self.0.iter_mut().for_each(|word| *word = !*word);
    }
}

pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | 9..=13)
}

pub(super) fn class_of(byte: u8) -> Option<Set> {
    Some(match byte {
        b'd' => Set::of(|byte| byte.is_ascii_digit()),
        b'D' => Set::of(|byte| !byte.is_ascii_digit()),
        b'w' => Set::of(is_word),
        b'W' => Set::of(|byte| !is_word(byte)),
        b's' => Set::of(is_space),
        b'S' => Set::of(|byte| !is_space(byte)),
        _ => return None,
    })
}

pub(super) fn posix_class(name: &[u8]) -> Option<Set> {
    let test: fn(u8) -> bool = match name.to_ascii_lowercase().as_slice() {
        b"alnum" => |byte| byte.is_ascii_alphanumeric(),
        b"alpha" => |byte| byte.is_ascii_alphabetic(),
        b"blank" => |byte| matches!(byte, b' ' | b'\t'),
        b"cntrl" => |byte| byte.is_ascii_control(),
        b"d" | b"digit" => |byte| byte.is_ascii_digit(),
        b"graph" => |byte| byte.is_ascii_graphic(),
        b"lower" => |byte| byte.is_ascii_lowercase(),
        b"print" => |byte| (0x20..0x7F).contains(&byte),
        b"punct" => |byte| byte.is_ascii_punctuation(),
        b"s" | b"space" => is_space,
        b"upper" => |byte| byte.is_ascii_uppercase(),
        b"w" => is_word,
        b"xdigit" => |byte| byte.is_ascii_hexdigit(),
        _ => return None,
    };
    Some(Set::of(test))
}
