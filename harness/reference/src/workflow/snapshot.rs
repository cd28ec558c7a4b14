//! Sections 5.5 and 5.6: the snapshot, and what it lists.

use suite::observation::Reason;

use crate::Refusal;
use crate::fault::Fault;
use crate::metadata::{Description, Snapshot, Targets, TopLevel};
use crate::quorum::Quorum;
use crate::rules::{DELEGATED, DescribedRules, SNAPSHOT, TARGETS};
use crate::verified::{Verified, is_expired};

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
        let TrustedRoot { consistent_snapshot, now, faults, .. } = self.root;
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
            || faults.has(Fault::ForgetExpiredSnapshot) && is_expired(&stored.header, self.root.now, faults)
            || faults.has(Fault::ForgetMismatchingSnapshot) && self.need_snapshot().check_bytes(&stored.bytes).is_err();
        if forgotten {
            return Ok(());
        }
        for (name, old) in &stored.content.meta {
            let is_targets = name == "targets.json";
            if faults.has(Fault::SnapshotRollbackOnlyDelegated) && is_targets
                || faults.has(Fault::SnapshotRollbackOnlyTargets) && !is_targets
            {
                continue;
            }
            match new.content.meta.get(name) {
                None if !faults.has(Fault::SkipRoleRemovalCheck) => {
                    let message = format!("the snapshot no longer lists {name:?}");
                    return Err(Refusal::new(Reason::Version, "snapshot.rollback.role-removal", message));
                }
                Some(description) if description.version < old.version => {
                    let (version, old) = (description.version, old.version);
                    let message = format!("the snapshot lists {name:?} in version {version}, but listed {old} before");
                    let requirement = match is_targets {
                        true => "snapshot.rollback.toplevel-targets-version",
                        false => "snapshot.rollback.delegated-version",
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
    /// What the top-level targets file has to be. Reading a snapshot ensures that it is listed.
    pub(crate) fn need_targets(&self) -> Result<Need<'_>, Refusal> {
        let description = self.snapshot.content.description("targets").ok_or_else(|| unlisted("targets"))?;
        let quorum = self.timestamp.root.root.content.quorum(TopLevel::Targets);
        Ok(self.timestamp.need("targets", &TARGETS, description, quorum))
    }

    /// Makes a targets file that was checked the trusted one.
    pub(crate) fn trust_targets(self, targets: Verified<Targets>) -> TrustedTargets {
        TrustedTargets { snapshot: self, targets }
    }
}

impl TrustedTargets {
    pub(crate) const fn targets(&self) -> &Targets {
        &self.targets.content
    }

    pub(crate) const fn root(&self) -> &TrustedRoot {
        &self.snapshot.timestamp.root
    }

    /// What the file of a delegated role has to be, for the role that delegates to it (step 5.6.7).
    pub(crate) fn need_delegated<'a>(&'a self, role: &'a str, quorum: Quorum<'a>) -> Result<Need<'a>, Refusal> {
        static FIRST: Description = Description { version: 1, length: None, hashes: None };
        let faults = self.root().faults;
        let listed = self.snapshot.snapshot.content.description(role);
        let description =
            listed.or(faults.has(Fault::UseUnlistedRoles).then_some(&FIRST)).ok_or_else(|| unlisted(role))?;
        let quorum = match faults.has(Fault::DelegatedKeysOfTargets) {
            true => self.root().root.content.quorum(TopLevel::Targets),
            false => quorum,
        };
        Ok(self.snapshot.timestamp.need(role, &DELEGATED, description, quorum))
    }
}

fn unlisted(role: &str) -> Refusal {
    let message = format!("the snapshot does not list the role {role:?}");
    Refusal::new(Reason::NotFound, "snapshot.meta.unlisted-role.unusable", message)
}
