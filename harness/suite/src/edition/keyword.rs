//! The keywords of RFC 2119.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A keyword of RFC 2119, in capital letters. The text also writes some of them in small letters, where they are words
/// like any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Keyword {
    /// MUST
    Must,
    /// MUST NOT
    MustNot,
    /// REQUIRED
    Required,
    /// SHALL
    Shall,
    /// SHALL NOT
    ShallNot,
    /// SHOULD
    Should,
    /// SHOULD NOT
    ShouldNot,
    /// RECOMMENDED
    Recommended,
    /// NOT RECOMMENDED
    NotRecommended,
    /// MAY
    May,
    /// OPTIONAL
    Optional,
}

impl Keyword {
    /// All of them, those of two words before those that they begin or end with.
    const ALL: [(&'static str, Self); 11] = [
        ("MUST NOT", Self::MustNot),
        ("SHALL NOT", Self::ShallNot),
        ("SHOULD NOT", Self::ShouldNot),
        ("NOT RECOMMENDED", Self::NotRecommended),
        ("MUST", Self::Must),
        ("REQUIRED", Self::Required),
        ("SHALL", Self::Shall),
        ("SHOULD", Self::Should),
        ("RECOMMENDED", Self::Recommended),
        ("MAY", Self::May),
        ("OPTIONAL", Self::Optional),
    ];

    /// The keywords of a sentence, in order.
    pub fn of(sentence: &str) -> Vec<Self> {
        let words: Vec<&str> = sentence.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let (mut found, mut rest) = (Vec::new(), words.as_slice());
        while !rest.is_empty() {
            let known = Self::ALL.iter().find(|(name, _)| {
                let name: Vec<&str> = name.split(' ').collect();
                rest.starts_with(&name)
            });
            let length = known.map_or(1, |(name, _)| name.split(' ').count());
            found.extend(known.map(|(_, keyword)| *keyword));
            rest = &rest[length..];
        }
        found
    }

    /// Whether whoever does not do it does not conform.
    pub const fn is_absolute(self) -> bool {
        matches!(self, Self::Must | Self::MustNot | Self::Required | Self::Shall | Self::ShallNot)
    }
}

impl fmt::Display for Keyword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::ALL.iter().find(|(_, keyword)| keyword == self).map_or("", |(name, _)| name);
        f.write_str(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_found_in_capital_letters_only() {
        let found = Keyword::of("It MUST NOT, and must not; it SHALL\nor MAY, (OPTIONAL). MUSTARD is NOT RECOMMENDED.");
        let expected = [Keyword::MustNot, Keyword::Shall, Keyword::May, Keyword::Optional, Keyword::NotRecommended];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_keyword_is_shown_as_it_is_written() {
        for (name, keyword) in Keyword::ALL {
            assert_eq!((keyword.to_string().as_str(), Keyword::of(name)), (name, vec![keyword]));
        }
    }
}
