//! An attack scenario attacks, and something shows whether the attack succeeded. An honest one does neither.

use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::{Action, Expected, RunKind, Suite, Variant};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::attack",
    summary: "An attack scenario has an attacker, an attack step and an expectation after it; an honest one none of them.",
    inspect: Inspect::Variant(inspect),
};

fn inspect(variant: &Variant, _: &Suite) -> Vec<Finding> {
    if variant.scenario.attack.is_some() { inspect_attack(variant) } else { inspect_honest(variant) }
}

fn inspect_attack(variant: &Variant) -> Vec<Finding> {
    let (steps, mut findings) = (&variant.plan.steps, Vec::new());
    if variant.scenario.attacker.is_empty() {
        let help = "say what the attacker controls, such as `attacker = [\"network\"]`";
        findings.push(Finding::key(Place::top("attack"), "an attack needs an attacker", help));
    }
    let Some(attack) = steps.iter().position(|step| matches!(step.action, Action::Attack(_))) else {
        let help = "put what the attacker does under `attack`, such as `attack.replay = { timestamp = 1 }`";
        findings.push(Finding::key(Place::top("attack"), "no step is the attacker's", help));
        return findings;
    };
    let tells = steps[attack..].iter().any(|step| {
        step.action.expected(RunKind::Attack) == Some(Expected::Reject)
            || (step.action.is_by_client() && !step.expect.is_empty())
    });
    if !tells {
        let help = "let the client act afterwards, and say how: `refresh = \"reject\"`, or what it then trusts";
        let place = Place::step(steps[attack].number).key("attack");
        findings.push(Finding::key(place, "nothing is expected after the attack", help));
    }
    findings
}

fn inspect_honest(variant: &Variant) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !variant.scenario.attacker.is_empty() {
        let help = "remove it, or name the attack class: `attack = \"…\"`";
        findings.push(Finding::key(Place::top("attacker"), "an honest scenario has no attacker", help));
    }
    for step in &variant.plan.steps {
        let (verb, help) = match step.action {
            Action::Attack(_) => {
                ("attack", "name the attack class at the top: `attack = \"…\"`; or let the repository do it")
            }
            Action::Control(_) => ("control", "write it without `control`: an honest scenario has no control"),
            _ => continue,
        };
        let message = format!("an honest scenario has no `{verb}` step");
        findings.push(Finding::key(Place::step(step.number).key(verb), message, help));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::testing::{HONEST, MATRIX, REPLAY, accepts, caught};
    use super::*;

    #[test]
    fn an_attack_without_an_attacker_is_caught() {
        let found = caught(&CHECK, REPLAY, "attacker = [\"network\"]\n", "");
        assert_eq!(found, ["3: attack: an attack needs an attacker"]);
    }

    #[test]
    fn an_attack_scenario_in_which_nobody_attacks_is_caught() {
        let found = caught(&CHECK, REPLAY, "attack.replay", "replay");
        assert_eq!(found, ["3: attack: no step is the attacker's"]);
    }

    #[test]
    fn an_attack_after_which_nothing_is_expected_is_caught() {
        let end =
            "refresh = \"reject\"\ntrusted = { timestamp = 2 }\nrequests = [\"2.root.json\", \"timestamp.json\"]\n";
        let found = caught(&CHECK, REPLAY, end, "refresh = \"accept\"\n");
        assert_eq!(found, ["19: attack: nothing is expected after the attack"]);
        assert!(accepts(&CHECK, REPLAY, end, "refresh = \"accept\"\ntrusted = { timestamp = 2 }\n"));
    }

    #[test]
    fn a_problem_of_all_variants_is_told_once() {
        let found = caught(&CHECK, MATRIX, "attacker = [\"network\"]\n", "");
        assert_eq!(found, ["3: attack: an attack needs an attacker"]);
    }

    #[test]
    fn an_honest_scenario_with_an_attacker_or_an_attack_is_caught() {
        let found = caught(&CHECK, HONEST, "covers", "attacker = [\"network\"]\ncovers");
        assert_eq!(found, ["3: attacker: an honest scenario has no attacker"]);
        let found = caught(&CHECK, HONEST, "publish = [", "attack.publish = [");
        assert_eq!(found, ["13: attack: an honest scenario has no `attack` step"]);
        let found = caught(&CHECK, HONEST, "publish = [", "control.publish = [");
        assert_eq!(found, ["13: control: an honest scenario has no `control` step"]);
    }
}
