//! Fetching target files.

macro_rules! fetching {
    ([$($rest:ident)*] $($before:tt)*) => {
        collect! { [$($rest)*] $($before)*
            // Section 5.7: target files.
            DownloadWithoutRefresh "download-without-refresh" breaks "fetch.refresh-first":
                "Looks targets up in stored metadata without refreshing it first."
            FetchUnknownTargets "fetch-unknown-targets" breaks "fetch.unknown-target":
                "Downloads a target that no role describes, unverified."
            TargetNameIgnoresCase "target-name-ignores-case" breaks "fetch.unknown-target":
                "Takes a target whose name differs in letter case only for the one that is wanted."
            UnknownTargetIsNoError "unknown-target-is-no-error" breaks "fetch.unknown-target":
                "Reports success for a target that no role describes."
            IgnoreMissingFiles "ignore-missing-files" breaks "general.failure.detected" and "delegated.missing":
                "Reports success when the server does not have a file that a target needs."
            AssumeTargetLength "assume-target-length" breaks "fetch.length.required":
                "Takes a target whose length is no number for one of any length."
            HashOnlyStatedLength "hash-only-stated-length" breaks "fetch.length-limit":
                "Compares the hashes of as many bytes of a target file as are stated, and keeps all of it."
            IgnoreTargetLength "ignore-target-length" breaks "fetch.length-limit":
                "Does not compare the length of a target file."
            SkipTargetHash "skip-target-hash" breaks "fetch.hash" and "fetch.wrong-file":
                "Does not compare the hashes of a target file."
            AnyTargetHashSuffices "any-target-hash-suffices" breaks "fetch.hash.all-listed":
                "Takes one matching hash of several for enough on target files."
            AcceptUnhashedTargets "accept-unhashed-targets" breaks "fetch.hash.at-least-one":
                "Takes a target without a hash for one of any content."
            UnknownTargetHashMatches "unknown-target-hash-matches" breaks "fetch.hash.unknown-only":
                "Takes a hash that it cannot compute for a match on target files."
            RejectSeveralHashes "reject-several-hashes" breaks "fetch.hash.algorithms":
                "Refuses a target file for which several hashes are listed."
            RejectUnknownHashes "reject-unknown-hashes" breaks "fetch.hash.algorithms":
                "Refuses a target file with one hash that it cannot compute beside others."
            AnySha512Matches "any-sha512-matches" breaks "fetch.hash":
                "Takes whatever is listed as the SHA-512 of a file for right."
            OnlySha256 "only-sha256" breaks "fetch.hash.algorithms":
                "Cannot compute other hashes than SHA-256."
            WriteTargetEarly "write-target-early" breaks "general.targets.withheld-until-verified":
                "Writes a target file before it has checked it."
            RejectTargetsWithoutContent "reject-targets-without-content" breaks "fetch.hash":
                "Refuses a target file that has no content."
            StoreByFileName "store-by-file-name" breaks "fetch.store-name":
                "Stores a target file under the last segment of its path."
            OverwriteWithoutTruncation "overwrite-without-truncation" breaks "fetch.persist":
                "Writes a target file over the one that it has stored before, and leaves what is longer."
            KeepOldTarget "keep-old-target" breaks "fetch.persist":
                "Does not write a target file over the one that it has stored before."
            StoreUnderDigest "store-under-digest" breaks "fetch.store-name":
                "Stores a target file under the name that it was requested by."
            ResolveTargetPaths "resolve-target-paths" breaks "fetch.store-containment":
                "Stores a target file where its path leads to, even into the folder of metadata."
            NeverReuseTargets "never-reuse-targets" breaks "fetch.cache":
                "Downloads a target again that it has stored and that has not changed."
            ReuseTargetByLength "reuse-target-by-length" breaks "fetch.cache-reverified":
                "Takes a stored target file for current if it has the right length."
            UnprefixedTargetRequest "unprefixed-target-request" breaks "fetch.name.hash-prefix":
                "Asks for target files without a digest though snapshots are consistent."
            PrefixBeforeDirectory "prefix-before-directory" breaks "fetch.name.hash-prefix":
                "Writes the digest before the first segment of the path, not before the last."
            PrefixedTargetRequest "prefixed-target-request" breaks "fetch.name.plain":
                "Asks for target files by digest though snapshots are not consistent."
            ReportOnlyLastTarget "report-only-last-target" breaks "general.failure.detected":
                "Reports how the last of several downloads ended."
        }
    };
}
