//! The matrix for a person at a terminal.

mod differences;
mod overview;
mod problems;
mod profiles;

use super::{MatrixReport, MatrixVerdict};
use crate::terminal::page::{GREEN, Page, RED};
use crate::{Style, words};

/// Lays out a matrix: clients × attack classes, a verdict for each client, where they differ, the first failures of
/// each, and the verdict over all in the last line.
pub fn render(matrix: &MatrixReport, style: Style) -> String {
    let mut page = Page::new(style);
    overview::write(&mut page, matrix);
    profiles::write(&mut page, matrix);
    differences::write(&mut page, matrix);
    problems::write(&mut page, matrix);
    page.gap();
    write_verdict(&mut page, matrix);
    page.finish()
}

fn write_verdict(page: &mut Page, matrix: &MatrixReport) {
    let summary = &matrix.summary;
    let (paint, verdict) = match summary.verdict {
        MatrixVerdict::Conformant => (GREEN, "conformant"),
        MatrixVerdict::NotConformant => (RED, "not conformant"),
        MatrixVerdict::Incomplete => (RED, "incomplete"),
        MatrixVerdict::SuiteBroken => (RED, "the suite is broken"),
    };
    let remarks = [
        (summary.not_conformant > 0, format!("{} not conformant", summary.not_conformant)),
        (summary.suite_broken > 0, format!("{} played with a broken suite", summary.suite_broken)),
        (summary.could_not_start > 0, format!("{} could not be started", summary.could_not_start)),
        (summary.not_installed > 0, format!("{} not installed", summary.not_installed)),
        (matrix.clients.is_empty(), "no client was played".to_owned()),
        (!matrix.selection.is_empty(), "not all scenarios were played".to_owned()),
    ];
    let remarks: Vec<_> = remarks.into_iter().filter(|(is_so, _)| *is_so).map(|(_, remark)| remark).collect();
    let remarks = if remarks.is_empty() { String::new() } else { format!(" ({})", remarks.join(", ")) };
    let clients = words::count(summary.wanted(), "client", "clients");
    let conform = if summary.wanted() == 1 { "conforms" } else { "conform" };
    page.coloured_line(paint, 0, &format!("{} of {clients} {conform}: {verdict}{remarks}", summary.conformant));
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use judge::Obstacles;

    use super::*;
    use crate::example;
    use crate::matrix::NotPlayed;
    use crate::{Report, json};

    fn plain(matrix: &MatrixReport) -> String {
        render(matrix, Style::default())
    }

    fn in_width(width: usize) -> String {
        render(&example::matrix(), Style { width, ..Style::default() })
    }

    #[test]
    fn clients_that_differ_and_clients_that_were_not_played() {
        assert_snapshot!(plain(&example::matrix()));
    }

    #[test]
    fn all_clients_conform() {
        let clients = ["one", "two"].map(|name| example::named(example::all_pass(), name, "1.0")).to_vec();
        assert_snapshot!(plain(&example::matrix_of(clients, vec![])));
    }

    #[test]
    fn no_client_was_played() {
        assert_snapshot!(plain(&example::matrix_of(vec![], vec![example::not_installed()])));
    }

    #[test]
    fn a_terminal_on_which_the_classes_need_a_second_part() {
        assert_snapshot!(in_width(70));
    }

    #[test]
    fn a_narrow_terminal() {
        assert_snapshot!(in_width(40));
    }

    #[test]
    fn no_table_and_no_paragraph_is_wider_than_the_terminal() {
        let unbroken = ["tuf-cookbook ", "https://", "    id  ", "FAIL  ", "INCONCLUSIVE  ", "clients conform"];
        for width in 40..140 {
            let text = in_width(width);
            for line in text.lines().filter(|line| !unbroken.iter().any(|unbroken| line.contains(unbroken))) {
                assert!(line.chars().count() <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn a_class_that_a_client_cannot_play_has_no_ratio() {
        let mut open = example::accepted_replay("rollback", "a");
        (open.policy, open.required) = (Some("unchanged-timestamp-expiry".to_owned()), false);
        let clients = vec![
            example::named(example::report(vec![example::pass("rollback", "a")]), "one", "1"),
            example::named(example::report(vec![example::unsupported("rollback", "a")]), "two", "2"),
            example::named(example::report(vec![open]), "three", "3"),
        ];
        let text = plain(&example::matrix_of(clients, vec![]));
        let rows = "         rollback\none 1    1/1\ntwo 2    -   u\nthree 3  -   o\n";
        assert!(text.contains(rows), "{text}");
    }

    #[test]
    fn profiles_tell_what_they_add_from_what_core_asks_too() {
        let lacks = Obstacles { missing: vec!["tap4".to_owned()], ..Obstacles::default() };
        let mut unseen = example::held("p", &[], Obstacles::default());
        unseen.unanswered.push("root-rotations-limit".to_owned());
        let none = Obstacles::default;
        let clients = [
            ("good", vec![unseen, example::held("core", &[], none())]),
            ("bad", vec![example::held("p", &["rollback/a"], lacks), example::held("core", &["rollback/a"], none())]),
            ("old", vec![example::held("p", &["rollback/a"], none()), example::held("core", &["rollback/a"], none())]),
        ];
        let clients =
            clients.map(|(name, held)| example::named(example::all_pass(), name, "1").held_against(held)).to_vec();
        let matrix = example::matrix_of(clients, vec![]);
        let text = plain(&matrix);
        assert!(
            text.contains("profiles\n\n      good  bad  old\ncore  yes   1✗   1✗\np     yes*  +1−  +0\n"),
            "{text}"
        );
        assert!(text.contains("\nyes*, +0*: the same, but a question"), "{text}");
        let verbose = render(&matrix, Style { verbose: true, ..Style::default() });
        assert!(verbose.contains("\ngood, p\n    not seen  root-rotations-limit\n"), "{verbose}");
        assert!(verbose.contains("\nbad, p\n    lacks     tap4\n"), "{verbose}");
        assert!(
            verbose.contains("\nold, core\n    fails     rollback/a\n") && !verbose.contains("\nold, p"),
            "{verbose}"
        );
    }

    #[test]
    fn many_clients_have_numbers_above_their_columns() {
        let clients = (1..=12).map(|number| {
            let results = vec![
                example::pass("honest", "first-refresh"),
                match number {
                    3 => example::accepted_replay("rollback", "timestamp-replay"),
                    _ => example::pass("rollback", "timestamp-replay"),
                },
            ];
            example::named(example::report(results), &format!("the-client-{number}"), "1.0")
        });
        assert_snapshot!(plain(&example::matrix_of(clients.collect(), vec![])));
    }

    #[test]
    fn rows_without_end_are_cut_and_verbose_shows_them() {
        let results = |is_bad: bool| {
            (0..100).map(move |number| match format!("replay-{number:03}") {
                slug if is_bad => example::accepted_replay("rollback", &slug),
                slug => example::pass("rollback", &slug),
            })
        };
        let clients = [("good", false), ("bad", true)]
            .map(|(name, is_bad)| example::named(example::report(results(is_bad).collect()), name, "1.0"));
        let matrix = example::matrix_of(clients.to_vec(), vec![]);
        let text = plain(&matrix);
        assert!(text.lines().count() < 80, "{text}");
        assert!(text.contains("and 80 more scenarios: tuf-cookbook run --client all --verbose\n"), "{text}");
        assert!(text.contains("hint: 100 of 100 scenarios fail in the same way"), "{text}");
        let verbose = render(&matrix, Style { verbose: true, ..Style::default() });
        assert!(!verbose.contains("--verbose"));
        assert_eq!(verbose.lines().filter(|line| line.starts_with("rollback/replay-")).count(), 100);
        assert_eq!(verbose.matches("\nFAIL  ").count(), 100);
    }

    #[test]
    fn colours_come_only_when_they_are_asked_for() {
        for width in [40, 70, 100] {
            let coloured = render(&example::matrix(), Style { colour: true, width, verbose: false });
            assert!(coloured.contains("\u{1b}[31m"));
            assert_eq!(example::without_colours(&coloured), in_width(width));
        }
    }

    #[test]
    fn hostile_text_is_escaped_wherever_it_comes_from() {
        let hostile = "\u{1b}[2J\u{202e}\n3 of 3 clients conform";
        let mut matrix = example::matrix();
        let edit = |client: &mut Report| {
            client.client.name += hostile;
            client.client.version = Some(hostile.to_owned());
            client.client.language = Some(hostile.to_owned());
            client.client.homepage = Some(hostile.to_owned());
            client.client.issue_tracker = Some(hostile.to_owned());
            client.client.transport = hostile.to_owned();
            client.dialect += hostile;
            client.reproduce.push(hostile.to_owned());
            for result in &mut client.results {
                result.attack += hostile;
                result.title += hostile;
                result.checks.iter_mut().for_each(|check| check.observed += hostile);
            }
        };
        matrix.clients.iter_mut().for_each(edit);
        matrix.not_played.iter_mut().for_each(|client: &mut NotPlayed| {
            client.name += hostile;
            client.message += hostile;
            client.help = Some(hostile.to_owned());
        });
        for (width, verbose) in [(40, false), (100, false), (100, true)] {
            let text = render(&matrix, Style { colour: false, width, verbose });
            assert!(!text.contains(['\u{1b}', '\u{202e}']));
            assert!(!text.lines().any(|line| line.trim_start().starts_with("3 of 3")), "{text}");
        }
    }

    #[test]
    fn what_was_read_back_looks_the_same() {
        let matrix = example::matrix();
        let text = crate::matrix::json::render(&matrix).unwrap();
        assert_eq!(plain(&crate::matrix::json::read(&text).unwrap()), plain(&matrix));
        assert!(json::read(&text).is_err(), "a matrix is not the report of one client");
    }

    #[test]
    fn clients_that_played_other_scenarios_can_stand_side_by_side() {
        let clients = vec![
            example::named(example::report(vec![example::pass("honest", "a")]), "one", "1.0"),
            example::named(example::report(vec![example::accepted_replay("rollback", "b")]), "two", "1.0"),
        ];
        let text = plain(&example::matrix_of(clients, vec![]));
        assert!(!text.contains("differ"), "a scenario that one client alone played is no difference: {text}");
    }
}
