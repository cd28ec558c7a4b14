//! Who a client is, as it says itself.

use std::collections::BTreeSet;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What `initialize` is answered with: who the client under test is, and what it can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Introduction {
    /// The version of the protocol that it speaks.
    pub protocol: u32,
    /// The name of the client, not of the adapter.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The language that it is written in.
    pub language: String,
    /// Where it is developed.
    pub homepage: String,
    /// Where a bug is told to those who can mend it.
    pub issue_tracker: String,
    /// The features that it claims, by their ids in the register, without key types.
    pub features: BTreeSet<String>,
    /// The types of keys whose signatures it can verify.
    pub key_types: BTreeSet<KeyType>,
    /// Whether it takes the current time from requests.
    pub clock: bool,
    /// What an ordinary repository has to look like for it, by the id of the dialect.
    pub dialect: String,
}

/// A type of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeyType {
    /// ECDSA over P-256.
    Ecdsa,
    /// Ed25519.
    Ed25519,
    /// RSA with PSS.
    Rsa,
}

impl fmt::Display for KeyType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ecdsa => "ecdsa",
            Self::Ed25519 => "ed25519",
            Self::Rsa => "rsa",
        })
    }
}

/// What the id of a feature that is a type of keys begins with.
const KEY_TYPE: &str = "keytype:";

impl Introduction {
    /// All features that it claims, types of keys included, as the register names them.
    pub fn all_features(&self) -> BTreeSet<String> {
        let key_types = self.key_types.iter().map(|key_type| format!("{KEY_TYPE}{key_type}"));
        self.features.iter().cloned().chain(key_types).collect()
    }

    /// Sorts features as the register names them into types of keys and all others. Types that the protocol has no word
    /// for are left out.
    pub fn sort_features(all: &BTreeSet<String>) -> (BTreeSet<String>, BTreeSet<KeyType>) {
        let known = [KeyType::Ecdsa, KeyType::Ed25519, KeyType::Rsa];
        let key_types = known.into_iter().filter(|key_type| all.contains(&format!("{KEY_TYPE}{key_type}")));
        (all.iter().filter(|id| !id.starts_with(KEY_TYPE)).cloned().collect(), key_types.collect())
    }
}
