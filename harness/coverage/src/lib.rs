//! Finds out which requirements of the register the scenarios cover.
//!
//! That a scenario names a requirement proves nothing. [`measure()`] plays each scenario against the reference client with
//! the faults that break what it names: a requirement is *proven* to be covered if a check fails then.
//!
//! That recipes have other words in their files proves nothing either. [`apart()`] looks for a client that conforms to one
//! and not to the other.

mod apart;
mod measure;
mod table;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use suite::{Actor, Exclusion, Level};

pub use apart::{Apart, Extent, Telling, Witness, apart, apart_table};
pub use measure::measure;
pub use table::table;

/// What is covered, by requirement.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Coverage {
    /// Every requirement of the register, by area: the file that it is in.
    pub areas: BTreeMap<String, Vec<Row>>,
    /// Sentences of the newest edition that have a keyword of RFC 2119 and state no requirement: address and sentence, with
    /// the reason if one is given.
    pub silent_sentences: Vec<SilentSentence>,
}

/// What is known of one requirement.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Row {
    /// The id of the requirement.
    pub id: String,
    /// How strongly it is asked.
    pub level: Level,
    /// The feature that it belongs to.
    pub feature: Option<String>,
    /// Whether it is covered.
    pub state: State,
}

/// Whether a requirement is covered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum State {
    /// A check fails for a client with a fault that breaks it.
    Proven {
        /// The proofs, the first of each scenario.
        proofs: Vec<Proof>,
    },
    /// Scenarios name it, but no fault that breaks it makes a check fail.
    Unproven {
        /// These scenarios.
        scenarios: Vec<String>,
    },
    /// No scenario names it.
    Uncovered,
    /// No scenario can check it.
    Excluded {
        /// Why.
        #[serde(flatten)]
        exclusion: Exclusion,
    },
    /// It is asked of the repository, which this suite plays itself.
    Repository,
}

/// A check that fails for a client with a fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Proof {
    /// The scenario.
    pub scenario: String,
    /// The id of the check in it.
    pub check: String,
    /// The id of the fault.
    pub fault: String,
}

/// A sentence with a keyword that states no requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct SilentSentence {
    /// The address of its passage.
    pub at: String,
    /// Which sentence it is, from 1.
    pub sentence: usize,
    /// Why it states none.
    pub reason: Option<String>,
}

impl Coverage {
    /// What is neither proven nor excluded: requirements, and sentences without a reason.
    pub fn gaps(&self) -> Vec<String> {
        let open = |row: &&Row| matches!(row.state, State::Unproven { .. } | State::Uncovered);
        let requirements = self.areas.values().flatten().filter(open).map(|row| row.id.clone());
        let sentences = self.silent_sentences.iter().filter(|sentence| sentence.reason.is_none());
        requirements.chain(sentences.map(|silent| format!("{}, sentence {}", silent.at, silent.sentence))).collect()
    }
}

/// The state of a requirement of which no proof was found.
fn unproven(requirement: &suite::Requirement, scenarios: Vec<String>) -> State {
    match (&requirement.excluded, requirement.actor) {
        (_, Actor::Repository) => State::Repository,
        (Some(exclusion), _) => State::Excluded { exclusion: exclusion.clone() },
        (None, _) if scenarios.is_empty() => State::Uncovered,
        (None, _) => State::Unproven { scenarios },
    }
}
