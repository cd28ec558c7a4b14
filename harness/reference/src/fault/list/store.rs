//! What the client keeps, when it was damaged or the client was killed.

macro_rules! store {
    ([$($rest:ident)*] $($before:tt)*) => {
        collect! { [$($rest)*] $($before)*
            DamagedTimestampIsFatal "damaged-timestamp-is-fatal" breaks "workflow.recoverable-after-failure":
                "Refuses to go on when its stored timestamp cannot be read."
            DamagedSnapshotIsFatal "damaged-snapshot-is-fatal" breaks "workflow.recoverable-after-failure":
                "Refuses to go on when its stored snapshot cannot be read."
            DamagedTargetsIsFatal "damaged-targets-is-fatal" breaks "workflow.recoverable-after-failure":
                "Refuses to go on when its stored top-level targets file cannot be read."
            DamagedDelegatedIsFatal "damaged-delegated-is-fatal" breaks "workflow.recoverable-after-failure":
                "Refuses to go on when the stored file of a delegated role cannot be read."
            UnchangedTimestampEndsUpdate "unchanged-timestamp-ends-update" breaks "workflow.recoverable-after-failure":
                "Reports success when the timestamp is the stored one, whatever else is missing."
            TrustStoredTimestamp "trust-stored-timestamp" breaks "timestamp.signature.quorum":
                "Uses its stored timestamp without verifying it again."
            ReuseSnapshotUnverified "reuse-snapshot-unverified" breaks "snapshot.signature.quorum":
                "Uses its stored snapshot without verifying it again."
            LockLeftBehind "lock-left-behind" breaks "workflow.recoverable-after-failure":
                "Refuses to start while there is the lock of a run that was killed."
            LockKeptWhenWanted "lock-kept-when-wanted" breaks "workflow.recoverable-after-failure":
                "Does not give up its lock when another run has asked for it meanwhile."
            IgnoreOtherClient "ignore-other-client" breaks "timestamp.rollback.lower-version":
                "Puts a timestamp in place of a newer one that another client with the same store has stored meanwhile."
            IgnoreStoreFailure "ignore-store-failure"
                breaks "timestamp.persist" and "snapshot.persist" and "targets.persist":
                "Reports success although it could not store what it has accepted."
            TrustShippedRoot "trust-shipped-root" breaks "bootstrap.root.self-verified":
                "Does not verify the root that it is shipped with."
            ForgetTimestampMeanwhile "forget-timestamp-meanwhile" breaks "timestamp.persist":
                "Removes its stored timestamp before it asks for a new one, and puts it back afterwards."
        }
    };
}
