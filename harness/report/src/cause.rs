//! One cause behind many results: a client that hangs or refuses everything is told so once, not a hundred times.

use std::collections::BTreeMap;

use judge::{CheckKind, ScenarioResult, Status};
use suite::RunKind;
use suite::observation::{self, Asked, Observation, Outcome};

use crate::words;

/// From how many results with the same cause on they are not all shown.
const CROWD: usize = 11;

/// What results can have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    /// Their status.
    pub status: Status,
    /// What happened, in words.
    pub what: String,
}

impl Cause {
    /// What lies behind a result, as far as it can be told.
    pub fn of(result: &ScenarioResult) -> Option<Self> {
        let what = match result.status {
            Status::Pass | Status::Unsupported => None,
            Status::Error => first_error(result).map(|(_, broke)| broke.to_string()).or_else(|| result.note.clone()),
            Status::Inconclusive => refused_control(result)
                .map(|refused| format!("without the attack, `{}` ends as: {}", verb(&refused.asked), refused.outcome)),
            Status::Fail => result
                .failed_checks()
                .find(|check| check.kind == CheckKind::Outcome)
                .map(|check| format!("expected: {}; observed: {}", check.expected, check.observed)),
        };
        what.map(|what| Self { status: result.status, what })
    }
}

/// The causes that so many of the problems have that showing each would hide the rest: more than ten, and a good part
/// of all scenarios. Failed checks look alike even if the bugs differ, so that a larger part is asked of them.
pub fn crowds<'a>(problems: impl IntoIterator<Item = &'a ScenarioResult>, total: usize) -> BTreeMap<Cause, usize> {
    let mut counts = BTreeMap::new();
    for cause in problems.into_iter().filter_map(Cause::of) {
        *counts.entry(cause).or_default() += 1;
    }
    counts.retain(|cause: &Cause, count: &mut usize| {
        let part = if cause.status == Status::Fail { 2 } else { 4 };
        *count >= CROWD && *count * part >= total
    });
    counts
}

/// The reason of a status in one sentence.
pub fn because(result: &ScenarioResult) -> String {
    if let (Status::Fail, Some(check)) = (result.status, result.failed_checks().next()) {
        let more = match result.failed_checks().count() - 1 {
            0 => String::new(),
            more => format!(" (and {})", words::count(more, "more check", "more checks")),
        };
        return format!("{}: expected: {}; observed: {}{more}", check.id, check.expected, check.observed);
    }
    let cause = Cause::of(result).map(|cause| cause.what);
    cause.or_else(|| result.note.clone()).unwrap_or_else(|| "no reason was given".to_owned())
}

/// The first thing at which the client broke, and how.
pub fn first_error(result: &ScenarioResult) -> Option<(&Observation, &observation::Cause)> {
    result.runs.iter().flat_map(|run| &run.observations).find_map(|observation| match &observation.outcome {
        Outcome::Error { cause } => Some((observation, cause)),
        _ => None,
    })
}

/// The first thing in the control that the client did not accept.
pub fn refused_control(result: &ScenarioResult) -> Option<&Observation> {
    let control = result.runs.iter().find(|run| run.kind == RunKind::Control)?;
    control.observations.iter().find(|observation| observation.outcome != Outcome::Accepted)
}

/// What was asked, without the names of files.
pub const fn verb(asked: &Asked) -> &'static str {
    match asked {
        Asked::Trust => "trust",
        Asked::Refresh => "refresh",
        Asked::Download(_) => "download",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example;

    fn crowd_sizes(results: &[ScenarioResult]) -> Vec<usize> {
        crowds(results, results.len()).into_values().collect()
    }

    #[test]
    fn many_refused_controls_are_one_cause() {
        let results: Vec<_> = (0..CROWD).map(|n| example::refused_control("rollback", &format!("x-{n}"))).collect();
        assert_eq!(crowd_sizes(&results), [CROWD]);
    }

    #[test]
    fn a_few_results_or_a_small_part_are_no_crowd() {
        let mut results: Vec<_> = (1..CROWD).map(|n| example::deadline("rollback", &format!("x-{n}"))).collect();
        assert_eq!(crowd_sizes(&results), [0; 0]);
        results.push(example::deadline("rollback", "x-0"));
        assert_eq!(crowd_sizes(&results), [CROWD]);
        results.extend((0..4 * CROWD).map(|n| example::pass("honest", &format!("y-{n}"))));
        assert_eq!(crowd_sizes(&results), [0; 0]);
    }

    #[test]
    fn failures_are_a_crowd_only_if_they_are_half_of_all() {
        let mut results: Vec<_> = (0..CROWD).map(|n| example::accepted_replay("rollback", &format!("x-{n}"))).collect();
        results.extend((0..CROWD).map(|n| example::pass("honest", &format!("y-{n}"))));
        assert_eq!(crowd_sizes(&results), [CROWD]);
        results.push(example::pass("honest", "one-more"));
        assert_eq!(crowd_sizes(&results), [0; 0]);
    }
}
