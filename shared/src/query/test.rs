//! What a filter asks of a row.

use super::{field::Field, lexer::Sign, line::Line};
use crate::{Family, api::Usage, expr::eval::Regex, net::AddressRange};

/// A question with the answer yes or no.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
    Everything,
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    /// A word somewhere.
    Word(String),
    /// The subnet has an address.
    Has(Family, u128),
    /// The subnet is inside of a prefix, or around it.
    Near(Family, AddressRange),
    Subnet(Where),
    Pool(Where),
    Text(Field, Texts),
    Family(Vec<Family>),
    Number(Field, Sign, Vec<f64>),
}

/// How addresses are compared.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Where {
    /// It is just one of these.
    Is(Vec<Addresses>),
    /// It lies in one of these.
    In(Vec<Addresses>),
    /// It begins before this address or behind it.
    Order(Sign, Family, u128),
    Text(Texts),
    /// There is none.
    Absent,
}

/// Addresses that somebody named.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Addresses {
    One(Family, u128),
    Range(Family, AddressRange),
}

/// How words are compared. All in lower case.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Texts {
    Is(Vec<String>),
    Contains(String),
    Starts(String),
    Ends(String),
    Like(Regex),
}

impl Test {
    pub(super) fn passes(&self, line: &Line, usage: Option<&Usage>) -> bool {
        match self {
            Self::Everything => true,
            Self::All(tests) => tests.iter().all(|test| test.passes(line, usage)),
            Self::Any(tests) => tests.iter().any(|test| test.passes(line, usage)),
            Self::Not(test) => !test.passes(line, usage),
            Self::Word(word) => line.all.contains(word.as_str()),
            Self::Has(family, number) => {
                line.family == *family && line.range.is_some_and(|range| range.contains_number(*number))
            }
            Self::Near(family, other) => {
                let near = |range: AddressRange| other.contains(range) || range.contains(*other);
                line.family == *family && line.range.is_some_and(near)
            }
            Self::Subnet(test) => test.passes(line.family, &line.subnet, line.range),
            Self::Pool(Where::Absent) => line.pools.is_empty(),
            Self::Pool(test) => line.pools.iter().any(|(text, range)| test.passes(line.family, text, *range)),
            Self::Text(field, test) => test.pass(line.texts(*field)),
            Self::Family(families) => families.contains(&line.family),
            Self::Number(field, sign, values) => number(*field, line, usage)
                .is_some_and(|number| values.iter().any(|value| holds(*sign, number, *value))),
        }
    }
}

impl Where {
    fn passes(&self, family: Family, text: &str, range: Option<AddressRange>) -> bool {
        let is = |one: &Addresses| match (*one, range) {
            (Addresses::One(of, number), Some(range)) => of == family && range.contains_number(number),
            (Addresses::Range(of, other), Some(range)) => of == family && range == other,
            (_, None) => false,
        };
        let is_in = |one: &Addresses| match (*one, range) {
            (Addresses::One(of, number), Some(range)) => of == family && range.contains_number(number),
            (Addresses::Range(of, other), Some(range)) => of == family && other.contains(range),
            (_, None) => false,
        };
        match self {
            Self::Is(all) => all.iter().any(is),
            Self::In(all) => all.iter().any(is_in),
            Self::Order(sign, of, number) => {
                let before = |range: AddressRange| match sign {
                    Sign::Less => range.numbers().0 < *number,
                    Sign::LessOrEqual => range.numbers().0 <= *number,
                    Sign::Greater => range.numbers().0 > *number,
                    _ => range.numbers().0 >= *number,
                };
                *of == family && range.is_some_and(before)
            }
            Self::Text(test) => test.passes(text),
            Self::Absent => false,
        }
    }
}

impl Texts {
    /// Whether one of the texts passes; where there is none, whether nothing does.
    fn pass(&self, texts: &[String]) -> bool {
        if texts.is_empty() { self.passes("") } else { texts.iter().any(|text| self.passes(text)) }
    }

    fn passes(&self, text: &str) -> bool {
        match self {
            Self::Is(all) => all.iter().any(|one| one == text),
            Self::Contains(part) => text.contains(part.as_str()),
            Self::Starts(part) => text.starts_with(part.as_str()),
            Self::Ends(part) => text.ends_with(part.as_str()),
            Self::Like(regex) => regex.matches(text.as_bytes()).unwrap_or(false),
        }
    }
}

fn number(field: Field, line: &Line, usage: Option<&Usage>) -> Option<f64> {
    match field {
        Field::Id => Some(line.id),
        Field::Reservations => Some(line.reservations),
        Field::Free => usage.map(Usage::free),
        Field::Total => usage.map(|usage| usage.total),
        Field::Used => usage.and_then(Usage::fullness).map(|part| part * 100.0),
        _ => None,
    }
}

fn holds(sign: Sign, number: f64, value: f64) -> bool {
    match sign {
        Sign::Less => number < value,
        Sign::LessOrEqual => number <= value,
        Sign::Greater => number > value,
        Sign::GreaterOrEqual => number >= value,
        _ => (number - value).abs() < 1e-9,
    }
}
