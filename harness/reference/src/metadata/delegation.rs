//! Delegations (section 4.5) and succinct hash bins (TAP 15).

use std::collections::BTreeSet;

use crate::fault::{Fault, FaultSet};
use crate::fields::{Fields, Malformed, boolean, list, natural, text, texts};
use crate::json::Value;
use crate::key::Keys;
use crate::quorum::Quorum;
use crate::selector::{Bins, Selector};

use super::RoleKeys;

/// Names that a delegated role may not have: its file would take the place of another in the store. The name
/// `targets` is harmless, because that role has been visited before any delegation is looked at.
const RESERVED: [&str; 3] = ["root", "timestamp", "snapshot"];

/// The delegations of a role. The format allows either a list of roles or succinct bins; that of TAP 3, which
/// [`super::agreement`] reads, a list of delegations to several roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Delegations {
    pub(super) keys: Keys,
    pub(super) roles: Vec<Delegation>,
    pub(super) bins: Option<(Bins, RoleKeys)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Delegation {
    pub(super) name: String,
    /// The delegated roles by name, in order of appearance.
    pub(super) roles: Vec<(String, RoleKeys)>,
    /// How many of the roles have to agree, in a delegation in the form of TAP 3.
    pub(super) minimum: Option<u64>,
    pub(super) selector: Selector,
    pub(super) terminating: bool,
}

/// One delegation as the search sees it.
#[derive(Debug)]
pub(crate) struct Candidate<'a> {
    /// The delegated role, or several if they have to agree.
    pub(crate) roles: Vec<Delegatee<'a>>,
    /// How many of the roles have to agree, in a delegation in the form of TAP 3.
    pub(crate) minimum: Option<u64>,
    pub(crate) terminating: bool,
    /// Whether the delegated roles are trusted for the target.
    pub(crate) selected: bool,
    /// How long the longest pattern of the delegation is.
    pub(crate) longest: usize,
}

/// A delegated role, and who has to sign for it.
#[derive(Debug)]
pub(crate) struct Delegatee<'a> {
    pub(crate) name: String,
    pub(crate) quorum: Quorum<'a>,
}

impl Delegations {
    pub(crate) fn read(value: &Value, faults: FaultSet) -> Result<Self, Malformed> {
        let fields = Fields::of(value)?;
        fields.no_others(&["keys", "roles", "succinct_roles"], faults)?;
        let keys = fields.required("keys", |value| Keys::read(value, faults, Fault::SkipDelegatedKeyidCheck))?;
        let roles = fields.optional("roles", |value| list(value, |value| Delegation::read(value, faults)))?;
        let bins = fields.optional("succinct_roles", |value| bins(value, faults))?;
        if roles.is_some() == bins.is_some() && !(bins.is_some() && faults.has(Fault::AcceptRolesAndBins)) {
            return Err(Malformed::new("tap15.exclusive-with-roles", "needs either roles or succinct_roles"));
        }
        let roles = roles.unwrap_or_default();
        let mut names = BTreeSet::new();
        if let Some(twice) = roles.iter().find(|role| !names.insert(&role.name))
            && !faults.has(Fault::AcceptDuplicateDelegations)
        {
            let cause = format!("delegates to {:?} twice", twice.name);
            return Err(Malformed::new("delegation.role-name.unique", cause).within("roles"));
        }
        Ok(Self { keys, roles, bins })
    }

    /// These delegations and, after them, those of `before` to roles that are not among them.
    pub(crate) fn beside(mut self, before: Self) -> Self {
        let names: BTreeSet<String> = self.roles.iter().map(|role| role.name.clone()).collect();
        self.roles.extend(before.roles.into_iter().filter(|role| !names.contains(&role.name)));
        self.keys.add(before.keys);
        self
    }

    /// Whether it is one of these delegations that has this quorum.
    pub(crate) fn have(&self, quorum: Quorum<'_>) -> bool {
        std::ptr::eq(&raw const self.keys, quorum.keys)
    }

    /// Who has to sign for a role, if it is one of the listed ones.
    pub(crate) fn quorum(&self, role: &str) -> Option<Quorum<'_>> {
        let (_, role) = self.roles.iter().flat_map(|listed| &listed.roles).find(|(name, _)| name == role)?;
        Some(Quorum { keys: &self.keys, role, any_key: Fault::AnyKeyOfDelegator })
    }

    /// The keys that they list.
    pub(crate) const fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The delegations for a target, in order of appearance.
    pub(crate) fn candidates(&self, path: &str, faults: FaultSet) -> Vec<Candidate<'_>> {
        let delegatee = |name, role| {
            let quorum = Quorum { keys: &self.keys, role, any_key: Fault::AnyKeyOfDelegator };
            Delegatee { name, quorum }
        };
        let listed = self.roles.iter().map(|delegation| Candidate {
            roles: delegation.roles.iter().map(|(name, keys)| delegatee(name.clone(), keys)).collect(),
            minimum: delegation.minimum,
            terminating: delegation.terminating,
            selected: delegation.selector.selects(path, faults),
            longest: delegation.selector.longest(),
        });
        let bin = self.bins.iter().flat_map(|(bins, keys)| {
            let names = if faults.has(Fault::SearchEveryBin) { bins.all() } else { vec![bins.name(path, faults)] };
            names.into_iter().map(move |name| Candidate {
                roles: vec![delegatee(name, keys)],
                minimum: None,
                // TAP 15: succinct delegations never terminate the search.
                terminating: faults.has(Fault::TerminatingBins),
                selected: true,
                longest: 0,
            })
        });
        listed.chain(bin).collect()
    }
}

impl Delegation {
    fn read(value: &Value, faults: FaultSet) -> Result<Self, Malformed> {
        let fields = Fields::of(value)?;
        let known = ["name", "keyids", "threshold", "terminating", "paths", "path_hash_prefixes"];
        fields.no_others(&known, faults)?;
        let name = fields.required("name", name)?;
        Ok(Self {
            name: name.clone(),
            roles: vec![(name, role_keys(fields, faults)?)],
            minimum: None,
            selector: selector(fields, faults)?,
            terminating: terminating(fields, faults)?,
        })
    }
}

/// The format shows the member as mandatory, the example of section 4.5 leaves it out: missing means no.
pub(super) fn terminating(fields: Fields<'_>, faults: FaultSet) -> Result<bool, Malformed> {
    Ok(fields.optional("terminating", boolean)?.unwrap_or(faults.has(Fault::AssumeTerminating)))
}

pub(crate) fn name(value: &Value) -> Result<String, Malformed> {
    let name = text(value)?;
    if name.is_empty() || RESERVED.contains(&name) {
        let cause = format!("{name:?} cannot be the name of a delegated role");
        return Err(Malformed::new("delegated.role-name.safe-storage", cause));
    }
    Ok(name.to_owned())
}

pub(super) fn role_keys(fields: Fields<'_>, faults: FaultSet) -> Result<RoleKeys, Malformed> {
    RoleKeys::read(fields, "delegation.threshold.positive", faults.has(Fault::AcceptDelegatedThresholdZero))
}

pub(super) fn selector(fields: Fields<'_>, faults: FaultSet) -> Result<Selector, Malformed> {
    let (paths, prefixes) = (fields.optional("paths", texts)?, fields.optional("path_hash_prefixes", texts)?);
    match (paths, prefixes) {
        (Some(_), Some(_)) if !faults.has(Fault::AcceptBothSelectors) => {
            Err(Malformed::new("delegation.paths.exclusive-with-prefixes", "has both paths and path_hash_prefixes"))
        }
        (Some(paths), _) => Ok(Selector::Paths(paths)),
        (None, Some(prefixes)) => Ok(Selector::HashPrefixes(prefixes)),
        (None, None) => Ok(Selector::Nothing),
    }
}

fn bins(value: &Value, faults: FaultSet) -> Result<(Bins, RoleKeys), Malformed> {
    let fields = Fields::of(value)?;
    let prefix = fields.required("name_prefix", text)?.to_owned();
    let bits = fields.required("bit_length", natural)?;
    let lowest = u64::from(!faults.has(Fault::AcceptAnyBitLength));
    let bits = u32::try_from(bits).ok().filter(|bits| (lowest..=32).contains(&u64::from(*bits)));
    let error = || Malformed::new("tap15.bit-length.range", "has to be an integer from 1 to 32").within("bit_length");
    let mut keys = role_keys(fields, faults)?;
    if faults.has(Fault::OneSignatureOnBins) {
        keys.threshold = keys.threshold.min(1);
    }
    Ok((Bins { prefix, bits: bits.ok_or_else(error)? }, keys))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn refused(text: &str) -> &'static str {
        let value = json::read(text.as_bytes(), FaultSet::empty()).unwrap();
        Delegations::read(&value, FaultSet::empty()).unwrap_err().refuse("targets", FaultSet::empty()).requirement
    }

    fn role(name: &str, more: &str) -> String {
        format!(r#"{{"name":"{name}","keyids":[],"threshold":1{more}}}"#)
    }

    fn roles(roles: &[String]) -> String {
        format!(r#"{{"keys":{{}},"roles":[{}]}}"#, roles.join(","))
    }

    #[test]
    fn the_delegations_of_an_example_are_candidates_in_order_of_appearance() {
        let text = roles(&[role("b", r#","paths":["x/*"]"#), role("a", r#","paths":["*"],"terminating":true"#)]);
        let value = json::read(text.as_bytes(), FaultSet::empty()).unwrap();
        let delegations = Delegations::read(&value, FaultSet::empty()).unwrap();
        let candidates = delegations.candidates("x/y", FaultSet::empty());
        let seen: Vec<_> =
            candidates.iter().map(|found| (&*found.roles[0].name, found.selected, found.terminating)).collect();
        assert_eq!(seen, [("b", true, false), ("a", false, true)]);
    }

    #[test]
    fn two_delegations_to_one_name_are_refused() {
        assert_eq!(refused(&roles(&[role("a", ""), role("a", "")])), "delegation.role-name.unique");
    }

    #[test]
    fn a_role_that_would_overwrite_another_file_is_refused() {
        assert_eq!(refused(&roles(&[role("root", "")])), "delegated.role-name.safe-storage");
    }

    #[test]
    fn paths_and_hash_prefixes_together_are_refused() {
        let both = role("a", r#","paths":[],"path_hash_prefixes":[]"#);
        assert_eq!(refused(&roles(&[both])), "delegation.paths.exclusive-with-prefixes");
    }

    #[test]
    fn bins_have_between_1_and_32_bits() {
        for bits in ["0", "33", "\"8\""] {
            let bins = format!(r#"{{"keyids":[],"threshold":1,"name_prefix":"b","bit_length":{bits}}}"#);
            let text = format!(r#"{{"keys":{{}},"succinct_roles":{bins}}}"#);
            let expected = if bits == "\"8\"" { "format.parse.unambiguous" } else { "tap15.bit-length.range" };
            assert_eq!(refused(&text), expected);
        }
    }

    #[test]
    fn roles_and_bins_exclude_each_other() {
        assert_eq!(refused(r#"{"keys":{}}"#), "tap15.exclusive-with-roles");
    }
}
