//! The features of a profile go together.

use std::collections::BTreeSet;

use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::{ProfileFile, Suite};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::profile-features",
    summary: "A profile says one thing of each feature, and what a required feature needs is required, or allowed for an allowed one.",
    inspect: Inspect::Profile(inspect),
};

fn inspect(id: &str, file: &ProfileFile, suite: &Suite) -> Vec<Finding> {
    let own = &file.features;
    let mut findings = Vec::new();
    let pairs = [
        ("allowed", &own.required, &own.allowed, "required"),
        ("forbidden", &own.required, &own.forbidden, "required"),
        ("forbidden", &own.allowed, &own.forbidden, "allowed"),
    ];
    for (key, one, other, word) in pairs {
        for feature in one.intersection(other) {
            let message = format!("`{feature}` is {word} as well");
            let help = "say one thing of it: required, allowed or forbidden";
            findings.push(Finding::value(Place::top("features").key(key), message, help));
        }
    }
    // What is missing may be said by what it extends.
    let Some(whole) = suite.profiles.get(id).map(|profile| &profile.file.features) else { return findings };
    let usable: BTreeSet<&String> = whole.required.union(&whole.allowed).collect();
    let required: BTreeSet<&String> = whole.required.iter().collect();
    for (key, features, there) in [("required", &whole.required, &required), ("allowed", &whole.allowed, &usable)] {
        let known = features.iter().filter_map(|feature| suite.register.features.get(feature));
        for (feature, needed) in known.flat_map(|feature| feature.needs.iter().map(move |needed| (feature, needed))) {
            if !there.contains(needed) {
                let message = format!("`{}` is {key}, but not `{needed}`, which it needs", feature.id);
                findings.push(Finding::key(Place::top("features"), message, format!("add `{needed}` to `{key}`")));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::testing::{PROFILE, caught, problems_of, tree};
    use super::*;

    const FEATURES: &str = "forbidden = [\"consistent-snapshots:off\"]";

    #[test]
    fn two_things_of_one_feature_are_caught() {
        let to = format!("{FEATURES}\nrequired = [\"consistent-snapshots:off\"]");
        assert!(caught(&CHECK, PROFILE, FEATURES, &to)[0].contains("is required as well"));
    }

    #[test]
    fn a_feature_that_needs_another_one_is_caught() {
        let found = caught(&CHECK, PROFILE, FEATURES, "forbidden = [\"delegations\"]\nrequired = [\"hashed-bins\"]");
        assert!(found[0].contains("`hashed-bins` is required, but not `delegations`, which it needs"), "{found:?}");
    }

    #[test]
    fn what_is_extended_is_overruled() {
        assert!(problems_of(&CHECK, &tree()).is_empty());
    }
}
