//! Delegations to several roles that have to agree (TAP 3).

macro_rules! agreement {
    ([$($rest:ident)*] $($before:tt)*) => {
        collect! { [$($rest)*] $($before)*
            FirstRoleDecides "first-role-decides" breaks "tap3.agreement.minimum-roles":
                "Takes what the first of several roles says and does not ask the others."
            AnyRoleDecides "any-role-decides" breaks "tap3.unsupported-client.fails-closed"
                and "tap3.agreement.minimum-roles":
                "Takes a delegation to several roles for one to each of them."
            AllRolesHaveToAgree "all-roles-have-to-agree" breaks "tap3.agreement.minimum-roles":
                "Wants all of several roles to agree, whatever number is stated."
            AgreeOnLength "agree-on-length" breaks "tap3.agreement.minimum-roles":
                "Compares only the lengths of what several roles describe."
            AgreeOnHashes "agree-on-hashes" breaks "tap3.agreement.minimum-roles":
                "Compares only the hashes of what several roles describe."
            AgreeOnOneHash "agree-on-one-hash" breaks "tap3.agreement.minimum-roles":
                "Lets one common hash be enough for several roles to agree."
            SilentRolesAgree "silent-roles-agree" breaks "tap3.agreement.minimum-roles":
                "Counts a role that does not list the target among those that agree."
            CountRoleTwiceInAgreement "count-role-twice-in-agreement" breaks "tap3.agreement.minimum-roles":
                "Counts a role that is listed twice in a delegation as two that agree."
            LowerUnreachableAgreement "lower-unreachable-agreement" breaks "tap3.agreement.minimum-roles":
                "Wants no more roles to agree than are listed, though a larger number is stated."
            AgreeOnCustomData "agree-on-custom-data" breaks "tap3.agreement.custom-may-differ":
                "Compares the custom data of what several roles describe as well."
            ShareKeysInAgreement "share-keys-in-agreement" breaks "tap3.role.own-keys-and-threshold":
                "Lets the keys of each of several roles sign for the others."
            ShareThresholdInAgreement "share-threshold-in-agreement" breaks "tap3.role.own-keys-and-threshold":
                "Uses the threshold of the first of several roles for all of them."
            FirstToReachAgreement "first-to-reach-agreement" breaks "tap3.conflict.earliest-role-wins":
                "Goes through several roles and stops as soon as enough of them agree on something."
            LargestAgreementDecides "largest-agreement-decides" breaks "tap3.conflict.earliest-role-wins":
                "Takes what most of several roles agree on, not what the earliest role does."
            SkipMissingInAgreement "skip-missing-in-agreement" breaks "tap3.missing-role.aborts":
                "Goes on with the others if one of several roles cannot be fetched."
            SkipUnverifiedInAgreement "skip-unverified-in-agreement" breaks "tap3.missing-role.aborts":
                "Goes on with the others if one of several roles cannot be verified."
            DisagreementGoesOn "disagreement-goes-on" breaks "tap3.terminating.mismatch-is-error":
                "Searches on after a terminating delegation to several roles that contradict each other."
            SilenceGoesOn "silence-goes-on" breaks "tap3.terminating.mismatch-is-error":
                "Searches on after a terminating delegation to several roles of which too few list the target."
            SilenceIsDisagreement "silence-is-disagreement" breaks "tap3.non-terminating.nobody-lists.continues":
                "Ends the search if none of several roles lists the target."
        }
    };
}
