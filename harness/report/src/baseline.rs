//! The known deviations of a client, as far as they concern a run.

use judge::{ScenarioResult, Status};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use suite::ScenarioId;

use crate::words;

/// What became of the list of known deviations in a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BaselineSummary {
    /// The file that lists them, as it was named.
    pub file: String,
    /// The scenarios that are listed, one by one.
    pub deviations: Vec<Deviation>,
    /// What is wrong with the list: an entry that matches nothing, or a deviation that is gone. Fails the run.
    pub unmatched: Vec<String>,
}

/// A scenario whose result is known and explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Deviation {
    /// The scenario.
    pub scenario: ScenarioId,
    /// The status that it has. Any other is not excused.
    pub status: Status,
    /// Why the client deviates.
    pub reason: String,
    /// Where it is discussed.
    pub link: String,
}

impl BaselineSummary {
    /// The deviation that explains a result, if there is one.
    pub fn excuse(&self, result: &ScenarioResult) -> Option<&Deviation> {
        self.deviations.iter().find(|deviation| deviation.explains(result))
    }

    /// Notes each listed scenario that was played and has another status, so that no list grows stale. What could not be
    /// played, such as an expiry to the second with a client that goes by the real clock, is left alone.
    pub(crate) fn checked_against(mut self, results: &[ScenarioResult]) -> Self {
        let (held, gone): (Vec<_>, Vec<_>) = self.deviations.into_iter().partition(|deviation| {
            let held = [deviation.status, Status::Unsupported];
            !results.iter().any(|result| result.id == deviation.scenario && !held.contains(&result.status))
        });
        self.deviations = held;
        self.unmatched.extend(gone.iter().filter_map(|deviation| {
            let result = results.iter().find(|result| result.id == deviation.scenario)?;
            let (listed, found) = (words::status(deviation.status), words::status(result.status));
            let remedy = match result.status {
                Status::Pass => "take the entry out",
                _ => "look at the result, then correct the entry",
            };
            Some(format!("{}: listed as `{listed}`, but the result is `{found}`: {remedy}", deviation.scenario))
        }));
        self
    }
}

impl Deviation {
    fn explains(&self, result: &ScenarioResult) -> bool {
        self.scenario == result.id && self.status == result.status
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example;

    #[test]
    fn a_deviation_that_is_gone_is_noted_and_excuses_nothing() {
        let listed = example::baseline(Status::Fail);
        let checked = listed.checked_against(&[example::pass("rollback", "timestamp-replay")]);
        assert_eq!(checked.deviations, []);
        assert_eq!(
            checked.unmatched,
            ["rollback/timestamp-replay: listed as `fail`, but the result is `pass`: take the entry out"]
        );
    }

    #[test]
    fn a_deviation_in_a_scenario_that_was_not_played_is_left_alone() {
        let checked = example::baseline(Status::Fail).checked_against(&[example::pass("honest", "first-refresh")]);
        assert_eq!(checked, example::baseline(Status::Fail));
    }

    #[test]
    fn a_deviation_in_a_scenario_that_could_not_be_played_is_left_alone() {
        let mut result = example::pass("rollback", "timestamp-replay");
        result.status = Status::Unsupported;
        assert_eq!(example::baseline(Status::Fail).checked_against(&[result]), example::baseline(Status::Fail));
    }

    #[test]
    fn an_error_is_not_excused_by_a_listed_failure() {
        let error = example::deadline("rollback", "timestamp-replay");
        assert_eq!(example::baseline(Status::Fail).excuse(&error), None);
        assert!(example::baseline(Status::Error).excuse(&error).is_some());
    }
}
