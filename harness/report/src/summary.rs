//! Counts of results, and what they say together.

use std::process::ExitCode;

use judge::{ScenarioResult, Status};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{BaselineSummary, Standing};

/// The results of a run, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Summary {
    /// What the run says about the client.
    pub verdict: ExitVerdict,
    /// All scenarios.
    pub total: usize,
    /// Those with status `pass`.
    pub pass: usize,
    /// Those with status `fail`.
    pub fail: usize,
    /// Those with status `inconclusive`.
    pub inconclusive: usize,
    /// Those with status `unsupported`.
    pub unsupported: usize,
    /// Those with status `error`.
    pub error: usize,
    /// Those that fail the run: required, neither pass nor unsupported, not in the baseline.
    pub required_failures: usize,
    /// Those that are neither pass nor unsupported, but that the baseline lists.
    pub known_deviations: usize,
    /// How many answer a question that the text leaves open otherwise than the scenario does.
    pub open_questions: usize,
    /// Those that are neither pass nor unsupported, but not required.
    pub warnings: usize,
}

/// What a run says about the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ExitVerdict {
    /// Nothing that is required failed, and the baseline is exact.
    Conformant,
    /// Something that is required failed, the baseline is not exact, or nothing was tested.
    NotConformant,
    /// The suite itself is broken, so that the results say nothing.
    SuiteBroken,
}

impl ExitVerdict {
    /// The exit status: 0, 1 or 2.
    pub const fn code(self) -> u8 {
        match self {
            Self::Conformant => 0,
            Self::NotConformant => 1,
            Self::SuiteBroken => 2,
        }
    }
}

impl From<ExitVerdict> for ExitCode {
    fn from(verdict: ExitVerdict) -> Self {
        Self::from(verdict.code())
    }
}

impl Summary {
    /// Counts results.
    pub fn of(results: &[ScenarioResult], baseline: Option<&BaselineSummary>) -> Self {
        let status = |status| results.iter().filter(|result| result.status == status).count();
        let standing = |matches: fn(Standing<'_>) -> bool| {
            results.iter().filter(|result| matches(Standing::of(result, baseline))).count()
        };
        let required_failures = standing(|standing| standing == Standing::Failure);
        let exact = baseline.is_none_or(|baseline| baseline.unmatched.is_empty());
        Self {
            verdict: if results.iter().any(|result| result.suite_fault) {
                ExitVerdict::SuiteBroken
            } else if required_failures == 0 && exact && status(Status::Unsupported) < results.len() {
                ExitVerdict::Conformant
            } else {
                ExitVerdict::NotConformant
            },
            total: results.len(),
            pass: status(Status::Pass),
            fail: status(Status::Fail),
            inconclusive: status(Status::Inconclusive),
            unsupported: status(Status::Unsupported),
            error: status(Status::Error),
            required_failures,
            known_deviations: standing(|standing| matches!(standing, Standing::KnownDeviation(_))),
            open_questions: standing(|standing| standing == Standing::OpenQuestion),
            warnings: standing(|standing| standing == Standing::Warning),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example;

    fn verdict(results: &[ScenarioResult], baseline: Option<&BaselineSummary>) -> ExitVerdict {
        Summary::of(results, baseline).verdict
    }

    #[test]
    fn one_required_failure_makes_a_client_not_conformant() {
        let pass = example::pass("honest", "first-refresh");
        for problem in [
            example::accepted_replay("rollback", "timestamp-replay"),
            example::refused_control("rollback", "timestamp-replay"),
            example::deadline("rollback", "timestamp-replay"),
        ] {
            assert_eq!(verdict(&[pass.clone(), problem], None).code(), 1);
        }
        assert_eq!(verdict(&[pass], None).code(), 0);
    }

    #[test]
    fn unsupported_and_warnings_do_not_fail_a_run_but_are_counted() {
        let mut warning = example::accepted_replay("rollback", "timestamp-replay");
        warning.required = false;
        let summary = Summary::of(&[example::unsupported("honest", "bins"), warning], None);
        assert_eq!(summary.verdict, ExitVerdict::Conformant);
        assert_eq!((summary.pass, summary.unsupported, summary.fail, summary.warnings), (0, 1, 1, 1));
    }

    #[test]
    fn a_listed_deviation_is_excused_and_a_wrong_list_is_not() {
        let results = [example::accepted_replay("rollback", "timestamp-replay")];
        let mut baseline = example::baseline(Status::Fail);
        assert_eq!(verdict(&results, Some(&baseline)), ExitVerdict::Conformant);
        baseline.unmatched.push("`rollback/*-replay-2` matches no scenario".to_owned());
        assert_eq!(verdict(&results, Some(&baseline)), ExitVerdict::NotConformant);
    }

    #[test]
    fn a_run_without_scenarios_shows_nothing() {
        assert_eq!(verdict(&[], None), ExitVerdict::NotConformant);
    }

    #[test]
    fn a_broken_suite_says_nothing_about_the_client() {
        let mut result = example::deadline("rollback", "timestamp-replay");
        result.suite_fault = true;
        assert_eq!(verdict(&[result], None).code(), 2);
    }
}
