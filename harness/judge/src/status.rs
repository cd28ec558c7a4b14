//! From checks to the status of a scenario.

use std::collections::BTreeSet;

use suite::observation::{Observation, Outcome, Run};
use suite::{Action, Expected, Register, RunKind, Variant};

use crate::checks::checks;
use crate::{Check, Requirement, ScenarioResult, Status, Verdict};

/// A scenario, with what is needed to judge it.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The scenario.
    pub variant: &'a Variant,
    /// Where the requirements are that it covers.
    pub register: &'a Register,
    /// Whether the repository starts with consistent snapshots.
    pub is_consistent: bool,
    /// The features that the client claims.
    pub claimed: &'a BTreeSet<String>,
}

impl Case<'_> {
    /// The features that the scenario needs: those that it names, and those of the requirements that it covers.
    pub fn needs(&self) -> BTreeSet<String> {
        self.variant.needs(self.register)
    }

    fn result(&self, status: Status, note: Option<String>, checks: Vec<Check>, runs: Vec<Run>) -> ScenarioResult {
        let scenario = &self.variant.scenario;
        let covers: Vec<_> = scenario
            .covers
            .iter()
            .filter_map(|id| self.register.requirements.get(id))
            .map(|requirement| Requirement {
                id: requirement.id.clone(),
                level: requirement.level,
                section: requirement.section.clone(),
                statement: requirement.statement.clone(),
            })
            .collect();
        ScenarioResult {
            id: self.variant.id.clone(),
            title: scenario.title.clone(),
            attack: self.variant.id.class().to_owned(),
            status,
            note,
            suite_fault: false,
            policy: scenario.policy.clone(),
            required: scenario.policy.is_none() && covers.iter().any(|requirement| requirement.level.is_required()),
            covers,
            checks,
            timeline: self.variant.plan.steps.iter().map(ToString::to_string).collect(),
            runs,
        }
    }
}

/// Judges what was seen. `control` is absent in honest scenarios.
pub fn judge(case: &Case<'_>, attack: Run, control: Option<Run>) -> ScenarioResult {
    let plan = &case.variant.plan;
    let mut all = checks(plan, &attack, case.is_consistent);
    all.extend(control.iter().flat_map(|run| checks(plan, run, case.is_consistent)));
    let runs: Vec<Run> = std::iter::once(attack).chain(control).collect();
    let (status, note) = status(case, &all, &runs);
    case.result(status, note, all, runs)
}

/// The result for a client that does not claim a feature that the scenario needs.
pub fn unsupported(case: &Case<'_>, note: String) -> ScenarioResult {
    case.result(Status::Unsupported, Some(note), Vec::new(), Vec::new())
}

/// The result for an honest scenario that was played although the client does not claim a feature that it needs: what it
/// did is told, and does not count.
pub fn unclaimed(case: &Case<'_>, note: String, run: Run) -> ScenarioResult {
    let checks = checks(&case.variant.plan, &run, case.is_consistent);
    case.result(Status::Unsupported, Some(note), checks, vec![run])
}

/// The result for a scenario that could not be played, or whose states are not what it says. Not the client's fault.
pub fn suite_error(case: &Case<'_>, note: &str) -> ScenarioResult {
    let note = format!("the suite is broken, not the client: {note}");
    ScenarioResult { suite_fault: true, ..case.result(Status::Error, Some(note), Vec::new(), Vec::new()) }
}

fn status(case: &Case<'_>, checks: &[Check], runs: &[Run]) -> (Status, Option<String>) {
    let in_run = |kind: RunKind| if kind == RunKind::Control { "the control, " } else { "" };
    for run in runs {
        for observation in &run.observations {
            let place = format!("{}step {}", in_run(run.kind), observation.step);
            match &observation.outcome {
                // What a client claims it may not skip.
                Outcome::Unsupported { feature } if case.claimed.contains(feature) => {
                    let note = format!("{place}: the client claims `{feature}`, but says that it does not support it");
                    return (Status::Fail, Some(note));
                }
                Outcome::Unsupported { feature } => {
                    return (Status::Unsupported, Some(format!("the client does not support `{feature}`")));
                }
                Outcome::Error { .. } if may_reject(case, observation) => {}
                Outcome::Error { cause } => return (Status::Error, Some(format!("{place}: {cause}"))),
                Outcome::Accepted | Outcome::Rejected { .. } | Outcome::Killed => {}
            }
        }
    }
    let refused = checks.iter().find(|check| check.run == RunKind::Control && check.verdict == Verdict::Fail);
    match refused {
        Some(check) if !accepts_the_attack(case, runs) => {
            let note = format!("the client refuses the control too, at step {}", check.step);
            (Status::Inconclusive, Some(note))
        }
        _ if checks.iter().any(|check| check.verdict == Verdict::Fail) => (Status::Fail, None),
        _ => (Status::Pass, None),
    }
}

/// Whether the client says that something is broken where it may say so.
fn may_reject(case: &Case<'_>, observation: &Observation) -> bool {
    let step = case.variant.plan.steps.iter().find(|step| step.number == observation.step);
    let expected = step.and_then(|step| step.action.expected(RunKind::Attack));
    observation.outcome.is_reported() && expected == Some(Expected::MayReject)
}

/// Whether the client accepted something in the attack run that it should have refused. Then the control does not
/// matter any more.
fn accepts_the_attack(case: &Case<'_>, runs: &[Run]) -> bool {
    let is_refusable =
        |action: &Action| action.expected(RunKind::Attack).is_some_and(|expected| expected == Expected::Reject);
    case.variant.plan.steps.iter().filter(|step| is_refusable(&step.action)).any(|step| {
        runs.iter()
            .filter(|run| run.kind == RunKind::Attack)
            .flat_map(|run| &run.observations)
            .any(|observation| observation.step == step.number && observation.outcome == Outcome::Accepted)
    })
}
