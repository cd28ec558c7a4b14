//! Reading metadata: JSON, signatures, keys, and what all of it has.

macro_rules! reading {
    ([$($rest:ident)*] $($before:tt)*) => {
        collect! { [$($rest)*] $($before)*
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
        }
    };
}
