//! The problems of one client after the other: the first few of each, or all of them in full.

use judge::ScenarioResult;

use crate::matrix::MatrixReport;
use crate::terminal::page::{BOLD, Page, YELLOW};
use crate::terminal::{classes, closing, crowd, detail, problems};
use crate::{Report, Standing, cause, command, words};

/// How many problems of one client are shown.
const SHOWN: usize = 3;

pub fn write(page: &mut Page, matrix: &MatrixReport) {
    for report in &matrix.clients {
        if page.style.verbose {
            write_in_full(page, report);
        } else {
            write_first(page, report);
        }
    }
}

fn write_first(page: &mut Page, report: &Report) {
    let is_failure = |result: &&ScenarioResult| Standing::of(result, report.baseline.as_ref()) == Standing::Failure;
    let failures: Vec<_> = report.results.iter().filter(is_failure).collect();
    let wrong_entries = report.baseline.as_ref().is_some_and(|baseline| !baseline.unmatched.is_empty());
    if failures.is_empty() && !wrong_entries {
        return;
    }
    write_head(page, report);
    crowd::write_hints(page, report, &cause::crowds(failures.iter().copied(), report.results.len()));
    for result in failures.iter().take(SHOWN) {
        page.gap();
        detail::write_briefly(page, report, result);
    }
    if failures.len() > SHOWN {
        let more = words::count(failures.len() - SHOWN, "more failure", "more failures");
        page.gap();
        page.headed(YELLOW, "...", &format!("{more}: {}", command::repeat_all(report)));
    }
    if let Some(baseline) = &report.baseline {
        page.gap();
        closing::write_wrong_entries(page, baseline);
    }
}

fn write_in_full(page: &mut Page, report: &Report) {
    write_head(page, report);
    crowd::write(page, report, &problems(report, page.style));
    closing::write_remarks(page, report);
}

fn write_head(page: &mut Page, report: &Report) {
    page.gap();
    page.headed(BOLD, &report.client.full_name(), &format!("dialect `{}`", report.dialect));
    classes::write_about(page, &report.client);
}
