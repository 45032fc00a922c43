//! The parser's part for paths: `option[…].option[…].hex`, `relay6[0].peeraddr`, `pkt4.mac` …

use super::{
    number::integer,
    parser::Parser,
    path::{self, Field},
    problem::What,
    span::Span,
    token::Token,
    tree::{Code, Kind, Vendor},
};

/// What comes behind a head.
#[derive(Debug, Clone, Copy)]
struct Ends {
    /// The fields right behind it.
    direct: &'static [Field],
    /// Whether `.option[…]` may come between.
    nested: bool,
}

impl Ends {
    const fn fields(direct: &'static [Field]) -> Self {
        Self { direct, nested: false }
    }

    const fn options(direct: &'static [Field]) -> Self {
        Self { direct, nested: true }
    }
}

impl Parser<'_> {
    /// A whole path, from its head to its field.
    pub(super) fn path(&mut self) {
        let first = self.count();
        let head = self.take();
        let start = head.span;
        let done = self.head(head.token, start).and_then(|(kind, ends)| {
            self.leaf(kind, start.to(self.last()));
            self.steps(start, first, ends)
        });
        if done.is_none() {
            self.skip_brackets_and_dots();
            self.node(Kind::Error, start.to(self.last()), first);
        }
    }

    /// What a head is and what may follow; `None` when that is lost.
    fn head(&mut self, token: Token, start: Span) -> Option<(Kind, Ends)> {
        Some(match token {
            Token::Option => (Kind::Option(self.code(start)?), Ends::options(path::OF_OPTION)),
            Token::Relay4 => (Kind::Relay4(self.number_code(start)?), Ends::options(path::OF_OPTION)),
            Token::Relay6 => (Kind::Relay6(self.nest_level(start)?), Ends::options(path::OF_RELAY6)),
            Token::Vendor => match self.vendor()? {
                Vendor::Unselected => (Kind::Vendor(Vendor::Unselected), Ends::fields(path::OF_ANY_VENDOR)),
                vendor => (Kind::Vendor(vendor), Ends::options(path::OF_VENDOR)),
            },
            Token::VendorClass => match self.vendor()? {
                Vendor::Unselected => {
                    (Kind::VendorClass(Vendor::Unselected), Ends::fields(path::OF_ANY_VENDOR))
                }
                vendor => (Kind::VendorClass(vendor), Ends::fields(path::OF_VENDOR_CLASS)),
            },
            Token::Pkt => (Kind::Pkt, Ends::fields(path::OF_PKT)),
            Token::Pkt4 => (Kind::Pkt4, Ends::fields(path::OF_PKT4)),
            _ => (Kind::Pkt6, Ends::fields(path::OF_PKT6)),
        })
    }

    /// `.option[…]` as often as it comes, then the field.
    fn steps(&mut self, start: Span, first: usize, head: Ends) -> Option<()> {
        let mut ends = head;
        loop {
            if self.accept(Token::Dot).is_none() {
                self.problem(What::MissingField(ends.direct, ends.nested), self.behind());
                return None;
            }
            let next = self.peek();
            match next.token {
                Token::Option if ends.nested => {
                    self.take();
                    let code = self.code(next.span)?;
                    self.node(Kind::SubOption(code), start.to(self.last()), first);
                    ends = Ends::options(path::OF_OPTION);
                }
                Token::Field(field) if ends.direct.contains(&field) => {
                    self.take();
                    let kind =
                        if field == Field::Data { Kind::Data(self.piece()?) } else { Kind::Field(field) };
                    self.node(kind, start.to(self.last()), first);
                    return Some(());
                }
                Token::End | Token::Operator(_) | Token::Close | Token::Comma | Token::Open => {
                    self.problem(What::MissingField(ends.direct, ends.nested), self.behind());
                    return None;
                }
                _ => {
                    self.take();
                    self.problem(What::WrongField(ends.direct, ends.nested), next.span);
                    return None;
                }
            }
        }
    }

    /// `[` … `]` around what `read` takes.
    fn bracketed<T>(&mut self, head: Span, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.accept(Token::OpenBracket).is_none() {
            self.problem(What::MissingBracket, head);
            return None;
        }
        let value = read(self)?;
        if self.accept(Token::CloseBracket).is_none() {
            self.problem(What::UnclosedBracket, self.behind());
            return None;
        }
        Some(value)
    }

    /// An integer within `range`; a wrong one is told and taken as `0`.
    fn ranged<T: TryFrom<i64> + Default>(&mut self, missing: What, range: What) -> Option<T> {
        let next = self.peek();
        if next.token != Token::Integer {
            self.problem(missing, next.span);
            return None;
        }
        self.take();
        let value = integer(next.span.of(self.text)).and_then(|value| T::try_from(value).ok());
        if value.is_none() {
            self.problem(range, next.span);
        }
        Some(value.unwrap_or_default())
    }

    /// `[name]` or `[code]`.
    fn code(&mut self, head: Span) -> Option<Code> {
        self.bracketed(head, |parser| {
            if let Some(name) = parser.accept(Token::OptionName) {
                let text = name.span.of(parser.text).trim_end_matches([' ', '\t', '\n']);
                let start = name.span.start as usize;
                return Some(Code::Name(Span::new(start, start + text.len())));
            }
            parser.ranged(What::OptionCode, What::OptionCodeRange).map(Code::Number)
        })
    }

    /// `[code]`
    fn number_code(&mut self, head: Span) -> Option<u16> {
        self.bracketed(head, |parser| {
            if let Some(name) = parser.accept(Token::OptionName) {
                parser.problem(What::SubOptionName, name.span);
                return Some(0);
            }
            parser.ranged(What::OptionCode, What::OptionCodeRange)
        })
    }

    /// `[n]`, -32 to 31.
    fn nest_level(&mut self, head: Span) -> Option<i8> {
        self.bracketed(head, |parser| {
            let span = parser.peek().span;
            let level: i8 = parser.ranged(What::NestLevel, What::NestLevelRange)?;
            if !(-32..=31).contains(&level) {
                parser.problem(What::NestLevelRange, span);
            }
            Some(level)
        })
    }

    /// `[n]` or `[*]`, or nothing.
    fn vendor(&mut self) -> Option<Vendor> {
        if self.peek().token != Token::OpenBracket {
            return Some(Vendor::Unselected);
        }
        self.bracketed(Span::default(), |parser| {
            if parser.accept(Token::Star).is_some() {
                return Some(Vendor::Any);
            }
            parser.ranged(What::Enterprise, What::EnterpriseRange).map(Vendor::Number)
        })
    }

    /// `[n]` behind `data`, or nothing.
    fn piece(&mut self) -> Option<u8> {
        if self.peek().token != Token::OpenBracket {
            return Some(0);
        }
        self.bracketed(Span::default(), |parser| parser.ranged(What::DataIndex, What::DataIndexRange))
    }
}
