//! Whether a client is what a profile asks for.

mod obstacles;

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use suite::observation::Outcome;
use suite::{Profile, RunKind, Suite, Variant};

use crate::answer::{Answered, Results, answer, by_id};
use crate::{ScenarioResult, Status};

pub use obstacles::Obstacles;

/// The profile that the others build on: what every client has to do.
pub const CORE: &str = "core";

/// What a profile says of a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ProfileVerdict {
    /// The id of the profile.
    pub profile: String,
    /// The verdict.
    pub conformance: Conformance,
    /// Required features that the client does not support.
    pub missing: Vec<String>,
    /// Scenarios that it has to pass and does not.
    pub failing: Vec<String>,
    /// Questions to which it gives another answer than the profile asks for, each with the answer; empty if it is none
    /// that is known.
    pub answers: BTreeMap<String, String>,
    /// Features that the profile forbids and the client accepts nevertheless, with a scenario that shows it.
    pub accepted: BTreeMap<String, String>,
    /// What it should do and does not: scenarios.
    pub warnings: Vec<String>,
    /// Questions that the profile decides and that the results do not answer.
    pub unanswered: Vec<String>,
    /// What keeps the client from this profile and not from `core`. Nothing, if this is `core`.
    pub beyond_core: Obstacles,
}

/// Whether a client is what a profile asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Conformance {
    /// It is.
    Conformant,
    /// It lacks a required feature. What it does have is as it should be.
    Incomplete,
    /// A check fails.
    NotConformant,
}

/// Holds the results of a client against a profile. The same results can be held against any number of profiles.
pub fn verdict(
    profile: &Profile,
    suite: &Suite,
    claimed: &BTreeSet<String>,
    results: &[ScenarioResult],
) -> ProfileVerdict {
    let mut verdict = alone(profile, suite, claimed, results);
    let core = match suite.profiles.get(CORE) {
        Some(core) if core.id != profile.id => alone(core, suite, claimed, results).obstacles(),
        Some(_) => verdict.obstacles(),
        None => Obstacles::default(),
    };
    verdict.beyond_core = verdict.obstacles().beyond(&core);
    verdict
}

/// The verdict of a profile without a look at `core`.
fn alone(profile: &Profile, suite: &Suite, claimed: &BTreeSet<String>, results: &[ScenarioResult]) -> ProfileVerdict {
    let features = &profile.file.features;
    let results = by_id(results);
    let mut verdict = ProfileVerdict {
        profile: profile.id.clone(),
        conformance: Conformance::Conformant,
        missing: features.required.difference(claimed).cloned().collect(),
        failing: Vec::new(),
        answers: BTreeMap::new(),
        accepted: BTreeMap::new(),
        warnings: Vec::new(),
        unanswered: Vec::new(),
        beyond_core: Obstacles::default(),
    };
    for variant in suite.variants() {
        if let Some(result) = results.get(variant.id.as_str()) {
            verdict.take(profile, suite, claimed, variant, result);
        }
    }
    verdict.ask(profile, suite, &results);
    verdict.conformance = match () {
        () if !verdict.failing.is_empty() || !verdict.answers.is_empty() || !verdict.accepted.is_empty() => {
            Conformance::NotConformant
        }
        () if !verdict.missing.is_empty() => Conformance::Incomplete,
        () => Conformance::Conformant,
    };
    verdict
}

impl ProfileVerdict {
    /// Everything that keeps the client from the profile.
    pub fn obstacles(&self) -> Obstacles {
        Obstacles {
            missing: self.missing.clone(),
            failing: self.failing.clone(),
            answers: self.answers.clone(),
            accepted: self.accepted.clone(),
        }
    }

    /// What keeps the client from the profile and from `core` as well.
    pub fn as_in_core(&self) -> Obstacles {
        self.obstacles().beyond(&self.beyond_core)
    }

    fn take(
        &mut self,
        profile: &Profile,
        suite: &Suite,
        claimed: &BTreeSet<String>,
        variant: &Variant,
        result: &ScenarioResult,
    ) {
        let (features, id) = (&profile.file.features, variant.id.to_string());
        let needs = variant.needs(&suite.register);
        if let Some(feature) = needs.iter().find(|feature| features.forbidden.contains(*feature)) {
            if !variant.plan.has_attack() && variant.scenario.policy.is_none() && accepts(result) {
                self.accepted.entry(feature.clone()).or_insert(id);
            }
            return;
        }
        // What is neither required nor allowed is no part of the situation.
        let belongs = |feature: &String| {
            features.required.contains(feature) || (features.allowed.contains(feature) && claimed.contains(feature))
        };
        if variant.scenario.policy.is_some() || !needs.iter().all(belongs) {
            return;
        }
        match result.status {
            // A required feature that the client does not support is missing, which is said already.
            Status::Pass | Status::Unsupported => {}
            Status::Fail | Status::Inconclusive | Status::Error if result.required => self.failing.push(id),
            Status::Fail | Status::Inconclusive | Status::Error => self.warnings.push(id),
        }
    }

    /// Looks for the answers to the questions that the profile decides.
    fn ask(&mut self, profile: &Profile, suite: &Suite, results: &Results<'_>) {
        for (id, decision) in &profile.file.policies {
            let Some(policy) = suite.register.policies.get(id) else { continue };
            match answer(policy, results) {
                Answered::Answer { id: answer } if decision.0.contains(&answer) => {}
                Answered::Answer { id: answer } => drop(self.answers.insert(id.clone(), answer)),
                Answered::NoneOfThese => drop(self.answers.insert(id.clone(), String::new())),
                Answered::NotSeen => self.unanswered.push(id.clone()),
            }
        }
    }
}

/// Whether a client did all that an honest scenario expects, whether it claims to support that or not.
fn accepts(result: &ScenarioResult) -> bool {
    let attack = result.runs.iter().find(|run| run.kind == RunKind::Attack);
    matches!(result.status, Status::Pass | Status::Unsupported)
        && result.failed_checks().next().is_none()
        && attack.is_some_and(|run| run.observations.iter().all(|seen| seen.outcome == Outcome::Accepted))
}
