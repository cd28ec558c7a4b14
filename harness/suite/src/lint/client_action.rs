//! A scenario in which the client does nothing tests nothing.

use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::{Suite, Variant};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::client-action",
    summary: "The client refreshes or downloads at least once.",
    inspect: Inspect::Variant(inspect),
};

fn inspect(variant: &Variant, _: &Suite) -> Vec<Finding> {
    if variant.plan.steps.iter().any(|step| step.action.is_by_client()) {
        return Vec::new();
    }
    let help = "add a step with `refresh = \"accept\"`, `refresh = \"reject\"` or `download`";
    vec![Finding::key(Place::step(variant.plan.steps.len()), "the client does nothing in this scenario", help)]
}

#[cfg(test)]
mod tests {
    use super::super::testing::{HONEST, accepts, caught, tree};
    use super::*;

    #[test]
    fn a_scenario_in_which_the_client_does_nothing_is_caught() {
        let text = &tree()[HONEST];
        let end = &text[text.find("[[step]]\nrefresh").unwrap()..];
        assert_eq!(caught(&CHECK, HONEST, end, ""), ["12: [[step]]: the client does nothing in this scenario"]);
    }

    #[test]
    fn one_download_is_enough() {
        assert!(accepts(
            &CHECK,
            HONEST,
            "refresh = \"accept\"\ntrusted = { root = 2, timestamp = 2, snapshot = 2, targets = 2 }",
            "clock = \"+1d\""
        ));
    }
}
