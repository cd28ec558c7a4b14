//! What a result means, in one character.

use anstyle::Style as Paint;
use judge::{ScenarioResult, Status};

use super::page::{DIM, GREEN, RED, YELLOW};
use crate::{BaselineSummary, Standing, words};

/// What a result means, in the order in which counts are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    Pass,
    Fail,
    Inconclusive,
    Error,
    /// The suite could not play the scenario: nothing is known of the client.
    SuiteFault,
    Warning,
    OpenQuestion,
    KnownDeviation,
    Unsupported,
}

impl Mark {
    pub fn of(result: &ScenarioResult, baseline: Option<&BaselineSummary>) -> Self {
        match (Standing::of(result, baseline), result.status) {
            _ if result.suite_fault => Self::SuiteFault,
            (Standing::Pass, _) => Self::Pass,
            (Standing::Unsupported, _) => Self::Unsupported,
            (Standing::KnownDeviation(_), _) => Self::KnownDeviation,
            (Standing::OpenQuestion, _) => Self::OpenQuestion,
            (Standing::Warning, _) => Self::Warning,
            (Standing::Failure, Status::Inconclusive) => Self::Inconclusive,
            (Standing::Failure, Status::Error) => Self::Error,
            (Standing::Failure, _) => Self::Fail,
        }
    }

    /// The character. Large letters count against the client.
    pub const fn character(self) -> &'static str {
        match self {
            Self::Pass => ".",
            Self::Fail => "F",
            Self::Inconclusive => "I",
            Self::Error => "E",
            Self::SuiteFault => "!",
            Self::Warning => "w",
            Self::OpenQuestion => "o",
            Self::KnownDeviation => "k",
            Self::Unsupported => "u",
        }
    }

    /// What the character stands for.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "failed",
            Self::Inconclusive => "inconclusive",
            Self::Error => "error",
            Self::SuiteFault => "error of the suite",
            Self::Warning => "warning",
            Self::OpenQuestion => "open question",
            Self::KnownDeviation => "known deviation",
            Self::Unsupported => "unsupported",
        }
    }

    /// So many of them, in words.
    pub fn counted(self, number: usize) -> String {
        match self {
            Self::Pass => words::count(number, "pass", "passes"),
            Self::Fail | Self::Inconclusive | Self::Unsupported => format!("{number} {}", self.name()),
            Self::Error => words::count(number, "error", "errors"),
            Self::SuiteFault => words::count(number, "error of the suite", "errors of the suite"),
            Self::Warning => words::count(number, "warning", "warnings"),
            Self::OpenQuestion => words::count(number, "open question", "open questions"),
            Self::KnownDeviation => words::count(number, "known deviation", "known deviations"),
        }
    }

    /// Whether a result with this mark tells something about what the client does in the scenario.
    pub const fn is_played(self) -> bool {
        !matches!(self, Self::Unsupported | Self::SuiteFault)
    }

    /// Whether anything but a pass would be held against the client.
    pub const fn counts(self) -> bool {
        self.is_played() && !matches!(self, Self::OpenQuestion)
    }

    pub const fn fails_the_run(self) -> bool {
        matches!(self, Self::Fail | Self::Inconclusive | Self::Error | Self::SuiteFault)
    }

    pub const fn paint(self) -> Paint {
        match self {
            Self::Pass => GREEN,
            Self::Fail | Self::Inconclusive | Self::Error | Self::SuiteFault => RED,
            Self::Warning | Self::KnownDeviation => YELLOW,
            Self::OpenQuestion | Self::Unsupported => DIM,
        }
    }
}
