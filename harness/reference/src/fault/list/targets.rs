//! The top-level targets file.

macro_rules! targets {
    ([$($rest:ident)*] $($before:tt)*) => {
        collect! { [$($rest)*] $($before)*
            // Section 5.6, steps 1 to 6: targets.
            UnversionedTargetsRequest "unversioned-targets-request" breaks "targets.request.name.consistent":
                "Asks for the top-level targets file without its version though snapshots are consistent."
            VersionedTargetsRequest "versioned-targets-request" breaks "targets.request.name.plain":
                "Asks for the top-level targets file by version though snapshots are not consistent."
            SkipTargetsHash "skip-targets-hash" breaks "targets.hash.matches-snapshot":
                "Does not compare the top-level targets file with the hashes in the snapshot."
            SkipTargetsSignatures "skip-targets-signatures" breaks "targets.signature.quorum"
                and "general.attack.extraneous-dependencies":
                "Does not verify the signatures on the top-level targets file."
            IgnoreTargetsThreshold "ignore-targets-threshold" breaks "targets.signature.quorum":
                "Takes one signature for enough on the top-level targets file."
            CountTargetsKeyTwice "count-targets-key-twice" breaks "targets.signature.key-counts-once"
                and "targets.signature.keyid-counts-once" and "tap12.threshold.by-key-content":
                "Counts a targets key once for each identifier or signature."
            SkipTargetsVersionMatch "skip-targets-version-match" breaks "targets.version.matches-snapshot":
                "Does not compare the version of the top-level targets file with the listed one."
            HashReplacesVersion "hash-replaces-version" breaks "targets.version.matches-snapshot"
                and "snapshot.version.matches-timestamp":
                "Does not compare the version of a metadata file that has the listed hashes."
            SkipTargetsExpiry "skip-targets-expiry" breaks "targets.expiry":
                "Does not look at the expiry of a new top-level targets file."
            ReuseExpiredTargets "reuse-expired-targets" breaks "targets.expiry.cached-copy":
                "Uses a stored top-level targets file though it has expired."
            ReuseTargetsUnverified "reuse-targets-unverified" breaks "general.roles.revocation-easy":
                "Uses a stored top-level targets file without verifying it with the current keys."
            PersistTargetsEarly "persist-targets-early" breaks "targets.persist":
                "Stores a new top-level targets file before it has checked it."
            SkipTargetsPersist "skip-targets-persist" breaks "targets.persist":
                "Never stores the top-level targets file."
            // Section 4.5: what a targets file says.
            RejectEmptyTargets "reject-empty-targets" breaks "targets.empty.allowed":
                "Refuses a top-level targets file that describes no target and delegates nothing."
            RequireDelegations "require-delegations" breaks "targets.delegations.optional":
                "Refuses targets metadata without a delegations object."
            CustomIsText "custom-is-text" breaks "targets.custom.opaque":
                "Refuses a target whose custom data has anything but texts."
            LengthFromCustom "length-from-custom" breaks "targets.custom.opaque":
                "Takes the length of a target from its custom data if there is one."
        }
    };
}
