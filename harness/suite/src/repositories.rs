//! Several repositories in one client (TAP 4).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The name under which the map of a client speaks of a repository.
pub type RepositoryName = String;

/// The name of the repository that every scenario has.
pub const MAIN: &str = "main";

/// One entry of the map that a client has (TAP 4): from which repositories it takes which target files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Mapping {
    /// Patterns of target paths.
    pub paths: Vec<String>,
    /// The repositories, in order. The one that every scenario has is called `main`.
    pub repositories: Vec<RepositoryName>,
    /// How many of them have to say the same of a target file. Default: 1.
    #[serde(default = "one")]
    pub threshold: u32,
    /// Whether later entries are ignored for paths that match this one. Default: no.
    #[serde(default)]
    pub terminating: bool,
}

const fn one() -> u32 {
    1
}

/// What a name stands for in a scenario with several repositories: `left/timestamp` is the timestamp of `left`, and what
/// names no repository is of the main one. `others` are the names of the others.
pub fn of_repository(name: &str, mut others: impl Iterator<Item = impl AsRef<str>>) -> (Option<&str>, &str) {
    match others.find_map(|other| name.strip_prefix(other.as_ref())?.strip_prefix('/')) {
        Some(rest) => (Some(&name[..name.len() - rest.len() - 1]), rest),
        None => (None, name),
    }
}
