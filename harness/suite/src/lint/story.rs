//! A story explains a scenario to a reader who is new to TUF.

use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::{Suite, Variant};

/// The shortest story, in characters.
const SHORTEST: usize = 60;

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::story",
    summary: "A story has two to four sentences and at least 60 characters.",
    inspect: Inspect::Variant(inspect),
};

fn inspect(variant: &Variant, _: &Suite) -> Vec<Finding> {
    let story = variant.scenario.story.trim();
    let (length, sentences) = (story.chars().count(), sentences(story));
    let message = if length < SHORTEST {
        format!("the story has {length} characters, and at least {SHORTEST} are needed to tell what happens")
    } else if !(2..=4).contains(&sentences) {
        format!("the story has {sentences} sentences, and two to four are wanted")
    } else {
        return Vec::new();
    };
    let help = "tell a reader who is new to TUF what happens, and why it matters";
    vec![Finding::value(Place::top("story"), message, help)]
}

/// How many sentences a text has: a sentence ends before white space and a character that is not lower-case, or at the end.
fn sentences(text: &str) -> usize {
    let ends = text.match_indices(['.', '!', '?', '…']).filter(|(at, end)| {
        let rest = text[at + end.len()..].trim_start_matches(['"', ')', '`', '”', '\'']);
        let next = rest.trim_start();
        next.is_empty() || (next.len() < rest.len() && !next.starts_with(char::is_lowercase))
    });
    let is_open = !text.trim_end_matches(['"', ')', '`', '”', '\'']).ends_with(['.', '!', '?', '…']);
    ends.count() + usize::from(is_open && !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{REPLAY, accepts, caught};
    use super::*;

    const LAST: &str = "The client has already seen a newer one.\n";

    #[test]
    fn a_story_of_one_sentence_is_caught() {
        let found = caught(&CHECK, REPLAY, LAST, "");
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("6: \"\"\"\nA mirror kept"), "{}", found[0]);
        assert!(found[0].ends_with("the story has 1 sentences, and two to four are wanted"));
    }

    #[test]
    fn a_story_that_is_too_short_or_too_long_is_caught() {
        assert_eq!(caught(&CHECK, REPLAY, LAST, "One. Two. Three. Four.\n").len(), 1);
        let found = caught(
            &CHECK,
            REPLAY,
            "A mirror kept an older, correctly signed timestamp and serves it again to hide a release.",
            "Old.",
        );
        assert!(found[0].ends_with("the story has 45 characters, and at least 60 are needed to tell what happens"));
    }

    #[test]
    fn dots_in_names_numbers_and_abbreviations_end_no_sentence() {
        assert_eq!(sentences("It reads 1.root.json, e.g. from a mirror, version 1.2. Then it stops."), 2);
        assert_eq!(sentences("Nothing ends here"), 1);
        assert_eq!(sentences("\"Really?\" It asks `why.`"), 2);
        assert!(accepts(&CHECK, REPLAY, LAST, "One. Two. Three.\n"));
    }
}
