//! Starting something new in the house's own form: the files, a test that fails until the work is done, and every
//! line elsewhere that the new thing needs.

mod draft;
mod endpoint;
mod page;
mod rule;

use anyhow::{Result, bail, ensure};

use crate::{
    command::{self, clean},
    say,
};
use draft::Draft;

/// Makes a new rule, page or endpoint.
///
/// # Errors
/// When the name has another form or is taken, or a file no longer has the place where a line belongs.
pub fn run(kind: &str, name: &str) -> Result<()> {
    let mut draft = Draft::default();
    let next = match kind {
        "rule" => rule::write(&mut draft, &Name::pair(name)?)?,
        "page" => page::write(&mut draft, &Name::single(name)?)?,
        "endpoint" => endpoint::write(&mut draft, &Name::pair(name)?)?,
        _ => bail!("there are: new rule KIND/PROBLEM, new page NAME, new endpoint RESOURCE/ACTION"),
    };
    say::heading("new", &format!("{kind} {name}"));
    for path in draft.save()? {
        say::note(&path);
    }
    command::must(clean("cargo").args(["fmt", "--all"]))?;
    say::note(&format!("\n{next}"));
    Ok(())
}

/// A name of one or two parts, in the forms in which it is needed.
#[derive(Debug, PartialEq, Eq)]
struct Name {
    /// `option-data` of `option-data/duplicate`; empty in a name of one part.
    group: String,
    /// `duplicate` of it.
    item: String,
}

impl Name {
    /// `group/item`.
    fn pair(text: &str) -> Result<Self> {
        let Some((group, item)) = text.split_once('/') else {
            bail!("`{text}`: two words with a slash are needed")
        };
        Ok(Self { group: checked(group)?, item: checked(item)? })
    }

    /// One word.
    fn single(text: &str) -> Result<Self> {
        Ok(Self { group: String::new(), item: checked(text)? })
    }
}

/// A word of small letters, digits and hyphens.
fn checked(word: &str) -> Result<String> {
    let good = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    let starts = word.starts_with(|letter: char| letter.is_ascii_lowercase());
    ensure!(starts && word.chars().all(good), "`{word}`: small letters, digits and hyphens are needed");
    Ok(word.to_owned())
}

/// `option-data` as the name of a module.
fn snake(word: &str) -> String {
    word.replace('-', "_")
}

/// `option-data` as the name of a type.
fn camel(word: &str) -> String {
    let capital = |part: &str| {
        let mut letters = part.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    word.split('-').map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_their_forms() {
        let name = Name::pair("option-data/duplicate").unwrap();
        assert_eq!((name.group.as_str(), name.item.as_str()), ("option-data", "duplicate"));
        assert_eq!(snake("option-data"), "option_data");
        assert_eq!(camel("option-data"), "OptionData");
    }

    #[test]
    fn other_forms_are_refused() {
        for text in ["pool", "Pool/x", "pool/", "pool/x/y", "pool/1", "pool/a_b"] {
            assert!(Name::pair(text).is_err(), "{text}");
        }
        assert!(Name::single("a/b").is_err());
    }
}
