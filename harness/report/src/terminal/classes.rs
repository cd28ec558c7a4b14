//! The head of the report and its table: one line per attack class.

use std::collections::BTreeMap;

use judge::{ScenarioResult, Status};

use super::page::{BOLD, GREEN, Page, RED, YELLOW};
use crate::{BaselineSummary, Report, Standing, words};

/// The column of the counts, if no class has a longer name.
const NAME_WIDTH: usize = 20;

#[derive(Default)]
struct Counts {
    total: usize,
    pass: usize,
    failures: BTreeMap<Status, usize>,
    warnings: usize,
    open: usize,
    known: usize,
    unsupported: usize,
}

pub fn write(page: &mut Page, report: &Report) {
    let client = &report.client;
    let version = client.version.as_ref().map(|version| format!(" {version}")).unwrap_or_default();
    let about = format!("against TUF {}, dialect `{}`", report.specification, report.dialect);
    page.headed(BOLD, &format!("{}{version}", client.name), &about);
    page.gap();

    let mut classes: BTreeMap<&str, Counts> = BTreeMap::new();
    for result in &report.results {
        classes.entry(&result.attack).or_default().add(result, report.baseline.as_ref());
    }
    let name_width = classes.keys().map(|name| name.chars().count()).chain([NAME_WIDTH]).max().unwrap_or(NAME_WIDTH);
    let digits = classes.values().map(|counts| counts.total.to_string().len()).max().unwrap_or_default();
    for (name, counts) in classes {
        let ratio = format!("{:>digits$}/{:<digits$}", counts.pass, counts.total);
        let line = format!("{name:name_width$}  {ratio}  {}", counts.words());
        page.coloured_line(counts.paint(), 0, line.trim_end());
    }
}

impl Counts {
    fn add(&mut self, result: &ScenarioResult, baseline: Option<&BaselineSummary>) {
        self.total += 1;
        match Standing::of(result, baseline) {
            Standing::Pass => self.pass += 1,
            Standing::Unsupported => self.unsupported += 1,
            Standing::KnownDeviation(_) => self.known += 1,
            Standing::OpenQuestion => self.open += 1,
            Standing::Warning => self.warnings += 1,
            Standing::Failure => *self.failures.entry(result.status).or_default() += 1,
        }
    }

    fn words(&self) -> String {
        let failures = self.failures.iter().map(|(status, count)| match status {
            Status::Error => words::count(*count, "error", "errors"),
            Status::Fail => format!("{count} failed"),
            other => format!("{count} {}", words::status(*other)),
        });
        let others = [
            (self.warnings, words::count(self.warnings, "warning", "warnings")),
            (self.open, words::count(self.open, "open question", "open questions")),
            (self.known, words::count(self.known, "known deviation", "known deviations")),
            (self.unsupported, format!("{} unsupported", self.unsupported)),
        ];
        let others = others.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words);
        failures.chain(others).collect::<Vec<_>>().join(", ")
    }

    fn paint(&self) -> anstyle::Style {
        match self {
            _ if !self.failures.is_empty() => RED,
            _ if self.pass + self.open == self.total => GREEN,
            _ => YELLOW,
        }
    }
}
