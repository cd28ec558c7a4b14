//! Everything that there is to say about a run of many clients.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{MatrixSummary, MatrixVerdict};
use crate::{EDITION, Report, Tool};

/// The report of a run in which many clients played the same scenarios. It has no dates in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MatrixReport {
    /// What this document is.
    pub format: MatrixFormatName,
    /// The version of the format.
    pub version: MatrixFormatVersion,
    /// What made it.
    pub tool: Tool,
    /// The edition of the specification.
    pub specification: String,
    /// The patterns of ids that chose the scenarios. Empty if all were played.
    pub selection: Vec<String>,
    /// The clients, counted.
    pub summary: MatrixSummary,
    /// The report of each client that was played, in the order in which they were.
    pub clients: Vec<Report>,
    /// The clients that were not played.
    pub not_played: Vec<NotPlayed>,
    /// The command line that repeats the run, without the patterns of ids: the program, its subcommand, options.
    pub reproduce: Vec<String>,
}

/// The name of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum MatrixFormatName {
    /// The only one.
    #[default]
    #[serde(rename = "tuf-cookbook/matrix")]
    Matrix,
}

/// The version of the format: 1. It changes when a reader of the old one would misread the new one. The reports of the
/// single clients have a version of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "u32", into = "u32")]
#[schemars(with = "u32", extend("const" = 1))]
pub struct MatrixFormatVersion;

impl MatrixFormatVersion {
    /// The version as a number.
    pub const NUMBER: u32 = 1;
}

impl From<MatrixFormatVersion> for u32 {
    fn from(_: MatrixFormatVersion) -> Self {
        MatrixFormatVersion::NUMBER
    }
}

impl TryFrom<u32> for MatrixFormatVersion {
    type Error = String;

    fn try_from(number: u32) -> Result<Self, String> {
        match number {
            Self::NUMBER => Ok(Self),
            _ => Err(format!("version {number} of the matrix is unknown, only version {} can be read", Self::NUMBER)),
        }
    }
}

/// A client that was not played.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NotPlayed {
    /// Its name.
    pub name: String,
    /// The kind of reason.
    pub reason: NotPlayedReason,
    /// What was the matter, in a sentence.
    pub message: String,
    /// What to do about it, if that is known.
    pub help: Option<String>,
}

/// Why a client was not played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NotPlayedReason {
    /// It is not installed. That does not fail the run.
    NotInstalled,
    /// It is installed, but does not start, or does not say who it is. Nothing is known about it.
    CouldNotStart,
}

/// By what and how the clients were tested: the head of a matrix.
#[derive(Debug, Clone)]
pub struct MatrixSetting {
    /// What makes the report.
    pub tool: Tool,
    /// The patterns of ids that chose the scenarios. Empty if all were played.
    pub selection: Vec<String>,
    /// The command line that repeats the run, without the patterns of ids: the program, its subcommand, options.
    pub reproduce: Vec<String>,
}

impl MatrixReport {
    /// The reports of the clients.
    pub fn into_reports(self) -> Vec<Report> {
        self.clients
    }

    /// Puts the reports of the clients side by side and counts.
    pub fn new(setting: MatrixSetting, clients: Vec<Report>, not_played: Vec<NotPlayed>) -> Self {
        Self {
            format: MatrixFormatName::Matrix,
            version: MatrixFormatVersion,
            tool: setting.tool,
            specification: EDITION.to_owned(),
            selection: setting.selection,
            summary: MatrixSummary::of(&clients, &not_played),
            clients,
            not_played,
            reproduce: setting.reproduce,
        }
    }

    /// What the run says about all clients together, and with it the exit status.
    pub const fn verdict(&self) -> MatrixVerdict {
        self.summary.verdict
    }
}
