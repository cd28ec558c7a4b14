//! How it is written what keeps a client from a profile, short enough for a cell of a table.

use judge::{CORE, Conformance, Obstacles, ProfileVerdict};
use suite::{Profile, Suite};

/// What a cell says of a client that conforms.
const CONFORMANT: &str = "yes";

/// That a question which the profile decides was not seen to be answered.
const UNSEEN: &str = "*";

/// What the signs in a cell mean.
pub const LEGEND: [&str; 4] = [
    "yes: conforms",
    "3✗ 2? 1! 1−: so many scenarios fail, open questions are answered otherwise, forbidden features are accepted, and \
     needed features are lacking",
    "+3✗, +0: the same, or nothing, beside what fails of core, which every recipe builds on",
    "yes*, +0*: the same, but a question that the recipe decides was not seen to be answered",
];

/// The verdict of a profile in a cell: what keeps the client from it beyond `core`. If that is nothing, a question that was
/// not seen to be answered is marked; otherwise it makes no difference.
pub fn cell(verdict: &ProfileVerdict) -> String {
    let own = own(verdict);
    let plus = if own == verdict.obstacles() { "" } else { "+" };
    let unseen = if verdict.unanswered.is_empty() { "" } else { UNSEEN };
    match verdict.conformance {
        Conformance::Conformant => format!("{CONFORMANT}{unseen}"),
        _ if own.is_empty() => format!("{plus}0{unseen}"),
        _ => format!("{plus}{}", counts(&own)),
    }
}

/// The obstacles that are told of a profile: of `core` all, of another one those that `core` does not have.
pub fn own(verdict: &ProfileVerdict) -> Obstacles {
    if verdict.profile == CORE { verdict.obstacles() } else { verdict.beyond_core.clone() }
}

/// The obstacles, counted.
pub fn counts(obstacles: &Obstacles) -> String {
    let counts = [
        (obstacles.scenarios().len(), '✗'),
        (obstacles.answers.len(), '?'),
        (obstacles.accepted.len(), '!'),
        (obstacles.missing.len(), '−'),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, sign)| format!("{count}{sign}"));
    counts.collect::<Vec<_>>().join(" ")
}

/// What `core` asks of the client too and does not get, in words; nothing if it gets everything.
pub fn as_in_core(verdict: &ProfileVerdict) -> Option<String> {
    let shared = verdict.as_in_core();
    let is_other = verdict.profile != CORE && !shared.is_empty();
    is_other.then(|| {
        let alone = if verdict.beyond_core.is_empty() { "nothing but " } else { "" };
        format!("{alone}what `{CORE}` asks too: {}", counts(&shared))
    })
}

/// The profiles, that which the others build on first.
pub fn core_first(suite: &Suite) -> Vec<&Profile> {
    let mut profiles: Vec<&Profile> = suite.profiles.values().collect();
    profiles.sort_by_key(|profile| profile.id != CORE);
    profiles
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::example;

    fn some() -> Obstacles {
        Obstacles {
            missing: vec!["tap4".to_owned()],
            failing: ["honest/bins[n=1]", "honest/bins[n=2]", "honest/other"].map(str::to_owned).to_vec(),
            answers: BTreeMap::from([("q".to_owned(), "yes".to_owned())]),
            accepted: BTreeMap::new(),
        }
    }

    #[test]
    fn a_cell_tells_what_a_recipe_adds_from_what_core_asks_too() {
        let told = |profile: &str, failing: &[&str], beyond| cell(&example::held(profile, failing, beyond));
        assert_eq!(told("p", &[], Obstacles::default()), "yes");
        assert_eq!(told("p", &[], some()), "2✗ 1? 1−");
        assert_eq!(told("p", &["rollback/a"], some()), "+2✗ 1? 1−");
        assert_eq!(told("p", &["rollback/a"], Obstacles::default()), "+0");
        assert_eq!(told(CORE, &["rollback/a", "rollback/b"], Obstacles::default()), "2✗");
    }

    #[test]
    fn a_question_that_was_not_seen_is_marked_where_nothing_else_keeps_the_client() {
        for (failing, expected) in [(&[][..], "yes*"), (&["rollback/a"], "+0*")] {
            let mut verdict = example::held("p", failing, Obstacles::default());
            verdict.unanswered.push("q".to_owned());
            assert_eq!(cell(&verdict), expected);
        }
        let mut verdict = example::held("p", &[], some());
        verdict.unanswered.push("q".to_owned());
        assert_eq!(cell(&verdict), "2✗ 1? 1−");
    }

    #[test]
    fn what_core_asks_too_is_counted_in_words() {
        let told = |profile: &str, failing: &[&str], beyond| as_in_core(&example::held(profile, failing, beyond));
        assert_eq!(told("p", &[], some()), None);
        assert_eq!(told(CORE, &["rollback/a"], Obstacles::default()), None);
        assert_eq!(told("p", &["rollback/a"], some()).unwrap(), "what `core` asks too: 1✗");
        let only = told("p", &["rollback/a"], Obstacles::default()).unwrap();
        assert_eq!(only, "nothing but what `core` asks too: 1✗");
    }
}
