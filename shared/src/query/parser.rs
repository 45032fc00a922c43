//! Reads a filter.

use super::{
    QueryError,
    field::{Field, Kind as FieldKind},
    lexer::{Kind, Sign, Token, tokens},
    test::{Addresses, Test, Texts, Where},
};
use crate::{
    Family,
    expr::{eval::Regex, nearest},
    net::{AddressRange, Prefix, parse_address},
};
use std::ops::Range;

/// How deep parentheses may stand in each other.
const MAX_DEPTH: usize = 50;

/// Reads a text.
pub(super) fn parse(text: &str) -> Result<Test, QueryError> {
    let tokens = tokens(text);
    if let Some(open) = tokens.iter().find(|token| matches!(token.kind, Kind::Quoted(_, false))) {
        return Err(error(
            &open.at,
            "this quote is not closed",
            "Write the same quote at the end of the text.",
        ));
    }
    let mut parser = Parser { tokens: &tokens, at: 0, end: text.len() };
    if tokens.is_empty() {
        return Ok(Test::Everything);
    }
    let test = parser.any(0)?;
    match parser.peek() {
        None => Ok(test),
        Some(token) if token.kind == Kind::Close => {
            Err(error(&token.at, "this `)` closes nothing", "Take it out, or write `(` before."))
        }
        Some(token) => Err(error(&token.at, "this does not belong here", EXAMPLE)),
    }
}

const EXAMPLE: &str = "A condition is a field, a comparison and a value: `free<10`.";

struct Parser<'t> {
    tokens: &'t [Token<'t>],
    at: usize,
    /// Where the text ends.
    end: usize,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t Token<'t>> {
        self.tokens.get(self.at)
    }

    fn after(&self) -> Option<&'t Token<'t>> {
        self.tokens.get(self.at + 1)
    }

    fn skip(&mut self, keyword: &str) -> bool {
        let found = self.peek().is_some_and(|token| token.is(keyword));
        self.at += usize::from(found);
        found
    }

    fn any(&mut self, depth: usize) -> Result<Test, QueryError> {
        let mut tests = vec![self.all(depth)?];
        while self.skip("or") {
            tests.push(self.all(depth)?);
        }
        Ok(one_or(tests, Test::Any))
    }

    fn all(&mut self, depth: usize) -> Result<Test, QueryError> {
        let mut tests = vec![self.one(depth)?];
        loop {
            let ends = |token: &Token<'_>| token.is("or") || matches!(token.kind, Kind::Close | Kind::Comma);
            if !self.skip("and") && self.peek().is_none_or(ends) {
                return Ok(one_or(tests, Test::All));
            }
            tests.push(self.one(depth)?);
        }
    }

    fn one(&mut self, depth: usize) -> Result<Test, QueryError> {
        let mut turned = false;
        while self.skip("not") {
            turned = !turned;
        }
        let test = self.plain(depth)?;
        Ok(if turned { Test::Not(Box::new(test)) } else { test })
    }

    fn plain(&mut self, depth: usize) -> Result<Test, QueryError> {
        let Some(token) = self.peek() else {
            return Err(error(
                &(self.end..self.end),
                "something is missing at the end",
                "Write a word or a condition.",
            ));
        };
        match token.kind {
            Kind::Open if depth >= MAX_DEPTH => {
                Err(error(&token.at, "too many parentheses stand in each other", "Write it with fewer."))
            }
            Kind::Open => {
                self.at += 1;
                let test = self.any(depth + 1)?;
                if self.peek().is_some_and(|token| token.kind == Kind::Close) {
                    self.at += 1;
                    return Ok(test);
                }
                Err(error(&token.at, "this `(` is not closed", "Write `)` where it ends."))
            }
            Kind::Quoted(text, _) => {
                self.at += 1;
                Ok(Test::Word(text.to_lowercase()))
            }
            Kind::Word(word) if token.is("and") || token.is("or") => Err(error(
                &token.at,
                format!("before this `{word}` something is missing"),
                format!("Write a condition before it; to look for the word, write \"{word}\"."),
            )),
            Kind::Word(word) => self.word_or_condition(token, word),
            _ => Err(error(&token.at, "a field's name is missing here", EXAMPLE)),
        }
    }

    fn word_or_condition(&mut self, token: &Token<'_>, word: &str) -> Result<Test, QueryError> {
        let field = Field::named(word);
        let next = self.after();
        let compared = next.is_some_and(|next| matches!(next.kind, Kind::Sign(..)));
        let listed = next.is_some_and(|next| next.is("in"))
            || (field.is_some()
                && next.is_some_and(|next| next.is("not"))
                && self.tokens.get(self.at + 2).is_some_and(|token| token.is("in")));
        match field {
            Some(field) if compared => self.comparison(field),
            Some(field) if listed => self.list(field),
            None if compared => Err(no_field(token, word)),
            _ => {
                self.at += 1;
                Ok(free(word))
            }
        }
    }

    fn comparison(&mut self, field: Field) -> Result<Test, QueryError> {
        let Some(sign_token) = self.after() else { return Ok(Test::Everything) };
        let Kind::Sign(sign, turned) = sign_token.kind else { return Ok(Test::Everything) };
        self.at += 2;
        let value = self.value(sign_token)?;
        let test = compare(field, sign, &sign_token.at, &value)?;
        Ok(if turned { Test::Not(Box::new(test)) } else { test })
    }

    /// `in`, and one value or several in parentheses.
    fn list(&mut self, field: Field) -> Result<Test, QueryError> {
        self.at += 1;
        let turned = self.skip("not");
        let Some(word) = self.peek() else { return Ok(Test::Everything) };
        self.at += 1;
        let mut values = Vec::new();
        match self.peek() {
            Some(open) if open.kind == Kind::Open => {
                self.at += 1;
                loop {
                    values.push(self.value(open)?);
                    let next = self.peek();
                    self.at += 1;
                    match next.map(|next| next.kind) {
                        Some(Kind::Comma) => {}
                        Some(Kind::Close) => break,
                        _ => {
                            let help = "Write commas between the values and `)` behind the last one.";
                            return Err(error(&open.at, "this list is not closed", help));
                        }
                    }
                }
            }
            _ => values.push(self.value(word)?),
        }
        let test = listed(field, &values)?;
        Ok(if turned { Test::Not(Box::new(test)) } else { test })
    }

    fn value(&mut self, before: &Token<'_>) -> Result<Value<'t>, QueryError> {
        match self.peek() {
            Some(Token { kind: Kind::Word(text) | Kind::Quoted(text, _), at }) => {
                self.at += 1;
                Ok(Value { text, at: at.clone() })
            }
            _ => Err(error(&before.at, "a value is missing behind this", EXAMPLE)),
        }
    }
}

/// A value and where it stands.
struct Value<'t> {
    text: &'t str,
    at: Range<usize>,
}

fn one_or(mut tests: Vec<Test>, many: fn(Vec<Test>) -> Test) -> Test {
    if tests.len() == 1 { tests.remove(0) } else { many(tests) }
}

/// A word by itself: an address, a prefix, or a part of whatever is written about a subnet.
fn free(word: &str) -> Test {
    match addresses(word, false) {
        Some(Addresses::One(family, number)) => Test::Has(family, number),
        Some(Addresses::Range(family, range)) => Test::Near(family, range),
        None => Test::Word(word.to_lowercase()),
    }
}

/// An address, a prefix, or, of a pool, a range.
fn addresses(text: &str, ranges: bool) -> Option<Addresses> {
    Family::ALL.into_iter().find_map(|family| {
        if let Some(number) = parse_address(family, text) {
            return Some(Addresses::One(family, number));
        }
        if let Ok(prefix) = Prefix::parse(family, text) {
            return Some(Addresses::Range(family, prefix.range()));
        }
        let range = AddressRange::parse(family, text).ok().filter(|_| ranges)?;
        Some(Addresses::Range(family, range))
    })
}

fn compare(field: Field, sign: Sign, sign_at: &Range<usize>, value: &Value<'_>) -> Result<Test, QueryError> {
    let name = field.name();
    let text = || texts(sign, value);
    match field.kind() {
        FieldKind::Text => match text()? {
            Some(test) => Ok(Test::Text(field, test)),
            None => {
                let help =
                    "Of words, use = != =@ (contains) =^ (begins) =$ (ends) =~ (regular expression) or in.";
                Err(error(sign_at, format!("`{name}` has no order"), help))
            }
        },
        FieldKind::Addresses => {
            let test = match (sign, text()?) {
                (Sign::Equal, _) if value.text.is_empty() => Where::Absent,
                (Sign::Equal, _) => Where::Is(vec![place(field, value)?]),
                (_, Some(test)) => Where::Text(test),
                (_, None) => match place(field, value)? {
                    Addresses::One(family, number) => Where::Order(sign, family, number),
                    Addresses::Range(family, range) => Where::Order(sign, family, range.numbers().0),
                },
            };
            Ok(if field == Field::Pool { Test::Pool(test) } else { Test::Subnet(test) })
        }
        FieldKind::Family if sign == Sign::Equal => Ok(Test::Family(vec![family(value)?])),
        FieldKind::Family => {
            Err(error(sign_at, "`family` is one or the other", "Write `family=dhcp4` or `family!=dhcp4`."))
        }
        FieldKind::Number if matches!(sign, Sign::Contains | Sign::Starts | Sign::Ends | Sign::Like) => {
            let help = "Of numbers, use = != < <= > >= or in.";
            Err(error(sign_at, format!("`{name}` is a number"), help))
        }
        FieldKind::Number => Ok(Test::Number(field, sign, vec![number(field, value)?])),
    }
}

fn listed(field: Field, values: &[Value<'_>]) -> Result<Test, QueryError> {
    Ok(match field.kind() {
        FieldKind::Text => {
            Test::Text(field, Texts::Is(values.iter().map(|value| value.text.to_lowercase()).collect()))
        }
        FieldKind::Addresses => {
            let places: Result<Vec<Addresses>, QueryError> =
                values.iter().map(|value| place(field, value)).collect();
            let test = Where::In(places?);
            if field == Field::Pool { Test::Pool(test) } else { Test::Subnet(test) }
        }
        FieldKind::Family => Test::Family(values.iter().map(family).collect::<Result<_, _>>()?),
        FieldKind::Number => {
            let numbers: Result<Vec<f64>, QueryError> =
                values.iter().map(|value| number(field, value)).collect();
            Test::Number(field, Sign::Equal, numbers?)
        }
    })
}

/// The comparison of words; `None`: the sign is about order.
fn texts(sign: Sign, value: &Value<'_>) -> Result<Option<Texts>, QueryError> {
    let text = value.text.to_lowercase();
    Ok(Some(match sign {
        Sign::Equal => Texts::Is(vec![text]),
        Sign::Contains => Texts::Contains(text),
        Sign::Starts => Texts::Starts(text),
        Sign::Ends => Texts::Ends(text),
        Sign::Like => Texts::Like(regex(value)?),
        Sign::Less | Sign::LessOrEqual | Sign::Greater | Sign::GreaterOrEqual => return Ok(None),
    }))
}

/// A regular expression that may match anywhere, whatever the case of its letters.
fn regex(value: &Value<'_>) -> Result<Regex, QueryError> {
    let mut pattern = String::with_capacity(value.text.len() + 10);
    let mut escaped = false;
    for letter in value.text.chars() {
        if escaped {
            pattern.push(letter);
        } else {
            pattern.extend(letter.to_lowercase());
        }
        escaped = letter == '\\' && !escaped;
    }
    Regex::new(&format!(".*(?:{pattern}).*")).map_err(|why| {
        let help = "Write it as POSIX does, such as `\"^(voice|data)-[0-9]+$\"`; quotes keep it together.";
        error(&value.at, format!("this is no regular expression: {why}"), help)
    })
}

fn place(field: Field, value: &Value<'_>) -> Result<Addresses, QueryError> {
    addresses(value.text, field == Field::Pool).ok_or_else(|| {
        let (name, text) = (field.name(), value.text);
        let help =
            format!("Write one such as `192.0.2.0/24`; for a part of the text, write `{name}=^{text}`.");
        error(&value.at, format!("`{text}` is neither an address nor a prefix"), help)
    })
}

fn family(value: &Value<'_>) -> Result<Family, QueryError> {
    match value.text.to_ascii_lowercase().as_str() {
        "dhcp4" | "dhcpv4" | "ipv4" | "v4" | "4" => Ok(Family::V4),
        "dhcp6" | "dhcpv6" | "ipv6" | "v6" | "6" => Ok(Family::V6),
        other => Err(error(&value.at, format!("`{other}` is no family"), "Write `dhcp4` or `dhcp6`.")),
    }
}

fn number(field: Field, value: &Value<'_>) -> Result<f64, QueryError> {
    let text = value.text.strip_suffix('%').unwrap_or(value.text);
    text.parse().ok().filter(|number: &f64| number.is_finite()).ok_or_else(|| {
        let help = if field == Field::Used {
            "Write a percentage such as `80`."
        } else {
            "Write a number such as `10`."
        };
        error(&value.at, format!("`{}` is no number", value.text), help)
    })
}

fn no_field(token: &Token<'_>, word: &str) -> QueryError {
    let help = match nearest(word, Field::ALL.into_iter().map(Field::name)) {
        Some(meant) => format!("Did you mean `{meant}`?"),
        None => format!("Fields are {}.", Field::ALL.map(Field::name).join(", ")),
    };
    error(&token.at, format!("no field is called `{word}`"), help)
}

fn error(at: &Range<usize>, message: impl Into<String>, help: impl Into<String>) -> QueryError {
    QueryError { at: at.clone(), message: message.into(), help: help.into() }
}
