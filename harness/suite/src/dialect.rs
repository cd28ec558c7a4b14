//! What an ordinary repository looks like for a client.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The type of a key, with the one signature scheme that section 4.2.2 of the specification pairs it with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeyType {
    /// Ed25519.
    #[default]
    Ed25519,
    /// ECDSA on NIST P-256 with SHA-256.
    Ecdsa,
    /// RSA with PSS and SHA-256.
    Rsa,
}

impl KeyType {
    /// The feature that a client needs for keys of this type.
    pub const fn feature(self) -> &'static str {
        match self {
            Self::Ed25519 => "keytype:ed25519",
            Self::Ecdsa => "keytype:ecdsa",
            Self::Rsa => "keytype:rsa",
        }
    }
}

/// The choices that the specification leaves to every repository. A scenario states only its oddity
/// and takes the rest from the dialect that it is played in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own, as it is written in the file")]
pub struct Dialect {
    /// The name, for `--dialect`.
    pub id: String,
    /// One sentence for `--help` and reports.
    pub summary: String,
    /// The type of keys for which a scenario states none.
    #[serde(default)]
    pub key_type: KeyType,
    /// Whether file names carry versions and digests (section 6.2).
    #[serde(default = "yes")]
    pub consistent_snapshot: bool,
    /// Whether timestamp and snapshot list hashes of the files they describe (section 4.4).
    #[serde(default)]
    pub hashes: bool,
    /// Whether timestamp and snapshot list lengths of the files they describe (section 4.4).
    #[serde(default)]
    pub lengths: bool,
    /// Whether key objects carry the historic member `keyid_hash_algorithms`.
    #[serde(default)]
    pub keyid_hash_algorithms: bool,
    /// The version of the specification that metadata says it was written to (section 4.3).
    #[serde(default = "current_edition")]
    pub spec_version: String,
}

const fn yes() -> bool {
    true
}

/// The edition that this suite is about.
fn current_edition() -> String {
    "1.0.34".to_owned()
}

/// The file of dialects.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DialectFile {
    /// The dialects.
    pub dialect: Vec<Dialect>,
}
