//! An id that was withdrawn is not used again.

use super::names::unknown;
use super::register_file::{Entries, RegisterFile};
use super::{Check, Finding, Inspect};
use crate::Suite;
use crate::locate::Place;

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::tombstones",
    summary: "A withdrawn id is not that of a requirement, and what took its place is in the register.",
    inspect: Inspect::Register(inspect),
};

fn inspect(file: &RegisterFile<'_>, _: &[RegisterFile<'_>], suite: &Suite) -> Vec<Finding> {
    let Entries::Requirements(_) = &file.entries else { return Vec::new() };
    let known = &suite.register.requirements;
    let mut findings = Vec::new();
    for (index, withdrawn) in file.withdrawn.iter().enumerate() {
        let place = Place::top("withdrawn").index(index);
        if known.contains_key(&withdrawn.id) {
            let help = "give the requirement another id: this one meant something else";
            findings.push(Finding::value(place.clone().key("id"), format!("`{}` is in use again", withdrawn.id), help));
        }
        for (position, now) in withdrawn.now.iter().enumerate().filter(|(_, now)| !known.contains_key(*now)) {
            let place = place.clone().key("now").index(position);
            findings.push(unknown(place, now, known, "requirement", "spec/requirements"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::testing::{REQUIREMENTS, caught};
    use super::*;

    fn withdrawn(id: &str, now: &str) -> Vec<String> {
        let first = "[[requirement]]";
        let entry = format!("[[withdrawn]]\nid = \"{id}\"\nnow = [\"{now}\"]\nwhy = \"It was two.\"\n\n{first}");
        caught(&CHECK, REQUIREMENTS, first, &entry)
    }

    #[test]
    fn an_id_that_is_in_use_again_is_caught() {
        let id = "timestamp.rollback.lower-version";
        assert!(withdrawn(id, id)[0].contains("is in use again"));
    }

    #[test]
    fn a_successor_that_is_not_there_is_caught() {
        assert!(
            withdrawn("timestamp.rollback", "timestamp.new")[0].contains("there is no requirement `timestamp.new`")
        );
        assert!(withdrawn("timestamp.rollback", "timestamp.rollback.lower-version").is_empty());
    }
}
