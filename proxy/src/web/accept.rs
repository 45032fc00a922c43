//! `Accept-Encoding` (RFC 9110, section 12.5.3).

/// An encoding that a file may be stored in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// `br`.
    Brotli,
    /// `gzip`.
    Gzip,
    /// As it is.
    Identity,
}

impl Encoding {
    /// Perch's preference, best first.
    pub const ALL: [Self; 3] = [Self::Brotli, Self::Gzip, Self::Identity];

    /// The name in the headers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }

    /// What is added to a file's name.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
            Self::Identity => "",
        }
    }
}

/// The encodings that the header accepts: by its weights, and where these are equal in Perch's order. Without a
/// header everything is accepted as it is only. A client that refuses everything gets the file as it is.
pub fn accepted(header: Option<&str>) -> Vec<Encoding> {
    let Some(header) = header else { return vec![Encoding::Identity] };
    let mut weighted: Vec<(Encoding, u16)> = Encoding::ALL
        .into_iter()
        .map(|encoding| (encoding, weight(header, encoding)))
        .filter(|(_, weight)| *weight > 0)
        .collect();
    weighted.sort_by_key(|(encoding, weight)| {
        // `identity` without a weight of its own is the fallback, whatever the others weigh.
        (*encoding == Encoding::Identity && named(header, "identity").is_none(), std::cmp::Reverse(*weight))
    });
    let mut encodings: Vec<Encoding> = weighted.into_iter().map(|(encoding, _)| encoding).collect();
    if encodings.is_empty() {
        encodings.push(Encoding::Identity);
    }
    encodings
}

/// A weight in thousandths.
fn weight(header: &str, encoding: Encoding) -> u16 {
    named(header, encoding.name())
        .or_else(|| named(header, "*"))
        .unwrap_or(if encoding == Encoding::Identity { 1 } else { 0 })
}

fn named(header: &str, name: &str) -> Option<u16> {
    header.split(',').find_map(|item| {
        let mut parts = item.split(';').map(str::trim);
        let coding = parts.next()?;
        coding.eq_ignore_ascii_case(name).then(|| parts.find_map(quality).unwrap_or(1000))
    })
}

fn quality(parameter: &str) -> Option<u16> {
    let (name, value) = parameter.split_once('=')?;
    let value: f32 = name.trim().eq_ignore_ascii_case("q").then(|| value.trim().parse().ok()).flatten()?;
    Some((value.clamp(0.0, 1.0) * 1000.0) as u16)
}

#[cfg(test)]
mod tests {
    use super::{Encoding::*, *};

    #[test]
    fn weights_decide_then_perchs_order() {
        let cases: [(Option<&str>, &[Encoding]); 12] = [
            (None, &[Identity]),
            (Some(""), &[Identity]),
            (Some("gzip, deflate, br, zstd"), &[Brotli, Gzip, Identity]),
            (Some("gzip"), &[Gzip, Identity]),
            (Some("GZIP;Q=0.5 , br ; q=0.2"), &[Gzip, Brotli, Identity]),
            (Some("br;q=0, gzip"), &[Gzip, Identity]),
            (Some("*"), &[Brotli, Gzip, Identity]),
            (Some("*;q=0, gzip"), &[Gzip]),
            (Some("identity;q=0, br"), &[Brotli]),
            (Some("identity, br;q=0.5"), &[Identity, Brotli]),
            (Some("*;q=0"), &[Identity]),
            (Some("brotli, x-gzip"), &[Identity]),
        ];
        for (header, expected) in cases {
            assert_eq!(accepted(header), expected, "{header:?}");
        }
    }
}
