//! Everything that can be wrong with an expression's syntax and types, whatever the daemon.

use super::{
    call::{Function, Parameter},
    path::Field,
    span::Span,
    tree::{Operator, Type},
};

/// One thing that is wrong, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub what: What,
    /// The bytes of the expression that are meant.
    pub span: Span,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// There is no expression.
    Empty,
    /// An operand is missing here.
    MissingOperand,
    /// Two operands stand side by side.
    MissingOperator,
    /// Letters that are no word of the language.
    UnknownWord,
    /// A character that the language does not know.
    Stray,
    /// A text in double quotes.
    DoubleQuotes,
    /// A `'` without its end on the line.
    Unterminated,
    /// `(` without its `)`.
    Unclosed,
    /// `)` without its `(`.
    Unopened,
    /// `,` that separates nothing.
    StrayComma,
    /// A word that belongs elsewhere, such as `all` or `hex` as an operand.
    Misplaced,
    /// A function without `(`.
    NoArguments(Function),
    /// Too few or too many arguments; the number that there is.
    ArgumentCount(Function, u32),
    /// An argument that is not what the function wants there.
    Argument(Function, Parameter),
    /// An operand of the other type, which is given.
    Operand(Operator, Type),
    /// `not` of a string.
    NotOfString,
    /// An integer that does not fit 64 bits.
    HugeInteger,
    /// An integer as a string expression beyond 0..4294967295.
    Integer,
    /// An address's shape, but no address.
    Address,
    /// Something in brackets that is no option's name or code.
    OptionCode,
    /// An option code beyond 0..65535.
    OptionCodeRange,
    /// A sub-option by name, where only a number can be.
    SubOptionName,
    /// Something in brackets that is no nesting level.
    NestLevel,
    /// A nesting level beyond -32..31.
    NestLevelRange,
    /// Something in brackets that is neither an enterprise number nor `*`.
    Enterprise,
    /// An enterprise number beyond 0..4294967295.
    EnterpriseRange,
    /// Something in brackets that is no piece's number.
    DataIndex,
    /// A piece's number beyond 0..255.
    DataIndexRange,
    /// `[` is missing behind a path's head.
    MissingBracket,
    /// `]` is missing.
    UnclosedBracket,
    /// A path that ends too early: its `.` and field are missing.
    MissingField(&'static [Field], bool),
    /// A word behind the dot that this head does not have.
    WrongField(&'static [Field], bool),
}
