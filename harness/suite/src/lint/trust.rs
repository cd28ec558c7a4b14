//! A client starts from one root, before it does anything else.

use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::{Action, Suite, Variant};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::trust",
    summary: "A root to start from is given once, before the client does anything.",
    inspect: Inspect::Variant(inspect),
};

fn inspect(variant: &Variant, _: &Suite) -> Vec<Finding> {
    let by_client = variant.plan.steps.iter().filter(|step| step.action.is_by_client());
    let late = by_client.skip(1).filter(|step| matches!(step.action, Action::Trust(_)));
    let finding = |number| {
        let help = "make it the first thing that the client does; it is given the root that is shown then";
        Finding::key(Place::step(number).key("trust"), "the client has started from a root already", help)
    };
    late.map(|step| finding(step.number)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{REPLAY, accepts, caught};
    use super::*;

    #[test]
    fn a_root_that_comes_too_late_is_caught() {
        let trust = "trust = \"accept\"";
        assert!(accepts(&CHECK, REPLAY, "publish = [\"timestamp\"]", trust));
        let found = caught(&CHECK, REPLAY, "attack.replay = { timestamp = 1 }", trust);
        assert_eq!(found, ["19: trust: the client has started from a root already"]);
    }
}
