//! What the judge says.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use suite::observation::Run;
use suite::{Level, RunKind, ScenarioId};

/// The status of a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Every check holds, and the client accepted the control.
    Pass,
    /// A check does not hold.
    Fail,
    /// The client refuses the control too, so that a refusal of the attack proves nothing.
    Inconclusive,
    /// The client does not claim, or says that it lacks, a feature that the scenario needs.
    Unsupported,
    /// The client crashed, hung or broke the protocol; or the suite could not play the scenario.
    Error,
}

/// What one check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It holds.
    Pass,
    /// It does not hold.
    Fail,
    /// It could not be judged, because the run ended before, or the client gave no reason.
    NotJudged,
}

/// What a check is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CheckKind {
    /// How the action ended.
    Outcome,
    /// A version in the client's store, or its absence.
    Trusted,
    /// Which metadata files the client asked for.
    Requests,
    /// The content of downloaded files.
    Downloaded,
    /// Why the client refused.
    Reason,
}

/// One expectation, judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Check {
    /// Its id within the scenario, such as `step-4.trusted.timestamp` or `control.step-4.outcome`.
    pub id: String,
    /// The run that it is about.
    pub run: RunKind,
    /// The number of the step; 0 for the trusted root.
    pub step: usize,
    /// What it is about.
    pub kind: CheckKind,
    /// What was expected.
    pub expected: String,
    /// What was observed.
    pub observed: String,
    /// Whether that is the same.
    pub verdict: Verdict,
}

/// A requirement that a scenario covers, with what a report needs of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Requirement {
    /// Its id in the register.
    pub id: String,
    /// How strongly it is asked.
    pub level: Level,
    /// The section, step or TAP that asks it.
    pub section: Option<String>,
    /// What is asked.
    pub statement: String,
}

/// A scenario, judged for one client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ScenarioResult {
    /// The id of the scenario.
    pub id: ScenarioId,
    /// Its title.
    pub title: String,
    /// Its attack class; `honest` if it is none.
    pub attack: String,
    /// The status.
    pub status: Status,
    /// Why the status is what it is, where the checks alone do not say it.
    pub note: Option<String>,
    /// Whether the scenario could not be played, or its states are not what it says. Nothing is known of the client.
    pub suite_fault: bool,
    /// The question that the text leaves open and that decides the outcome, by its id. What the client does is then its
    /// answer, not a failure.
    pub policy: Option<String>,
    /// Whether anything but a pass counts against the client: not if all that the scenario covers is a SHOULD,
    /// or if a policy decides the outcome.
    pub required: bool,
    /// What the scenario covers.
    pub covers: Vec<Requirement>,
    /// Every expectation, judged.
    pub checks: Vec<Check>,
    /// Every step in words, from 1: what was served and what was done.
    pub timeline: Vec<String>,
    /// What was seen. Empty if the scenario was not played.
    pub runs: Vec<Run>,
}

impl ScenarioResult {
    /// The checks that do not hold.
    pub fn failed_checks(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| check.verdict == Verdict::Fail)
    }
}
