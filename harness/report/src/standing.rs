//! What a result means for the client, in the light of what is required and of the baseline.

use judge::{ScenarioResult, Status};

use crate::{BaselineSummary, Deviation};

/// What a result means for the client. Every format shows it, none decides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing<'a> {
    /// The client does what is asked.
    Pass,
    /// The client does not claim what the scenario needs. No failure, and never a pass.
    Unsupported,
    /// Known and explained in the baseline.
    KnownDeviation(&'a Deviation),
    /// It answers a question that the text leaves open otherwise than the scenario does. Nobody is wrong.
    OpenQuestion,
    /// Not a pass, but nothing that is required.
    Warning,
    /// Fails the run.
    Failure,
}

impl<'a> Standing<'a> {
    /// The standing of a result.
    pub fn of(result: &ScenarioResult, baseline: Option<&'a BaselineSummary>) -> Self {
        match (result.status, baseline.and_then(|baseline| baseline.excuse(result))) {
            (Status::Pass, _) => Self::Pass,
            (Status::Unsupported, _) => Self::Unsupported,
            (_, Some(deviation)) => Self::KnownDeviation(deviation),
            (Status::Fail, None) if result.policy.is_some() && !result.suite_fault => Self::OpenQuestion,
            (_, None) if result.required || result.suite_fault => Self::Failure,
            (_, None) => Self::Warning,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example;

    #[test]
    fn whatever_is_required_and_does_not_pass_is_a_failure() {
        for result in [
            example::accepted_replay("rollback", "timestamp-replay"),
            example::refused_control("rollback", "timestamp-replay"),
            example::deadline("rollback", "timestamp-replay"),
        ] {
            assert_eq!(Standing::of(&result, None), Standing::Failure, "{:?}", result.status);
        }
    }

    #[test]
    fn what_is_not_required_is_a_warning_at_most() {
        let mut result = example::deadline("rollback", "timestamp-replay");
        result.required = false;
        assert_eq!(Standing::of(&result, None), Standing::Warning);
    }

    #[test]
    fn a_feature_that_is_not_claimed_is_neither_pass_nor_failure() {
        assert_eq!(Standing::of(&example::unsupported("honest", "bins"), None), Standing::Unsupported);
    }

    #[test]
    fn a_listed_deviation_is_known() {
        let (baseline, result) =
            (example::baseline(Status::Fail), example::accepted_replay("rollback", "timestamp-replay"));
        assert_eq!(Standing::of(&result, Some(&baseline)), Standing::KnownDeviation(&baseline.deviations[0]));
    }

    #[test]
    fn another_answer_to_an_open_question_is_no_failure_but_a_crash_is_no_answer() {
        let mut result = example::accepted_replay("rollback", "timestamp-replay");
        (result.policy, result.required) = (Some("unchanged-timestamp-expiry".to_owned()), false);
        assert_eq!(Standing::of(&result, None), Standing::OpenQuestion);
        result.status = Status::Error;
        assert_eq!(Standing::of(&result, None), Standing::Warning);
    }
}
