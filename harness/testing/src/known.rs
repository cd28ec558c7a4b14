//! The known deviations of a client, scenario by scenario.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use adapter::released::{Baseline, Deviation, DeviationStatus};
use judge::Status;
use report::BaselineSummary;
use report::escape::single_line;
use suite::{IdPattern, ScenarioId, Suite, nearest};

use crate::setup_error::SetupError;

/// The longest pattern that is shown.
const PATTERN_LIMIT: usize = 200;

/// The known deviations of a client. Without a file there are none.
#[derive(Default)]
pub struct Known {
    file: Option<String>,
    entries: Vec<(IdPattern, Deviation)>,
    /// The entries that mean no scenario: the name of the test that fails for it, and what it says.
    wrong: BTreeMap<String, String>,
}

impl Known {
    /// Reads the file.
    ///
    /// # Errors
    /// If it cannot be read or is not of its form.
    pub fn read(file: &Path, suite: &Suite) -> Result<Self, SetupError> {
        let name = file.display().to_string();
        let text = fs::read_to_string(file).map_err(|error| {
            SetupError::new(format!("{name}: {error}"), "the path of a baseline begins at the folder of the package")
        })?;
        let baseline = Baseline::parse(&name, &text).map_err(|problem| {
            let message = format!("{}:{}:{}: {problem}", problem.file, problem.line(), problem.column());
            problem.help.as_ref().map_or_else(|| SetupError::plain(&message), |help| SetupError::new(&message, help))
        })?;
        let mut known = Self { file: Some(name.clone()), ..Self::default() };
        for mut entry in baseline.deviation {
            match meant(&entry.scenario, suite) {
                Ok(pattern) => {
                    // Written over several lines, shown on one.
                    entry.reason = entry.reason.split_whitespace().collect::<Vec<_>>().join(" ");
                    known.entries.push((pattern, entry));
                }
                Err(why) => {
                    let pattern = single_line(&entry.scenario, PATTERN_LIMIT);
                    known.wrong.insert(format!("baseline/{pattern}"), format!("{name}: {pattern}: {why}"));
                }
            }
        }
        Ok(known)
    }

    /// The entries that mean no scenario: a name for each, and what is wrong with it.
    pub fn wrong_entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.wrong.iter().map(|(name, message)| (name.as_str(), message.as_str()))
    }

    /// What the file says of one scenario, if there is a file.
    pub fn of(&self, scenario: &ScenarioId) -> Option<BaselineSummary> {
        let meant = self.entries.iter().filter(|(pattern, _)| pattern.means(scenario.as_str()));
        let deviations = meant.map(|(_, entry)| report::Deviation {
            scenario: scenario.clone(),
            status: match entry.status {
                DeviationStatus::Fail => Status::Fail,
                DeviationStatus::Inconclusive => Status::Inconclusive,
                DeviationStatus::Error => Status::Error,
            },
            reason: entry.reason.clone(),
            link: entry.link.clone(),
        });
        let deviations = deviations.collect();
        self.file.clone().map(|file| BaselineSummary { file, deviations, unmatched: Vec::new() })
    }
}

/// A pattern that means a scenario, or what is wrong with it.
fn meant(pattern: &str, suite: &Suite) -> Result<IdPattern, String> {
    let read = IdPattern::parse(pattern)?;
    if suite.variants().any(|variant| read.means(variant.id.as_str())) {
        return Ok(read);
    }
    let near = nearest(pattern, suite.variants().map(|variant| variant.id.as_str()));
    let help = near.map(|id| format!("; did you mean `{id}`?")).unwrap_or_default();
    Err(format!("no scenario is meant by this entry{help}"))
}
