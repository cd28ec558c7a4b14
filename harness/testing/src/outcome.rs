//! How a test ends, from what its scenario came to.

use libtest_mimic::{Completion, Failed};
use report::escape::single_line;
use report::{Report, Standing, Style, terminal};

/// The longest reason of an ignored test.
const REASON_LIMIT: usize = 600;

/// How the test of the one result of a report ends. A test that is ignored is one that neither passes nor may fail.
///
/// # Errors
/// If the test fails; the report then says why.
pub fn of(report: &Report) -> Result<Completion, Failed> {
    let failed = || Err(Failed::from(terminal::render(report, Style::default()).trim_end()));
    let baseline = report.baseline.as_ref();
    let [result] = report.results.as_slice() else { return failed() };
    if result.suite_fault || baseline.is_some_and(|baseline| !baseline.unmatched.is_empty()) {
        return failed();
    }
    match Standing::of(result, baseline) {
        Standing::Pass => Ok(Completion::Completed),
        Standing::Unsupported => Ok(ignored(result.note.as_deref().unwrap_or("the client lacks a feature"))),
        Standing::KnownDeviation(known) => Ok(ignored(&format!("known deviation: {} {}", known.reason, known.link))),
        Standing::OpenQuestion => {
            let policy = result.policy.as_deref().unwrap_or_default();
            Ok(ignored(&format!(
                "open question: the text does not decide `{policy}`, and the client answers otherwise"
            )))
        }
        Standing::Warning => {
            let check = result.failed_checks().next();
            let check =
                check.map(|check| format!("; {}: expected {}, observed {}", check.id, check.expected, check.observed));
            let check = check.unwrap_or_default();
            Ok(ignored(&format!("warning only: nothing that is required depends on it{check}")))
        }
        Standing::Failure => failed(),
    }
}

fn ignored(reason: &str) -> Completion {
    Completion::ignored_with(single_line(reason, REASON_LIMIT))
}
