//! A title is one sentence that stands in lists and reports.

use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::{Suite, Variant};

/// The longest title, in characters: it has to fit in one line of a report.
const LONGEST: usize = 90;

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::title",
    summary: "A title is one sentence of at most 90 characters, without full stop, that no other scenario has.",
    inspect: Inspect::Variant(inspect),
};

fn inspect(variant: &Variant, suite: &Suite) -> Vec<Finding> {
    let title = &variant.scenario.title;
    let length = title.chars().count();
    let finding = |message: String, help: &str| vec![Finding::value(Place::top("title"), message, help)];
    if title.trim().is_empty() {
        return finding("the title is empty".to_owned(), "say in one sentence what a client must do");
    }
    if title.trim() != title || title.contains('\n') {
        return finding("the title has white space around it or line breaks".to_owned(), "write it in one line");
    }
    if length > LONGEST {
        let message = format!("the title has {length} characters, and at most {LONGEST} fit in a report");
        return finding(message, "say only what a client must do; the rest belongs in `story`");
    }
    if title.ends_with('.') {
        return finding("the title ends in a full stop".to_owned(), "remove the full stop");
    }
    if [". ", "! ", "? "].iter().any(|end| title.contains(end)) {
        return finding("the title has several sentences".to_owned(), "keep one; the rest belongs in `story`");
    }
    let same = suite.variants().find(|other| other.file != variant.file && other.scenario.title == *title);
    match same {
        Some(other) => finding(format!("the title is also that of {}", other.id), "say how the two differ"),
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{MATRIX, REPLAY, accepts, caught};
    use super::*;

    const TITLE: &str = "\"A replayed timestamp is refused\"";

    #[test]
    fn a_title_that_is_no_single_short_sentence_is_caught() {
        for (title, message) in [
            ("It is refused.", "the title ends in a full stop"),
            ("It is old. It is refused", "the title has several sentences"),
            (" ", "the title is empty"),
            (" It is refused", "the title has white space around it or line breaks"),
        ] {
            let title = format!("\"{title}\"");
            assert_eq!(caught(&CHECK, REPLAY, TITLE, &title), [format!("2: {title}: {message}")]);
        }
        assert_eq!(caught(&CHECK, REPLAY, TITLE, &format!("\"{}\"", "é".repeat(91))).len(), 1);
        assert!(accepts(&CHECK, REPLAY, TITLE, &format!("\"{}\"", "é".repeat(90))));
    }

    #[test]
    fn two_scenarios_with_one_title_are_caught() {
        let found = caught(
            &CHECK,
            MATRIX,
            "A ${role} that was seen before is refused in place of a newer one",
            "A replayed ${role} is refused",
        );
        let message = "the title is also that of rollback/timestamp-replay in rollback/replayed[role=timestamp]";
        assert_eq!(found[0], format!("2: \"A replayed ${{role}} is refused\": {message}"));
    }

    #[test]
    fn a_title_may_contain_names_with_dots() {
        assert!(accepts(&CHECK, REPLAY, TITLE, "\"A root.json that is cut off is refused\""));
    }
}
