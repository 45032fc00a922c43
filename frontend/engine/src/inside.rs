//! The class expression inside a configuration at which somebody works.

/// Keys whose value is an expression.
const KEYS: [&str; 2] = ["\"test\"", "\"template-test\""];

/// The expression on a byte's line that holds the byte: where it begins, and its text. One with escapes is left alone,
/// because its bytes are not those of the configuration.
pub fn expression_at(text: &str, byte: usize) -> Option<(usize, &str)> {
    let line_start = text.get(..byte)?.rfind('\n').map_or(0, |at| at + 1);
    let rest = text.get(line_start..)?;
    let line = rest.split('\n').next().unwrap_or(rest);
    let mut from = 0;
    while let Some(key) =
        KEYS.iter().filter_map(|key| Some(from + line.get(from..)?.find(key)? + key.len())).min()
    {
        let value = line.get(key..)?;
        let opening = value.trim_start().strip_prefix(':')?.trim_start();
        let Some(inside) = opening.strip_prefix('"') else {
            from = key;
            continue;
        };
        let start = line.len() - inside.len();
        let expression = inside.split('"').next().unwrap_or(inside);
        let end = start + expression.len();
        if (line_start + start..=line_start + end).contains(&byte) {
            return (!expression.contains('\\')).then_some((line_start + start, expression));
        }
        from = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::expression_at;

    #[test]
    fn only_inside_an_expression() {
        let text = "{\n \"name\": \"a\", \"test\": \"option[1]\", \"template-test\": \"pkt4.mac\" }";
        let at = |word: &str| text.find(word).unwrap();
        assert_eq!(expression_at(text, at("ption[1]")), Some((at("option[1]"), "option[1]")));
        assert_eq!(expression_at(text, at("option[1]") + 9), Some((at("option[1]"), "option[1]")));
        assert_eq!(expression_at(text, at("mac")), Some((at("pkt4"), "pkt4.mac")));
        assert_eq!(expression_at(text, at("name")), None);
        assert_eq!(expression_at(text, text.len()), None);
        assert_eq!(expression_at("\"test\": 1", 8), None);
        assert_eq!(expression_at("\"test\": \"a\\u0041\"", 10), None);
    }
}
