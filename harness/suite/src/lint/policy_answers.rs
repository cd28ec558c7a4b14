//! The answers to an open question can be told apart.

use std::collections::BTreeSet;

use super::register_file::{Entries, RegisterFile};
use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::{Answer, Policy, Seen, Subject, Suite};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::policy-answers",
    summary: "A question to clients has two answers or more, and no client can be seen to give two of them.",
    inspect: Inspect::Register(inspect),
};

fn inspect(file: &RegisterFile<'_>, _: &[RegisterFile<'_>], suite: &Suite) -> Vec<Finding> {
    let Entries::Policies(policies) = &file.entries else { return Vec::new() };
    let entries = policies.iter().enumerate();
    entries.flat_map(|(index, policy)| of_policy(policy, &file.entries.place(index), suite)).collect()
}

fn of_policy(policy: &Policy, place: &Place, suite: &Suite) -> Vec<Finding> {
    let (mut findings, mut ids) = (Vec::new(), BTreeSet::new());
    if policy.subject == Subject::Client && policy.answer.len() < 2 {
        let help = "add `[[policy.answer]]` for each way in which clients do it; or say `subject = \"text\"`";
        findings.push(Finding::value(place.clone().key("id"), "a question has at least two answers", help));
    }
    for (index, answer) in policy.answer.iter().enumerate() {
        let place = place.clone().key("answer").index(index);
        if !ids.insert(&answer.id) {
            let help = "give one of the two another id";
            findings.push(Finding::value(
                place.clone().key("id"),
                format!("there are two answers `{}`", answer.id),
                help,
            ));
        }
        for id in answer.seen.keys() {
            let variant = suite.variants().find(|variant| variant.id.as_str() == id);
            let turns_on = variant.map(|variant| variant.scenario.policy.as_deref() == Some(policy.id.as_str()));
            let message = match turns_on {
                None => format!("there is no scenario `{id}`"),
                Some(false) => format!("`{id}` does not turn on this question"),
                Some(true) => continue,
            };
            let help = format!("name scenarios with `policy = \"{}\"`, with the values of their matrix", policy.id);
            findings.push(Finding::key(place.clone().key("seen").key(id), message, help));
        }
        let same = policy.answer[..index].iter().find(|other| both_can_be_seen(other, answer));
        if let Some(other) = same {
            let message = format!("a client can be seen to answer both `{}` and `{}`", other.id, answer.id);
            let help = "add a scenario in which the two are told apart";
            findings.push(Finding::value(place.key("seen"), message, help));
        }
    }
    findings
}

/// Whether nothing that is seen of one answer contradicts what is seen of the other.
fn both_can_be_seen(one: &Answer, other: &Answer) -> bool {
    let contradict = |a: Seen, b: Seen| {
        matches!((a, b), (Seen::Pass, Seen::Fail) | (Seen::Fail, Seen::Pass))
            || matches!((a, b), (Seen::Accepted, Seen::Rejected | Seen::Reported(_)))
            || matches!((a, b), (Seen::Rejected | Seen::Reported(_), Seen::Accepted))
            || matches!((a, b), (Seen::Reported(one), Seen::Reported(other)) if one != other)
    };
    let differ = |(id, seen): (&String, &Seen)| other.seen.get(id).is_some_and(|other| contradict(*seen, *other));
    !one.seen.is_empty() && !other.seen.is_empty() && !one.seen.iter().any(differ)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{caught, problems_of, tree};
    use super::*;

    const POLICIES: &str = "spec/policies.toml";
    const SEEN: &str = "seen = { \"wrong-software/revoked\" = \"rejected\" }";

    #[test]
    fn answers_that_cannot_be_told_apart_are_caught() {
        let found = caught(&CHECK, POLICIES, "\"accepted\"", "\"rejected\"");
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("both `refuse` and `accept`"), "{found:?}");
    }

    #[test]
    fn a_scenario_that_is_not_there_or_is_about_something_else_is_caught() {
        let found = caught(&CHECK, POLICIES, SEEN, "seen = { \"wrong-software/none\" = \"rejected\" }");
        assert!(found.iter().any(|found| found.contains("there is no scenario `wrong-software/none`")), "{found:?}");
        let found = caught(&CHECK, POLICIES, SEEN, "seen = { \"honest/first-update\" = \"rejected\" }");
        assert!(found.iter().any(|found| found.contains("does not turn on this question")), "{found:?}");
    }

    #[test]
    fn two_answers_of_one_name_are_caught() {
        let found = caught(&CHECK, POLICIES, "id = \"accept\"", "id = \"refuse\"");
        assert!(found[0].contains("there are two answers `refuse`"));
    }

    #[test]
    fn the_examples_are_accepted() {
        assert!(problems_of(&CHECK, &tree()).is_empty());
    }
}
