//! A file that the client should get exists.

use std::collections::BTreeSet;

use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::nearest::suggest;
use crate::{Action, Change, Delegation, Download, Suite, Variant};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::targets",
    summary: "Each file that a client should be able to download is in the repository at some time.",
    inspect: Inspect::Variant(inspect),
};

fn inspect(variant: &Variant, _: &Suite) -> Vec<Finding> {
    let (existing, mut findings) = (existing(variant), Vec::new());
    for step in &variant.plan.steps {
        let (verb, obtainable) = match &step.action {
            Action::Download(Download::Accept(targets)) => ("accept", targets.as_slice()),
            // Only the last one is refused.
            Action::Download(Download::Reject(targets)) => ("reject", &targets[..targets.len().saturating_sub(1)]),
            _ => continue,
        };
        for (index, path) in obtainable.iter().enumerate().filter(|(_, path)| !existing.contains(*path)) {
            let place = Place::step(step.number).key("download").key(verb).index(index);
            let otherwise = "add it to `[repository]` as `targets = { \"path\" = \"content\" }`, or with an `add` step";
            let help = suggest(path, existing.iter().map(String::as_str), otherwise);
            findings.push(Finding::value(place, format!("no role lists the file `{path}`"), help));
        }
    }
    findings
}

/// The paths that some role lists at some time.
fn existing(variant: &Variant) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for setup in variant.scenario.setups() {
        paths.extend(setup.targets.keys().cloned());
        paths.extend(setup.delegations.iter().flat_map(Delegation::listed).cloned());
    }
    for step in &variant.plan.steps {
        let (Action::Repository(change) | Action::Attack(change) | Action::Control(change)) = &step.action else {
            continue;
        };
        match change {
            Change::Add(added) => paths.extend(added.values().flat_map(|files| files.keys().cloned())),
            Change::Delegate(delegation) => paths.extend(delegation.listed().cloned()),
            Change::Replace(replaced) => paths.extend(replaced.keys().cloned()),
            Change::Forge(forged) => {
                paths.extend(
                    forged.values().flat_map(|forgery| forgery.set.iter()).flat_map(|(at, value)| listed(at, value)),
                );
            }
            _ => {}
        }
    }
    paths
}

/// The paths that setting a member of targets metadata adds (section 4.5).
fn listed(pointer: &str, value: &serde_json::Value) -> Vec<String> {
    match pointer.strip_prefix("/targets") {
        Some("") => value.as_object().map(|files| files.keys().cloned().collect()).unwrap_or_default(),
        Some(rest) => {
            let name = rest.trim_start_matches('/').split('/').next().unwrap_or_default();
            vec![name.replace("~1", "/").replace("~0", "~")]
        }
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{HONEST, REVOKED, accepts, caught};
    use super::*;

    #[test]
    fn a_file_that_nothing_lists_is_caught() {
        let found = caught(&CHECK, HONEST, "download.accept = [\"readme.txt\"]", "download.accept = [\"read-me.txt\"]");
        assert_eq!(found, ["20: \"read-me.txt\": no role lists the file `read-me.txt`"]);
    }

    #[test]
    fn of_a_refused_download_only_the_last_file_may_be_missing() {
        let found = caught(&CHECK, REVOKED, "[\"project/new\"]", "[\"project/other\", \"project/missing\"]");
        assert_eq!(found, ["42: \"project/other\": no role lists the file `project/other`"]);
    }

    #[test]
    fn a_file_that_is_written_into_metadata_by_hand_is_accepted() {
        assert!(accepts(&CHECK, REVOKED, "download.reject = [\"project/new\"]", "download.accept = [\"project/new\"]"));
        assert!(accepts(
            &CHECK,
            HONEST,
            "add = { targets = { \"readme.txt\" = \"welcome\" } }",
            "forge.targets.set = { \"/targets\" = { \"readme.txt\" = {} } }"
        ));
    }
}
