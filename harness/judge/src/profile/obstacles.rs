//! What keeps a client from a profile.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What keeps a client from conforming to a profile, or a part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Obstacles {
    /// Required features that the client does not support.
    pub missing: Vec<String>,
    /// Scenarios that it has to pass and does not.
    pub failing: Vec<String>,
    /// Questions to which it gives another answer than the profile asks for, each with the answer; empty if it is none
    /// that is known.
    pub answers: BTreeMap<String, String>,
    /// Features that the profile forbids and the client accepts nevertheless, with a scenario that shows it.
    pub accepted: BTreeMap<String, String>,
}

impl Obstacles {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.failing.is_empty() && self.answers.is_empty() && self.accepted.is_empty()
    }

    /// The scenarios that fail, without their variants, each with how many of these fail.
    pub fn scenarios(&self) -> BTreeMap<&str, usize> {
        let mut scenarios = BTreeMap::new();
        for id in &self.failing {
            *scenarios.entry(id.split('[').next().unwrap_or_default()).or_default() += 1;
        }
        scenarios
    }

    /// What is here and not in `base`. To a question that both ask, the answer is the same one.
    #[must_use]
    pub fn beyond(mut self, base: &Self) -> Self {
        self.missing.retain(|id| !base.missing.contains(id));
        self.failing.retain(|id| !base.failing.contains(id));
        self.answers.retain(|id, _| !base.answers.contains_key(id));
        self.accepted.retain(|id, _| !base.accepted.contains_key(id));
        self
    }
}
