//! The names that POSIX gives to characters and classes.

/// The classes of `[:name:]`, in any case.
const CLASSES: [&str; 15] = [
    "alnum", "alpha", "blank", "cntrl", "d", "digit", "graph", "lower", "print", "punct", "s", "space",
    "upper", "w", "xdigit",
];

/// The characters of `[.name.]` that are not simply letters, by code.
const CHARACTERS: [(u8, &[&str]); 4] = [
    (
        0,
        &[
            "NUL",
            "SOH",
            "STX",
            "ETX",
            "EOT",
            "ENQ",
            "ACK",
            "alert",
            "backspace",
            "tab",
            "newline",
            "vertical-tab",
            "form-feed",
            "carriage-return",
            "SO",
            "SI",
            "DLE",
            "DC1",
            "DC2",
            "DC3",
            "DC4",
            "NAK",
            "SYN",
            "ETB",
            "CAN",
            "EM",
            "SUB",
            "ESC",
            "IS4",
            "IS3",
            "IS2",
            "IS1",
            "space",
            "exclamation-mark",
            "quotation-mark",
            "number-sign",
            "dollar-sign",
            "percent-sign",
            "ampersand",
            "apostrophe",
            "left-parenthesis",
            "right-parenthesis",
            "asterisk",
            "plus-sign",
            "comma",
            "hyphen",
            "period",
            "slash",
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "colon",
            "semicolon",
            "less-than-sign",
            "equals-sign",
            "greater-than-sign",
            "question-mark",
            "commercial-at",
        ],
    ),
    (
        b'[',
        &[
            "left-square-bracket",
            "backslash",
            "right-square-bracket",
            "circumflex",
            "underscore",
            "grave-accent",
        ],
    ),
    (b'{', &["left-curly-bracket", "vertical-line", "right-curly-bracket", "tilde"]),
    (127, &["DEL"]),
];

/// Whether `[:name:]` is a class.
pub(super) fn is_class(name: &[u8]) -> bool {
    CLASSES.iter().any(|class| class.as_bytes().eq_ignore_ascii_case(name))
}

/// The character of `[.name.]`.
pub(super) fn character(name: &[u8]) -> Option<u8> {
    if let [letter] = name
        && letter.is_ascii_alphabetic()
    {
        return Some(*letter);
    }
    CHARACTERS.iter().find_map(|(first, names)| {
        let place = names.iter().position(|other| other.as_bytes() == name)?;
        first.checked_add(u8::try_from(place).ok()?)
    })
}
