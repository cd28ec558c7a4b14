//! The report for a person at a terminal.

pub(crate) mod classes;
pub(crate) mod closing;
mod columns;
pub(crate) mod crowd;
pub(crate) mod detail;
pub(crate) mod mark;
pub(crate) mod page;
pub(crate) mod profiles;
pub(crate) mod table;
pub(crate) mod tally;

use judge::ScenarioResult;

use crate::{Report, Standing};
use page::Page;

pub(crate) use detail::plain as plain_detail;

/// How the report is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to use colours.
    pub colour: bool,
    /// The number of columns to fill. What is meant to be copied is never broken.
    pub width: usize,
    /// Whether to show every problem in full: known deviations too, every request, and each of many that have the
    /// same cause.
    pub verbose: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { colour: false, width: 100, verbose: false }
    }
}

/// Lays out a report: attack classes, then problems, then what is left to say, and the verdict in the last line.
pub fn render(report: &Report, style: Style) -> String {
    let mut page = Page::new(style);
    classes::write(&mut page, report);
    crowd::write(&mut page, report, &problems(report, style));
    closing::write(&mut page, report);
    page.finish()
}

/// The results that are shown one by one.
pub(crate) fn problems(report: &Report, style: Style) -> Vec<&ScenarioResult> {
    report.results.iter().filter(|result| is_shown(report, result, style)).collect()
}

fn is_shown(report: &Report, result: &ScenarioResult, style: Style) -> bool {
    match Standing::of(result, report.baseline.as_ref()) {
        Standing::Pass | Standing::Unsupported => false,
        Standing::KnownDeviation(_) | Standing::OpenQuestion => style.verbose,
        Standing::Warning | Standing::Failure => true,
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use judge::Status;

    use super::*;
    use crate::example;

    fn plain(report: &Report) -> String {
        render(report, Style::default())
    }

    #[test]
    fn all_pass() {
        assert_snapshot!(plain(&example::all_pass()));
    }

    #[test]
    fn one_attack_succeeds_and_the_client_prints_terminal_sequences() {
        let text = plain(&example::one_failure());
        assert!(!text.contains('\u{1b}'));
        assert_snapshot!(text);
    }

    #[test]
    fn a_client_that_refuses_everything() {
        assert_snapshot!(plain(&example::refuses_everything()));
    }

    #[test]
    fn a_client_that_hangs_once() {
        let results = vec![example::pass("honest", "first-refresh"), example::deadline("rollback", "timestamp-replay")];
        assert_snapshot!(plain(&example::report(results)));
    }

    #[test]
    fn known_deviations_and_a_baseline_that_is_not_exact() {
        assert_snapshot!(plain(&example::one_of_each()));
    }

    #[test]
    fn a_narrow_terminal() {
        assert_snapshot!(render(&example::one_of_each(), Style { width: 60, ..Style::default() }));
    }

    #[test]
    fn nothing_was_played() {
        assert_snapshot!(plain(&example::report(vec![])));
    }

    #[test]
    fn nothing_is_supported() {
        assert_snapshot!(plain(&example::report(vec![example::unsupported("honest", "bins")])));
    }

    #[test]
    fn verbose_shows_each_of_many_and_known_deviations() {
        let style = Style { verbose: true, ..Style::default() };
        let text = render(&example::refuses_everything(), style);
        assert_eq!(text.matches("INCONCLUSIVE  ").count(), 14);
        assert!(!text.contains("--verbose"));
        let known = render(&example::one_of_each(), style);
        assert!(known.contains("KNOWN DEVIATION  A replayed snapshot is refused"), "{known}");
    }

    #[test]
    fn colours_come_only_when_they_are_asked_for() {
        let report = example::one_failure();
        let coloured = render(&report, Style { colour: true, ..Style::default() });
        assert!(coloured.contains("\u{1b}[31m"));
        assert!(!coloured.contains("\u{1b}[2J"), "what the client printed stays escaped");
        assert_eq!(example::without_colours(&coloured), plain(&report));
    }

    #[test]
    fn hostile_text_is_escaped_wherever_it_comes_from() {
        let mut result = example::accepted_replay("rollback", "timestamp-replay");
        let hostile = "\u{1b}[2J\u{202e}\nconformant";
        result.title += hostile;
        result.note = Some(hostile.to_owned());
        result.covers[0].statement += hostile;
        result.checks[0].observed = hostile.to_owned();
        result.timeline[0] += hostile;
        result.runs[0].observations[2].requests[0].path += hostile;
        let mut unsupported = example::unsupported("honest", "bins");
        unsupported.note = Some(hostile.to_owned());
        let mut report = example::report(vec![result, unsupported]);
        report.client.name += hostile;
        report.client.version = Some(hostile.to_owned());
        report.dialect += hostile;
        let text = plain(&report);
        assert!(!text.contains(['\u{1b}', '\u{202e}']));
        assert!(!text.lines().any(|line| line.trim() == "conformant"));
    }

    #[test]
    fn what_a_client_says_of_itself_stands_below_its_name() {
        let mut report = example::all_pass();
        report.client.language = Some("Rust".to_owned());
        report.client.homepage = Some("https://example.org/".to_owned());
        report.client.issue_tracker = Some("https://example.org/issues".to_owned());
        report.client.transport = "session".to_owned();
        let lines = [
            "language   Rust",
            "transport  session",
            "homepage   https://example.org/",
            "issues     https://example.org/issues",
        ];
        assert!(plain(&report).contains(&format!("\n{}\n\n", lines.join("\n"))));
    }

    #[test]
    fn nothing_is_said_of_the_transport_of_the_built_in_client() {
        let mut report = example::all_pass();
        report.client.transport = "built-in".to_owned();
        assert!(!plain(&report).contains("transport"));
    }

    #[test]
    fn a_flood_of_requests_and_of_output_stays_short() {
        let mut result = example::accepted_replay("rollback", "timestamp-replay");
        let last = &mut result.runs[0].observations[2];
        last.requests = vec![last.requests[0].clone(); 50_000];
        last.output = "spam\n".repeat(100_000);
        let text = plain(&example::report(vec![result]));
        assert!(text.lines().count() < 100, "{} lines", text.lines().count());
        assert!(text.contains("and 49980 more requests"), "{text}");
    }

    #[test]
    fn a_warning_is_not_shown_as_a_failure() {
        let mut result = example::accepted_replay("rollback", "timestamp-replay");
        result.required = false;
        let text = plain(&example::report(vec![result, example::pass("honest", "first-refresh")]));
        assert!(text.contains("WARNING  A replayed timestamp is refused"));
        assert!(text.ends_with("1 of 2 scenarios pass: conformant (1 warning)\n"), "{text}");
    }

    #[test]
    fn a_client_that_accepts_everything_is_told_so_once() {
        let attacks = (1..=12).map(|number| example::accepted_replay("rollback", &format!("replay-{number:02}")));
        let text = plain(&example::report(attacks.collect()));
        assert_eq!(text.matches("FAIL  ").count(), 5);
        assert!(
            text.contains("hint: 12 of 12 scenarios fail in the same way: expected: rejected; observed: accepted.")
        );
        assert!(text.contains("...  7 more scenarios with status `fail` and the same cause"));
        assert!(text.contains("show all: tuf-cookbook run --client ./client --verbose\n"));
    }

    #[test]
    fn a_part_of_the_suite_does_not_pass_for_all_of_it() {
        let mut report = example::all_pass();
        report.selection = vec!["rollback/*".to_owned()];
        assert!(plain(&report).ends_with("3 of 3 scenarios pass: conformant (not all scenarios were played)\n"));
    }

    #[test]
    fn a_scenario_that_the_suite_could_not_play_says_why() {
        let mut result = example::unsupported("honest", "first-refresh");
        result.status = Status::Error;
        result.note = Some("the reference client does not find what the scenario says".to_owned());
        let text = plain(&example::report(vec![result]));
        assert!(text.contains("    status    error: the reference client does not find"), "{text}");
    }
}
