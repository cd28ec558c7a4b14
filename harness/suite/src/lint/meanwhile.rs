//! What happens while the client does something comes just before that.

use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::{Suite, Variant};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::meanwhile",
    summary: "Steps with `at-request` come in order, just before what the client does; requests are counted from 1.",
    inspect: Inspect::Variant(inspect),
};

fn inspect(variant: &Variant, _: &Suite) -> Vec<Finding> {
    let (steps, mut findings) = (&variant.plan.steps, Vec::new());
    for (index, step) in steps.iter().enumerate() {
        let Some(request) = step.at_request else { continue };
        let place = Place::step(step.number).key("at-request");
        if request == 0 {
            findings.push(Finding::value(place, "there is no request 0", "the first request has the number 1"));
            continue;
        }
        match steps.get(index + 1) {
            Some(next) if next.action.is_by_client() => {}
            Some(next) if next.at_request.is_some_and(|later| later >= request) => {}
            _ => findings.push(Finding::key(
                place,
                "no client acts next, so that nothing happens meanwhile",
                "put it just before what the client does, behind those at earlier requests",
            )),
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::testing::{REPLAY, accepts, caught};
    use super::*;

    const ATTACK: &str = "attack.replay = { timestamp = 1 }";

    #[test]
    fn a_change_meanwhile_comes_before_what_the_client_does() {
        assert!(accepts(&CHECK, REPLAY, ATTACK, &format!("{ATTACK}\nat-request = 2")));
        let two = format!("{ATTACK}\nat-request = 2\n\n[[step]]\npublish = [\"root\"]\nat-request = 3");
        assert!(accepts(&CHECK, REPLAY, ATTACK, &two));
    }

    #[test]
    fn a_change_meanwhile_of_which_nothing_is_seen_is_caught() {
        let message = "no client acts next, so that nothing happens meanwhile";
        for (after, line) in [("clock = \"+1d\"", 20), ("publish = [\"root\"]\nat-request = 1", 20)] {
            let text = format!("{ATTACK}\nat-request = 2\n\n[[step]]\n{after}");
            assert_eq!(caught(&CHECK, REPLAY, ATTACK, &text), [format!("{line}: at-request: {message}")]);
        }
        let found = caught(&CHECK, REPLAY, ATTACK, &format!("{ATTACK}\nat-request = 0"));
        assert_eq!(found, ["20: 0: there is no request 0"]);
    }
}
