//! Everything that there is to say about a run, whatever the format.

use std::collections::BTreeSet;

use judge::{Conformance, ProfileVerdict, ScenarioResult};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{BaselineSummary, ExitVerdict, Summary};

/// The edition of the specification that results are about.
pub const EDITION: &str = "1.0.34";

/// The report of one run. It has no dates in it, so that the same run gives the same report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Report {
    /// What this document is.
    pub format: FormatName,
    /// The version of the format.
    pub version: FormatVersion,
    /// What made it.
    pub tool: Tool,
    /// The edition of the specification.
    pub specification: String,
    /// Who was tested.
    pub client: Client,
    /// What an ordinary repository looked like, by the id of the dialect.
    pub dialect: String,
    /// The patterns of ids that chose the scenarios. Empty if all were played.
    pub selection: Vec<String>,
    /// Every scenario, in the order of the suite.
    pub results: Vec<ScenarioResult>,
    /// The results, counted.
    pub summary: Summary,
    /// The known deviations of the client, if there is a list of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<BaselineSummary>,
    /// What profiles say of the client, if it was held against some.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<ProfileVerdict>,
    /// The command line that repeats the run, without the patterns of ids: the program, its subcommand, options.
    pub reproduce: Vec<String>,
    /// What the run took. Absent where a report has to be the same each time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resources: Option<Resources>,
}

/// The name of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum FormatName {
    /// The only one.
    #[default]
    #[serde(rename = "tuf-cookbook/report")]
    Report,
}

/// The version of the format: 1. It changes when a reader of the old one would misread the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "u32", into = "u32")]
#[schemars(with = "u32", extend("const" = 1))]
pub struct FormatVersion;

impl FormatVersion {
    /// The version as a number.
    pub const NUMBER: u32 = 1;
}

impl From<FormatVersion> for u32 {
    fn from(_: FormatVersion) -> Self {
        FormatVersion::NUMBER
    }
}

impl TryFrom<u32> for FormatVersion {
    type Error = String;

    fn try_from(number: u32) -> Result<Self, String> {
        match number {
            Self::NUMBER => Ok(Self),
            _ => Err(format!("version {number} of the format is unknown, only version {} can be read", Self::NUMBER)),
        }
    }
}

/// What made a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// Who was tested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Client {
    /// Its name.
    pub name: String,
    /// Its version, if known.
    pub version: Option<String>,
    /// The features that it claims, by their ids in the register.
    pub features: BTreeSet<String>,
    /// Whether the current time can be told to it.
    pub clock: bool,
    /// The language that it is written in, if known.
    pub language: Option<String>,
    /// Its page, if known.
    pub homepage: Option<String>,
    /// Where a bug is told to those who can mend it, if known.
    pub issue_tracker: Option<String>,
    /// How the harness talks to it: `process`, `session`, `library`, `in-process`, or `built-in`.
    pub transport: String,
}

impl Client {
    /// The name, and the version if it is known.
    pub(crate) fn full_name(&self) -> String {
        match &self.version {
            Some(version) => format!("{} {version}", self.name),
            None => self.name.clone(),
        }
    }
}

/// What a run took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Resources {
    /// The time that passed.
    pub wall_milliseconds: u64,
    /// The processor time of the harness itself.
    pub harness_cpu_milliseconds: u64,
    /// The processor time of the client.
    pub client_cpu_milliseconds: u64,
}

/// Who was tested, by what and how: the head of a report.
#[derive(Debug, Clone)]
pub struct Setting {
    /// What makes the report.
    pub tool: Tool,
    /// Who was tested.
    pub client: Client,
    /// The id of the dialect.
    pub dialect: String,
    /// The patterns of ids that chose the scenarios. Empty if all were played.
    pub selection: Vec<String>,
    /// The command line that repeats the run, without the patterns of ids: the program, its subcommand, options.
    pub reproduce: Vec<String>,
}

impl Report {
    /// Counts the results and holds them against the baseline.
    pub fn new(
        setting: Setting,
        results: Vec<ScenarioResult>,
        baseline: Option<BaselineSummary>,
        resources: Option<Resources>,
    ) -> Self {
        let baseline = baseline.map(|baseline| baseline.checked_against(&results));
        Self {
            format: FormatName::Report,
            version: FormatVersion,
            tool: setting.tool,
            specification: EDITION.to_owned(),
            client: setting.client,
            dialect: setting.dialect,
            selection: setting.selection,
            summary: Summary::of(&results, baseline.as_ref()),
            results,
            baseline,
            profiles: Vec::new(),
            reproduce: setting.reproduce,
            resources,
        }
    }

    /// The same report, with what profiles say of the client.
    #[must_use]
    pub fn held_against(self, profiles: Vec<ProfileVerdict>) -> Self {
        Self { profiles, ..self }
    }

    /// Whether the client conforms to every profile that it was held against.
    pub fn conforms_to_profiles(&self) -> bool {
        self.profiles.iter().all(|verdict| verdict.conformance == Conformance::Conformant)
    }

    /// Whether the counts are those of the results. They are not where a document was edited.
    pub(crate) fn is_counted(&self) -> bool {
        Summary::of(&self.results, self.baseline.as_ref()) == self.summary
    }

    /// What the run says about the client, and with it the exit status.
    pub const fn verdict(&self) -> ExitVerdict {
        self.summary.verdict
    }
}
