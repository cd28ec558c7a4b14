//! Counts of clients, and what they say together.

use std::process::ExitCode;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{NotPlayed, NotPlayedReason};
use crate::{ExitVerdict, Report};

/// The clients of a run, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MatrixSummary {
    /// What the run says about all clients together.
    pub verdict: MatrixVerdict,
    /// Those whose own report says `conformant`.
    pub conformant: usize,
    /// Those whose own report says `not-conformant`.
    pub not_conformant: usize,
    /// Those whose own report says `suite-broken`.
    pub suite_broken: usize,
    /// Those that are installed, but could not be started.
    pub could_not_start: usize,
    /// Those that are not installed.
    pub not_installed: usize,
}

/// What a run says about all its clients together. The one that comes last in this list wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MatrixVerdict {
    /// Each client that was played conforms, and there is at least one.
    Conformant,
    /// A client does not conform.
    NotConformant,
    /// Nothing is known about a client that is installed, since it could not be started; or none was played.
    Incomplete,
    /// The suite itself is broken, so that the results of a client say nothing.
    SuiteBroken,
}

impl MatrixVerdict {
    /// The exit status: 0, 1 or 2.
    pub const fn code(self) -> u8 {
        match self {
            Self::Conformant => 0,
            Self::NotConformant => 1,
            Self::Incomplete | Self::SuiteBroken => 2,
        }
    }
}

impl From<ExitVerdict> for MatrixVerdict {
    fn from(verdict: ExitVerdict) -> Self {
        match verdict {
            ExitVerdict::Conformant => Self::Conformant,
            ExitVerdict::NotConformant => Self::NotConformant,
            ExitVerdict::SuiteBroken => Self::SuiteBroken,
        }
    }
}

impl From<MatrixVerdict> for ExitCode {
    fn from(verdict: MatrixVerdict) -> Self {
        Self::from(verdict.code())
    }
}

impl MatrixSummary {
    /// Counts clients.
    pub fn of(clients: &[Report], not_played: &[NotPlayed]) -> Self {
        let verdict = |verdict| clients.iter().filter(|client| client.verdict() == verdict).count();
        let reason = |reason| not_played.iter().filter(|client| client.reason == reason).count();
        let could_not_start = reason(NotPlayedReason::CouldNotStart);
        let unknown = (could_not_start > 0 || clients.is_empty()).then_some(MatrixVerdict::Incomplete);
        let known = clients.iter().map(|client| client.verdict().into());
        Self {
            verdict: known.chain(unknown).max().unwrap_or(MatrixVerdict::Incomplete),
            conformant: verdict(ExitVerdict::Conformant),
            not_conformant: verdict(ExitVerdict::NotConformant),
            suite_broken: verdict(ExitVerdict::SuiteBroken),
            could_not_start,
            not_installed: reason(NotPlayedReason::NotInstalled),
        }
    }

    /// The clients that were played, or should have been.
    pub const fn wanted(&self) -> usize {
        self.conformant + self.not_conformant + self.suite_broken + self.could_not_start
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example;

    fn verdict(clients: &[&Report], not_played: &[NotPlayed]) -> MatrixVerdict {
        MatrixSummary::of(&clients.iter().map(|client| (*client).clone()).collect::<Vec<_>>(), not_played).verdict
    }

    fn broken_suite() -> Report {
        let mut result = example::deadline("rollback", "timestamp-replay");
        result.suite_fault = true;
        example::report(vec![result])
    }

    #[test]
    fn one_client_that_does_not_conform_fails_the_run() {
        let (good, bad) = (example::all_pass(), example::one_failure());
        assert_eq!(verdict(&[&good, &good], &[]).code(), 0);
        assert_eq!(verdict(&[&good, &bad], &[]).code(), 1);
        assert_eq!(verdict(&[&bad, &good], &[]).code(), 1);
    }

    #[test]
    fn a_broken_suite_comes_before_everything_else() {
        let clients = [&example::all_pass(), &broken_suite(), &example::one_failure()];
        assert_eq!(verdict(&clients, &[example::could_not_start()]), MatrixVerdict::SuiteBroken);
        assert_eq!(verdict(&clients, &[]).code(), 2);
    }

    #[test]
    fn a_client_that_is_not_installed_changes_nothing() {
        assert_eq!(verdict(&[&example::all_pass()], &[example::not_installed()]), MatrixVerdict::Conformant);
        assert_eq!(verdict(&[&example::one_failure()], &[example::not_installed()]), MatrixVerdict::NotConformant);
    }

    #[test]
    fn a_client_that_cannot_be_started_leaves_the_run_incomplete() {
        for client in [example::all_pass(), example::one_failure()] {
            let verdict = verdict(&[&client], &[example::could_not_start()]);
            assert_eq!((verdict, verdict.code()), (MatrixVerdict::Incomplete, 2));
        }
    }

    #[test]
    fn a_run_without_clients_is_no_success() {
        for not_played in [vec![], vec![example::not_installed()], vec![example::could_not_start()]] {
            assert_eq!(verdict(&[], &not_played), MatrixVerdict::Incomplete);
        }
    }
}
