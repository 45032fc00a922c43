//! Tokens to tree: a shunting yard with its own stack, so that no depth of nesting is too much.

use super::{
    call::{Function, Parameter},
    lexer::Lexer,
    problem::{Problem, What},
    span::Span,
    token::{Lexeme, Token},
    tree::{Kind, Node, Operator, Parsed, Type},
};

/// At most so many problems are told; who has more begins at the top anyway.
const MOST_PROBLEMS: usize = 100;

/// Reads an expression. Never fails: what is wrong is in [`Parsed::problems`], and the tree is of what remains.
///
/// ```
/// let parsed = perch_shared::expr::parse("option[60].text == 'phone'");
/// assert!(parsed.problems().is_empty());
/// let parsed = perch_shared::expr::parse("option[60].txt == 'phone' and");
/// assert_eq!(parsed.problems().len(), 2);
/// ```
pub fn parse(text: &str) -> Parsed<'_> {
    let mut parser = Parser::new(text);
    parser.run();
    parser.problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
    Parsed { text, nodes: parser.nodes, problems: parser.problems }
}

pub(super) struct Parser<'t> {
    pub text: &'t str,
    lexer: Lexer<'t>,
    next: Lexeme,
    /// The end of the token before `next`.
    last: Span,
    nodes: Vec<Node>,
    open: Vec<Frame>,
    /// How many calls are among `open`.
    calls: usize,
    problems: Vec<Problem>,
}

/// What waits for its operand, argument or end.
#[derive(Debug, Clone, Copy)]
struct Frame {
    waits: Waits,
    /// Where it begins.
    span: Span,
    /// How many nodes there were before it.
    nodes: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Waits {
    Not,
    Binary(Operator),
    /// Two operands without an operator.
    Nothing,
    Group,
    /// A function and how many arguments are complete; `None`: a word that is no function.
    Call(Option<Function>, u32),
}

impl Waits {
    fn strength(self) -> Option<u8> {
        match self {
            Self::Not => Some(5),
            Self::Binary(operator) => Some(operator.strength()),
            Self::Nothing => Some(0),
            Self::Group | Self::Call(..) => None,
        }
    }
}

/// What the parser looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Operand,
    Operator,
    Done,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        let mut lexer = Lexer::new(text);
        let next = lexer.next();
        Self {
            text,
            lexer,
            next,
            last: Span::default(),
            nodes: Vec::with_capacity(text.len().min(4096) / 6 + 2),
            open: Vec::new(),
            calls: 0,
            problems: Vec::new(),
        }
    }

    fn run(&mut self) {
        let mut state = State::Operand;
        if self.next.token == Token::End {
            self.problem(What::Empty, self.next.span);
            state = State::Done;
        }
        while state != State::Done {
            state = match state {
                State::Operand => self.operand(),
                _ => self.operator(),
            };
        }
    }

    pub(super) fn problem(&mut self, what: What, span: Span) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Problem { what, span });
        }
    }

    /// The token to come.
    pub(super) fn peek(&self) -> Lexeme {
        self.next
    }

    /// Takes the token to come.
    pub(super) fn take(&mut self) -> Lexeme {
        let taken = std::mem::replace(&mut self.next, self.lexer.next());
        self.last = taken.span;
        taken
    }

    /// Takes the token to come when it is this one.
    pub(super) fn accept(&mut self, token: Token) -> Option<Lexeme> {
        (self.next.token == token).then(|| self.take())
    }

    /// The last token taken.
    pub(super) fn last(&self) -> Span {
        self.last
    }

    /// The place behind the last token.
    pub(super) fn behind(&self) -> Span {
        self.last.behind()
    }

    /// Adds a node over everything from `first` on.
    pub(super) fn node(&mut self, kind: Kind, span: Span, first: usize) {
        let size = u32::try_from(self.nodes.len() + 1 - first.min(self.nodes.len())).unwrap_or(u32::MAX);
        self.nodes.push(Node { kind, span, size });
    }

    /// How many nodes there are.
    pub(super) fn count(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn leaf(&mut self, kind: Kind, span: Span) {
        self.nodes.push(Node { kind, span, size: 1 });
    }

    fn push(&mut self, waits: Waits, span: Span, first: usize) {
        self.open.push(Frame { waits, span, nodes: u32::try_from(first).unwrap_or(u32::MAX) });
    }

    fn operand(&mut self) -> State {
        let Lexeme { token, span } = self.next;
        match token {
            Token::Not => {
                self.take();
                self.push(Waits::Not, span, self.nodes.len());
                return State::Operand;
            }
            Token::Open => {
                self.take();
                self.push(Waits::Group, span, self.nodes.len());
                return State::Operand;
            }
            Token::Function(function) => return self.function(function),
            Token::Text | Token::Hex | Token::Address | Token::Integer | Token::All => self.literal(),
            Token::Option
            | Token::Relay4
            | Token::Relay6
            | Token::Pkt
            | Token::Pkt4
            | Token::Pkt6
            | Token::Vendor
            | Token::VendorClass => self.path(),
            Token::Operator(_) | Token::Close | Token::Comma | Token::End => {
                self.problem(What::MissingOperand, if token == Token::End { self.behind() } else { span });
                self.leaf(Kind::Error, self.behind());
            }
            _ => return self.no_operand(),
        }
        State::Operator
    }

    /// A token that begins nothing: it and its like are skipped.
    fn no_operand(&mut self) -> State {
        let first = self.take();
        let what = match first.token {
            Token::UnknownWord | Token::OptionName => What::UnknownWord,
            Token::Unterminated => What::Unterminated,
            Token::Stray if first.span.of(self.text).starts_with('"') => What::DoubleQuotes,
            Token::Stray => What::Stray,
            _ => What::Misplaced,
        };
        self.problem(what, first.span);
        if first.token == Token::UnknownWord && self.accept(Token::Open).is_some() {
            return self.call(None, first.span);
        }
        self.skip_brackets_and_dots();
        self.leaf(Kind::Error, first.span.to(self.last));
        State::Operator
    }

    /// What follows a wrong word and belongs to it: `[…]` and `.word`.
    pub(super) fn skip_brackets_and_dots(&mut self) {
        loop {
            match self.next.token {
                Token::OpenBracket
                | Token::CloseBracket
                | Token::OptionName
                | Token::Star
                | Token::Dot
                | Token::Field(_) => {}
                Token::Integer if matches!(self.last.of(self.text), "[") => {}
                Token::Option if self.last.of(self.text) == "." => {}
                _ => return,
            }
            self.take();
        }
    }

    fn function(&mut self, function: Function) -> State {
        let name = self.take().span;
        if self.accept(Token::Open).is_none() {
            self.problem(What::NoArguments(function), name);
            self.leaf(Kind::Error, name);
            return State::Operator;
        }
        self.call(Some(function), name)
    }

    /// Goes on behind the `(` of a call.
    fn call(&mut self, function: Option<Function>, name: Span) -> State {
        self.push(Waits::Call(function, 0), name, self.nodes.len());
        self.calls += 1;
        if let Some(close) = self.accept(Token::Close) {
            return self.finish_call(close.span);
        }
        State::Operand
    }

    /// The parameter that the operand to come is all of.
    pub(super) fn parameter(&self) -> Option<Parameter> {
        match self.open.last()?.waits {
            Waits::Call(function, done) => function?.parameters().get(done as usize).copied(),
            _ => None,
        }
    }

    fn operator(&mut self) -> State {
        let Lexeme { token, span } = self.next;
        match token {
            Token::Operator(operator) => {
                self.take();
                self.reduce(operator.strength());
                let first = self.start_of_last();
                self.push(Waits::Binary(operator), span, first);
                State::Operand
            }
            Token::Close => {
                self.take();
                self.reduce(0);
                self.close(span)
            }
            Token::Comma => {
                self.take();
                self.reduce(0);
                self.comma(span)
            }
            Token::End => self.finish(),
            _ => self.no_operator(),
        }
    }

    /// Two operands side by side, or something after an operand that begins nothing.
    fn no_operator(&mut self) -> State {
        let Lexeme { token, span } = self.next;
        let wrong = match token {
            Token::UnknownWord | Token::OptionName => Some(What::UnknownWord),
            Token::Unterminated => Some(What::Unterminated),
            Token::Stray if span.of(self.text).starts_with('"') => Some(What::DoubleQuotes),
            Token::Stray => Some(What::Stray),
            Token::Field(_) | Token::Dot | Token::Star | Token::OpenBracket | Token::CloseBracket => {
                Some(What::Misplaced)
            }
            _ => None,
        };
        let first = match wrong {
            // Most often meant as an operator: an operand may follow.
            Some(what) => {
                self.take();
                self.problem(what, span);
                self.skip_brackets_and_dots();
                if !self.begins_operand() {
                    return State::Operator;
                }
                self.reduce(0);
                self.start_of_last()
            }
            None => {
                self.problem(What::MissingOperator, span);
                self.reduce(0);
                self.start_of_last()
            }
        };
        self.push(Waits::Nothing, span, first);
        State::Operand
    }

    fn begins_operand(&self) -> bool {
        !matches!(
            self.next.token,
            Token::Operator(_)
                | Token::Close
                | Token::Comma
                | Token::End
                | Token::UnknownWord
                | Token::Stray
                | Token::Unterminated
        )
    }

    /// The place of the first node of the last complete operand.
    fn start_of_last(&self) -> usize {
        let size = self.nodes.last().map_or(0, |node| node.size as usize);
        self.nodes.len().saturating_sub(size)
    }

    /// Completes what waits and binds at least as tightly as `strength`.
    fn reduce(&mut self, strength: u8) {
        while let Some(frame) = self.open.last().copied()
            && frame.waits.strength().is_some_and(|own| own >= strength)
        {
            self.open.pop();
            self.complete(frame);
        }
    }

    fn complete(&mut self, frame: Frame) {
        let first = frame.nodes as usize;
        let end = self.nodes.last().map_or(frame.span, |node| node.span);
        let start = match frame.waits {
            Waits::Not => frame.span,
            _ => self.left_span(),
        };
        let kind = match frame.waits {
            Waits::Not => {
                if self.type_of_last() == Type::String {
                    self.problem(What::NotOfString, end);
                }
                Kind::Not
            }
            Waits::Binary(operator) => {
                self.check_operands(operator);
                Kind::Binary(operator)
            }
            _ => Kind::Error,
        };
        self.node(kind, start.to(end), first);
    }

    /// The span of the operand before the last one.
    fn left_span(&self) -> Span {
        let left = self.start_of_last().checked_sub(1).and_then(|left| self.nodes.get(left));
        left.map_or(self.behind(), |node| node.span)
    }

    fn type_at(&self, mut id: usize) -> Type {
        while let Some(node) = self.nodes.get(id) {
            match (node.kind, id.checked_sub(1)) {
                (Kind::Group, Some(child)) => id = child,
                (kind, _) => return kind.result(),
            }
        }
        Type::Unknown
    }

    fn type_of_last(&self) -> Type {
        self.nodes.len().checked_sub(1).map_or(Type::Unknown, |last| self.type_at(last))
    }

    fn check_operands(&mut self, operator: Operator) {
        let Some(right) = self.nodes.len().checked_sub(1) else { return };
        for id in [self.start_of_last().checked_sub(1), Some(right)].into_iter().flatten() {
            let given = self.type_at(id);
            let wrong = matches!(given, Type::Condition | Type::String) && given != operator.operands();
            if wrong && let Some(span) = self.nodes.get(id).map(|node| node.span) {
                self.problem(What::Operand(operator, given), span);
            }
        }
    }

    fn close(&mut self, close: Span) -> State {
        let Some(frame) = self.open.last().copied() else {
            self.problem(What::Unopened, close);
            return State::Operator;
        };
        if frame.waits == Waits::Group {
            self.open.pop();
            self.node(Kind::Group, frame.span.to(close), frame.nodes as usize);
            return State::Operator;
        }
        self.check_argument();
        self.finish_call(close)
    }

    fn comma(&mut self, comma: Span) -> State {
        if self.calls == 0 {
            self.problem(What::StrayComma, comma);
            if matches!(self.next.token, Token::Comma | Token::Close | Token::End) {
                return State::Operator;
            }
            self.push(Waits::Nothing, comma, self.start_of_last());
            return State::Operand;
        }
        self.close_groups();
        self.check_argument();
        if let Some(Frame { waits: Waits::Call(_, done), .. }) = self.open.last_mut() {
            *done += 1;
        }
        State::Operand
    }

    /// Gives up the groups that are open inside of the innermost call.
    fn close_groups(&mut self) {
        while let Some(frame) = self.open.last().copied()
            && frame.waits == Waits::Group
        {
            self.open.pop();
            self.problem(What::Unclosed, frame.span);
            self.node(Kind::Error, frame.span.to(self.last), frame.nodes as usize);
            self.reduce(0);
        }
    }

    /// Whether the last operand is what the innermost call wants in its place.
    fn check_argument(&mut self) {
        let Some(Frame { waits: Waits::Call(Some(function), done), .. }) = self.open.last().copied() else {
            return;
        };
        let Some(parameter) = function.parameters().get(done as usize).copied() else { return };
        let (Some(last), given) = (self.nodes.last().copied(), self.type_of_last()) else { return };
        let fits = match parameter {
            _ if given == Type::Unknown => true,
            Parameter::String => given == Type::String,
            Parameter::Condition => given == Type::Condition,
            Parameter::Integer => matches!(last.kind, Kind::Number(_)),
            Parameter::Length => matches!(last.kind, Kind::Number(_) | Kind::All),
            Parameter::Pattern => last.kind == Kind::Pattern,
            Parameter::ClassName => last.kind == Kind::ClassName,
        };
        if !fits {
            self.problem(What::Argument(function, parameter), last.span);
        }
    }

    fn finish_call(&mut self, close: Span) -> State {
        let Some(Frame { waits: Waits::Call(function, done), span, nodes }) = self.open.pop() else {
            return State::Operator;
        };
        self.calls -= 1;
        let first = nodes as usize;
        let given = done + u32::from(self.nodes.len() > first);
        let kind = match function {
            Some(function) if given as usize == function.parameters().len() => Kind::Call(function),
            Some(function) => {
                self.problem(What::ArgumentCount(function, given), span.to(close));
                Kind::Error
            }
            None => Kind::Error,
        };
        self.node(kind, span.to(close), first);
        State::Operator
    }

    fn finish(&mut self) -> State {
        let mut told = false;
        loop {
            self.reduce(0);
            let Some(frame) = self.open.pop() else { return State::Done };
            if !told {
                self.problem(What::Unclosed, frame.span);
                told = true;
            }
            self.node(Kind::Error, frame.span.to(self.last), frame.nodes as usize);
        }
    }
}
