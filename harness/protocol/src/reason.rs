//! Why a client refused.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why a client refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Not signed by a threshold of trusted keys.
    Signature,
    /// A version is lower than, or does not equal, what it has to be; or a listed file disappeared.
    Version,
    /// Expired.
    Expired,
    /// A hash does not match.
    Hash,
    /// A length does not match, or a limit was exceeded.
    Length,
    /// Not of the form that the specification gives.
    Format,
    /// A metadata file or a target file could not be fetched.
    NotFound,
    /// No trusted role describes the target.
    UnknownTarget,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Signature => "signature",
            Self::Version => "version",
            Self::Expired => "expired",
            Self::Hash => "hash",
            Self::Length => "length",
            Self::Format => "format",
            Self::NotFound => "not-found",
            Self::UnknownTarget => "unknown-target",
        })
    }
}
