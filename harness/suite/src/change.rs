//! What happens to the repository, or to what a client is shown of it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{FileName, KeyName, Lifetime, Offset, RoleName, Serving, TargetPath};

/// A JSON pointer (RFC 6901), such as `/meta/targets.json/version`.
pub type Pointer = String;

/// One change, of the repository or of what the client was told about it. As a step of its own it is made by the repository; under `attack` it is made by the attacker
/// and left out of the control; under `control` it happens in the control only.
///
/// The attacker works on what the repository shows at that moment. What the attacker did lasts until the
/// repository itself does something again, or until `restore`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Change {
    /// Signs and publishes the next version of these roles and of every role that describes them:
    /// targets and delegated roles bring snapshot and timestamp, snapshot brings timestamp.
    Publish(Vec<RoleName>),
    /// Gives roles other keys. Takes effect with the next root, or with the next version of the delegating role.
    Rotate(BTreeMap<RoleName, Rotation>),
    /// Publishes the next rotate file of targets roles (TAP 8): the keys of the role sign which keys it has from now on.
    /// The next snapshot lists it.
    RotateFile(BTreeMap<RoleName, RotateFile>),
    /// Adds target files to roles, or gives them other content. Takes effect when the role is published.
    Add(BTreeMap<RoleName, BTreeMap<TargetPath, String>>),
    /// Takes target files out of roles. Takes effect when the role is published.
    Remove(BTreeMap<RoleName, Vec<TargetPath>>),
    /// Adds a delegation. Takes effect when the delegating role is published.
    Delegate(Delegation),
    /// Takes a delegation back. Takes effect when the delegating role is published.
    Revoke(Revocation),
    /// Switches consistent snapshots on or off. Takes effect with the next root.
    ConsistentSnapshot(bool),
    /// As `publish`, but these roles are not what an honest repository would publish.
    Forge(BTreeMap<RoleName, Forgery>),
    /// Alters the current file of these roles where it lies. Nothing is published and nothing is signed again,
    /// unless `signatures` says so.
    Tamper(BTreeMap<RoleName, Tampering>),
    /// Serves the bytes of an earlier version under the current file name of the role.
    Replay(BTreeMap<RoleName, u64>),
    /// Serves the current file of another role (the value) under the current file name of a role (the key).
    Substitute(BTreeMap<RoleName, RoleName>),
    /// Answers "not found" for these files.
    Withhold(Withheld),
    /// Replaces the content of target files; metadata stays as it is.
    Replace(BTreeMap<TargetPath, String>),
    /// Answers requests for these files otherwise than with the file: the first request with the first answer, and so
    /// on. The last answer holds on.
    Serve(BTreeMap<FileName, Vec<Serving>>),
    /// Shows the honest state of the repository again.
    Restore(Restore),
    /// From now on the client is told to start from this targets role instead of the one that root lists (TAP 13). The
    /// repository stays as it is.
    TargetsRole(TargetsMapping),
}

/// The targets role that a client is told to start from (TAP 13). What is left out is left out of what it is told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TargetsMapping {
    /// Its name.
    pub role: Option<RoleName>,
    /// The names of its keys.
    pub keys: Option<Vec<KeyName>>,
    /// How many of them have to sign. Default: 1.
    pub threshold: Option<u32>,
}

/// What to show again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Restore {
    /// Everything: the last state that the repository itself published.
    All,
}

/// New keys for a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Rotation {
    /// The names of all its keys from now on.
    pub keys: Vec<KeyName>,
    /// How many of them have to sign. Default: unchanged.
    pub threshold: Option<u32>,
    /// The delegating role, if the role is delegated by several. Default: the first that delegates to it.
    pub by: Option<RoleName>,
}

/// A rotate file (TAP 8). It is called by `rotate/ROLE.rotate.VERSION` like a role: it can be tampered with, replayed,
/// substituted and withheld under this name.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RotateFile {
    /// The names of all keys of the role from now on.
    pub keys: Vec<KeyName>,
    /// How many of them have to sign. Default: unchanged.
    pub threshold: Option<u32>,
    /// Whether the snapshot lists its hash, which TAP 8 recommends. Default: yes, whatever it lists of other files.
    #[serde(default = "yes")]
    pub hash: bool,
    /// How it differs from what an honest role would publish. `named` is the version in its name.
    #[serde(default)]
    pub forge: Forgery,
}

/// A delegation from one targets role to another (section 4.5), to succinct bins (TAP 15), or to several roles that have
/// to agree (TAP 3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Delegation {
    /// The delegating role. Default: `targets`.
    #[serde(default = "top_level_targets")]
    pub by: RoleName,
    /// The delegated role. With `succinct`: the prefix of the names of the bins. With `roles`: the name of the delegation.
    pub role: RoleName,
    /// The names of its keys. Default: one key with the name of the role.
    pub keys: Option<Vec<KeyName>>,
    /// How many of them have to sign. Default: 1.
    pub threshold: Option<u32>,
    /// Patterns of target paths that it is trusted for.
    pub paths: Option<Vec<String>>,
    /// Prefixes of the hexadecimal SHA-256 of target paths that it is trusted for.
    pub path_hash_prefixes: Option<Vec<String>>,
    /// Makes this a delegation to succinct bins.
    pub succinct: Option<Succinct>,
    /// Makes this a delegation to several roles, in order, and all delegations of the delegating role ones in the form of
    /// TAP 3. Keys, threshold, target files and lifetime are then stated for each of the roles.
    #[serde(default)]
    pub roles: Vec<AgreeingRole>,
    /// How many of `roles` have to agree on a target file. Default: all of them.
    pub agreement: Option<u32>,
    /// Whether later delegations are ignored for paths that match this one. Default: no.
    #[serde(default)]
    pub terminating: bool,
    /// Target files that the role lists, with their content. Files for succinct bins go to the right bin.
    #[serde(default)]
    pub targets: BTreeMap<TargetPath, String>,
    /// How long each version of the role stays valid after it was published. Default: 90 days.
    pub lifetime: Option<Lifetime>,
}

/// One of several roles that have to agree on target files (TAP 3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AgreeingRole {
    /// The delegated role.
    pub role: RoleName,
    /// The names of its keys. Default: one key with the name of the role.
    pub keys: Option<Vec<KeyName>>,
    /// How many of them have to sign. Default: 1.
    pub threshold: Option<u32>,
    /// Target files that the role lists, with their content.
    #[serde(default)]
    pub targets: BTreeMap<TargetPath, String>,
    /// How long each version of the role stays valid after it was published. Default: 90 days.
    pub lifetime: Option<Lifetime>,
}

/// Succinct hashed bins (TAP 15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Succinct {
    /// The number of leading bits of the hashed path that choose the bin: there are 2 to this power.
    pub bit_length: u32,
}

impl Delegation {
    /// The target files that the delegated roles list from the start.
    pub fn listed(&self) -> impl Iterator<Item = &TargetPath> {
        self.targets.keys().chain(self.roles.iter().flat_map(|role| role.targets.keys()))
    }
}

/// The delegation that is taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Revocation {
    /// The delegating role. Default: `targets`.
    #[serde(default = "top_level_targets")]
    pub by: RoleName,
    /// The delegated role, or the name of a delegation to several.
    pub role: RoleName,
}

/// How a published file differs from what an honest repository would publish.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Forgery {
    /// The version that it states and is described by. Default: the next one.
    pub version: Option<u64>,
    /// The version in its file name, if that differs from the version that it states.
    pub named: Option<u64>,
    /// When it expires, relative to the start of the scenario. Default: after the lifetime of its role.
    pub expires: Option<Offset>,
    /// Members of the signed part to set before it is signed.
    #[serde(default)]
    pub set: BTreeMap<Pointer, serde_json::Value>,
    /// Members of the signed part to remove before it is signed.
    #[serde(default)]
    pub remove: Vec<Pointer>,
    /// Who signs. Default: the keys of the role; for root, those of its previous version too.
    pub keys: Option<Vec<KeyName>>,
    /// What is done to the file after it was signed, before it is described by other files.
    #[serde(default)]
    pub after: Tampering,
}

/// How a signed file is altered, in this order: members, signatures, bytes.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Tampering {
    /// Members of the whole file to set, such as `/signed/version`.
    #[serde(default)]
    pub set: BTreeMap<Pointer, serde_json::Value>,
    /// Members of the whole file to remove.
    #[serde(default)]
    pub remove: Vec<Pointer>,
    /// Edits of the list of signatures, in order.
    #[serde(default)]
    pub signatures: Vec<SignatureEdit>,
    /// Edits of the bytes, in order.
    #[serde(default)]
    pub bytes: Vec<ByteEdit>,
}

/// One edit of the list of signatures. Keys are given by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum SignatureEdit {
    /// Drops the signature by this key.
    Drop(KeyName),
    /// Drops every signature. Written as the plain string `"drop-all"`.
    DropAll,
    /// Lists the signature by this key a second time.
    Double(KeyName),
    /// Alters the signature by this key, so that it no longer verifies.
    Corrupt(KeyName),
    /// Empties the signature by this key.
    Empty(KeyName),
    /// Adds a valid signature by this key.
    Add(KeyName),
    /// Lists the signature by this key under the identifier of another.
    Relabel {
        /// Whose signature.
        from: KeyName,
        /// Whose identifier.
        to: KeyName,
    },
}

/// One edit of the bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum ByteEdit {
    /// Adds text at the end.
    Append(String),
    /// Adds text at the start.
    Prepend(String),
    /// Keeps only this many bytes.
    Truncate(usize),
    /// Replaces the whole file.
    Content(String),
    /// Replaces the first place where a text stands, which must exist.
    Replace {
        /// The text to look for.
        find: String,
        /// What stands there afterwards.
        with: String,
    },
    /// Writes the same JSON without white space. Written as the plain string `"compact"`.
    Compact,
}

/// Files for which the answer is "not found".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Withheld {
    /// Roles whose current metadata file is withheld.
    #[serde(default)]
    pub metadata: Vec<RoleName>,
    /// Target files that are withheld.
    #[serde(default)]
    pub targets: Vec<TargetPath>,
}

const fn yes() -> bool {
    true
}

fn top_level_targets() -> RoleName {
    "targets".to_owned()
}
