//! The forms of the JSON files.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use suite::observation::{Area, Task};
use suite::{Offset, RoleName, RunKind, Scenario, ScenarioId, Serving};

/// `manifest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Manifest {
    /// What this folder is.
    pub format: FormatName,
    /// The version of the format.
    pub version: FormatVersion,
    /// The edition of the specification that the expectations are about.
    pub specification: String,
    /// What an ordinary repository looks like, by the id of the dialect.
    pub dialect: String,
    /// When every scenario starts. All dates are relative to it, so that a client has to be told the time.
    #[schemars(with = "String")]
    pub start: jiff::Timestamp,
    /// The scenarios, by their ids.
    pub scenarios: Vec<ManifestEntry>,
}

/// The name of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum FormatName {
    /// The only one.
    #[default]
    #[serde(rename = "tuf-cookbook/corpus")]
    Corpus,
}

/// The version of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum FormatVersion {
    /// The first one.
    #[default]
    #[serde(rename = "1")]
    V1,
}

/// A scenario in the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ManifestEntry {
    /// Its id.
    pub id: ScenarioId,
    /// The SHA-256 digest of its file, `scenarios/DIGEST.json`.
    pub sha256: String,
}

/// `scenarios/DIGEST.json`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ScenarioFile {
    /// Its id.
    pub id: ScenarioId,
    /// The file that it was written in.
    pub source: String,
    /// The scenario with its steps and expectations, as `scenarios/README.md` of the suite describes them.
    pub scenario: Scenario,
    /// What each step is, in words, from 1.
    pub words: Vec<String>,
    /// What is played: the attack, or the honest scenario, and the control if there is an attack.
    pub runs: Vec<ExportedRun>,
}

/// One run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ExportedRun {
    /// Which it is.
    pub run: RunKind,
    /// The digest of the root that the client is given before the first step, unless a later event says what it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<String>,
    /// What a client with a map of repositories is told (TAP 4). It starts from the root of each of them instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub several: Option<Several>,
    /// What happens, in order.
    pub events: Vec<Numbered>,
}

/// A map of repositories (TAP 4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Several {
    /// The mapping, as the map file has it.
    pub mapping: serde_json::Value,
    /// The digest of the root of each repository. The files of one that is not called `main` are served in a folder of
    /// its name.
    pub roots: BTreeMap<String, String>,
}

/// An event with the number of its step; 0 comes before the first step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Numbered {
    /// The number of the step.
    pub step: usize,
    /// What happens.
    pub event: Event,
}

/// Something that happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Event {
    /// These files are shown from now on.
    Show(Shown),
    /// The clock shows this time after the start.
    Clock {
        /// Counts the settings, from 1.
        number: usize,
        /// Since the start.
        offset: Offset,
    },
    /// These files are shown just before a request of what the client is told next is answered, or when that is done.
    Meanwhile {
        /// The number of the request, from 1.
        request: usize,
        /// The files.
        files: Shown,
    },
    /// The client is given a root to start from.
    Trust {
        /// The digest of the root.
        root: String,
        /// Whether a client that takes it is told to refresh as well, and how that ends counts.
        refreshes: bool,
    },
    /// From now on the client is told this of the targets role to start from, in the form of TAP 13.
    TargetsRole(serde_json::Map<String, serde_json::Value>),
    /// The client is told to do something.
    Act(Task),
    /// The client is told to do something and is killed meanwhile.
    Kill {
        /// The number of the request at which it is killed, from 1. It is not answered.
        request: usize,
        /// What it is told to do.
        task: Task,
    },
    /// The client is told to do something, and a second one with the same store is told the same meanwhile.
    SecondClient {
        /// The number of the request of the first one, from 1, that is answered only when the second one is done.
        request: usize,
        /// What both are told to do.
        task: Task,
    },
    /// Something happens to what the client keeps of these roles.
    Damage(BTreeMap<RoleName, Spoiled>),
}

/// What is served: digests of objects by path.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// Below the base URL of metadata.
    pub metadata: BTreeMap<String, String>,
    /// Below the base URL of target files.
    pub targets: BTreeMap<String, String>,
    /// Files that are not just sent, with the answers to the requests for them, in order. The last one holds on.
    #[serde(default)]
    pub answers: Vec<Answers>,
}

/// How a file is served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// Below which base URL.
    pub area: Area,
    /// The path.
    pub path: String,
    /// The answers.
    pub answers: Vec<Serving>,
}

/// What becomes of a file that the client keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Spoiled {
    /// It is cut off after this many bytes.
    Truncated(usize),
    /// The first digit of the date of expiry is changed: its lowest bit is turned over.
    Corrupted,
    /// It is replaced by this object.
    Replaced(String),
    /// It is removed.
    Removed,
    /// A folder stands in its place.
    Folder,
}
