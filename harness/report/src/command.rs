//! Command lines that repeat a part of a run, ready to be pasted into a shell.

use crate::matrix::MatrixReport;
use crate::{Report, escape};

/// The longest argument that is shown.
const ARGUMENT_LIMIT: usize = 4096;

/// The command that plays these scenarios again, the same way. Ids or patterns stand right after the subcommand.
pub fn repeat(report: &Report, ids: &[&str]) -> String {
    with_ids(&report.reproduce, ids.iter().copied())
}

/// The command that plays the same scenarios again.
pub fn repeat_all(report: &Report) -> String {
    with_ids(&report.reproduce, report.selection.iter().map(String::as_str))
}

/// The command that plays the same scenarios again and shows everything about them.
pub fn repeat_verbosely(report: &Report) -> String {
    repeat_all(report) + " --verbose"
}

/// As `repeat_verbosely`, with all clients.
pub fn repeat_matrix_verbosely(matrix: &MatrixReport) -> String {
    with_ids(&matrix.reproduce, matrix.selection.iter().map(String::as_str)) + " --verbose"
}

fn with_ids<'a>(reproduce: &'a [String], ids: impl Iterator<Item = &'a str>) -> String {
    let (start, options) = reproduce.split_at(reproduce.len().min(2));
    quoted(start.iter().map(String::as_str).chain(ids).chain(options.iter().map(String::as_str)))
}

fn quoted<'a>(arguments: impl Iterator<Item = &'a str>) -> String {
    let quoted = arguments.map(|argument| {
        // An argument cannot contain NUL, but a document that was read back can.
        let argument = shlex::try_quote(argument).unwrap_or_default();
        escape::single_line(&argument, ARGUMENT_LIMIT)
    });
    quoted.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example;

    #[test]
    fn an_id_with_brackets_and_a_path_with_spaces_survive_a_shell() {
        let mut report = example::report(vec![]);
        report.reproduce =
            ["tuf-cookbook", "run", "--client", "./my client", "--client-arg", "it's"].map(str::to_owned).to_vec();
        let command = repeat(&report, &["rollback/unsigned[role=snapshot]"]);
        assert_eq!(
            command,
            r#"tuf-cookbook run 'rollback/unsigned[role=snapshot]' --client './my client' --client-arg "it's""#
        );
        let words = shlex::split(&command).unwrap();
        assert_eq!(words[2], "rollback/unsigned[role=snapshot]");
        assert_eq!(words[6], "it's");
    }

    #[test]
    fn the_selection_is_kept_when_everything_is_shown_again() {
        let mut report = example::report(vec![]);
        report.selection = vec!["rollback/*".to_owned()];
        assert_eq!(repeat_verbosely(&report), "tuf-cookbook run 'rollback/*' --client ./client --verbose");
    }

    #[test]
    fn a_control_character_in_an_argument_does_not_reach_the_terminal() {
        let mut report = example::report(vec![]);
        report.reproduce.push("\u{1b}[2J".to_owned());
        assert!(!repeat(&report, &[]).contains('\u{1b}'));
    }
}
