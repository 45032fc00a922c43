//! What can stand at a place of an expression.

use super::{
    BUILT_IN, Context, Field, Function, Parameter, Purpose, Span, Type, hover,
    lexer::Lexer,
    path,
    token::{Lexeme, Token},
    tree::Operator,
};
use crate::Family;

/// Something that can stand at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What is shown in the list.
    pub label: String,
    /// What it is, in a few words.
    pub detail: String,
    /// The bytes that go.
    pub span: Span,
    /// What comes there.
    pub insert: String,
}

/// What can stand at a byte of the text, the likeliest first. The word that is already there is replaced; it is up to
/// the editor to filter by it.
///
/// ```
/// use perch_shared::{Family, KeaVersion, expr, option::Definitions};
/// let definitions = Definitions::new(Family::V4, KeaVersion::new(3, 0, 4), Vec::new());
/// let context = expr::Context::new(&definitions, expr::Purpose::Test);
/// let labels: Vec<String> = expr::complete("pkt4.m", 6, &context).into_iter().map(|found| found.label).collect();
/// assert!(labels.contains(&"mac".to_owned()));
/// ```
pub fn complete(text: &str, offset: usize, context: &Context<'_>) -> Vec<Completion> {
    let place = Place::find(text, offset);
    let mut list = List { out: Vec::new(), span: place.word, context };
    match place.before.as_slice() {
        [.., Token::Function(Function::Member), Token::Open] => list.classes(),
        [.., head, Token::OpenBracket] => list.brackets(*head, place.before.as_slice()),
        [.., Token::Dot] => list.fields(&place.before),
        [.., last] if ends_operand(*last) => list.operators(&place),
        _ => list.operands(&place),
    }
    list.out
}

fn ends_operand(token: Token) -> bool {
    matches!(
        token,
        Token::Text
            | Token::Hex
            | Token::Integer
            | Token::Address
            | Token::Close
            | Token::CloseBracket
            | Token::Field(_)
            | Token::All
            | Token::Unterminated
    )
}

/// The tokens in front of a place, and the word at it.
struct Place {
    before: Vec<Token>,
    /// The open parentheses: whose they are, and how many arguments are complete.
    open: Vec<(Option<Function>, usize)>,
    word: Span,
}

impl Place {
    fn find(text: &str, offset: usize) -> Self {
        let mut lexer = Lexer::new(text);
        let mut place = Self { before: Vec::new(), open: Vec::new(), word: Span::new(offset, offset) };
        loop {
            let next = lexer.next();
            let (start, end) = (next.span.start as usize, next.span.end as usize);
            if next.token == Token::End || start >= offset {
                return place;
            }
            if end > offset || end == offset && is_word(next) {
                place.word = match next.token {
                    Token::OptionName => {
                        let name = next.span.of(text).trim_end_matches([' ', '\t', '\n']);
                        Span::new(start, start + name.len())
                    }
                    // A quote that is never closed would reach to the end of the line.
                    Token::Unterminated => Span::new(start, offset),
                    _ => next.span,
                };
                return place;
            }
            place.push(next.token);
        }
    }

    fn push(&mut self, token: Token) {
        match token {
            Token::Open => {
                let function = match self.before.last() {
                    Some(Token::Function(function)) => Some(*function),
                    _ => None,
                };
                self.open.push((function, 0));
            }
            Token::Close => {
                self.open.pop();
            }
            Token::Comma => {
                if let Some((_, done)) = self.open.last_mut() {
                    *done += 1;
                }
            }
            _ => {}
        }
        self.before.push(token);
    }

    /// What the innermost function wants here; nothing outside of functions.
    fn parameter(&self) -> Option<Parameter> {
        let (function, done) = self.open.iter().rev().find(|(function, _)| function.is_some())?;
        function.as_ref()?.parameters().get(*done).copied()
    }
}

/// Whether more letters behind it would make another token of it.
fn is_word(lexeme: Lexeme) -> bool {
    matches!(
        lexeme.token,
        Token::UnknownWord
            | Token::OptionName
            | Token::Field(_)
            | Token::Function(_)
            | Token::Option
            | Token::Relay4
            | Token::Relay6
            | Token::Pkt
            | Token::Pkt4
            | Token::Pkt6
            | Token::Vendor
            | Token::VendorClass
            | Token::Not
            | Token::All
            | Token::Unterminated
            | Token::Operator(Operator::And | Operator::Or | Operator::Sand | Operator::Sor)
    )
}

struct List<'a> {
    out: Vec<Completion>,
    span: Span,
    context: &'a Context<'a>,
}

impl List<'_> {
    fn add(&mut self, label: impl Into<String>, insert: impl Into<String>, detail: impl Into<String>) {
        self.out.push(Completion {
            label: label.into(),
            detail: detail.into(),
            span: self.span,
            insert: insert.into(),
        });
    }

    fn word(&mut self, word: &str, detail: &str) {
        self.add(word, word, detail);
    }

    /// Classes that `member()` may name.
    fn classes(&mut self) {
        let own = self.context.classes.into_iter().flatten();
        for name in own {
            if !name.contains('\'') {
                self.add(name.as_ref(), format!("'{name}'"), "a class that is defined further up");
            }
        }
        for name in BUILT_IN {
            self.add(name, format!("'{name}'"), "a built-in class");
        }
    }

    /// What comes into brackets.
    fn brackets(&mut self, head: Token, before: &[Token]) {
        match head {
            Token::Option if !matches!(before, [.., Token::Dot, Token::Option, Token::OpenBracket]) => {
                for definition in self.context.definitions.all() {
                    let detail = format!("{} · {}", definition.code, hover::about_option(&definition));
                    self.add(definition.name.as_str(), definition.name.as_str(), detail);
                }
            }
            Token::Relay4 => {
                for (code, name) in
                    [("1", "circuit-id"), ("2", "remote-id"), ("6", "subscriber-id"), ("5", "link-selection")]
                {
                    self.add(code, code, name);
                }
            }
            Token::Relay6 => {
                self.word("0", "the relay next to the server");
                self.word("-1", "the relay next to the client");
            }
            Token::Vendor | Token::VendorClass => {
                self.word("*", "any vendor");
                self.word("4491", "CableLabs");
            }
            _ => {}
        }
    }

    /// What comes behind a dot.
    fn fields(&mut self, before: &[Token]) {
        let (fields, nested): (&[Field], bool) = match head(before) {
            Some((Token::Pkt, _)) => (path::OF_PKT, false),
            Some((Token::Pkt4, _)) => (path::OF_PKT4, false),
            Some((Token::Pkt6, _)) => (path::OF_PKT6, false),
            Some((Token::Vendor | Token::VendorClass, false)) => (path::OF_ANY_VENDOR, false),
            Some((Token::Vendor, true)) => (path::OF_VENDOR, true),
            Some((Token::VendorClass, true)) => (path::OF_VENDOR_CLASS, false),
            Some((Token::Relay6, _)) => (path::OF_RELAY6, true),
            Some((Token::Option | Token::Relay4, _)) => (path::OF_OPTION, true),
            _ => return,
        };
        for field in fields {
            self.word(field.name(), field.does());
        }
        if nested {
            self.add("option", "option[", "an option inside of it");
        }
    }

    /// What connects the operand in front with another.
    fn operators(&mut self, place: &Place) {
        let is_condition = matches!(place.before.last(), Some(Token::Field(Field::Exists)));
        let strings = [Operator::Equal, Operator::Plus];
        let conditions = [Operator::And, Operator::Or, Operator::Sand, Operator::Sor];
        if !is_condition {
            self.infix(&strings);
        }
        self.infix(&conditions);
        match place.open.last() {
            Some((Some(function), done)) if done + 1 < function.parameters().len() => {
                self.add(",", ", ", hover::signature(*function));
            }
            Some(_) => self.word(")", "closes the parenthesis"),
            None => {}
        }
    }

    fn infix(&mut self, operators: &[Operator]) {
        for operator in operators {
            if operator.since() <= self.context.version() {
                self.add(operator.name(), format!("{} ", operator.name()), hover::about_operator(*operator));
            }
        }
    }

    /// What an operand can be.
    fn operands(&mut self, place: &Place) {
        let wanted = place.parameter();
        let condition = match wanted {
            Some(Parameter::Integer | Parameter::Pattern | Parameter::ClassName) => return,
            Some(Parameter::Length) => return self.word("all", "everything up to the end"),
            Some(Parameter::String) => false,
            Some(Parameter::Condition) => true,
            None => self.context.purpose == Purpose::Test,
        };
        self.heads();
        for function in Function::ALL {
            let fits = condition || function.result() == Type::String;
            if fits && function.since() <= self.context.version() {
                self.add(
                    function.name(),
                    format!("{}(", function.name()),
                    format!("{}: {}", hover::signature(*function), function.does()),
                );
            }
        }
        if condition {
            self.add("not", "not ", "true if the condition behind it is false");
        }
    }

    fn heads(&mut self) {
        let own = match self.context.family() {
            Family::V4 => [(Token::Relay4, "relay4["), (Token::Pkt4, "pkt4.")],
            Family::V6 => [(Token::Relay6, "relay6["), (Token::Pkt6, "pkt6.")],
        };
        let common = [
            (Token::Option, "option["),
            (Token::Pkt, "pkt."),
            (Token::Vendor, "vendor["),
            (Token::VendorClass, "vendor-class["),
        ];
        for (token, insert) in common.into_iter().chain(own) {
            if let Some((title, about)) = hover::about_head(token) {
                let label = insert.trim_end_matches(['[', '.']);
                self.add(label, insert, format!("{title}: {about}"));
            }
        }
    }
}

/// The head of the path that ends with a dot, and whether it has brackets.
fn head(before: &[Token]) -> Option<(Token, bool)> {
    let (_, path) = before.split_last()?;
    if path.last() != Some(&Token::CloseBracket) {
        return path.last().map(|head| (*head, false));
    }
    let open = path.iter().rposition(|token| *token == Token::OpenBracket)?;
    path.get(open.checked_sub(1)?).map(|head| (*head, true))
}
