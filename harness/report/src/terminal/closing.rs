//! What is left to say after the problems, and the verdict.

use std::collections::BTreeMap;

use anstyle::Style as Paint;
use judge::Status;

use super::page::{DIM, GREEN, Page, RED, YELLOW};
use crate::{BaselineSummary, ExitVerdict, Report, Resources, Standing, words};

pub fn write(page: &mut Page, report: &Report) {
    write_remarks(page, report);
    super::profiles::write(page, &report.profiles);
    if let Some(resources) = &report.resources {
        page.gap();
        write_resources(page, resources);
    }
    page.gap();
    let (paint, verdict) = verdict(report);
    page.coloured_line(paint, 0, &verdict);
}

/// What does not count against the client, and what is wrong with its baseline.
pub fn write_remarks(page: &mut Page, report: &Report) {
    write_unsupported(page, report);
    write_baseline(page, report);
    write_open_questions(page, report);
}

fn write_unsupported(page: &mut Page, report: &Report) {
    let mut notes: BTreeMap<&str, usize> = BTreeMap::new();
    for result in report.results.iter().filter(|result| result.status == Status::Unsupported) {
        *notes.entry(result.note.as_deref().unwrap_or("no reason was given")).or_default() += 1;
    }
    page.gap();
    for (note, count) in notes {
        let scenarios = words::count(count, "scenario", "scenarios");
        page.headed(DIM, "unsupported", &format!("{scenarios}: {note}"));
    }
}

fn write_baseline(page: &mut Page, report: &Report) {
    let Some(baseline) = &report.baseline else { return };
    page.gap();
    for result in &report.results {
        if let Standing::KnownDeviation(known) = Standing::of(result, Some(baseline)) {
            let status = words::status(known.status);
            let line = format!("{} ({status}): {} ({})", known.scenario, known.reason, known.link);
            page.headed(YELLOW, "known deviation", &line);
        }
    }
    page.gap();
    write_wrong_entries(page, baseline);
}

pub fn write_wrong_entries(page: &mut Page, baseline: &BaselineSummary) {
    for message in &baseline.unmatched {
        page.headed(RED, "FAIL", &format!("{}: {message}", baseline.file));
    }
}

/// One line for each question, with the scenarios that the client answers otherwise.
fn write_open_questions(page: &mut Page, report: &Report) {
    let mut questions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for result in &report.results {
        if Standing::of(result, report.baseline.as_ref()) == Standing::OpenQuestion {
            let policy = result.policy.as_deref().unwrap_or_default();
            questions.entry(policy).or_default().push(result.id.as_str());
        }
    }
    page.gap();
    for (policy, ids) in questions {
        page.headed(DIM, "open question", &format!("{policy}: answered otherwise in {}", ids.join(", ")));
    }
}

fn write_resources(page: &mut Page, resources: &Resources) {
    let seconds = |milliseconds: u64| format!("{}.{:03} s", milliseconds / 1000, milliseconds % 1000);
    let share = resources.harness_cpu_milliseconds.saturating_mul(100).checked_div(resources.client_cpu_milliseconds);
    let share = share.map(|percent| format!(", {percent} % of the client's")).unwrap_or_default();
    let line = format!(
        "{}; processor time of the client {}, of the harness {}{share}",
        seconds(resources.wall_milliseconds),
        seconds(resources.client_cpu_milliseconds),
        seconds(resources.harness_cpu_milliseconds),
    );
    page.headed(DIM, "took", &line);
}

/// What the run says about the client, in a sentence, and its colour.
pub fn verdict(report: &Report) -> (Paint, String) {
    let summary = &report.summary;
    let (paint, verdict) = match report.verdict() {
        ExitVerdict::Conformant => (GREEN, "conformant"),
        ExitVerdict::NotConformant => (RED, "not conformant"),
        ExitVerdict::SuiteBroken => (RED, "the suite is broken"),
    };
    let unmatched = report.baseline.as_ref().map_or(0, |baseline| baseline.unmatched.len());
    let remarks = [
        (summary.required_failures, words::count(summary.required_failures, "required failure", "required failures")),
        (unmatched, words::count(unmatched, "wrong entry in the baseline", "wrong entries in the baseline")),
        (summary.known_deviations, words::count(summary.known_deviations, "known deviation", "known deviations")),
        (summary.open_questions, words::count(summary.open_questions, "open question", "open questions")),
        (summary.warnings, words::count(summary.warnings, "warning", "warnings")),
        (summary.unsupported, format!("{} unsupported", summary.unsupported)),
    ];
    let mut remarks: Vec<_> = remarks.into_iter().filter(|(count, _)| *count > 0).map(|(_, remark)| remark).collect();
    if summary.total > 0 && summary.unsupported == summary.total {
        remarks.push("nothing was tested".to_owned());
    }
    if summary.total == 0 {
        remarks.push("nothing was played".to_owned());
    }
    if !report.selection.is_empty() {
        remarks.push("not all scenarios were played".to_owned());
    }
    let remarks = if remarks.is_empty() { String::new() } else { format!(" ({})", remarks.join(", ")) };
    let scenarios = words::count(summary.total, "scenario", "scenarios");
    let passes = if summary.total == 1 { "passes" } else { "pass" };
    (paint, format!("{} of {scenarios} {passes}: {verdict}{remarks}", summary.pass))
}
