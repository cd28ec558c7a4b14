//! A scenario says which requirements it checks.

use super::names::references;
use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::{Suite, Variant};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::covers",
    summary: "A scenario covers at least one requirement, and each of them is in the register.",
    inspect: Inspect::Variant(inspect),
};

fn inspect(variant: &Variant, suite: &Suite) -> Vec<Finding> {
    let covers = &variant.scenario.covers;
    if covers.is_empty() {
        let help = "name the requirements that it checks, by their ids in `spec/requirements`";
        return vec![Finding::value(Place::top("covers"), "the scenario covers no requirement", help)];
    }
    references("covers", covers, &suite.register.requirements, "requirement", "spec/requirements")
}

#[cfg(test)]
mod tests {
    use super::super::testing::{REPLAY, accepts, caught, problems};
    use super::*;

    const COVERED: &str = "[\"timestamp.rollback.lower-version\"]";

    #[test]
    fn an_unknown_requirement_is_caught_and_the_nearest_is_offered() {
        let to = "[\"timestamp.rollback.version\"]";
        let found = caught(&CHECK, REPLAY, COVERED, to);
        assert_eq!(found, ["5: \"timestamp.rollback.version\": there is no requirement `timestamp.rollback.version`"]);
        let help = problems(&CHECK, REPLAY, COVERED, to).remove(0).help;
        assert_eq!(help.as_deref(), Some("did you mean `timestamp.rollback.lower-version`?"));
    }

    #[test]
    fn a_scenario_that_covers_nothing_is_caught() {
        assert_eq!(caught(&CHECK, REPLAY, COVERED, "[]"), ["5: []: the scenario covers no requirement"]);
    }

    #[test]
    fn a_requirement_that_is_covered_twice_is_caught() {
        let id = "workflow.recoverable-after-failure";
        let found = caught(&CHECK, REPLAY, COVERED, &format!("[\"{id}\", \"{id}\"]"));
        assert_eq!(found, [format!("5: \"{id}\": `{id}` stands here twice")]);
    }

    #[test]
    fn several_known_requirements_are_accepted() {
        let to = "[\"timestamp.rollback.lower-version\", \"workflow.recoverable-after-failure\"]";
        assert!(accepts(&CHECK, REPLAY, COVERED, to));
    }
}
