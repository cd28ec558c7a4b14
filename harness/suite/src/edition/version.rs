//! Versions of the specification, which are semantic versions.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A version such as 1.0.34.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Version([u32; 3]);

/// How much a version is raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Bump {
    /// It stays.
    None,
    /// 1.0.33 to 1.0.34.
    Patch,
    /// 1.0.34 to 1.1.0.
    Minor,
    /// 1.0.34 to 2.0.0.
    Major,
}

impl Version {
    /// How much this version is raised in a later one. `None` if that is not later.
    pub fn bump_to(self, later: Self) -> Option<Bump> {
        let (old, new) = (self.0, later.0);
        match () {
            () if new == old => Some(Bump::None),
            () if new < old => None,
            () if new[0] > old[0] => Some(Bump::Major),
            () if new[1] > old[1] => Some(Bump::Minor),
            () => Some(Bump::Patch),
        }
    }
}

impl FromStr for Version {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("`{text}` is not a version such as 1.0.34");
        let numbers: Vec<u32> = text.split('.').map(str::parse).collect::<Result<_, _>>().map_err(|_| wrong())?;
        numbers.try_into().map(Self).map_err(|_| wrong())
    }
}

impl TryFrom<String> for Version {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.to_string()
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(f, "{major}.{minor}.{patch}")
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bump_is_told_from_two_versions() {
        let bump = |old: &str, new: &str| old.parse::<Version>().unwrap().bump_to(new.parse().unwrap());
        assert_eq!(bump("1.0.33", "1.0.34"), Some(Bump::Patch));
        assert_eq!(bump("1.0.34", "1.1.0"), Some(Bump::Minor));
        assert_eq!(bump("1.9.9", "2.0.0"), Some(Bump::Major));
        assert_eq!(bump("1.0.9", "1.0.10"), Some(Bump::Patch));
        assert_eq!(bump("1.0.34", "1.0.34"), Some(Bump::None));
        assert_eq!(bump("1.1.0", "1.0.34"), None);
    }

    #[test]
    fn what_is_no_version_is_refused() {
        for text in ["", "1.0", "1.0.34.1", "1.0.x", "v1.0.34", "-1.0.0"] {
            assert!(text.parse::<Version>().is_err(), "{text}");
        }
    }
}
