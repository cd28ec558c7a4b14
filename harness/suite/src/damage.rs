//! What happens to a file that the client keeps, while the client does nothing.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Damage to the client's own copy of a metadata file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Damage {
    /// Keeps only this many bytes.
    Truncate(usize),
    /// Changes one character of the signed part: the century in which it expires. Written as the plain string
    /// `"corrupt"`.
    Corrupt,
    /// Replaces it by another version that was published.
    Version(u64),
    /// Replaces it by this text.
    Content(String),
    /// Removes it. Written as the plain string `"remove"`.
    Remove,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncate(bytes) => write!(f, "cut off after {bytes} bytes"),
            Self::Corrupt => f.write_str("one character changed"),
            Self::Version(version) => write!(f, "replaced by version {version}"),
            Self::Content(content) => write!(f, "replaced by {content:?}"),
            Self::Remove => f.write_str("removed"),
        }
    }
}

/// What a client is told to do when it is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Kill {
    /// A refresh. The client is killed at the request with this number, from 1, before it is answered.
    RefreshAt(usize),
}
