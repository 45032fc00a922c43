//! The functions of the language.

use super::tree::Type;
use crate::KeaVersion;

/// What a function wants in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parameter {
    /// A string expression.
    String,
    /// A condition.
    Condition,
    /// A plain integer.
    Integer,
    /// A plain integer or `all`.
    Length,
    /// A regular expression in single quotes.
    Pattern,
    /// A class's name in single quotes.
    ClassName,
}

macro_rules! functions {
    ($($variant:ident $name:literal ($($parameter:ident $label:literal),+) $result:ident $major:literal $minor:literal $patch:literal $does:literal;)+) => {
        /// A function of the language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Function {
            $(#[doc = concat!("`", $name, "`: ", $does)] $variant,)+
        }

        impl Function {
            /// Every function.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its name in the language.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The function of a name.
            pub fn by_name(name: &str) -> Option<Self> {
                Some(match name { $($name => Self::$variant,)+ _ => return None })
            }

            /// What it wants, in order.
            pub const fn parameters(self) -> &'static [Parameter] {
                match self { $(Self::$variant => &[$(Parameter::$parameter),+]),+ }
            }

            /// What its parameters are called, in order.
            pub const fn labels(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($label),+]),+ }
            }

            /// What it gives.
            pub const fn result(self) -> Type {
                match self { $(Self::$variant => Type::$result),+ }
            }

            /// The first Kea that has it; 2.2 stands for all that Perch supports.
            pub const fn since(self) -> KeaVersion {
                match self { $(Self::$variant => KeaVersion::new($major, $minor, $patch)),+ }
            }

            /// What it does, in one line.
            pub const fn does(self) -> &'static str {
                match self { $(Self::$variant => $does),+ }
            }
        }
    };
}

functions! {
    Substring "substring" (String "string", Integer "start", Length "length") String 2 2 0
        "`length` bytes from `start` on; a negative start counts from the end, a negative length goes backwards";
    Split "split" (String "string", String "delimiters", Integer "field") String 2 2 0
        "the field of that number, counted from 1; every byte of `delimiters` separates";
    Concat "concat" (String "first", String "second") String 2 2 0 "both strings, joined";
    Lcase "lcase" (String "string") String 2 5 2 "the string with ASCII letters in lower case";
    Ucase "ucase" (String "string") String 2 5 2 "the string with ASCII letters in upper case";
    IfElse "ifelse" (Condition "condition", String "then", String "else") String 2 2 0
        "one of two strings, as the condition says";
    SIfElse "sifelse" (Condition "condition", String "then", String "else") String 2 7 2
        "as `ifelse`, but both strings are always evaluated";
    HexString "hexstring" (String "string", String "separator") String 2 2 0
        "the bytes as hex digits, with the separator between bytes";
    AddrToText "addrtotext" (String "address") String 2 2 0 "4 or 16 bytes as an address's text";
    Int8ToText "int8totext" (String "number") String 2 2 0 "1 byte as a signed decimal number";
    Int16ToText "int16totext" (String "number") String 2 2 0 "2 bytes as a signed decimal number";
    Int32ToText "int32totext" (String "number") String 2 2 0 "4 bytes as a signed decimal number";
    Uint8ToText "uint8totext" (String "number") String 2 2 0 "1 byte as a decimal number";
    Uint16ToText "uint16totext" (String "number") String 2 2 0 "2 bytes as a decimal number";
    Uint32ToText "uint32totext" (String "number") String 2 2 0 "4 bytes as a decimal number";
    Member "member" (ClassName "class") Condition 2 2 0 "whether the packet already is in the class";
    Match "match" (Pattern "regex", String "string") Condition 2 7 0
        "whether the regular expression matches the whole string";
}
