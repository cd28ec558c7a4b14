//! Metadata files are named as with consistent snapshots (section 6.2), unless the scenario is about plain names.

use super::role_names::RoleNames;
use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::nearest::suggest;
use crate::{Action, Change, Suite, Variant};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::request-names",
    summary: "Requests are named `timestamp.json`, or by version and role as in `2.snapshot.json`.",
    inspect: Inspect::Variant(inspect),
};

fn inspect(variant: &Variant, _: &Suite) -> Vec<Finding> {
    let (roles, may_be_plain, mut findings) = (RoleNames::of(variant), has_plain_names(variant), Vec::new());
    for step in &variant.plan.steps {
        let lists = [
            ("requests", step.expect.requests.as_deref().unwrap_or_default()),
            ("requested", &step.expect.requested),
            ("not-requested", &step.expect.not_requested),
        ];
        for (key, names) in lists {
            for (index, name) in names.iter().enumerate() {
                let place = Place::step(step.number).key(key).index(index);
                findings.extend(inspect_name(name, place, &roles, may_be_plain || key == "not-requested"));
            }
        }
        let place = Place::step(step.number);
        let bounds = [("taken", &step.expect.taken), ("tries", &step.expect.tries)];
        let bounded = bounds.into_iter().flat_map(|(key, files)| files.keys().map(move |file| (key, file)));
        for (key, file) in bounded.filter(|(_, file)| !file.starts_with("targets/")) {
            findings.extend(inspect_name(file, place.clone().key(key).key(file), &roles, may_be_plain));
        }
        let (change, place) = match &step.action {
            Action::Repository(change) => (change, place),
            Action::Attack(change) => (change, place.key("attack")),
            Action::Control(change) => (change, place.key("control")),
            _ => continue,
        };
        let Change::Serve(files) = change else { continue };
        for file in files.keys().filter(|file| !file.starts_with("targets/")) {
            findings.extend(inspect_name(file, place.clone().key("serve").key(file), &roles, may_be_plain));
        }
    }
    findings
}

/// Whether the scenario itself says that the repository is, at some time, without consistent snapshots.
fn has_plain_names(variant: &Variant) -> bool {
    let is_switched_off = |action: &Action| match action {
        Action::Repository(change) | Action::Attack(change) | Action::Control(change) => {
            matches!(change, Change::ConsistentSnapshot(false))
        }
        _ => false,
    };
    variant.scenario.setups().any(|setup| setup.consistent_snapshot == Some(false))
        || variant.plan.steps.iter().any(|step| is_switched_off(&step.action))
}

fn inspect_name(name: &str, place: Place, roles: &RoleNames, may_be_plain: bool) -> Option<Finding> {
    let name = roles.without_repository(name);
    if name == "timestamp.json" || roles.has_rotate_file(name) {
        return None;
    }
    let Some(stem) = name.strip_suffix(".json") else {
        return Some(Finding::value(
            place,
            format!("`{name}` is not the name of a metadata file"),
            "it ends in `.json`",
        ));
    };
    let versioned = stem
        .split_once('.')
        .filter(|(version, _)| version.parse::<u64>().is_ok_and(|number| number.to_string() == **version));
    match versioned {
        Some((_, "timestamp")) => {
            let message = format!("`{name}` has a version, but the timestamp never has one");
            Some(Finding::value(place, message, "write `timestamp.json`"))
        }
        // A name with escapes is taken as it is: how it is escaped may be what the scenario is about.
        Some((_, role)) if roles.contains(role) || role.contains('%') => None,
        Some((_, role)) => {
            let help = suggest(role, roles.iter(), "the name of a file is its version and its role: `2.snapshot.json`");
            Some(Finding::value(place, format!("`{name}` is of no role that the scenario has"), help))
        }
        None if may_be_plain && stem != "root" && (roles.contains(stem) || stem.contains('%')) => None,
        None => {
            let help =
                format!("write `1.{name}`; in a dialect without consistent snapshots the version does not count");
            Some(Finding::value(place, format!("`{name}` has no version"), help))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{REPLAY, REVOKED, accepts, caught};
    use super::*;

    #[test]
    fn names_that_no_metadata_file_has_are_caught() {
        for (name, message) in [
            ("root", "`root` is not the name of a metadata file"),
            ("root.json", "`root.json` has no version"),
            ("02.root.json", "`02.root.json` has no version"),
            ("2.timestamp.json", "`2.timestamp.json` has a version, but the timestamp never has one"),
            ("2.rood.json", "`2.rood.json` is of no role that the scenario has"),
        ] {
            let found = caught(&CHECK, REPLAY, "\"2.root.json\"", &format!("\"{name}\""));
            assert_eq!(found, [format!("24: \"{name}\": {message}")]);
        }
    }

    #[test]
    fn a_plain_name_is_accepted_where_no_request_or_a_repository_with_plain_names_is_meant() {
        assert!(accepts(&CHECK, REPLAY, "requests =", "not-requested = [\"snapshot.json\"]\nrequests ="));
        assert!(accepts(&CHECK, REVOKED, "reason =", "requested = [\"project.json\"]\nreason ="));
        let found = caught(&CHECK, REVOKED, "reason =", "requested = [\"root.json\"]\nreason =");
        assert_eq!(found, ["44: \"root.json\": `root.json` has no version"]);
    }

    #[test]
    fn files_that_are_served_or_bounded_are_named_alike() {
        let serve = "attack.serve.\"rood.json\" = [\"endless\"]";
        let found = caught(&CHECK, REPLAY, "attack.replay = { timestamp = 1 }", serve);
        assert_eq!(found, ["19: [\"endless\"]: `rood.json` has no version"]);
        let found = caught(&CHECK, REPLAY, "requests =", "taken = { \"rood\" = 1 }\nrequests =");
        assert_eq!(found, ["24: 1: `rood` is not the name of a metadata file"]);
        let good = "attack.serve = { \"2.root.json\" = [\"endless\"], \"targets/a\" = [\"endless\"] }";
        assert!(accepts(&CHECK, REPLAY, "attack.replay = { timestamp = 1 }", good));
    }

    #[test]
    fn names_of_delegated_roles_and_bins_are_accepted() {
        for key in ["requested", "not-requested"] {
            let names = format!("{key} = [\"1.project.json\", \"1.bin-f.json\", \"1.a%2Fb.json\"]\nreason =");
            assert!(accepts(&CHECK, REVOKED, "reason =", &names));
        }
    }
}
