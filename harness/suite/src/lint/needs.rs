//! A scenario names the features that it needs by their ids.

use super::names::references;
use super::{Check, Finding, Inspect};
use crate::{Suite, Variant};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::needs",
    summary: "Each feature that a scenario needs is in the register.",
    inspect: Inspect::Variant(inspect),
};

fn inspect(variant: &Variant, suite: &Suite) -> Vec<Finding> {
    references("needs", &variant.scenario.needs, &suite.register.features, "feature", "spec/features.toml")
}

#[cfg(test)]
mod tests {
    use super::super::testing::{REVOKED, accepts, caught};
    use super::*;

    #[test]
    fn an_unknown_feature_is_caught() {
        let found = caught(&CHECK, REVOKED, "\"consistent-snapshots:off\"", "\"delegations\", \"delegation\"");
        assert_eq!(found, ["6: \"delegation\": there is no feature `delegation`"]);
    }

    #[test]
    fn a_known_feature_is_accepted() {
        assert!(accepts(&CHECK, REVOKED, "\"consistent-snapshots:off\"", "\"delegations\""));
    }
}
