//! TAP 8: rotate files.

macro_rules! rotation {
    ([$($rest:ident)*] $($before:tt)*) => {
        collect! { [$($rest)*] $($before)*
            NoRotateFiles "no-rotate-files" breaks "tap8.rotation.chain-from-delegation"
                and "tap8.rotation.listed-in-snapshot":
                "Verifies every role with the keys of its delegation, whatever rotate files the snapshot lists."
            RotateDelegatedRolesOnly "rotate-delegated-roles-only" breaks "tap8.rotation.chain-from-delegation":
                "Follows rotate files of delegated roles, and none of the top-level targets role."
            LastRotateFileOnly "last-rotate-file-only" breaks "tap8.rotation.chain-from-delegation":
                "Follows only the last rotate file of a role, and verifies it with the keys of the delegation."
            RotateFilesAsText "rotate-files-as-text" breaks "tap8.rotation.chain-from-delegation":
                "Sorts the names of rotate files as text, so that the tenth comes after the first."
            RotateFilesAddKeys "rotate-files-add-keys" breaks "tap8.rotation.chain-from-delegation":
                "Adds the keys of a rotate file to those that the role had before."
            KeepDelegatedThreshold "keep-delegated-threshold" breaks "tap8.rotation.chain-from-delegation":
                "Takes the keys of a rotate file, but keeps the threshold of the delegation."
            SkipRotateSignatures "skip-rotate-signatures" breaks "tap8.rotation.old-quorum":
                "Does not verify the signatures of rotate files."
            VerifyRotateFileByItself "verify-rotate-file-by-itself" breaks "tap8.rotation.old-quorum":
                "Verifies a rotate file with the keys that it lists."
            OneSignatureOnRotateFiles "one-signature-on-rotate-files" breaks "tap8.rotation.old-quorum":
                "Takes one signature for enough on rotate files."
            DelegatedKeysSignRotateFiles "delegated-keys-sign-rotate-files" breaks "tap8.rotation.old-quorum":
                "Verifies each rotate file of a role with the keys of its delegation."
            ProbeRotateFiles "probe-rotate-files" breaks "tap8.rotation.listed-in-snapshot":
                "Asks for one rotate file more than the snapshot lists, and follows it if there is one."
            StoredRotateFilesSuffice "stored-rotate-files-suffice" breaks "tap8.rotation.listed-in-snapshot":
                "Follows only the rotate files that it has stored, once it has stored one."
            RotateVersionsMayJump "rotate-versions-may-jump" breaks "tap8.rotation.version-step":
                "Follows the rotate files of a role though one between them is not listed."
            SkipRotateVersionCheck "skip-rotate-version-check" breaks "tap8.rotation.version-matches-name":
                "Does not compare the version in a rotate file with the one in its name."
            SkipRotateRoleCheck "skip-rotate-role-check" breaks "tap8.rotation.role-matches":
                "Does not look at the role that a rotate file names."
            SkipRotateHash "skip-rotate-hash" breaks "tap8.rotation.hash-matches-snapshot":
                "Does not compare rotate files with the hashes in the snapshot."
            MissingRotateFileEndsChain "missing-rotate-file-ends-chain" breaks "tap8.rotation.missing-file":
                "Goes on with the keys that it has when a rotate file cannot be fetched."
            SkipRotateComparison "skip-rotate-comparison" breaks "tap8.rotation.cached-equals-remote":
                "Does not compare a rotate file with the one that it has stored."
            RotateTimestampAndSnapshotKeys "rotate-timestamp-and-snapshot-keys"
                breaks "tap8.rotation.not-for-timestamp-snapshot":
                "Follows rotate files of the timestamp and snapshot roles, which the stored snapshot lists."
            RotateRootKeys "rotate-root-keys" breaks "tap8.rotation.not-for-root":
                "Follows rotate files of the root role, which the stored snapshot lists."
            PassOverNullRotation "pass-over-null-rotation" breaks "tap20.null-key.revokes":
                "Passes over a rotate file without a key that it can use, and goes on with the keys before it."
        }
    };
}
