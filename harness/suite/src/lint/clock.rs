//! Time passes in one direction.

use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::{Action, Offset, Suite, Variant};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::clock",
    summary: "The clock starts at `+0s` and never goes back.",
    inspect: Inspect::Variant(inspect),
};

fn inspect(variant: &Variant, _: &Suite) -> Vec<Finding> {
    let (mut now, mut findings) = (Offset::START, Vec::new());
    for step in &variant.plan.steps {
        let Action::Clock(next) = step.action else { continue };
        if next < now {
            let message = format!("the clock goes back from {now} to {next}");
            let place = Place::step(step.number).key("clock");
            findings.push(Finding::value(place, message, format!("set it to {now} or later")));
        }
        now = now.max(next);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::testing::{MATRIX, accepts, caught};
    use super::*;

    #[test]
    fn a_clock_that_goes_back_is_caught() {
        let found = caught(&CHECK, MATRIX, "clock = \"+1d\"", "clock = \"+1d\"\n\n[[step]]\nclock = \"+23h\"");
        assert_eq!(found, ["32: \"+23h\": the clock goes back from +1d to +23h"]);
    }

    #[test]
    fn a_clock_before_the_start_is_caught() {
        let found = caught(&CHECK, MATRIX, "clock = \"+1d\"", "clock = \"-1s\"");
        assert_eq!(found, ["29: \"-1s\": the clock goes back from +0s to -1s"]);
    }

    #[test]
    fn a_clock_that_stands_still_is_accepted() {
        assert!(accepts(&CHECK, MATRIX, "clock = \"+1d\"", "clock = \"+0s\""));
    }
}
