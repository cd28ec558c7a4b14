//! A profile decides the open questions that matter to it, or says that it leaves them open.

use std::collections::BTreeSet;

use super::names::unknown;
use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::{ProfileFile, Suite};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::profile-policies",
    summary: "A question that touches a required feature is decided, or left open on purpose; none is both.",
    inspect: Inspect::Profile(inspect),
};

fn inspect(id: &str, file: &ProfileFile, suite: &Suite) -> Vec<Finding> {
    let register = &suite.register;
    let mut findings = Vec::new();
    for (position, policy) in file.leaves_open.iter().enumerate() {
        let place = Place::top("leaves-open").index(position);
        if !register.policies.contains_key(policy) {
            findings.push(unknown(place, policy, &register.policies, "policy", "spec/policies.toml"));
        } else if file.policies.contains_key(policy) {
            let help = "remove it here, or the decision";
            findings.push(Finding::value(place, format!("`{policy}` is decided as well"), help));
        }
    }
    let Some(whole) = suite.profiles.get(id).map(|profile| &profile.file) else { return findings };
    let required = |feature: &Option<String>| feature.as_ref().is_some_and(|id| whole.features.required.contains(id));
    let touching = register.requirements.values().filter(|requirement| required(&requirement.feature));
    // What no scenario answers cannot be held against a client.
    let is_seen = |id: &&String| {
        register.policies.get(*id).is_some_and(|policy| policy.answer.iter().any(|answer| !answer.seen.is_empty()))
    };
    let matters: BTreeSet<&String> = touching.flat_map(|requirement| &requirement.policies).filter(is_seen).collect();
    let open = matters.into_iter().filter(|id| !whole.policies.contains_key(*id) && !whole.leaves_open.contains(*id));
    findings.extend(open.map(|policy| {
        let message = format!("`{policy}` touches a feature that is required, and is not decided");
        let help =
            "decide it in `[policies]`, or add it to `leaves-open` at the top: then no answer is held against a client";
        Finding::key(Place::top("title"), message, help)
    }));
    findings
}

#[cfg(test)]
mod tests {
    use super::super::testing::{PROFILE, REQUIREMENTS, caught, problems_of, tree};
    use super::*;

    const DECISION: &str = "unchanged-timestamp-expiry = \"refuse\"";

    #[test]
    fn a_question_that_is_decided_and_left_open_is_caught() {
        let found = caught(&CHECK, PROFILE, "gives-up", "leaves-open = [\"unchanged-timestamp-expiry\"]\ngives-up");
        assert!(found[0].contains("is decided as well"), "{found:?}");
        let found = caught(&CHECK, PROFILE, "gives-up", "leaves-open = [\"expiry\"]\ngives-up");
        assert!(found[0].contains("there is no policy `expiry`"), "{found:?}");
    }

    #[test]
    fn a_question_about_a_required_feature_has_to_be_dealt_with() {
        let mut tree = tree();
        let requirements = tree[REQUIREMENTS]
            .replace("observe = \"Revoke", "policies = [\"unchanged-timestamp-expiry\"]\nobserve = \"Revoke");
        tree.insert(REQUIREMENTS.to_owned(), requirements);
        assert!(problems_of(&CHECK, &tree).is_empty());
        let base = "cookbook/profiles/base.toml";
        tree.insert(base.to_owned(), tree[base].replace("unchanged-timestamp-expiry = [\"refuse\", \"accept\"]", ""));
        tree.insert(PROFILE.to_owned(), tree[PROFILE].replace(DECISION, ""));
        assert_eq!(problems_of(&CHECK, &tree).len(), 2);
        let open = tree[base].replace("protects", "leaves-open = [\"unchanged-timestamp-expiry\"]\nprotects");
        tree.insert(base.to_owned(), open);
        assert!(problems_of(&CHECK, &tree).is_empty());
    }
}
