//! What a requirement refers to is in the register.

use super::names::unknown;
use super::register_file::{Entries, RegisterFile};
use super::{Check, Finding, Inspect};
use crate::Suite;

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::register-links",
    summary: "The feature of a requirement, the attacks that it mitigates and the questions that touch it are in the register.",
    inspect: Inspect::Register(inspect),
};

fn inspect(file: &RegisterFile<'_>, _: &[RegisterFile<'_>], suite: &Suite) -> Vec<Finding> {
    let (features, attacks, policies) = (&suite.register.features, &suite.register.attacks, &suite.register.policies);
    let mut findings = Vec::new();
    if let Entries::Features(entries) = &file.entries {
        for (index, feature) in entries.iter().enumerate() {
            for (position, needed) in feature.needs.iter().enumerate().filter(|(_, id)| !features.contains_key(*id)) {
                let place = file.entries.place(index).key("needs").index(position);
                findings.push(unknown(place, needed, features, "feature", "spec/features.toml"));
            }
        }
    }
    let Entries::Requirements(requirements) = &file.entries else { return findings };
    for (index, requirement) in requirements.iter().enumerate() {
        let place = file.entries.place(index);
        if let Some(feature) = requirement.feature.as_ref().filter(|feature| !features.contains_key(*feature)) {
            findings.push(unknown(place.clone().key("feature"), feature, features, "feature", "spec/features.toml"));
        }
        for (position, attack) in requirement.mitigates.iter().enumerate() {
            if !attacks.contains_key(attack) {
                let place = place.clone().key("mitigates").index(position);
                findings.push(unknown(place, attack, attacks, "attack class", "spec/attacks.toml"));
            }
        }
        for (position, policy) in requirement.policies.iter().enumerate().filter(|(_, id)| !policies.contains_key(*id))
        {
            let place = place.clone().key("policies").index(position);
            findings.push(unknown(place, policy, policies, "policy", "spec/policies.toml"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::testing::{REQUIREMENTS, caught, problems_of, tree};
    use super::*;

    #[test]
    fn an_unknown_feature_of_a_requirement_is_caught() {
        let found = caught(&CHECK, REQUIREMENTS, "feature = \"delegations\"", "feature = \"delegation\"");
        assert_eq!(found, ["18: \"delegation\": there is no feature `delegation`"]);
    }

    #[test]
    fn an_unknown_attack_that_a_requirement_mitigates_is_caught() {
        let found = caught(&CHECK, REQUIREMENTS, "[\"rollback\"]", "[\"rollback\", \"rollforward\"]");
        assert_eq!(found, ["9: \"rollforward\": there is no attack class `rollforward`"]);
    }

    #[test]
    fn the_examples_refer_to_what_is_there() {
        assert!(problems_of(&CHECK, &tree()).is_empty());
    }
}
