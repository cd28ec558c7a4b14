//! Delegations and delegated targets files.

macro_rules! delegations {
    ([$($rest:ident)*] $($before:tt)*) => {
        collect! { [$($rest)*] $($before)*
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
            VersionedDelegatedRequest "versioned-delegated-request" breaks "delegated.request.name.plain":
                "Asks for delegated files by version though snapshots are not consistent."
            EncodeRoleNameTwice "encode-role-name-twice" breaks "delegated.role-name.url-encoding":
                "Encodes a character of a role name that means something in a URL twice."
            ResolveRoleNames "resolve-role-names" breaks "delegated.role-name.safe-storage":
                "Stores a delegated file where its role name leads to as a path."
            SkipDelegatedLength "skip-delegated-length" breaks "delegated.length-limit":
                "Does not compare delegated files with the length in the snapshot."
            UseUnlistedRoles "use-unlisted-roles" breaks "snapshot.meta.unlisted-role.unusable":
                "Uses version 1 of a delegated role that the snapshot does not list."
            SkipDelegatedHash "skip-delegated-hash" breaks "delegated.hash.matches-snapshot":
                "Does not compare delegated files with the hashes in the snapshot."
            SkipDelegatedSignatures "skip-delegated-signatures" breaks "delegated.signature.quorum":
                "Does not verify the signatures on delegated files."
            IgnoreDelegatedThreshold "ignore-delegated-threshold" breaks "delegated.signature.quorum":
                "Takes one signature for enough on delegated files."
            CountDelegatedKeyTwice "count-delegated-key-twice" breaks "delegated.signature.key-counts-once"
                and "delegated.signature.keyid-counts-once" and "tap12.threshold.by-key-content":
                "Counts a key of a delegated role once for each identifier or signature."
            DelegatedKeysOfTargets "delegated-keys-of-targets" breaks "delegation.keys.from-delegator":
                "Lets the keys of the top-level targets role sign for delegated roles."
            KeysByRoleName "keys-by-role-name" breaks "delegated.signature.per-delegator":
                "Verifies a role with the keys that the top-level targets file has for its name, whoever delegates to it."
            OneTableOfKeys "one-table-of-keys" breaks "tap12.keyid.scope-is-delegator":
                "Keeps the keys of all delegations in one table, in which the latest of an identifier stands."
            KeysOfRootFirst "keys-of-root-first" breaks "tap12.keyid.scope-is-delegator":
                "Looks a key identifier of a delegation up in root, and then in the role that delegates."
            OneIdentifierPerKey "one-identifier-per-key" breaks "tap12.threshold.again-for-another-delegator":
                "Knows a key of a delegated role only by the identifier under which it met it first."
            RememberVerdicts "remember-verdicts" breaks "delegated.signature.per-delegator":
                "Verifies a delegated role only once in a run, whoever delegates to it."
            SkipNestedSignatures "skip-nested-signatures" breaks "delegated.signature.quorum":
                "Does not verify the signatures on roles that a delegated role delegates to."
            SkipNestedHash "skip-nested-hash" breaks "delegated.hash.matches-snapshot":
                "Does not compare roles that a delegated role delegates to with the hashes in the snapshot."
            SkipNestedVersionMatch "skip-nested-version-match" breaks "delegated.version.matches-snapshot":
                "Does not compare the version of roles that a delegated role delegates to with the listed one."
            SkipNestedExpiry "skip-nested-expiry" breaks "delegated.expiry":
                "Does not look at the expiry of roles that a delegated role delegates to."
            ReuseNestedUnverified "reuse-nested-unverified" breaks "delegated.signature.per-delegator":
                "Uses a stored file of a role that a delegated role delegates to without verifying it."
            DelegatedMayBeNewer "delegated-may-be-newer" breaks "delegated.version.matches-snapshot":
                "Accepts a delegated file that is newer than listed."
            HashReplacesDelegatedVersion "hash-replaces-delegated-version" breaks "delegated.version.matches-snapshot":
                "Does not compare the version of a delegated file that has the listed hashes."
            UnknownDelegatedHashMatches "unknown-delegated-hash-matches" breaks "delegated.hash.matches-snapshot":
                "Takes a delegated file for which no hash can be computed for one without a listed hash."
            AcceptDelegatedExpiryBoundary "accept-delegated-expiry-boundary" breaks "delegated.expiry":
                "Accepts a delegated file that expires at the very second of the start."
            LowerDelegatedThreshold "lower-delegated-threshold" breaks "delegated.signature.quorum":
                "Wants no more signatures on a delegated file than keys are listed for it."
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
            KeepRevokedDelegations "keep-revoked-delegations" breaks "delegation.revocation.by-omission":
                "Goes on with delegations of its stored targets file that a new one has dropped."
            DelegateesFirst "delegatees-first" breaks "delegation.delegator-keeps-trust"
                and "delegation.search.stop-when-found":
                "Believes a delegated role ahead of the role that delegates to it."
            BreadthFirst "breadth-first" breaks "delegation.search.preorder-dfs":
                "Looks at all delegations of a role before it descends into one."
            LastDelegationFirst "last-delegation-first" breaks "delegation.search.order-of-appearance"
                and "delegation.priority.order":
                "Tries delegations in reverse order."
            MostSpecificFirst "most-specific-first" breaks "delegation.search.order-of-appearance"
                and "delegation.priority.order":
                "Tries delegations with longer patterns first."
            TerminatingFirst "terminating-first" breaks "delegation.search.order-of-appearance"
                and "delegation.priority.order":
                "Tries terminating delegations before the others."
            LastResultWins "last-result-wins" breaks "delegation.result.first-wins"
                and "delegation.search.stop-when-found":
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
            VisitRolesWithoutLimit "visit-roles-without-limit" breaks "delegation.search.max-roles":
                "Searches for a target in any number of roles."
            NoNestedDelegations "no-nested-delegations" breaks "delegation.nested":
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
            StarNeedsCharacter "star-needs-character" breaks "delegation.pathpattern.star":
                "Lets an asterisk match only where there is a character for it."
            QuestionMarkIsStar "question-mark-is-star" breaks "delegation.pathpattern.question-mark":
                "Takes a question mark in a pattern for an asterisk."
            IgnoreCase "ignore-case" breaks "delegation.pathpattern.case-sensitive":
                "Does not distinguish letter case in patterns."
            BracketsAreLiteral "brackets-are-literal" breaks "delegation.pathpattern.brackets-and-specials":
                "Takes brackets in patterns for ordinary characters."
            PatternAsExpression "pattern-as-expression" breaks "delegation.pathpattern.literal"
                and "delegation.partial-trust.scope":
                "Makes a regular expression of a pattern without masking what has a meaning there."
            SlashBeforePattern "slash-before-pattern" breaks "delegation.pathpattern.literal":
                "Passes over a separator at the start of a pattern."
            SegmentsRunOut "segments-run-out" breaks "delegation.pathpattern.literal":
                "Compares a path with a pattern segment by segment, and stops when the path has no more."
            LiteralIsPrefix "literal-is-prefix" breaks "delegation.pathpattern.literal":
                "Lets a pattern match every path that begins with it."
            EmptySelectorMatchesAll "empty-selector-matches-all" breaks "delegation.paths.any-pattern"
                and "delegation.path-hash-prefixes.match":
                "Takes an empty list of patterns or hash prefixes for one of every path."
            OnlyFirstPattern "only-first-pattern" breaks "delegation.paths.any-pattern":
                "Looks only at the first pattern of a delegation."
            HashOfFileName "hash-of-file-name" breaks "delegation.path-hash-prefixes.match":
                "Hashes the last segment of the path to find the bin."
            OnlyFirstPrefix "only-first-prefix" breaks "delegation.path-hash-prefixes.match":
                "Looks only at the first hash prefix of a delegation."
            ShortPrefix "short-prefix" breaks "delegation.path-hash-prefixes.match":
                "Does not compare the last digit of a hash prefix."
            FirstDigitOfPrefix "first-digit-of-prefix" breaks "delegation.path-hash-prefixes.match":
                "Compares only the first digit of a hash prefix."
            PrefixIgnoresCase "prefix-ignores-case" breaks "delegation.path-hash-prefixes.match":
                "Takes a hash prefix in capitals for the same one in small letters."
            PrefixAnywhere "prefix-anywhere" breaks "delegation.path-hash-prefixes.match":
                "Looks for a hash prefix anywhere in the hash."
            BinWithoutPadding "bin-without-padding" breaks "tap15.bins.name":
                "Writes the number of a succinct bin without leading zeros."
            BinByLastBits "bin-by-last-bits" breaks "tap15.bins.name":
                "Takes the number of a succinct bin from the last bits of the hash."
            OneSignatureOnBins "one-signature-on-bins" breaks "tap15.keys-threshold-shared":
                "Takes one signature for enough on succinct bins."
            SearchEveryBin "search-every-bin" breaks "tap15.unsupported-client.fails-closed" and "tap15.bins.name":
                "Takes each of the succinct bins for one of every path."
            TerminatingBins "terminating-bins" breaks "tap15.non-terminating":
                "Ends the search after a succinct bin."
            AcceptRolesAndBins "accept-roles-and-bins" breaks "tap15.exclusive-with-roles":
                "Accepts delegations that have both roles and succinct bins."
            AcceptAnyBitLength "accept-any-bit-length" breaks "tap15.bit-length.range":
                "Accepts succinct bins without a bit."
            // TAP 18: keys of a type that the client does not know.
            RequirePublicMember "require-public-member" breaks "tap18.unsupported-client.ignores-key":
                "Refuses metadata that lists a key without a public value, whatever its type."
            CountUnusableKeys "count-unusable-keys" breaks "tap18.unsupported-client.ignores-key":
                "Counts a signature that it cannot verify because it does not know the type of the key."
        }
    };
}
