//! The problems one after the other, without drowning the reader when many have the same cause.

use std::collections::BTreeMap;

use judge::{ScenarioResult, Status};

use super::detail;
use super::page::{Page, YELLOW};
use crate::cause::{self, Cause};
use crate::{Report, command, words};

/// How many of those that have the same cause are shown.
const SHOWN: usize = 5;

pub fn write(page: &mut Page, report: &Report, problems: &[&ScenarioResult]) {
    let crowds = cause::crowds(problems.iter().copied(), report.results.len());
    write_hints(page, report, &crowds);
    let mut collapsed: BTreeMap<&Cause, usize> = BTreeMap::new();
    let mut seen: BTreeMap<&Cause, usize> = BTreeMap::new();
    for result in problems {
        let crowd = Cause::of(result).and_then(|cause| crowds.get_key_value(&cause)).map(|(cause, _)| cause);
        if let Some(cause) = crowd.filter(|_| !page.style.verbose) {
            let number = seen.entry(cause).or_default();
            *number += 1;
            if *number > SHOWN {
                *collapsed.entry(cause).or_default() += 1;
                continue;
            }
        }
        page.gap();
        detail::write(page, report, result);
    }
    if collapsed.is_empty() {
        return;
    }
    page.gap();
    for (cause, count) in collapsed {
        let scenarios = words::count(count, "more scenario", "more scenarios");
        page.headed(
            YELLOW,
            "...",
            &format!("{scenarios} with status `{}` and the same cause", words::status(cause.status)),
        );
        page.paragraph(5, 0, &cause.what);
    }
    page.line(5, &format!("show all: {}", command::repeat_verbosely(report)));
}

/// What many have in common, and what to do about it.
pub fn write_hints(page: &mut Page, report: &Report, crowds: &BTreeMap<Cause, usize>) {
    for (cause, count) in crowds {
        page.gap();
        let scenarios = words::count(report.results.len(), "scenario", "scenarios");
        page.paragraph(0, 6, &format!("hint: {count} of {scenarios} {}.", common(cause)));
        page.paragraph(6, 0, advice(cause.status));
        if cause.status == Status::Inconclusive {
            page.line(6, &command::repeat(report, &["honest/*"]));
        }
    }
}

fn common(cause: &Cause) -> String {
    let what = &cause.what;
    match cause.status {
        Status::Error => format!("end with the same error: {what}"),
        Status::Inconclusive => format!("are inconclusive for the same reason: {what}"),
        _ => format!("fail in the same way: {what}"),
    }
}

const fn advice(status: Status) -> &'static str {
    match status {
        Status::Error => {
            "Look first at one of them: what it printed, and what the command that repeats it shows. The others are likely to \
             go away with it."
        }
        Status::Inconclusive => {
            "Find out first why the client refuses an honest repository: the arguments of its wrapper, its clock, or a \
             dialect with key types that it does not know. Begin with:"
        }
        _ => "Look first at one of them: what they have in common may lie in the wrapper rather than in the client.",
    }
}
