//! One problem: what was asked, what was served, what the client did, and how to see it again.

use judge::{Check, ScenarioResult, Status, Verdict};
use suite::RunKind;
use suite::observation::{Area, Observation, Outcome, Run};

use super::Style;
use super::page::{DIM, Page, RED, YELLOW};
use crate::cause::{because, first_error, refused_control, verb};
use crate::{Report, Standing, command, words};

/// The class of scenarios without an attack.
const HONEST: &str = "honest";

/// How many requests of one action are shown, how many lines and characters of its output, how many checks.
const REQUESTS: usize = 20;
const OUTPUT_LINES: usize = 20;
const OUTPUT_CHARACTERS: usize = 4000;
const CHECKS: usize = 20;

/// The detail of one result, on its own and without colours.
pub fn plain(report: &Report, result: &ScenarioResult) -> String {
    let mut page = Page::new(Style::default());
    write(&mut page, report, result);
    page.finish()
}

pub fn write(page: &mut Page, report: &Report, result: &ScenarioResult) {
    write_head(page, report, result);
    write_status(page, report, result);
    let attack = if result.attack == HONEST { "none: the repository is honest" } else { &result.attack };
    page.field("attack", attack);
    for (index, requirement) in result.covers.iter().enumerate() {
        let name = if index == 0 { "requires" } else { "" };
        page.field(name, &format!("{} ({})", requirement.id, words::source(requirement)));
        page.under_field(2, &requirement.statement);
    }
    write_timeline(page, result);
    for run in &result.runs {
        write_run(page, result, run);
    }
    write_checks(page, result);
    write_repeat(page, report, result);
}

/// One problem in four lines, for where there are many.
pub fn write_briefly(page: &mut Page, report: &Report, result: &ScenarioResult) {
    write_head(page, report, result);
    page.field("because", &because(result));
    write_repeat(page, report, result);
}

fn write_head(page: &mut Page, report: &Report, result: &ScenarioResult) {
    let (paint, head) = match (Standing::of(result, report.baseline.as_ref()), result.status) {
        (Standing::KnownDeviation(_), _) => (DIM, "KNOWN DEVIATION"),
        (Standing::OpenQuestion, _) => (DIM, "OPEN QUESTION"),
        (Standing::Warning, _) => (YELLOW, "WARNING"),
        (_, Status::Fail) => (RED, "FAIL"),
        (_, Status::Inconclusive) => (YELLOW, "INCONCLUSIVE"),
        (_, Status::Error) => (RED, "ERROR"),
        (_, Status::Unsupported) => (DIM, "UNSUPPORTED"),
        (_, Status::Pass) => (DIM, "PASS"),
    };
    page.headed(paint, head, &result.title);
    page.unbroken_field("id", result.id.as_str());
}

fn write_repeat(page: &mut Page, report: &Report, result: &ScenarioResult) {
    page.unbroken_field("repeat", &command::repeat(report, &[result.id.as_str()]));
}

fn write_status(page: &mut Page, report: &Report, result: &ScenarioResult) {
    let not_judged = match result.checks.iter().filter(|check| check.verdict == Verdict::NotJudged).count() {
        0 => String::new(),
        count => format!("; {} could not be judged", words::count(count, "check", "checks")),
    };
    let explanation = explanation(result).unwrap_or_default();
    page.field("status", &format!("{}{explanation}{not_judged}", words::status(result.status)));
    match Standing::of(result, report.baseline.as_ref()) {
        Standing::Warning => page.field("", "a warning only: nothing that is required depends on it"),
        Standing::KnownDeviation(known) => page.field("", &format!("known: {} ({})", known.reason, known.link)),
        Standing::OpenQuestion => {
            let policy = result.policy.as_deref().unwrap_or_default();
            page.field("", &format!("the text leaves open what is right: see `{policy}` in spec/policies.toml"));
        }
        Standing::Pass | Standing::Unsupported | Standing::Failure => {}
    }
}

/// Why the status is what it is. What was seen says it more exactly than the note.
fn explanation(result: &ScenarioResult) -> Option<String> {
    let failed = result.failed_checks().count();
    match (result.status, first_error(result), refused_control(result)) {
        (Status::Error, Some((observation, broke)), _) => Some(format!(" in {}: {broke}", step_name(observation))),
        (Status::Inconclusive, _, Some(refused)) => Some(format!(
            ": without the attack the client has to accept everything, but there `{}` in step {} ends as: {}. So its \
             refusal of the attack proves nothing",
            verb(&refused.asked),
            refused.step,
            refused.outcome
        )),
        _ if result.note.is_some() => result.note.as_ref().map(|note| format!(": {note}")),
        _ if failed > 0 => {
            let checks = words::count(result.checks.len(), "check does not hold", "checks do not hold");
            Some(format!(": {failed} of {checks}"))
        }
        _ => None,
    }
}

/// What happened up to the last step that went wrong.
fn write_timeline(page: &mut Page, result: &ScenarioResult) {
    let wrong: Vec<_> = result.runs.iter().flat_map(|run| wrong_steps(result, run)).collect();
    let last = wrong.iter().copied().max().filter(|_| !page.style.verbose).unwrap_or(usize::MAX);
    for (index, step) in result.timeline.iter().take(last).enumerate() {
        let number = index + 1;
        let mark = if wrong.contains(&number) { '>' } else { ' ' };
        let name = if index == 0 { "timeline" } else { "" };
        page.item(name, 6, &format!("{mark} {number:2}  {step}"));
    }
}

fn write_run(page: &mut Page, result: &ScenarioResult, run: &Run) {
    let wrong = wrong_steps(result, run);
    if wrong.is_empty() && !page.style.verbose {
        return;
    }
    let last = wrong.iter().copied().max().filter(|_| !page.style.verbose).unwrap_or(usize::MAX);
    let mut name = match run.kind {
        RunKind::Attack => "client",
        RunKind::Control => "control",
    };
    for observation in run.observations.iter().filter(|observation| observation.step <= last) {
        let is_wrong = wrong.contains(&observation.step);
        let requests = words::count(observation.requests.len(), "request", "requests");
        let mark = if is_wrong { '>' } else { ' ' };
        let step = step_name(observation);
        page.item(std::mem::take(&mut name), 2, &format!("{mark} {step}: {}; {requests}", observation.outcome));
        if is_wrong || page.style.verbose {
            write_observation(page, observation);
        }
    }
}

fn write_observation(page: &mut Page, observation: &Observation) {
    for request in observation.requests.iter().take(REQUESTS) {
        let area = match request.area {
            Area::Metadata => "metadata",
            Area::Targets => "targets",
        };
        let body = match request.status {
            200..300 => {
                format!(", {}", words::count(usize::try_from(request.bytes).unwrap_or(usize::MAX), "byte", "bytes"))
            }
            _ => String::new(),
        };
        page.under_field(4, &format!("GET {area}/{} -> {}{body}", request.path, request.status));
    }
    let more = observation.requests.len().saturating_sub(REQUESTS);
    if more > 0 {
        page.under_field(4, &format!("and {}", words::count(more, "more request", "more requests")));
    }
    let trusted = observation.trusted.iter().map(|(role, file)| match file.version {
        Some(version) => format!("{role} {version}"),
        None => format!("{role} (no version)"),
    });
    let trusted: Vec<_> = trusted.take(REQUESTS).collect();
    let trusted = if trusted.is_empty() { "no metadata".to_owned() } else { trusted.join(", ") };
    page.under_field(4, &format!("afterwards it keeps {trusted}"));
    if observation.output.trim().is_empty() {
        page.under_field(4, "it printed nothing");
    } else {
        page.under_field(4, "the end of what it printed:");
        page.quotation(&observation.output, OUTPUT_LINES, OUTPUT_CHARACTERS);
    }
}

fn write_checks(page: &mut Page, result: &ScenarioResult) {
    let failed: Vec<&Check> = result.failed_checks().collect();
    for check in failed.iter().take(CHECKS) {
        page.field("check", &check.id);
        page.under_field(2, &format!("expected: {}", check.expected));
        page.under_field(2, &format!("observed: {}", check.observed));
    }
    if failed.len() > CHECKS {
        page.field("", &format!("and {}", words::count(failed.len() - CHECKS, "more check", "more checks")));
    }
}

/// The steps of a run at which a reader should look.
fn wrong_steps(result: &ScenarioResult, run: &Run) -> Vec<usize> {
    let failed = result.failed_checks().filter(|check| check.run == run.kind).map(|check| check.step);
    let broken = run.observations.iter().filter(|observation| {
        observation.outcome.is_error() || (run.kind == RunKind::Control && observation.outcome != Outcome::Accepted)
    });
    failed.chain(broken.map(|observation| observation.step)).collect()
}

fn step_name(observation: &Observation) -> String {
    let asked = &observation.asked;
    match observation.step {
        0 => format!("start, {asked}"),
        step => format!("step {step}, {asked}"),
    }
}
