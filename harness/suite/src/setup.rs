//! The repository as it is before the first step.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Delegation, KeyName, KeyType, Lifetime, RoleName, TargetPath};

/// What is odd about the repository from the start. Everything that is left out is ordinary:
/// four roles at version 1, each with one key of its own name and a threshold of 1, and no targets.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Setup {
    /// Whether file names carry versions and digests. Default: as the dialect says.
    pub consistent_snapshot: Option<bool>,
    /// Whether timestamp and snapshot list hashes. Default: as the dialect says.
    pub hashes: Option<bool>,
    /// Whether timestamp and snapshot list lengths. Default: as the dialect says.
    pub lengths: Option<bool>,
    /// The hash algorithms used for target files and, where listed, for metadata. Default: `["sha256"]`.
    pub hash_algorithms: Option<Vec<String>>,
    /// Keys that are not ordinary. A key that is used but not listed here has the type of the dialect.
    #[serde(default)]
    pub keys: BTreeMap<KeyName, KeySetup>,
    /// Keys, threshold, lifetime and version of roles.
    #[serde(default)]
    pub roles: BTreeMap<RoleName, RoleSetup>,
    /// Target files that the top-level targets role lists, with their content.
    #[serde(default)]
    pub targets: BTreeMap<TargetPath, String>,
    /// Delegations, in order of appearance within each delegating role.
    #[serde(default)]
    pub delegations: Vec<Delegation>,
}

/// A key that is not ordinary.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct KeySetup {
    /// Its type. Default: that of the dialect.
    #[serde(rename = "type")]
    pub key_type: Option<KeyType>,
    /// The size of an RSA key in bits: 1024, 2047, 2048, 3072 or 4096. Default: 2048.
    pub bits: Option<u32>,
    /// The name of another key whose key pair this one shares: one key under two identifiers.
    pub same_as: Option<KeyName>,
    /// The identifier that it is listed under. Default: the SHA-256 of its canonical form (section 4.2.1).
    pub id: Option<String>,
    /// The name of a key whose identifier this one is listed under, instead of its own.
    pub id_of: Option<KeyName>,
    /// How its public value is written. Default: as everybody writes it.
    pub form: Option<KeyForm>,
    /// The `keytype` that its key object states. Default: the right one.
    pub keytype: Option<String>,
    /// The `scheme` that its key object states. Default: the right one.
    pub scheme: Option<String>,
    /// Further members of its key object.
    #[serde(default)]
    pub members: BTreeMap<String, serde_json::Value>,
}

/// A way to write the public value of a key that everybody can read, and few use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeyForm {
    /// With hexadecimal digits in upper case. For Ed25519.
    UpperCase,
    /// Without the line break at the end. For ECDSA and RSA, which are written in PEM.
    NoFinalLineBreak,
}

/// What is odd about a role from the start.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RoleSetup {
    /// The names of its keys. Default: one key with the name of the role.
    pub keys: Option<Vec<KeyName>>,
    /// How many of them have to sign. Default: 1.
    pub threshold: Option<u32>,
    /// How long each version stays valid after it was published.
    /// Default: root 365 days, targets and delegated roles 90 days, snapshot 30 days, timestamp 7 days.
    pub lifetime: Option<Lifetime>,
    /// Its first version. Default: 1.
    pub version: Option<u64>,
}
