//! The parser's part for texts, numbers and addresses.

use super::{
    call::Parameter,
    number::integer,
    parser::Parser,
    problem::What,
    span::Span,
    token::{Lexeme, Token},
    tree::Kind,
};

impl Parser<'_> {
    /// The literal to come.
    pub(super) fn literal(&mut self) {
        let Lexeme { token, span } = self.take();
        let parameter = self.parameter();
        let kind = match (token, parameter) {
            (Token::Text, Some(Parameter::ClassName)) => Kind::ClassName,
            (Token::Text, Some(Parameter::Pattern)) => Kind::Pattern,
            (Token::Text, _) => Kind::Text,
            (Token::Hex, _) => Kind::Hex,
            (Token::All, Some(Parameter::Length)) => Kind::All,
            (Token::All, _) => {
                self.problem(What::Misplaced, span);
                Kind::Error
            }
            (Token::Address, _) => self.address(span),
            _ => self.integer(span, parameter),
        };
        self.leaf(kind, span);
    }

    fn address(&mut self, span: Span) -> Kind {
        if span.of(self.text).parse::<std::net::IpAddr>().is_err() {
            self.problem(What::Address, span);
            return Kind::Error;
        }
        Kind::Address
    }

    fn integer(&mut self, span: Span, parameter: Option<Parameter>) -> Kind {
        let what = match (integer(span.of(self.text)), parameter) {
            (None, _) => What::HugeInteger,
            (Some(value), Some(Parameter::Integer | Parameter::Length)) => {
                return Kind::Number(i32::try_from(value).ok());
            }
            (Some(value), _) => match u32::try_from(value) {
                Ok(value) => return Kind::Integer(value),
                Err(_) => What::Integer,
            },
        };
        self.problem(what, span);
        Kind::Error
    }
}
