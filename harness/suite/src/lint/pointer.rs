//! Members of a file are named by JSON pointers (RFC 6901).

use std::collections::BTreeMap;

use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::{Action, Change, Pointer, Suite, Tampering, Variant};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::pointer",
    summary: "The keys of `set` and the entries of `remove` are JSON pointers, which start with `/`.",
    inspect: Inspect::Variant(inspect),
};

fn inspect(variant: &Variant, _: &Suite) -> Vec<Finding> {
    let mut findings = Vec::new();
    for step in &variant.plan.steps {
        let place = Place::step(step.number);
        match &step.action {
            Action::Repository(change) => inspect_change(change, &place, &mut findings),
            Action::Attack(change) => inspect_change(change, &place.key("attack"), &mut findings),
            Action::Control(change) => inspect_change(change, &place.key("control"), &mut findings),
            _ => {}
        }
    }
    findings
}

fn inspect_change(change: &Change, place: &Place, findings: &mut Vec<Finding>) {
    match change {
        Change::Forge(forged) => {
            for (role, forgery) in forged {
                let place = place.clone().key("forge").key(role);
                inspect_pointers(&forgery.set, &forgery.remove, &place, findings);
                inspect_tampering(&forgery.after, &place.key("after"), findings);
            }
        }
        Change::Tamper(tampered) => {
            for (role, tampering) in tampered {
                inspect_tampering(tampering, &place.clone().key("tamper").key(role), findings);
            }
        }
        _ => {}
    }
}

fn inspect_tampering(tampering: &Tampering, place: &Place, findings: &mut Vec<Finding>) {
    inspect_pointers(&tampering.set, &tampering.remove, place, findings);
}

fn inspect_pointers(
    set: &BTreeMap<Pointer, serde_json::Value>,
    remove: &[Pointer],
    place: &Place,
    findings: &mut Vec<Finding>,
) {
    let set = set.keys().filter(|pointer| !is_pointer(pointer));
    findings.extend(set.map(|pointer| {
        let place = place.clone().key("set").key(pointer);
        Finding::key(place, not_a_pointer(pointer), remedy(pointer))
    }));
    let remove = remove.iter().enumerate().filter(|(_, pointer)| !is_pointer(pointer));
    findings.extend(remove.map(|(index, pointer)| {
        let place = place.clone().key("remove").index(index);
        Finding::value(place, not_a_pointer(pointer), remedy(pointer))
    }));
}

/// Section 3 of RFC 6901, without the pointer to the whole document.
fn is_pointer(text: &str) -> bool {
    text.starts_with('/') && text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']))
}

fn not_a_pointer(text: &str) -> String {
    format!("`{text}` is not a JSON pointer")
}

fn remedy(text: &str) -> &'static str {
    if text.starts_with('/') {
        "write `~0` for `~` and `~1` for `/` within a name"
    } else {
        "start it and each of its names with `/`, such as `/meta/snapshot.json/version`"
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{REPLAY, REVOKED, accepts, caught};
    use super::*;

    #[test]
    fn a_pointer_without_a_slash_is_caught_in_a_forgery() {
        let found = caught(&CHECK, REVOKED, "\"/targets/project~1new\"", "\"targets\"");
        assert_eq!(found, ["39: \"targets\": `targets` is not a JSON pointer"]);
    }

    #[test]
    fn a_pointer_with_a_stray_tilde_is_caught() {
        let found = caught(&CHECK, REVOKED, "\"/targets/project~1new\"", "\"/targets/~a\"");
        assert_eq!(found, ["39: \"/targets/~a\": `/targets/~a` is not a JSON pointer"]);
    }

    #[test]
    fn pointers_are_checked_in_alterations_too_before_and_after_signing() {
        let tamper = "attack.tamper.timestamp.remove = [\"/signed\", \"signed\"]";
        let found = caught(&CHECK, REPLAY, "attack.replay = { timestamp = 1 }", tamper);
        assert_eq!(found, ["19: \"signed\": `signed` is not a JSON pointer"]);
        let after = "attack.forge.timestamp.after.set.\"\" = 1";
        let found = caught(&CHECK, REPLAY, "attack.replay = { timestamp = 1 }", after);
        assert_eq!(found, ["19: \"\": `` is not a JSON pointer"]);
    }

    #[test]
    fn a_pointer_with_escapes_is_accepted() {
        assert!(accepts(&CHECK, REVOKED, "\"/targets/project~1new\"", "\"/targets/~0~1/a.b\""));
    }
}
