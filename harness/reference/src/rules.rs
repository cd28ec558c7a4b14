//! What differs between the roles: requirement ids and faults of the checks that all roles share.

use crate::fault::Fault;

/// How the checks that all roles share are called for one kind of role.
#[derive(Debug)]
pub(crate) struct Rules {
    /// The value of `_type`.
    pub(crate) type_name: &'static str,
    /// The members of the signed part that the specification defines.
    pub(crate) members: &'static [&'static str],
    pub(crate) type_check: Check,
    /// The quorum of signatures. For root, each of the two quorums has a fault of its own that skips it.
    pub(crate) signatures: Check,
    pub(crate) ignore_threshold: Fault,
    /// Faults that count one identifier, or one key, more than once.
    pub(crate) count_keyid_twice: Fault,
    pub(crate) count_key_twice: Fault,
    pub(crate) expiry: Check,
}

/// A requirement, and the fault of not checking it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Check {
    pub(crate) requirement: &'static str,
    pub(crate) skipped_by: Fault,
}

/// Further checks of a file that other metadata describes: snapshot, targets, delegated targets.
#[derive(Debug)]
pub(crate) struct DescribedRules {
    pub(crate) rules: &'static Rules,
    /// The requirements of the bound that a listed length is, and of the bound without one.
    pub(crate) length: Check,
    pub(crate) default_limit: Check,
    pub(crate) hash: Check,
    pub(crate) version: Check,
    /// Why it is refused if it cannot be fetched.
    pub(crate) missing: &'static str,
    pub(crate) persist: &'static str,
    pub(crate) never_persisted: Option<Fault>,
    pub(crate) persisted_early: Fault,
    pub(crate) unversioned_request: Fault,
    /// The fault of asking by version though snapshots are not consistent.
    pub(crate) versioned_request: Fault,
    /// The fault of using a stored copy that has expired.
    pub(crate) reused_expired: Fault,
    /// The fault of using a stored copy without verifying its signatures.
    pub(crate) reused_unverified: Fault,
    /// The fault of going no further when the stored copy cannot be read.
    pub(crate) damaged_is_fatal: Fault,
}

const fn check(requirement: &'static str, skipped_by: Fault) -> Check {
    Check { requirement, skipped_by }
}

pub(crate) const ROOT: Rules = Rules {
    type_name: "root",
    members: &["_type", "spec_version", "version", "expires", "consistent_snapshot", "keys", "roles"],
    type_check: check("format.type-field.matches-role", Fault::SkipRootTypeCheck),
    signatures: check("root.signature.old-quorum", Fault::SkipOldRootQuorum),
    ignore_threshold: Fault::IgnoreRootThreshold,
    count_keyid_twice: Fault::CountRootKeyidTwice,
    count_key_twice: Fault::CountRootKeyTwice,
    expiry: check("root.expiry.final-checked", Fault::SkipRootExpiry),
};

pub(crate) const TIMESTAMP: Rules = Rules {
    type_name: "timestamp",
    members: &["_type", "spec_version", "version", "expires", "meta"],
    type_check: check("format.type-field.matches-role", Fault::SkipTimestampTypeCheck),
    signatures: check("timestamp.signature.quorum", Fault::SkipTimestampSignatures),
    ignore_threshold: Fault::IgnoreTimestampThreshold,
    count_keyid_twice: Fault::CountTimestampKeyTwice,
    count_key_twice: Fault::CountTimestampKeyTwice,
    expiry: check("timestamp.expiry", Fault::SkipTimestampExpiry),
};

const SNAPSHOT_FILE: Rules = Rules {
    type_name: "snapshot",
    members: &["_type", "spec_version", "version", "expires", "meta"],
    type_check: check("format.type-field.matches-role", Fault::SkipSnapshotTypeCheck),
    signatures: check("snapshot.signature.quorum", Fault::SkipSnapshotSignatures),
    ignore_threshold: Fault::IgnoreSnapshotThreshold,
    count_keyid_twice: Fault::CountSnapshotKeyTwice,
    count_key_twice: Fault::CountSnapshotKeyTwice,
    expiry: check("snapshot.expiry", Fault::SkipSnapshotExpiry),
};

pub(crate) const SNAPSHOT: DescribedRules = DescribedRules {
    rules: &SNAPSHOT_FILE,
    length: check("snapshot.request.length-limit", Fault::IgnoreMetadataLengths),
    default_limit: check("snapshot.request.default-limit", Fault::SnapshotWithoutLimit),
    hash: check("snapshot.hash.matches-timestamp", Fault::SkipSnapshotHash),
    version: check("snapshot.version.matches-timestamp", Fault::SkipSnapshotVersionMatch),
    missing: "general.failure.detected",
    persist: "snapshot.persist",
    never_persisted: Some(Fault::SkipSnapshotPersist),
    persisted_early: Fault::PersistSnapshotEarly,
    unversioned_request: Fault::UnversionedSnapshotRequest,
    versioned_request: Fault::VersionedRequests,
    reused_expired: Fault::ReuseExpiredSnapshot,
    reused_unverified: Fault::ReuseSnapshotUnverified,
    damaged_is_fatal: Fault::DamagedSnapshotIsFatal,
};

/// The rules for the files of a role.
pub(crate) fn of(role: &str) -> &'static Rules {
    match role {
        "root" => &ROOT,
        "timestamp" => &TIMESTAMP,
        "snapshot" => &SNAPSHOT_FILE,
        _ if role.starts_with("rotate/") => &ROTATE,
        _ => &TARGETS_FILE,
    }
}

const TARGETS_MEMBERS: &[&str] =
    &["_type", "spec_version", "version", "expires", "targets", "delegations", "keys_for_delegations"];

const TARGETS_FILE: Rules = Rules {
    type_name: "targets",
    members: TARGETS_MEMBERS,
    type_check: check("format.type-field.matches-role", Fault::SkipTargetsTypeCheck),
    signatures: check("targets.signature.quorum", Fault::SkipTargetsSignatures),
    ignore_threshold: Fault::IgnoreTargetsThreshold,
    count_keyid_twice: Fault::CountTargetsKeyTwice,
    count_key_twice: Fault::CountTargetsKeyTwice,
    expiry: check("targets.expiry", Fault::SkipTargetsExpiry),
};

pub(crate) const TARGETS: DescribedRules = DescribedRules {
    rules: &TARGETS_FILE,
    length: check("targets.request.length-limit", Fault::IgnoreMetadataLengths),
    default_limit: check("targets.request.default-limit", Fault::TargetsWithoutLimit),
    hash: check("targets.hash.matches-snapshot", Fault::SkipTargetsHash),
    version: check("targets.version.matches-snapshot", Fault::SkipTargetsVersionMatch),
    missing: "general.failure.detected",
    persist: "targets.persist",
    never_persisted: Some(Fault::SkipTargetsPersist),
    persisted_early: Fault::PersistTargetsEarly,
    unversioned_request: Fault::UnversionedTargetsRequest,
    versioned_request: Fault::VersionedTargetsRequest,
    reused_expired: Fault::ReuseExpiredTargets,
    reused_unverified: Fault::ReuseTargetsUnverified,
    damaged_is_fatal: Fault::DamagedTargetsIsFatal,
};

pub(crate) const ROTATE: Rules = Rules {
    type_name: "rotate",
    members: &["_type", "version", "role", "keys", "threshold"],
    type_check: check("format.type-field.matches-role.delegated", Fault::SkipDelegatedTypeCheck),
    signatures: check("tap8.rotation.old-quorum", Fault::SkipRotateSignatures),
    ignore_threshold: Fault::OneSignatureOnRotateFiles,
    count_keyid_twice: Fault::CountDelegatedKeyTwice,
    count_key_twice: Fault::CountDelegatedKeyTwice,
    expiry: check("delegated.expiry", Fault::SkipDelegatedExpiry),
};

const DELEGATED_FILE: Rules = Rules {
    type_name: "targets",
    members: TARGETS_MEMBERS,
    type_check: check("format.type-field.matches-role.delegated", Fault::SkipDelegatedTypeCheck),
    signatures: check("delegated.signature.quorum", Fault::SkipDelegatedSignatures),
    ignore_threshold: Fault::IgnoreDelegatedThreshold,
    count_keyid_twice: Fault::CountDelegatedKeyTwice,
    count_key_twice: Fault::CountDelegatedKeyTwice,
    expiry: check("delegated.expiry", Fault::SkipDelegatedExpiry),
};

pub(crate) const DELEGATED: DescribedRules = DescribedRules {
    rules: &DELEGATED_FILE,
    length: check("delegated.length-limit", Fault::SkipDelegatedLength),
    default_limit: check("delegated.request.default-limit", Fault::DelegatedWithoutLimit),
    hash: check("delegated.hash.matches-snapshot", Fault::SkipDelegatedHash),
    version: check("delegated.version.matches-snapshot", Fault::SkipDelegatedVersionMatch),
    missing: "delegated.missing",
    persist: "targets.persist",
    never_persisted: None,
    persisted_early: Fault::PersistDelegatedEarly,
    unversioned_request: Fault::UnversionedDelegatedRequest,
    versioned_request: Fault::VersionedDelegatedRequest,
    reused_expired: Fault::ReuseExpiredDelegated,
    reused_unverified: Fault::ReuseDelegatedUnverified,
    damaged_is_fatal: Fault::DamagedDelegatedIsFatal,
};
