//! What clients answer to the questions that the text leaves open.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use suite::observation::Outcome;
use suite::{Answer, Policy, RunKind, Seen};

use crate::{ScenarioResult, Status};

/// What a client answers to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "is", deny_unknown_fields)]
pub enum Answered {
    /// Everything was seen that is seen of whoever answers so.
    Answer {
        /// The id of the answer.
        id: String,
    },
    /// What was seen is not what any of the answers says.
    NoneOfThese,
    /// Not enough was seen: the client lacks a feature that is needed, broke down, or was not asked.
    NotSeen,
}

/// The results of a client, by the ids of scenarios.
pub type Results<'a> = BTreeMap<&'a str, &'a ScenarioResult>;

/// Orders results by their ids.
pub fn by_id(results: &[ScenarioResult]) -> Results<'_> {
    results.iter().map(|result| (result.id.as_str(), result)).collect()
}

/// What a client answers to a question, by its results.
pub fn answer(policy: &Policy, results: &Results<'_>) -> Answered {
    let probed: Vec<&Answer> = policy.answer.iter().filter(|answer| !answer.seen.is_empty()).collect();
    let fits = |answer: &Answer| -> Option<bool> {
        let cells = answer.seen.iter().map(|(id, expected)| is_seen(results.get(id.as_str())?, *expected));
        let cells: Vec<Option<bool>> = cells.collect();
        // One cell that does not fit is enough, whatever is not known of the others.
        if cells.contains(&Some(false)) {
            Some(false)
        } else {
            cells.into_iter().collect::<Option<Vec<_>>>().map(|_| true)
        }
    };
    let fitting = probed.iter().find(|answer| fits(answer) == Some(true));
    match fitting {
        Some(answer) => Answered::Answer { id: answer.id.clone() },
        None if !probed.is_empty() && probed.iter().all(|answer| fits(answer) == Some(false)) => Answered::NoneOfThese,
        None => Answered::NotSeen,
    }
}

/// Whether something was seen in a scenario. `None` if it cannot be told.
fn is_seen(result: &ScenarioResult, expected: Seen) -> Option<bool> {
    match (result.status, expected) {
        // The client refuses the honest repository as well: its refusal says nothing.
        (Status::Inconclusive, Seen::Accepted) => Some(false),
        (Status::Inconclusive | Status::Unsupported | Status::Error, _) => None,
        (status, Seen::Pass) => Some(status == Status::Pass),
        (status, Seen::Fail) => Some(status == Status::Fail),
        (_, Seen::Accepted) => last(result).map(|outcome| *outcome == Outcome::Accepted),
        (_, Seen::Reported(reason)) => match last(result)? {
            Outcome::Accepted => Some(false),
            Outcome::Rejected { reason: given } => given.map(|given| given == reason),
            _ => None,
        },
        (_, Seen::Rejected) => last(result).map(|outcome| matches!(outcome, Outcome::Rejected { .. })),
    }
}

/// How the last action of the attack run ended.
fn last(result: &ScenarioResult) -> Option<&Outcome> {
    let run = result.runs.iter().find(|run| run.kind == RunKind::Attack)?;
    run.observations.last().map(|observation| &observation.outcome)
}
