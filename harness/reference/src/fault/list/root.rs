//! Root.

macro_rules! root {
    ([$($rest:ident)*] $($before:tt)*) => {
        collect! { [$($rest)*] $($before)*
            // Section 5.2: the first root.
            RejectExpiredInitialRoot "reject-expired-initial-root" breaks "bootstrap.expired-root-usable":
                "Refuses to start from an expired root."
            TrustRootOfServer "trust-root-of-server" breaks "bootstrap.trusted-root.shipped":
                "Takes the first version of root from the server, in place of the one that it was shipped with."
            StartFromShippedRoot "start-from-shipped-root" breaks "bootstrap.load" and "metadata.version.no-downgrade":
                "Starts every run from the root that it was shipped with, and is content with an older one than it has stored."
            // Section 5.3: root.
            SkipRootUpdates "skip-root-updates"
                breaks "root.chain.intermediates-downloaded" and "general.keys.managed-by-framework":
                "Never asks for a newer root."
            UnversionedRootRequest "unversioned-root-request" breaks "root.request.versioned-name":
                "Asks for root without its version when snapshots are not consistent."
            OneRootPerRun "one-root-per-run" breaks "root.chain.intermediates-downloaded":
                "Follows only one new root in each run."
            TryRootAfterNext "try-root-after-next" breaks "root.chain.no-skip":
                "Asks for the root after the next when the next is missing, and lets it follow."
            BadRootEndsWalk "bad-root-ends-walk" breaks "root.signature.failure.abort":
                "Goes on with the root it has when the next one is not acceptable."
            SkipOldRootQuorum "skip-old-root-quorum" breaks "root.signature.old-quorum":
                "Accepts a new root that only its own keys have signed."
            OldRootStaysTrusted "old-root-stays-trusted" breaks "root.chain.trust-passes-on":
                "Verifies every new root of a run with the keys of the root that the run began with."
            SkipNewRootQuorum "skip-new-root-quorum" breaks "root.signature.new-quorum":
                "Accepts a new root that only the keys of the old root have signed."
            NewRootByOldThreshold "new-root-by-old-threshold" breaks "root.signature.new-quorum":
                "Counts the new keys of a new root against the threshold of the old root."
            IgnoreRootThreshold "ignore-root-threshold"
                breaks "root.signature.old-quorum" and "general.roles.multi-key-threshold":
                "Takes one signature for enough on root."
            LowerUnreachableThreshold "lower-unreachable-threshold" breaks "root.threshold.unreachable":
                "Asks for no more signatures than a role has keys."
            RejectSharedKeys "reject-shared-keys" breaks "general.roles.single-key-system-works":
                "Refuses a root that lists one key for several roles."
            CountRootKeyidTwice "count-root-keyid-twice" breaks "root.signature.keyid-counts-once"
                and "tap12.threshold.by-key-content":
                "Counts every signature on root, also several of one key identifier."
            CountRootKeyTwice "count-root-key-twice" breaks "root.signature.key-counts-once"
                and "tap12.threshold.by-key-content":
                "Counts a key on root once for each identifier that it is listed under."
            SkipRootVersionCheck "skip-root-version-check" breaks "root.chain.version-increment":
                "Does not look at the version of a new root."
            RootVersionMayJump "root-version-may-jump" breaks "root.chain.version-increment":
                "Accepts any higher version for a new root."
            RootVersionMayStay "root-version-may-stay" breaks "root.chain.version-increment":
                "Accepts a new root with the version of the old one."
            RejectExpiredIntermediateRoot "reject-expired-intermediate-root" breaks "root.chain.intermediate-expiry-ignored":
                "Refuses an expired root on the way to a newer one."
            PersistRootEarly "persist-root-early" breaks "root.signature.failure.resume":
                "Stores a new root before it has verified it."
            PersistOnlyFinalRoot "persist-only-final-root" breaks "root.persist.before-next":
                "Stores only the last root of a run, after all of them were verified."
            PersistRootsInTheEnd "persist-roots-in-the-end" breaks "root.persist.before-next":
                "Stores the last good root when there are no more, whatever the walk ended with."
            PersistRootAfterExpiry "persist-root-after-expiry" breaks "root.expiry.persisted-anyway":
                "Stores the last root only if it has not expired."
            SkipRootPersist "skip-root-persist" breaks "root.persist":
                "Never stores a new root."
            AcceptRootWithoutRole "accept-root-without-role" breaks "root.roles.four-required":
                "Takes a top-level role that root leaves out for one that needs no signatures."
            RejectFurtherRoles "reject-further-roles" breaks "root.roles.mirrors-tolerated":
                "Refuses a root that lists a role besides the required four."
            SkipRootExpiry "skip-root-expiry" breaks "root.expiry.final-checked":
                "Does not look at the expiry of the final root."
            SkipExpiryOfUnchangedRoot "skip-expiry-of-unchanged-root" breaks "root.expiry.final-checked":
                "Does not look at the expiry of the root if there is no newer one."
            SkipRotationReset "skip-rotation-reset" breaks "fastforward.both-rotated":
                "Keeps stored timestamp and snapshot whatever keys were rotated."
            RotationForgetsNothing "rotation-forgets-nothing"
                breaks "fastforward.both-rotated"
                and "fastforward.timestamp-key-rotation"
                and "fastforward.snapshot-key-rotation":
                "Goes on with stored timestamp and snapshot although the keys that signed them were rotated."
            IgnoreTimestampRotation "ignore-timestamp-rotation" breaks "fastforward.timestamp-key-rotation":
                "Deletes stored metadata after a rotation of snapshot keys only."
            IgnoreSnapshotRotation "ignore-snapshot-rotation" breaks "fastforward.snapshot-key-rotation":
                "Deletes stored metadata after a rotation of timestamp keys only."
            SnapshotRotationKeepsTimestamp "snapshot-rotation-keeps-timestamp"
                breaks "fastforward.snapshot-only-resets-timestamp":
                "Keeps the stored timestamp after a rotation of snapshot keys."
            TimestampRotationKeepsSnapshot "timestamp-rotation-keeps-snapshot"
                breaks "fastforward.timestamp-only-resets-snapshot":
                "Keeps the stored snapshot after a rotation of timestamp keys."
            ResetOnEveryRoot "reset-on-every-root" breaks "timestamp.rollback.lower-version":
                "Deletes stored timestamp and snapshot with every new root."
            ConsistentSnapshotOfFirstRoot "consistent-snapshot-of-first-root"
                breaks "consistent-snapshot.taken-from-final-root":
                "Names files as the root says that the run began with."
            RequireConsistentSnapshot "require-consistent-snapshot" breaks "root.consistent-snapshot.optional":
                "Refuses a root that does not say whether snapshots are consistent."
            AssumeConsistentSnapshot "assume-consistent-snapshot" breaks "root.consistent-snapshot.optional":
                "Takes snapshots for consistent when root does not say."
        }
    };
}
