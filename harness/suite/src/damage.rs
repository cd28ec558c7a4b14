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
    /// Puts a folder in its place: what stands there can neither be read as a file nor written to. Written as the plain
    /// string `"folder"`. A file that is removed or replaced later takes the place of the folder.
    Folder,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncate(bytes) => write!(f, "cut off after {bytes} bytes"),
            Self::Corrupt => f.write_str("one character changed"),
            Self::Version(version) => write!(f, "replaced by version {version}"),
            Self::Content(content) => write!(f, "replaced by {content:?}"),
            Self::Remove => f.write_str("removed"),
            Self::Folder => f.write_str("a folder in its place"),
        }
    }
}

/// What is left of a file that the client keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// A file with this content.
    File(Vec<u8>),
    /// Nothing.
    Nothing,
    /// A folder of this name.
    Folder,
}
