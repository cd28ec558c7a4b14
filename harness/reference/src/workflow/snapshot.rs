//! Sections 5.5 and 5.6: the snapshot, and what it lists.

use suite::observation::Reason;

use crate::Refusal;
use crate::fault::Fault;
use crate::mapping::{TOP_LEVEL, TargetsMapping};
use crate::metadata::{Description, Snapshot, Targets, TopLevel};
use crate::quorum::Quorum;
use crate::rules::{DELEGATED, DescribedRules, SNAPSHOT, TARGETS};
use crate::verified::{Verified, is_expired, is_older};

use super::{Need, TrustedRoot, TrustedTimestamp};

/// The trusted snapshot of this run.
#[derive(Debug)]
pub(crate) struct TrustedSnapshot {
    timestamp: TrustedTimestamp,
    snapshot: Verified<Snapshot>,
}

/// The trusted top-level targets file of this run: the refresh is complete.
#[derive(Debug)]
pub(crate) struct TrustedTargets {
    snapshot: TrustedSnapshot,
    targets: Verified<Targets>,
    /// The name of the role that the file is of.
    role: String,
}

impl TrustedTimestamp {
    /// What the snapshot has to be.
    pub(crate) fn need_snapshot(&self) -> Need<'_> {
        let quorum = self.root.root.content.quorum(TopLevel::Snapshot);
        self.need("snapshot", &SNAPSHOT, &self.timestamp.content.snapshot, quorum)
    }

    fn need<'a>(
        &'a self,
        role: &'a str,
        rules: &'static DescribedRules,
        description: &'a Description,
        quorum: Quorum<'a>,
    ) -> Need<'a> {
        let TrustedRoot { consistent_snapshot, faults, .. } = self.root;
        let now = self.root.now();
        Need { role, rules, description, quorum, consistent_snapshot, unchanged: self.unchanged, now, faults }
    }

    /// Step 5.5.5: nothing that the stored snapshot lists is listed with a lower version, or no longer. It does not
    /// matter whether the stored snapshot has expired, or has the hashes that the new timestamp lists.
    pub(crate) fn check_rollback(
        &self,
        stored: Option<&Verified<Snapshot>>,
        new: &Verified<Snapshot>,
    ) -> Result<(), Refusal> {
        let faults = self.root.faults;
        let Some(stored) = stored else { return Ok(()) };
        let forgotten = faults.has(Fault::SkipSnapshotRollback)
            || faults.has(Fault::ForgetExpiredSnapshot) && is_expired(&stored.header, self.root.now(), faults)
            || faults.has(Fault::ForgetMismatchingSnapshot) && self.need_snapshot().check_bytes(&stored.bytes).is_err();
        if forgotten {
            return Ok(());
        }
        let all = stored.content.meta.len();
        let considered = match (faults.has(Fault::OnlyFirstListedVersion), faults.has(Fault::OnlyLastListedVersion)) {
            (true, _) => 0..all.min(1),
            (_, true) => all.saturating_sub(1)..all,
            _ => 0..all,
        };
        for (name, old) in stored.content.meta.iter().skip(considered.start).take(considered.len()) {
            let is_targets = name == "targets.json";
            let is_first = stored.content.meta.keys().next() == Some(name);
            let is_last = stored.content.meta.keys().next_back() == Some(name);
            if faults.has(Fault::SnapshotRollbackOnlyDelegated) && is_targets
                || faults.has(Fault::SnapshotRollbackOnlyTargets) && !is_targets
            {
                continue;
            }
            match new.content.meta.get(name) {
                None if faults.has(Fault::OnlyFirstListedRole) && !is_first
                    || faults.has(Fault::OnlyLastListedRole) && !is_last => {}
                None if !faults.has(Fault::SkipRoleRemovalCheck) => {
                    let message = format!("the snapshot no longer lists {name:?}");
                    return Err(Refusal::new(Reason::Version, "snapshot.rollback.role-removal", message));
                }
                Some(description)
                    if is_older(description.version, old.version, faults)
                        || description.version == old.version && faults.has(Fault::RejectEqualListedVersion) =>
                {
                    let (version, old) = (description.version, old.version);
                    let message = format!("the snapshot lists {name:?} in version {version}, but listed {old} before");
                    let requirement = if is_targets {
                        "snapshot.rollback.toplevel-targets-version"
                    } else {
                        "snapshot.rollback.delegated-version"
                    };
                    return Err(Refusal::new(Reason::Version, requirement, message));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Makes a snapshot that was checked the trusted one.
    pub(crate) fn trust_snapshot(self, snapshot: Verified<Snapshot>) -> TrustedSnapshot {
        TrustedSnapshot { timestamp: self, snapshot }
    }
}

impl TrustedSnapshot {
    /// What it lists.
    pub(crate) const fn content(&self) -> &Snapshot {
        &self.snapshot.content
    }

    /// The file itself.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.snapshot.bytes
    }

    /// What the top-level targets file has to be, or that of the role that the client was told to start from (TAP 13).
    /// Reading a snapshot ensures that the former is listed.
    pub(crate) fn need_targets<'a>(&'a self, mapping: Option<&'a TargetsMapping>) -> Result<Need<'a>, Refusal> {
        let role = mapping.map_or(TOP_LEVEL, |mapping| mapping.name.as_str());
        let is_unchecked = role != TOP_LEVEL && self.timestamp.root.faults.has(Fault::UncheckedMappedRole);
        let description = self
            .snapshot
            .content
            .description(role)
            .or(is_unchecked.then_some(&Description::FIRST))
            .ok_or_else(|| unlisted(role))?;
        let listed = self.timestamp.root.root.content.quorum(TopLevel::Targets);
        let quorum = mapping.map_or(listed, |mapping| mapping.quorum(listed));
        let mut need = self.timestamp.need(role, &TARGETS, description, quorum);
        if is_unchecked {
            need.faults = need.faults.with(Fault::SkipTargetsVersionMatch).with(Fault::SkipTargetsHash);
        }
        Ok(need)
    }

    /// Makes the file of a targets role that was checked the trusted one.
    pub(crate) fn trust_targets(self, role: String, targets: Verified<Targets>) -> TrustedTargets {
        TrustedTargets { snapshot: self, targets, role }
    }
}

impl TrustedTargets {
    pub(crate) const fn targets(&self) -> &Targets {
        &self.targets.content
    }

    /// The name of the role that the search starts from.
    pub(crate) fn role(&self) -> &str {
        &self.role
    }

    pub(crate) const fn root(&self) -> &TrustedRoot {
        &self.snapshot.timestamp.root
    }

    /// What the snapshot lists.
    pub(crate) const fn snapshot(&self) -> &Snapshot {
        self.snapshot.content()
    }

    /// What the file of a delegated role has to be, for the role that delegates to it (step 5.6.7).
    pub(crate) fn need_delegated<'a>(&'a self, role: &'a str, quorum: Quorum<'a>) -> Result<Need<'a>, Refusal> {
        let faults = self.root().faults;
        let listed = self.snapshot.snapshot.content.description(role);
        let description = listed
            .or(faults.has(Fault::UseUnlistedRoles).then_some(&Description::FIRST))
            .ok_or_else(|| unlisted(role))?;
        let quorum = if faults.has(Fault::DelegatedKeysOfTargets) {
            self.root().root.content.quorum(TopLevel::Targets)
        } else {
            quorum
        };
        Ok(self.snapshot.timestamp.need(role, &DELEGATED, description, quorum))
    }
}

fn unlisted(role: &str) -> Refusal {
    let message = format!("the snapshot does not list the role {role:?}");
    Refusal::new(Reason::NotFound, "snapshot.meta.unlisted-role.unusable", message)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::test_repository::Play;

    /// A client that has seen targets and the delegated role `d` at version 2.
    fn with_delegation() -> Play {
        let mut play = Play::honest();
        play.change(|repository| {
            repository.delegate("targets", "d", 5, json!({ "paths": ["d/*"] }));
            repository.release("d");
            repository.release("targets");
        });
        play.refresh().unwrap();
        play
    }

    #[test]
    fn a_snapshot_that_lists_an_older_role_is_refused() {
        for (role, requirement) in
            [("targets", "snapshot.rollback.toplevel-targets-version"), ("d", "snapshot.rollback.delegated-version")]
        {
            let mut play = with_delegation();
            let stored = play.stored("snapshot");
            play.change(|repository| {
                repository.body("snapshot")["meta"][format!("{role}.json")]["version"] = json!(1);
                repository.release("snapshot");
            });
            assert_eq!(play.refused(), requirement);
            assert_eq!(play.stored("snapshot"), stored);
        }
    }

    #[test]
    fn a_snapshot_that_no_longer_lists_a_role_is_refused() {
        let mut play = with_delegation();
        play.change(|repository| {
            repository.body("snapshot")["meta"].as_object_mut().unwrap().remove("d.json");
            repository.release("snapshot");
        });
        assert_eq!(play.refused(), "snapshot.rollback.role-removal");
    }

    #[test]
    fn a_role_that_the_snapshot_does_not_list_is_not_even_requested() {
        let mut play = Play::honest();
        play.change(|repository| {
            repository.delegate("targets", "d", 5, json!({ "paths": ["*"] }));
            repository.body("snapshot")["meta"].as_object_mut().unwrap().remove("d.json");
            repository.release("targets");
        });
        let refusal = play.download(&["b.txt"]).unwrap_err();
        assert_eq!(refusal.requirement, "snapshot.meta.unlisted-role.unusable");
        assert!(!play.requests().iter().any(|path| path.contains("d.json")));
    }
}
