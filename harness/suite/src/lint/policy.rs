//! A scenario that turns on an open question names it by its id.

use super::names::unknown;
use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::{Suite, Variant};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::policy",
    summary: "The open question that a scenario turns on is in the register.",
    inspect: Inspect::Variant(inspect),
};

fn inspect(variant: &Variant, suite: &Suite) -> Vec<Finding> {
    let known = &suite.register.policies;
    let policy = variant.scenario.policy.iter().filter(|policy| !known.contains_key(*policy));
    policy.map(|policy| unknown(Place::top("policy"), policy, known, "policy", "spec/policies.toml")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{REVOKED, accepts, caught};
    use super::*;

    #[test]
    fn an_unknown_policy_is_caught() {
        let found = caught(&CHECK, REVOKED, "\"unchanged-timestamp-expiry\"", "\"expiry\"");
        assert_eq!(found, ["7: \"expiry\": there is no policy `expiry`"]);
    }

    #[test]
    fn a_scenario_without_a_policy_is_accepted() {
        assert!(accepts(&CHECK, REVOKED, "policy = \"unchanged-timestamp-expiry\"\n", ""));
    }
}
