//! The bounds of a profile mean something.

use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::{ProfileFile, Suite};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::profile-bounds",
    summary: "A bound is about something that the profile uses, and within what is possible.",
    inspect: Inspect::Profile(inspect),
};

fn inspect(id: &str, file: &ProfileFile, suite: &Suite) -> Vec<Finding> {
    let Some(whole) = suite.profiles.get(id).map(|profile| &profile.file) else { return Vec::new() };
    let uses = |feature: &str| whole.features.required.contains(feature) || whole.features.allowed.contains(feature);
    let bounds = &file.bounds;
    let mut findings = Vec::new();
    let mut tell = |key: &str, message: String, help: &str| {
        findings.push(Finding::value(Place::top("bounds").key(key), message, help));
    };
    let of_delegations = [
        ("delegated-threshold", bounds.delegated_threshold.is_some()),
        ("delegated-expiry", bounds.delegated_expiry.is_some()),
        ("delegation-depth", bounds.delegation_depth.is_some()),
        ("delegated-roles", bounds.delegated_roles.is_some()),
    ];
    for (key, _) in of_delegations.into_iter().filter(|(_, is_there)| *is_there && !uses("delegations")) {
        tell(key, format!("`{key}` means nothing without delegations"), "remove it, or allow `delegations`");
    }
    if let Some(bins) = bounds.bins {
        if !uses("hashed-bins") && !uses("tap15") {
            tell(
                "bins",
                "`bins` means nothing without hash bins".to_owned(),
                "remove it, or allow `hashed-bins` or `tap15`",
            );
        }
        if !bins.is_power_of_two() {
            tell("bins", format!("{bins} bins cannot be told apart by bits of a hash"), "choose a power of two");
        }
    }
    for key_type in bounds.key_types.iter().flatten().filter(|key_type| !uses(key_type.feature())) {
        let message = format!("keys are used whose feature `{}` is not", key_type.feature());
        tell("key-types", message, "require or allow the feature");
    }
    let expiries = [
        ("root-expiry", &bounds.root_expiry),
        ("targets-expiry", &bounds.targets_expiry),
        ("snapshot-expiry", &bounds.snapshot_expiry),
        ("timestamp-expiry", &bounds.timestamp_expiry),
        ("delegated-expiry", &bounds.delegated_expiry),
    ];
    for (key, expiry) in expiries.into_iter().filter_map(|(key, expiry)| Some((key, expiry.as_ref()?))) {
        let days = expiry.strip_suffix('d').and_then(|days| days.parse::<u32>().ok());
        if days.is_none_or(|days| days == 0) {
            tell(key, format!("`{expiry}` is not a number of days"), "write it as `\"365d\"`");
        }
    }
    let thresholds = [
        ("root-threshold", bounds.root_threshold),
        ("targets-threshold", bounds.targets_threshold),
        ("snapshot-threshold", bounds.snapshot_threshold),
        ("timestamp-threshold", bounds.timestamp_threshold),
        ("delegated-threshold", bounds.delegated_threshold),
    ];
    for (key, _) in thresholds.into_iter().filter(|(_, threshold)| *threshold == Some(0)) {
        tell(key, "a threshold is at least 1".to_owned(), "write the number of signatures that are needed");
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::testing::{PROFILE, caught, problems_of, tree};
    use super::*;

    fn bound(bound: &str) -> Vec<String> {
        caught(&CHECK, PROFILE, "root-expiry = \"365d\"", bound)
    }

    #[test]
    fn a_bound_without_a_meaning_is_caught() {
        assert!(bound("bins = 1024")[0].contains("means nothing without hash bins"));
        assert!(bound("bins = 1000").iter().any(|found| found.contains("cannot be told apart by bits")));
        assert!(bound("root-expiry = \"1y\"")[0].contains("is not a number of days"));
        assert!(bound("root-threshold = 0")[0].contains("a threshold is at least 1"));
        assert!(bound("key-types = [\"rsa\"]")[0].contains("`keytype:rsa` is not"));
        let found = caught(&CHECK, PROFILE, "\"consistent-snapshots:off\"", "\"delegations\"");
        assert!(found[0].contains("`delegation-depth` means nothing without delegations"));
    }

    #[test]
    fn the_examples_are_accepted() {
        assert!(problems_of(&CHECK, &tree()).is_empty());
    }
}
