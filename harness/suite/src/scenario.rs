//! A scenario: a timeline of repository states, client actions and expectations.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::template::Axis;
use crate::{Mapping, Register, RepositoryName, Setup, Step};

/// A scenario file.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Scenario {
    /// One sentence that says what a client must do, such as "A replayed timestamp is refused".
    pub title: String,
    /// The attack class, by its id in the register. Absent in honest scenarios, which must be accepted.
    pub attack: Option<String>,
    /// What the attacker controls. Absent in honest scenarios.
    #[serde(default)]
    pub attacker: Vec<Capability>,
    /// The requirements that the scenario checks, by their ids in the register.
    pub covers: Vec<String>,
    /// Features that a client needs for it, beside those that the covered requirements belong to.
    #[serde(default)]
    pub needs: Vec<String>,
    /// The question that the text leaves open and that decides the outcome. What a client does is then recorded
    /// and not held against it.
    pub policy: Option<String>,
    /// Two or three sentences for a reader who is new to TUF.
    pub story: String,
    /// Variants: each axis is a list of values, or a table from labels to parameters. `${axis}` and
    /// `${axis.parameter}` are replaced in every string of the file, once per combination.
    #[serde(default)]
    pub matrix: BTreeMap<String, Axis>,
    /// The repository before the first step.
    #[serde(default)]
    pub repository: Setup,
    /// Further repositories beside it, by name, each with keys of its own (TAP 4).
    #[serde(default)]
    pub repositories: BTreeMap<RepositoryName, Setup>,
    /// The map that the client has: from which repositories it takes which target files, in order (TAP 4). Without it,
    /// the client knows one repository and no map.
    #[serde(default)]
    pub mapping: Vec<Mapping>,
    /// What happens, in order.
    pub step: Vec<Step>,
}

impl Scenario {
    /// Whether the client has a map of repositories (TAP 4).
    pub fn has_map(&self) -> bool {
        !self.mapping.is_empty()
    }

    /// The repositories before the first step.
    pub fn setups(&self) -> impl Iterator<Item = &Setup> {
        std::iter::once(&self.repository).chain(self.repositories.values())
    }
}

/// Something that the attacker controls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Capability {
    /// Answers the client's requests: a mirror, or a man in the middle.
    Network,
    /// Holds keys of the root role.
    RootKey,
    /// Holds keys of the timestamp role.
    TimestampKey,
    /// Holds keys of the snapshot role.
    SnapshotKey,
    /// Holds keys of the top-level targets role.
    TargetsKey,
    /// Holds keys of a delegated targets role.
    DelegatedKey,
    /// Holds keys that were trusted once and have been revoked.
    RevokedKey,
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Network => "the network",
            Self::RootKey => "root keys",
            Self::TimestampKey => "timestamp keys",
            Self::SnapshotKey => "snapshot keys",
            Self::TargetsKey => "targets keys",
            Self::DelegatedKey => "keys of a delegated role",
            Self::RevokedKey => "keys that were revoked",
        })
    }
}

/// The id of a scenario or of one of its variants: `rollback/timestamp-replay`, `…/unsigned[role=snapshot]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioId(String);

impl ScenarioId {
    /// The id of a file `<class>/<slug>.toml` with these values of the matrix axes.
    pub fn new(class: &str, slug: &str, bindings: &BTreeMap<String, String>) -> Self {
        if bindings.is_empty() {
            return Self(format!("{class}/{slug}"));
        }
        let pairs: Vec<_> = bindings.iter().map(|(axis, label)| format!("{axis}={label}")).collect();
        Self(format!("{class}/{slug}[{}]", pairs.join(",")))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The attack class: the folder that the file lies in.
    pub fn class(&self) -> &str {
        self.0.split('/').next().unwrap_or_default()
    }
}

impl fmt::Display for ScenarioId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One scenario with its matrix resolved: what is played and judged.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its id.
    pub id: ScenarioId,
    /// The file, relative to the suite, such as `scenarios/rollback/timestamp-replay.toml`.
    pub file: String,
    /// The scenario, without placeholders.
    pub scenario: Scenario,
    /// Its steps, with their verbs sorted out.
    pub plan: crate::Plan,
}

impl Variant {
    /// The features that a client needs for it: those that it names, and those of the requirements that it covers.
    pub fn needs(&self, register: &Register) -> BTreeSet<String> {
        let covered = self.scenario.covers.iter().filter_map(|id| register.requirements.get(id));
        let features = covered.filter_map(|requirement| requirement.feature.clone());
        features.chain(self.scenario.needs.iter().cloned()).collect()
    }
}
