//! What a profile refers to is there.

use super::names::unknown;
use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::{ProfileFile, Subject, Suite};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::profile-names",
    summary: "The profiles, features, attack classes, questions and answers that a profile names are there.",
    inspect: Inspect::Profile(inspect),
};

fn inspect(_: &str, profile: &ProfileFile, suite: &Suite) -> Vec<Finding> {
    let register = &suite.register;
    let mut findings = Vec::new();
    for (position, base) in profile.extends.iter().enumerate().filter(|(_, base)| !suite.profiles.contains_key(*base)) {
        let place = Place::top("extends").index(position);
        findings.push(unknown(place, base, &suite.profiles, "profile", "cookbook/profiles"));
    }
    for (position, attack) in profile.protects.iter().enumerate().filter(|(_, id)| !register.attacks.contains_key(*id))
    {
        let place = Place::top("protects").index(position);
        findings.push(unknown(place, attack, &register.attacks, "attack class", "spec/attacks.toml"));
    }
    let features = &profile.features;
    let lists = [("required", &features.required), ("allowed", &features.allowed), ("forbidden", &features.forbidden)];
    for (key, list) in lists {
        for feature in list.iter().filter(|feature| !register.features.contains_key(*feature)) {
            let place = Place::top("features").key(key);
            findings.push(unknown(place, feature, &register.features, "feature", "spec/features.toml"));
        }
    }
    for (id, decision) in &profile.policies {
        let place = Place::top("policies").key(id);
        let Some(policy) = register.policies.get(id) else {
            findings.push(unknown(place, id, &register.policies, "policy", "spec/policies.toml"));
            continue;
        };
        if policy.subject != Subject::Client {
            let help = "remove it: a profile decides what clients do";
            findings.push(Finding::key(place.clone(), format!("no client answers `{id}`"), help));
        }
        for answer in decision.0.iter().filter(|answer| policy.answer(answer).is_none()) {
            let known: Vec<&str> = policy.answer.iter().map(|answer| answer.id.as_str()).collect();
            let help = format!("the answers are `{}`", known.join("`, `"));
            findings.push(Finding::value(place.clone(), format!("`{id}` has no answer `{answer}`"), help));
        }
        if decision.0.is_empty() {
            let help = "name an answer, or remove the line";
            findings.push(Finding::value(place, "an empty list decides that no client is right", help));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::testing::{PROFILE, caught, problems_of, tree};
    use super::*;

    #[test]
    fn what_is_not_there_is_caught() {
        for (from, to, says) in [
            ("[\"base\"]", "[\"bass\"]", "there is no profile `bass`"),
            ("\"wrong-software\"", "\"wrong-hardware\"", "there is no attack class `wrong-hardware`"),
            ("[\"consistent-snapshots:off\"]", "[\"consistent\"]", "there is no feature `consistent`"),
            ("unchanged-timestamp-expiry =", "unchanged-expiry =", "there is no policy `unchanged-expiry`"),
            ("= \"refuse\"", "= \"no\"", "`unchanged-timestamp-expiry` has no answer `no`"),
            ("= \"refuse\"", "= []", "an empty list decides that no client is right"),
        ] {
            let found = caught(&CHECK, PROFILE, from, to);
            assert!(found.iter().any(|found| found.contains(says)), "{found:?}");
        }
    }

    #[test]
    fn the_examples_are_accepted() {
        assert!(problems_of(&CHECK, &tree()).is_empty());
    }
}
