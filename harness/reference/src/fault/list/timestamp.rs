//! The timestamp.

macro_rules! timestamp {
    ([$($rest:ident)*] $($before:tt)*) => {
        collect! { [$($rest)*] $($before)*
            // Section 5.4: timestamp.
            VersionedTimestampRequest "versioned-timestamp-request" breaks "timestamp.request.unversioned-name":
                "Asks for the timestamp by the version after the stored one."
            SkipTimestampSignatures "skip-timestamp-signatures"
                breaks "timestamp.signature.quorum" and "general.pki.self-contained" and "general.transport.no-tls-needed":
                "Does not verify the signatures on the timestamp."
            IgnoreTimestampThreshold "ignore-timestamp-threshold"
                breaks "timestamp.signature.quorum" and "general.roles.multi-key-threshold":
                "Takes one signature for enough on the timestamp."
            CountTimestampKeyTwice "count-timestamp-key-twice"
                breaks "timestamp.signature.key-counts-once" and "timestamp.signature.keyid-counts-once"
                and "tap12.threshold.by-key-content":
                "Counts a timestamp key once for each identifier or signature."
            SkipTimestampRollback "skip-timestamp-rollback"
                breaks "timestamp.rollback.lower-version" and "metadata.version.no-downgrade":
                "Does not compare the version of a new timestamp with the stored one."
            TimestampRollbackOffByOne "timestamp-rollback-off-by-one" breaks "timestamp.rollback.lower-version":
                "Accepts a timestamp that is one version older than the stored one."
            VersionsAsText "versions-as-text" breaks "timestamp.rollback.lower-version"
                and "timestamp.rollback.snapshot-version"
                and "snapshot.rollback.toplevel-targets-version":
                "Compares versions as texts, in which 9 comes after 10."
            ForgetExpiredTimestamp "forget-expired-timestamp" breaks "timestamp.rollback.expired-local-still-counts":
                "Does not compare with a stored timestamp that has expired."
            ExpiredStoredTimestampIsFatal "expired-stored-timestamp-is-fatal"
                breaks "timestamp.expiry.expired-local-replaceable":
                "Refuses to go on when the stored timestamp has expired."
            ReplaceEqualTimestamp "replace-equal-timestamp" breaks "timestamp.rollback.equal-version.discarded":
                "Replaces the stored timestamp by another of the same version."
            StoreEqualTimestamp "store-equal-timestamp" breaks "timestamp.rollback.equal-version.discarded":
                "Stores another timestamp of the same version, though it goes on with the one that it had."
            RejectEqualTimestamp "reject-equal-timestamp"
                breaks "timestamp.rollback.equal-version.no-error" and "timestamp.rollback.equal-version.discarded":
                "Refuses a timestamp of the version that it has."
            EqualTimestampGoesOn "equal-timestamp-goes-on" breaks "timestamp.rollback.equal-version.ends-run":
                "Asks for the snapshot again although the timestamp is unchanged."
            SkipExpiryOfEqualTimestamp "skip-expiry-of-equal-timestamp"
                breaks "timestamp.rollback.equal-version.still-expiry-checked":
                "Does not look at the expiry of the stored timestamp when the server sends the same version."
            EqualTimestampEndsChecks "equal-timestamp-ends-checks" breaks "targets.expiry.cached-copy":
                "Does not look at the expiry of other stored metadata when the timestamp is unchanged."
            SkipAnnouncedVersionRollback "skip-announced-version-rollback" breaks "timestamp.rollback.snapshot-version":
                "Does not compare the snapshot version that the timestamp announces with the one announced before."
            AnnouncedVersionNeedsSnapshot "announced-version-needs-snapshot"
                breaks "timestamp.rollback.partial-initialisation":
                "Compares the announced snapshot version with the stored snapshot, not with the stored timestamp."
            RejectEqualAnnouncedVersion "reject-equal-announced-version" breaks "timestamp.rollback.snapshot-version":
                "Refuses a timestamp that announces the same snapshot version as the one before."
            AssumeAnnouncedSnapshot "assume-announced-snapshot" breaks "timestamp.meta.snapshot-entry-required":
                "Takes version 1 of the snapshot for announced when the timestamp does not announce any."
            RejectFurtherEntries "reject-further-entries" breaks "timestamp.meta.only-snapshot":
                "Refuses a timestamp that describes another file besides the snapshot."
            SkipTimestampExpiry "skip-timestamp-expiry" breaks "timestamp.expiry":
                "Does not look at the expiry of a new timestamp."
            PersistTimestampEarly "persist-timestamp-early"
                breaks "timestamp.persist" and "metadata.version.no-downgrade":
                "Stores a new timestamp before it has checked it."
            PersistTimestampLate "persist-timestamp-late"
                breaks "timestamp.persist.before-snapshot" and "timestamp.persist":
                "Stores a new timestamp only after the snapshot was accepted."
            SkipTimestampPersist "skip-timestamp-persist" breaks "timestamp.persist":
                "Never stores the timestamp."
        }
    };
}
