//! The snapshot.

macro_rules! snapshot {
    ([$($rest:ident)*] $($before:tt)*) => {
        collect! { [$($rest)*] $($before)*
            // Section 5.5: snapshot.
            UnversionedSnapshotRequest "unversioned-snapshot-request"
                breaks "snapshot.request.name.consistent" and "layout.metadata.toplevel-names":
                "Asks for the snapshot without its version though snapshots are consistent."
            VersionedRequests "versioned-requests" breaks "snapshot.request.name.plain":
                "Asks for metadata by version though snapshots are not consistent."
            IgnoreMetadataLengths "ignore-metadata-lengths" breaks "snapshot.request.length-limit":
                "Reads more of a metadata file than the length that is listed for it."
            RequireMetadataHashes "require-metadata-hashes" breaks "snapshot.meta.hashes-absent.accepted":
                "Refuses metadata for which no hashes are listed."
            RequireMetadataLengths "require-metadata-lengths" breaks "snapshot.meta.length-absent.accepted":
                "Refuses metadata for which no length is listed."
            AssumeDescribedVersion "assume-described-version"
                breaks "snapshot.meta.version-required" and "timestamp.meta.version-required":
                "Takes a file that is described without a version for the first version."
            SkipSnapshotHash "skip-snapshot-hash" breaks "snapshot.hash.matches-timestamp":
                "Does not compare the snapshot with the hashes in the timestamp."
            LengthReplacesHash "length-replaces-hash" breaks "snapshot.hash.matches-timestamp"
                and "targets.hash.matches-snapshot"
                and "delegated.hash.matches-snapshot":
                "Does not compare the hashes of a metadata file that has the listed length."
            OnlySha256OfMetadata "only-sha256-of-metadata" breaks "snapshot.hash.matches-timestamp"
                and "targets.hash.matches-snapshot"
                and "delegated.hash.matches-snapshot":
                "Compares the hashes of a metadata file only where a SHA-256 is listed."
            OneByteBeyondListedLength "one-byte-beyond-listed-length" breaks "snapshot.request.length-limit"
                and "targets.request.length-limit"
                and "delegated.length-limit":
                "Takes a metadata file that is one byte longer than listed."
            AnyMetadataHashSuffices "any-metadata-hash-suffices" breaks "snapshot.hash.all-listed"
                and "targets.hash.all-listed":
                "Takes one matching hash of several for enough on metadata."
            UnknownMetadataHashMatches "unknown-metadata-hash-matches" breaks "snapshot.hash.unknown-algorithm"
                and "targets.hash.unknown-algorithm":
                "Takes a hash that it cannot compute for a match on metadata."
            SkipSnapshotSignatures "skip-snapshot-signatures"
                breaks "snapshot.signature.quorum" and "general.pki.self-contained" and "general.transport.no-tls-needed":
                "Does not verify the signatures on the snapshot."
            IgnoreSnapshotThreshold "ignore-snapshot-threshold"
                breaks "snapshot.signature.quorum" and "general.roles.multi-key-threshold":
                "Takes one signature for enough on the snapshot."
            CountSnapshotKeyTwice "count-snapshot-key-twice"
                breaks "snapshot.signature.key-counts-once" and "snapshot.signature.keyid-counts-once"
                and "tap12.threshold.by-key-content":
                "Counts a snapshot key once for each identifier or signature."
            SkipSnapshotVersionMatch "skip-snapshot-version-match" breaks "snapshot.version.matches-timestamp":
                "Does not compare the version of the snapshot with the announced one."
            SnapshotMayBeNewer "snapshot-may-be-newer" breaks "snapshot.version.matches-timestamp":
                "Accepts a snapshot that is newer than announced."
            SkipSnapshotRollback "skip-snapshot-rollback" breaks "snapshot.rollback.toplevel-targets-version":
                "Does not compare a new snapshot with the stored one."
            SnapshotRollbackOnlyDelegated "snapshot-rollback-only-delegated"
                breaks "snapshot.rollback.toplevel-targets-version":
                "Compares the listed versions of delegated roles with those listed before, but not that of targets."
            SnapshotRollbackOnlyTargets "snapshot-rollback-only-targets" breaks "snapshot.rollback.delegated-version":
                "Compares the listed version of targets with the one listed before, but not those of delegated roles."
            OnlyFirstListedVersion "only-first-listed-version" breaks "snapshot.rollback.toplevel-targets-version"
                and "snapshot.rollback.delegated-version":
                "Compares the listed version of one file, the first by its name, with the one listed before."
            OnlyLastListedVersion "only-last-listed-version" breaks "snapshot.rollback.delegated-version":
                "Compares the listed version of one file, the last by its name, with the one listed before."
            RejectEqualListedVersion "reject-equal-listed-version" breaks "snapshot.rollback.toplevel-targets-version":
                "Refuses a snapshot that lists a file in the same version as the one before."
            AssumeListedTargets "assume-listed-targets" breaks "snapshot.meta.toplevel-targets-required":
                "Takes version 1 of the top-level targets file for listed when the snapshot does not list it."
            SkipRoleRemovalCheck "skip-role-removal-check" breaks "snapshot.rollback.role-removal":
                "Accepts a snapshot that no longer lists a role."
            OnlyFirstListedRole "only-first-listed-role" breaks "snapshot.rollback.role-removal":
                "Looks only for the first by its name of the files listed before, whether it is listed still."
            OnlyLastListedRole "only-last-listed-role" breaks "snapshot.rollback.role-removal":
                "Looks only for the last by its name of the files listed before, whether it is listed still."
            ForgetExpiredSnapshot "forget-expired-snapshot" breaks "snapshot.rollback.expired-local-still-counts":
                "Does not compare with a stored snapshot that has expired."
            ForgetMismatchingSnapshot "forget-mismatching-snapshot"
                breaks "snapshot.rollback.hash-mismatching-local-still-counts":
                "Does not compare with a stored snapshot that does not have the hashes that the new timestamp lists."
            SkipSnapshotExpiry "skip-snapshot-expiry" breaks "snapshot.expiry":
                "Does not look at the expiry of a new snapshot."
            ReuseExpiredSnapshot "reuse-expired-snapshot" breaks "snapshot.expiry.cached-copy":
                "Uses a stored snapshot though it has expired."
            PersistSnapshotEarly "persist-snapshot-early" breaks "snapshot.persist" and "metadata.version.no-downgrade":
                "Stores a new snapshot before it has checked it."
            PersistSnapshotLate "persist-snapshot-late" breaks "snapshot.persist.before-targets":
                "Stores a new snapshot only after the top-level targets file was accepted."
            SkipSnapshotPersist "skip-snapshot-persist" breaks "snapshot.persist":
                "Never stores the snapshot."
        }
    };
}
