//! The list of faults, in the order of the workflow.

use super::faults;

faults! {
    // Section 4.1: reading.
    AcceptDuplicateMembers "accept-duplicate-members" breaks "format.parse.unambiguous":
        "Takes the last of several JSON members with the same name."
    AcceptTrailingData "accept-trailing-data" breaks "format.parse.unambiguous":
        "Ignores what follows the JSON document in a metadata file."
    EscapeControlCharacters "escape-control-characters" breaks "format.canonicalisation":
        "Escapes control characters in the canonical form, which has them as they are."
    RequireCanonicalFile "require-canonical-file" breaks "format.canonicalisation":
        "Refuses metadata files with white space or with members in another order."
    RejectUnknownFields "reject-unknown-fields" breaks "format.unknown-fields.covered-by-signature":
        "Refuses metadata with a member that it does not know."
    DropUnknownFields "drop-unknown-fields" breaks "format.unknown-fields.covered-by-signature":
        "Leaves members that it does not know out of what it verifies."
    // Section 4.2.1: signatures.
    AcceptDuplicateKeyids "accept-duplicate-keyids" breaks "signature.duplicates.metadata-rejected":
        "Accepts several signatures with one key identifier, though it counts them once."
    CountEmptySignatures "count-empty-signatures" breaks "signature.encoding.hex":
        "Counts an empty signature as valid."
    OnlyFirstSignatures "only-first-signatures" breaks "signature.unauthorised-keys.ignored":
        "Looks at no more signatures than the threshold asks for."
    RejectInvalidSignatures "reject-invalid-signatures" breaks "timestamp.signature.invalid-extra-tolerated":
        "Refuses metadata with one invalid signature by a trusted key, whatever the others are."
    RejectForeignSignatures "reject-foreign-signatures" breaks "signature.unauthorised-keys.ignored":
        "Refuses metadata that carries a signature by a key that the role does not have."
    AnyKeyOfRoot "any-key-of-root" breaks "signature.unauthorised-keys.ignored":
        "Lets any key that root lists sign for any top-level role."
    AnyKeyOfDelegator "any-key-of-delegator" breaks "delegation.keys.from-delegator":
        "Lets any key that the delegating role lists sign for any of its delegated roles."
    // Section 4.2.2: keys.
    IgnoreScheme "ignore-scheme" breaks "key.scheme.unknown-or-mismatched.not-counted":
        "Chooses the signature scheme by the type of the key, whatever scheme the key states."
    RejectUnknownKeyTypes "reject-unknown-key-types" breaks "key.types.extensible":
        "Refuses metadata that lists a key of a type that it does not know."
    SkipRootKeyidCheck "skip-root-keyid-check" breaks "root.keyid.recomputed":
        "Takes the key identifiers in root as they are."
    SkipDelegatedKeyidCheck "skip-delegated-keyid-check" breaks "root.keyid.one-key-per-id":
        "Takes the key identifiers in delegations as they are."
    KeyidOfKnownMembers "keyid-of-known-members" breaks "keyid.hash-algorithms-field.no-effect":
        "Computes key identifiers over the members of the key that it knows."
    // Sections 4.2.1 and 4.3: what all metadata has.
    SkipRootTypeCheck "skip-root-type-check" breaks "format.type-field.matches-role":
        "Does not look at the type that a root file states."
    SkipTimestampTypeCheck "skip-timestamp-type-check" breaks "format.type-field.matches-role":
        "Does not look at the type that a timestamp file states."
    SkipSnapshotTypeCheck "skip-snapshot-type-check" breaks "format.type-field.matches-role":
        "Does not look at the type that a snapshot file states."
    SkipTargetsTypeCheck "skip-targets-type-check" breaks "format.type-field.matches-role":
        "Does not look at the type that the top-level targets file states."
    SkipDelegatedTypeCheck "skip-delegated-type-check" breaks "format.type-field.matches-role.delegated":
        "Does not look at the type that a delegated targets file states."
    SkipSpecVersionCheck "skip-spec-version-check" breaks "metadata.spec-version.checked":
        "Does not look at the version of the specification that a file states."
    SpecVersionByPrefix "spec-version-by-prefix" breaks "metadata.spec-version.checked":
        "Takes every version of the specification that begins with the digit 1."
    RequireLatestSpecVersion "require-latest-spec-version" breaks "metadata.spec-version.checked":
        "Refuses files of another 1.x version of the specification than the latest."
    AcceptVersionZero "accept-version-zero" breaks "metadata.version.positive-integer":
        "Accepts the version number zero."
    AcceptVersionText "accept-version-text" breaks "metadata.version.positive-integer":
        "Accepts a version number in quotation marks."
    RejectLargeVersions "reject-large-versions" breaks "metadata.version.maximum-recoverable":
        "Refuses version numbers that do not fit into 31 bits."
    VersionsAsFloats "versions-as-floats" breaks "metadata.version.maximum-recoverable":
        "Keeps version numbers as floating-point numbers, so that neighbours above 2^53 are equal."
    ExpiryByDay "expiry-by-day" breaks "metadata.expired.not-trusted":
        "Compares the days of expiry and start, and forgets the time of day."
    AcceptExpiryBoundary "accept-expiry-boundary" breaks "root.expiry.boundary":
        "Accepts metadata that expires at the very second of the start."
    ExpireEarly "expire-early" breaks "root.expiry.boundary":
        "Takes metadata for expired in the last second before it is."
    LenientExpiry "lenient-expiry" breaks "datetime.parse.other-forms":
        "Understands expiry dates with fractions of a second and with an offset from UTC."
    AcceptRootThresholdZero "accept-root-threshold-zero" breaks "root.threshold.positive":
        "Accepts a threshold below one for a top-level role."
    // Section 5.2: the first root.
    RejectExpiredInitialRoot "reject-expired-initial-root" breaks "bootstrap.expired-root-usable":
        "Refuses to start from an expired root."
    // Section 5.3: root.
    SkipRootUpdates "skip-root-updates" breaks "root.chain.intermediates-downloaded":
        "Never asks for a newer root."
    OneRootPerRun "one-root-per-run" breaks "root.chain.intermediates-downloaded":
        "Follows only one new root in each run."
    TryRootAfterNext "try-root-after-next" breaks "root.chain.no-skip":
        "Asks for the root after the next when the next is missing, and lets it follow."
    BadRootEndsWalk "bad-root-ends-walk" breaks "root.signature.failure.abort":
        "Goes on with the root it has when the next one is not acceptable."
    SkipOldRootQuorum "skip-old-root-quorum" breaks "root.signature.old-quorum":
        "Accepts a new root that only its own keys have signed."
    SkipNewRootQuorum "skip-new-root-quorum" breaks "root.signature.new-quorum":
        "Accepts a new root that only the keys of the old root have signed."
    NewRootByOldThreshold "new-root-by-old-threshold" breaks "root.signature.new-quorum":
        "Counts the new keys of a new root against the threshold of the old root."
    IgnoreRootThreshold "ignore-root-threshold" breaks "root.signature.old-quorum":
        "Takes one signature for enough on root."
    CountRootKeyidTwice "count-root-keyid-twice" breaks "root.signature.keyid-counts-once":
        "Counts every signature on root, also several of one key identifier."
    CountRootKeyTwice "count-root-key-twice" breaks "root.signature.key-counts-once":
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
    SkipRotationReset "skip-rotation-reset" breaks "fastforward.both-rotated":
        "Keeps stored timestamp and snapshot whatever keys were rotated."
    IgnoreTimestampRotation "ignore-timestamp-rotation" breaks "fastforward.timestamp-key-rotation":
        "Deletes stored metadata after a rotation of snapshot keys only."
    IgnoreSnapshotRotation "ignore-snapshot-rotation" breaks "fastforward.snapshot-key-rotation":
        "Deletes stored metadata after a rotation of timestamp keys only."
    SnapshotRotationKeepsTimestamp "snapshot-rotation-keeps-timestamp"
        breaks "fastforward.snapshot-only-resets-timestamp":
        "Keeps the stored timestamp after a rotation of snapshot keys."
    TimestampRotationKeepsSnapshot "timestamp-rotation-keeps-snapshot" breaks "fastforward.timestamp-key-rotation":
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
    // Section 5.4: timestamp.
    SkipTimestampSignatures "skip-timestamp-signatures" breaks "timestamp.signature.quorum":
        "Does not verify the signatures on the timestamp."
    IgnoreTimestampThreshold "ignore-timestamp-threshold" breaks "timestamp.signature.quorum":
        "Takes one signature for enough on the timestamp."
    CountTimestampKeyTwice "count-timestamp-key-twice" breaks "timestamp.signature.key-counts-once":
        "Counts a timestamp key once for each identifier or signature."
    SkipTimestampRollback "skip-timestamp-rollback" breaks "timestamp.rollback.lower-version":
        "Does not compare the version of a new timestamp with the stored one."
    TimestampRollbackOffByOne "timestamp-rollback-off-by-one" breaks "timestamp.rollback.lower-version":
        "Accepts a timestamp that is one version older than the stored one."
    ForgetExpiredTimestamp "forget-expired-timestamp" breaks "timestamp.rollback.expired-local-still-counts":
        "Does not compare with a stored timestamp that has expired."
    ExpiredStoredTimestampIsFatal "expired-stored-timestamp-is-fatal"
        breaks "timestamp.expiry.expired-local-replaceable":
        "Refuses to go on when the stored timestamp has expired."
    ReplaceEqualTimestamp "replace-equal-timestamp" breaks "timestamp.rollback.equal-version.discarded":
        "Replaces the stored timestamp by another of the same version."
    RejectEqualTimestamp "reject-equal-timestamp" breaks "timestamp.rollback.equal-version.discarded":
        "Refuses a timestamp of the version that it has."
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
    PersistTimestampEarly "persist-timestamp-early" breaks "timestamp.persist":
        "Stores a new timestamp before it has checked it."
    PersistTimestampLate "persist-timestamp-late" breaks "timestamp.persist":
        "Stores a new timestamp only after the snapshot was accepted."
    SkipTimestampPersist "skip-timestamp-persist" breaks "timestamp.persist":
        "Never stores the timestamp."
    // Section 5.5: snapshot.
    UnversionedSnapshotRequest "unversioned-snapshot-request" breaks "snapshot.request.name.consistent":
        "Asks for the snapshot without its version though snapshots are consistent."
    VersionedRequests "versioned-requests" breaks "snapshot.request.name.plain":
        "Asks for metadata by version though snapshots are not consistent."
    IgnoreMetadataLengths "ignore-metadata-lengths" breaks "snapshot.request.length-limit":
        "Reads more of a metadata file than the length that is listed for it."
    RequireMetadataHashes "require-metadata-hashes" breaks "snapshot.meta.hashes-absent.accepted":
        "Refuses metadata for which no hashes are listed."
    SkipSnapshotHash "skip-snapshot-hash" breaks "snapshot.hash.matches-timestamp":
        "Does not compare the snapshot with the hashes in the timestamp."
    AnyMetadataHashSuffices "any-metadata-hash-suffices" breaks "snapshot.hash.all-listed":
        "Takes one matching hash of several for enough on metadata."
    UnknownMetadataHashMatches "unknown-metadata-hash-matches" breaks "snapshot.hash.unknown-algorithm":
        "Takes a hash that it cannot compute for a match on metadata."
    SkipSnapshotSignatures "skip-snapshot-signatures" breaks "snapshot.signature.quorum":
        "Does not verify the signatures on the snapshot."
    IgnoreSnapshotThreshold "ignore-snapshot-threshold" breaks "snapshot.signature.quorum":
        "Takes one signature for enough on the snapshot."
    CountSnapshotKeyTwice "count-snapshot-key-twice" breaks "snapshot.signature.key-counts-once":
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
    RejectEqualListedVersion "reject-equal-listed-version" breaks "snapshot.rollback.toplevel-targets-version":
        "Refuses a snapshot that lists a file in the same version as the one before."
    AssumeListedTargets "assume-listed-targets" breaks "snapshot.meta.toplevel-targets-required":
        "Takes version 1 of the top-level targets file for listed when the snapshot does not list it."
    SkipRoleRemovalCheck "skip-role-removal-check" breaks "snapshot.rollback.role-removal":
        "Accepts a snapshot that no longer lists a role."
    ForgetExpiredSnapshot "forget-expired-snapshot" breaks "snapshot.rollback.expired-local-still-counts":
        "Does not compare with a stored snapshot that has expired."
    ForgetMismatchingSnapshot "forget-mismatching-snapshot"
        breaks "snapshot.rollback.hash-mismatching-local-still-counts":
        "Does not compare with a stored snapshot that does not have the hashes that the new timestamp lists."
    SkipSnapshotExpiry "skip-snapshot-expiry" breaks "snapshot.expiry":
        "Does not look at the expiry of a new snapshot."
    ReuseExpiredSnapshot "reuse-expired-snapshot" breaks "snapshot.expiry.cached-copy":
        "Uses a stored snapshot though it has expired."
    PersistSnapshotEarly "persist-snapshot-early" breaks "snapshot.persist":
        "Stores a new snapshot before it has checked it."
    SkipSnapshotPersist "skip-snapshot-persist" breaks "snapshot.persist":
        "Never stores the snapshot."
    // Section 5.6, steps 1 to 6: targets.
    UnversionedTargetsRequest "unversioned-targets-request" breaks "targets.request.name.consistent":
        "Asks for the top-level targets file without its version though snapshots are consistent."
    SkipTargetsHash "skip-targets-hash" breaks "targets.hash.matches-snapshot":
        "Does not compare the top-level targets file with the hashes in the snapshot."
    SkipTargetsSignatures "skip-targets-signatures" breaks "targets.signature.quorum":
        "Does not verify the signatures on the top-level targets file."
    IgnoreTargetsThreshold "ignore-targets-threshold" breaks "targets.signature.quorum":
        "Takes one signature for enough on the top-level targets file."
    CountTargetsKeyTwice "count-targets-key-twice" breaks "targets.signature.key-counts-once":
        "Counts a targets key once for each identifier or signature."
    SkipTargetsVersionMatch "skip-targets-version-match" breaks "targets.version.matches-snapshot":
        "Does not compare the version of the top-level targets file with the listed one."
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
    // Section 4.5: delegations.
    AcceptDelegatedThresholdZero "accept-delegated-threshold-zero" breaks "delegation.threshold.positive":
        "Accepts a threshold below one for a delegated role."
    AcceptDuplicateDelegations "accept-duplicate-delegations" breaks "delegation.role-name.unique":
        "Accepts several delegations to one role name."
    AcceptBothSelectors "accept-both-selectors" breaks "delegation.paths.exclusive-with-prefixes":
        "Accepts a delegation by paths and by hash prefixes, and uses the paths."
    NoSelectorMatchesAll "no-selector-matches-all" breaks "delegation.paths.neither":
        "Takes a delegation without paths and hash prefixes for one of every path."
    AssumeTerminating "assume-terminating" breaks "delegation.terminating.member-missing":
        "Takes a delegation for terminating when it does not say."
    // Section 5.6, step 7: delegated targets.
    UnversionedDelegatedRequest "unversioned-delegated-request" breaks "delegated.request.name.consistent":
        "Asks for delegated files without their version though snapshots are consistent."
    UseUnlistedRoles "use-unlisted-roles" breaks "snapshot.meta.unlisted-role.unusable":
        "Uses version 1 of a delegated role that the snapshot does not list."
    SkipDelegatedHash "skip-delegated-hash" breaks "delegated.hash.matches-snapshot":
        "Does not compare delegated files with the hashes in the snapshot."
    SkipDelegatedSignatures "skip-delegated-signatures" breaks "delegated.signature.quorum":
        "Does not verify the signatures on delegated files."
    IgnoreDelegatedThreshold "ignore-delegated-threshold" breaks "delegated.signature.quorum":
        "Takes one signature for enough on delegated files."
    CountDelegatedKeyTwice "count-delegated-key-twice" breaks "delegated.signature.key-counts-once":
        "Counts a key of a delegated role once for each identifier or signature."
    DelegatedKeysOfTargets "delegated-keys-of-targets" breaks "delegation.keys.from-delegator":
        "Lets the keys of the top-level targets role sign for delegated roles."
    RememberVerdicts "remember-verdicts" breaks "delegated.signature.per-delegator":
        "Verifies a delegated role only once in a run, whoever delegates to it."
    SkipDelegatedVersionMatch "skip-delegated-version-match" breaks "delegated.version.matches-snapshot":
        "Does not compare the version of a delegated file with the listed one."
    SkipDelegatedExpiry "skip-delegated-expiry" breaks "delegated.expiry":
        "Does not look at the expiry of a new delegated file."
    ReuseExpiredDelegated "reuse-expired-delegated" breaks "delegated.expiry":
        "Uses a stored delegated file though it has expired."
    ReuseDelegatedUnverified "reuse-delegated-unverified" breaks "delegated.key-rotation":
        "Uses a stored delegated file without verifying it with the current keys."
    PersistDelegatedEarly "persist-delegated-early" breaks "delegated.signature.quorum":
        "Stores a new delegated file before it has checked it."
    DelegateesFirst "delegatees-first" breaks "delegation.delegator-keeps-trust":
        "Believes a delegated role ahead of the role that delegates to it."
    BreadthFirst "breadth-first" breaks "delegation.search.preorder-dfs":
        "Looks at all delegations of a role before it descends into one."
    LastDelegationFirst "last-delegation-first" breaks "delegation.search.order-of-appearance":
        "Tries delegations in reverse order."
    LastResultWins "last-result-wins" breaks "delegation.result.first-wins":
        "Goes on searching after a result and takes the last one."
    IgnoreTerminating "ignore-terminating" breaks "delegation.terminating.stops-siblings":
        "Goes on with the next delegation after a terminating one."
    TerminatingWithoutMatch "terminating-without-match" breaks "delegation.terminating.only-if-matching":
        "Ends the search at a terminating delegation that is not for the target."
    TerminatingIsNotSearched "terminating-is-not-searched" breaks "delegation.terminating.descendants-searched":
        "Ends the search at a terminating delegation without looking into the role."
    TerminatingStopsOnlySiblings "terminating-stops-only-siblings" breaks "delegation.terminating.stops-siblings":
        "Goes on in other branches after a terminating delegation."
    EveryDelegationTerminates "every-delegation-terminates" breaks "delegation.non-terminating.continues":
        "Tries only the first delegation that is for the target."
    SkipFailingDelegatees "skip-failing-delegatees" breaks "delegation.search.failure-ends-search":
        "Goes on with the next delegation when a delegated file cannot be fetched or verified."
    ForgetVisitedRoles "forget-visited-roles" breaks "delegation.search.cycles":
        "Searches a role again each time that it comes to it."
    NoNestedDelegations "no-nested-delegations" breaks "delegation.search.preorder-dfs":
        "Does not look at the delegations of delegated roles."
    IgnoreSelectors "ignore-selectors" breaks "delegation.partial-trust.scope":
        "Believes a delegated role for every path."
    OnlyLastSelector "only-last-selector" breaks "delegation.paths.checked-along-chain":
        "Checks a path only against the last delegation on the way."
    StarCrossesSeparator "star-crosses-separator" breaks "delegation.pathpattern.separator-not-matched":
        "Lets an asterisk match the path separator."
    QuestionMarkMatchesSeparator "question-mark-matches-separator"
        breaks "delegation.pathpattern.separator-not-matched":
        "Lets a question mark match the path separator."
    IgnoreCase "ignore-case" breaks "delegation.pathpattern.case-sensitive":
        "Does not distinguish letter case in patterns."
    BracketsAreLiteral "brackets-are-literal" breaks "delegation.pathpattern.brackets-and-specials":
        "Takes brackets in patterns for ordinary characters."
    LiteralIsPrefix "literal-is-prefix" breaks "delegation.pathpattern.literal":
        "Lets a pattern match every path that begins with it."
    OnlyFirstPattern "only-first-pattern" breaks "delegation.pathpattern.star":
        "Looks only at the first pattern of a delegation."
    HashOfFileName "hash-of-file-name" breaks "delegation.path-hash-prefixes.match":
        "Hashes the last segment of the path to find the bin."
    OnlyFirstPrefix "only-first-prefix" breaks "delegation.path-hash-prefixes.match":
        "Looks only at the first hash prefix of a delegation."
    ShortPrefix "short-prefix" breaks "delegation.path-hash-prefixes.match":
        "Does not compare the last digit of a hash prefix."
    BinWithoutPadding "bin-without-padding" breaks "tap15.bins.name":
        "Writes the number of a succinct bin without leading zeros."
    BinByLastBits "bin-by-last-bits" breaks "tap15.bins.name":
        "Takes the number of a succinct bin from the last bits of the hash."
    TerminatingBins "terminating-bins" breaks "tap15.non-terminating":
        "Ends the search after a succinct bin."
    AcceptRolesAndBins "accept-roles-and-bins" breaks "tap15.exclusive-with-roles":
        "Accepts delegations that have both roles and succinct bins."
    AcceptAnyBitLength "accept-any-bit-length" breaks "tap15.bit-length.range":
        "Accepts succinct bins without a bit."
    // Section 5.7: target files.
    DownloadWithoutRefresh "download-without-refresh" breaks "fetch.refresh-first":
        "Looks targets up in stored metadata without refreshing it first."
    FetchUnknownTargets "fetch-unknown-targets" breaks "fetch.unknown-target":
        "Downloads a target that no role describes, unverified."
    UnknownTargetIsNoError "unknown-target-is-no-error" breaks "fetch.unknown-target":
        "Reports success for a target that no role describes."
    IgnoreMissingFiles "ignore-missing-files" breaks "general.failure.detected":
        "Reports success when the server does not have a file that a target needs."
    HashOnlyStatedLength "hash-only-stated-length" breaks "fetch.length-limit":
        "Compares the hashes of as many bytes of a target file as are stated, and keeps all of it."
    IgnoreTargetLength "ignore-target-length" breaks "fetch.length-limit":
        "Does not compare the length of a target file."
    SkipTargetHash "skip-target-hash" breaks "fetch.hash":
        "Does not compare the hashes of a target file."
    AnyTargetHashSuffices "any-target-hash-suffices" breaks "fetch.hash.all-listed":
        "Takes one matching hash of several for enough on target files."
    UnknownTargetHashMatches "unknown-target-hash-matches" breaks "fetch.hash.unknown-only":
        "Takes a hash that it cannot compute for a match on target files."
    RejectSeveralHashes "reject-several-hashes" breaks "fetch.hash.algorithms":
        "Refuses a target file for which several hashes are listed."
    RejectUnknownHashes "reject-unknown-hashes" breaks "fetch.hash.algorithms":
        "Refuses a target file with one hash that it cannot compute beside others."
    OnlySha256 "only-sha256" breaks "fetch.hash.algorithms":
        "Cannot compute other hashes than SHA-256."
    WriteTargetEarly "write-target-early" breaks "general.targets.withheld-until-verified":
        "Writes a target file before it has checked it."
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
