//! Reading metadata: JSON, signatures, keys, and what all of it has.

macro_rules! reading {
    ([$($rest:ident)*] $($before:tt)*) => {
        collect! { [$($rest)*] $($before)*
            // Section 4.1: reading.
            AcceptDuplicateMembers "accept-duplicate-members" breaks "format.parse.unambiguous":
                "Takes the last of several JSON members with the same name."
            AcceptTrailingData "accept-trailing-data" breaks "format.parse.unambiguous":
                "Ignores what follows the JSON document in a metadata file."
            CrashOnNoJson "crash-on-no-json" breaks "general.failure.detected" and "workflow.recoverable-after-failure":
                "Crashes when a metadata file is not JSON at all."
            CrashOnNoObject "crash-on-no-object"
                breaks "general.failure.detected" and "workflow.recoverable-after-failure":
                "Crashes when a metadata file is JSON, but not an object."
            CrashOnAnotherType "crash-on-another-type"
                breaks "general.failure.detected" and "workflow.recoverable-after-failure":
                "Crashes when a member of a metadata file is of another type than it has to be."
            EscapeControlCharacters "escape-control-characters" breaks "format.canonicalisation":
                "Escapes control characters in the canonical form, which has them as they are."
            SortIgnoringCase "sort-ignoring-case" breaks "format.canonicalisation":
                "Sorts members for the canonical form as if there were no capital letters."
            RequireCanonicalFile "require-canonical-file" breaks "format.canonicalisation":
                "Refuses metadata files with white space or with members in another order."
            HashCanonicalForm "hash-canonical-form"
                breaks "snapshot.meta.hashes-present.supported" and "format.canonicalisation":
                "Computes the listed hashes of a metadata file over its canonical form, not over its bytes."
            RejectUnknownFields "reject-unknown-fields"
                breaks "format.unknown-fields.covered-by-signature" and "format.unknown-fields.tolerated":
                "Refuses metadata with a member that it does not know."
            RejectUnknownInnerFields "reject-unknown-inner-fields" breaks "format.unknown-fields.tolerated":
                "Refuses metadata in which a role, a description or a signature has a member that it does not know."
            DropUnknownFields "drop-unknown-fields" breaks "format.unknown-fields.covered-by-signature":
                "Leaves members that it does not know out of what it verifies."
            StoreKnownFields "store-known-fields" breaks "format.unknown-fields.kept-on-rewrite":
                "Leaves members that it does not know out of what it stores."
            IgnoreDelegations "ignore-delegations" breaks "general.roles.delegation-possible":
                "Reads targets metadata without its delegations."
            // Section 4.2.1: signatures.
            AcceptDuplicateKeyids "accept-duplicate-keyids" breaks "signature.duplicates.metadata-rejected":
                "Accepts several signatures with one key identifier, though it counts them once."
            CountEmptySignatures "count-empty-signatures" breaks "signature.encoding.hex":
                "Counts an empty signature as valid."
            OnlyFirstSignatures "only-first-signatures" breaks "signature.unauthorised-keys.ignored":
                "Looks at no more signatures than the threshold asks for."
            TwoSignaturesSuffice "two-signatures-suffice" breaks "timestamp.signature.quorum"
                and "general.roles.multi-key-threshold":
                "Takes two signatures for enough, however many are needed."
            RejectInvalidSignatures "reject-invalid-signatures" breaks "timestamp.signature.invalid-extra-tolerated":
                "Refuses metadata with one invalid signature by a trusted key, whatever the others are."
            StopAtInvalidSignature "stop-at-invalid-signature" breaks "timestamp.signature.invalid-extra-tolerated":
                "Looks at no further signature after one that is not valid."
            RejectForeignSignatures "reject-foreign-signatures" breaks "signature.unauthorised-keys.ignored":
                "Refuses metadata that carries a signature by a key that the role does not have."
            AnyKeyOfRoot "any-key-of-root" breaks "signature.unauthorised-keys.ignored":
                "Lets any key that root lists sign for any top-level role."
            RootKeysSignForAll "root-keys-sign-for-all" breaks "targets.signature.quorum"
                and "snapshot.signature.quorum"
                and "timestamp.signature.quorum":
                "Lets the keys of the root role sign for the other top-level roles too."
            AnyKeyOfDelegator "any-key-of-delegator" breaks "delegation.keys.from-delegator":
                "Lets any key that the delegating role lists sign for any of its delegated roles."
            // Section 4.2.2: keys.
            NoEd25519 "no-ed25519" breaks "key.ed25519":
                "Cannot verify signatures by Ed25519 keys."
            EcdsaWithoutDer "ecdsa-without-der" breaks "key.ecdsa.nistp256":
                "Takes an ECDSA signature for two numbers of fixed length, which is not how it is encoded."
            HexadecimalEcdsaKeys "hexadecimal-ecdsa-keys" breaks "key.types.no-redefinition":
                "Understands ECDSA keys in hexadecimal besides those in PEM."
            RsaWithoutPss "rsa-without-pss" breaks "key.rsa.pss-sha256":
                "Verifies RSA signatures by PKCS #1 v1.5 instead of PSS."
            AnyEcdsaSignature "any-ecdsa-signature" breaks "key.ecdsa.nistp256":
                "Takes whatever stands for the signature of an ECDSA key for a good one."
            AnyRsaSignature "any-rsa-signature" breaks "key.rsa.pss-sha256":
                "Takes whatever stands for the signature of an RSA key for a good one."
            CountShortRsaKeys "count-short-rsa-keys" breaks "key.rsa.minimum-2048":
                "Counts signatures by RSA keys of any length."
            RsaLengthInBytes "rsa-length-in-bytes" breaks "key.rsa.minimum-2048":
                "Takes the length of an RSA key in whole bytes, so that one of 2047 bits is long enough."
            IgnoreScheme "ignore-scheme"
                breaks "key.scheme.unknown-or-mismatched.not-counted" and "key.scheme.bound-to-key":
                "Chooses the signature scheme by the type of the key, whatever scheme the key states."
            TrustMethodHint "trust-method-hint" breaks "key.method-hint.ignored":
                "Verifies a signature by the method that stands beside it, whatever scheme the key states."
            RejectUnknownKeyTypes "reject-unknown-key-types" breaks "key.types.extensible":
                "Refuses metadata that lists a key of a type that it does not know."
            SkipRootKeyidCheck "skip-root-keyid-check" breaks "root.keyid.recomputed":
                "Takes the key identifiers in root as they are."
            SkipDelegatedKeyidCheck "skip-delegated-keyid-check" breaks "root.keyid.one-key-per-id"
                and "delegation.keyid.recomputed":
                "Takes the key identifiers in delegations as they are."
            // TAP 12: identifiers of keys as names.
            RecomputeDelegatedKeyids "recompute-delegated-keyids" breaks "tap12.keyid.opaque":
                "Computes the key identifiers in delegations although they may be any names."
            DecodeKeyids "decode-keyids" breaks "tap12.keyid.opaque":
                "Takes key identifiers for hexadecimal although they may be any names."
            CompareKeyObjects "compare-key-objects" breaks "tap12.threshold.by-key-content":
                "Takes two key objects for two keys if any of their members differs."
            CompareKeysAsWritten "compare-keys-as-written" breaks "tap12.threshold.by-key-content":
                "Takes one key for two if its public value is written in two ways."
            RefuseRepeatedKeyids "refuse-repeated-keyids" breaks "tap12.signatures.try-all-with-keyid":
                "Refuses metadata with two signatures of one identifier although it may stand for two keys."
            FirstSignatureOfKeyid "first-signature-of-keyid" breaks "tap12.signatures.try-all-with-keyid":
                "Looks only at the first of several signatures of one identifier."
            LastSignatureOfKeyid "last-signature-of-keyid" breaks "tap12.signatures.try-all-with-keyid":
                "Looks only at the last of several signatures of one identifier."
            KeyidOfKnownMembers "keyid-of-known-members" breaks "keyid.hash-algorithms-field.no-effect":
                "Computes key identifiers over the members of the key that it knows."
            // Sections 4.2.1 and 4.3: what all metadata has.
            AssumeType "assume-type" breaks "format.fields.required":
                "Takes a file that states no type for one of the type that is needed."
            AssumeSpecVersion "assume-spec-version" breaks "format.fields.required":
                "Takes a file that states no version of the specification for one of a version that it knows."
            AssumeFirstVersion "assume-first-version" breaks "format.fields.required":
                "Takes a file that states no version for the first version."
            NoExpiryMeansForever "no-expiry-means-forever" breaks "format.fields.required":
                "Takes a file that states no expiry for one that never expires."
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
            NextMajorSpecVersion "next-major-spec-version" breaks "metadata.spec-version.checked":
                "Takes version 2 of the specification for one that it knows."
            UnreadableSpecVersionMatches "unreadable-spec-version-matches" breaks "metadata.spec-version.checked":
                "Compares the version of the specification only if it begins with a number."
            RequireLatestSpecVersion "require-latest-spec-version" breaks "metadata.spec-version.checked":
                "Refuses files of another 1.x version of the specification than the latest."
            AcceptVersionZero "accept-version-zero" breaks "metadata.version.positive-integer":
                "Accepts the version number zero."
            AcceptVersionText "accept-version-text" breaks "metadata.version.positive-integer":
                "Accepts a version number in quotation marks."
            VersionWithoutSign "version-without-sign" breaks "metadata.version.positive-integer":
                "Takes a version below zero for one above it."
            BooleanVersion "boolean-version" breaks "metadata.version.positive-integer":
                "Takes a version that says true for the first version."
            RejectLargeVersions "reject-large-versions" breaks "metadata.version.maximum-recoverable":
                "Refuses version numbers that do not fit into 31 bits."
            VersionsAsFloats "versions-as-floats" breaks "metadata.version.maximum-recoverable":
                "Keeps version numbers as floating-point numbers, so that neighbours above 2^53 are equal."
            ExpiryByDay "expiry-by-day" breaks "metadata.expired.not-trusted":
                "Compares the days of expiry and start, and forgets the time of day."
            ExpiryPartByPart "expiry-part-by-part" breaks "metadata.expired.not-trusted":
                "Takes a date for past only if both its day and its time of day are."
            ExpiryInOneWord "expiry-in-one-word" breaks "datetime.parse.basic":
                "Counts the seconds of an expiry in 32 bits, which are not enough after 2038."
            ExpiryByMinute "expiry-by-minute" breaks "datetime.parse.basic":
                "Reads dates of expiry without their seconds."
            ExpiryInLocalTime "expiry-in-local-time" breaks "datetime.compare.utc":
                "Takes dates of expiry for local time, on a machine whose clock is fourteen hours ahead of UTC."
            AcceptExpiryBoundary "accept-expiry-boundary" breaks "root.expiry.boundary":
                "Accepts metadata that expires at the very second of the start."
            ExpireEarly "expire-early" breaks "root.expiry.boundary":
                "Takes metadata for expired in the last second before it is."
            UnreadableExpiryMeansForever "unreadable-expiry-means-forever" breaks "datetime.parse.other-forms":
                "Takes an expiry that it cannot read for one that never comes."
            DaysRollOver "days-roll-over" breaks "datetime.parse.other-forms":
                "Takes a day that a month does not have for one of the next month."
            LenientExpiry "lenient-expiry" breaks "datetime.parse.other-forms":
                "Understands expiry dates with fractions of a second and with an offset from UTC."
            AcceptRootThresholdZero "accept-root-threshold-zero" breaks "root.threshold.positive":
                "Accepts a threshold below one for a top-level role."
            CheckTimestampThresholdOnly "check-timestamp-threshold-only" breaks "root.threshold.positive":
                "Accepts a threshold below one for a top-level role, unless it is that of the timestamp."
        }
    };
}
