//! The known deviations of a client, held against what was played.

use std::path::Path;

use adapter::released::{Baseline, DeviationStatus};
use judge::{ScenarioResult, Status};
use report::{BaselineSummary, Deviation};
use suite::{IdPattern, Suite};

use crate::failure::Failure;

/// Reads the known deviations in a file.
///
/// # Errors
/// If it cannot be read or is broken.
pub fn read(file: &Path) -> Result<Baseline, Failure> {
    let unreadable = |error| Failure::file(file, &error).about("cannot read the known deviations (--baseline):");
    let text = std::fs::read_to_string(file).map_err(unreadable)?;
    Baseline::parse(&file.display().to_string(), &text).map_err(|problem| Failure::Problems(vec![*problem]))
}

/// A baseline with its patterns resolved to the scenarios that were played. An entry that no scenario of the suite is
/// meant by is noted, and one that means only scenarios that were not played is passed over.
///
/// # Errors
/// If an entry has a broken pattern.
pub fn summarise(
    file: String,
    baseline: &Baseline,
    suite: &Suite,
    results: &[ScenarioResult],
) -> Result<BaselineSummary, Failure> {
    let mut summary = BaselineSummary { file, ..BaselineSummary::default() };
    for entry in &baseline.deviation {
        let pattern = IdPattern::parse(&entry.scenario).map_err(Failure::plain)?;
        if !suite.variants().any(|variant| pattern.means(variant.id.as_str())) {
            summary.unmatched.push(format!("{}: no scenario is meant by this entry", entry.scenario));
        }
        let meant = results.iter().filter(|result| pattern.means(result.id.as_str()));
        summary.deviations.extend(meant.map(|result| Deviation {
            scenario: result.id.clone(),
            status: match entry.status {
                DeviationStatus::Fail => Status::Fail,
                DeviationStatus::Inconclusive => Status::Inconclusive,
                DeviationStatus::Error => Status::Error,
            },
            // Written over several lines, shown on one.
            reason: entry.reason.split_whitespace().collect::<Vec<_>>().join(" "),
            link: entry.link.clone(),
        }));
    }
    Ok(summary)
}
