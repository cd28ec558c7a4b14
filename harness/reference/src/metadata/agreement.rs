//! Delegations to several roles that have to agree (TAP 3).

use std::collections::BTreeSet;

use crate::fault::{Fault, FaultSet};
use crate::fields::{Fields, Malformed, list, natural, text};
use crate::json::Value;
use crate::key::Keys;

use super::delegation::{Delegation, name, role_keys, selector, terminating};
use super::{Delegations, RoleKeys};

/// The delegations of signed metadata in the form of TAP 3, where `delegations` is a list and the keys stand beside it.
pub(super) fn delegations(signed: Fields<'_>, value: &Value, faults: FaultSet) -> Result<Delegations, Malformed> {
    let read_keys = |value| Keys::read(value, faults, Fault::SkipDelegatedKeyidCheck);
    let keys = signed.required("keys_for_delegations", read_keys)?;
    Ok(Delegations { keys, roles: list(value, |value| delegation(value, faults))?, bins: None })
}

fn delegation(value: &Value, faults: FaultSet) -> Result<Delegation, Malformed> {
    let fields = Fields::of(value)?;
    let known = ["name", "paths", "path_hash_prefixes", "terminating", "min_roles_in_agreement", "roleinfo"];
    fields.no_others(&known, faults)?;
    let mut roles = fields.required("roleinfo", |value| list(value, |value| role(value, faults)))?;
    let mut minimum = fields.required("min_roles_in_agreement", minimum)?;
    if faults.has(Fault::LowerUnreachableAgreement) {
        minimum = minimum.min(roles.len() as u64);
    }
    if faults.has(Fault::ShareKeysInAgreement) {
        let all: BTreeSet<String> = roles.iter().flat_map(|(_, keys)| keys.keyids.clone()).collect();
        for (_, keys) in &mut roles {
            keys.keyids.clone_from(&all);
        }
    }
    if faults.has(Fault::ShareThresholdInAgreement)
        && let Some(first) = roles.first().map(|(_, keys)| keys.threshold)
    {
        for (_, keys) in &mut roles {
            keys.threshold = first;
        }
    }
    Ok(Delegation {
        name: fields.required("name", text)?.to_owned(),
        roles,
        minimum: Some(minimum),
        selector: selector(fields, faults)?,
        terminating: terminating(fields, faults)?,
    })
}

fn role(value: &Value, faults: FaultSet) -> Result<(String, RoleKeys), Malformed> {
    let fields = Fields::of(value)?;
    fields.no_others(&["rolename", "keyids", "threshold"], faults)?;
    Ok((fields.required("rolename", name)?, role_keys(fields, faults)?))
}

/// If nobody had to agree, nobody would have to list the target.
fn minimum(value: &Value) -> Result<u64, Malformed> {
    match natural(value)? {
        0 => Err(Malformed::new("tap3.agreement.minimum-roles", "has to be greater than zero")),
        minimum => Ok(minimum),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn read(signed: &str) -> Result<Delegations, Malformed> {
        let value = json::read(signed.as_bytes(), FaultSet::empty()).unwrap();
        let signed = Fields::of(&value).unwrap();
        delegations(signed, &signed.0["delegations"], FaultSet::empty())
    }

    fn signed(minimum: &str, rolename: &str) -> String {
        let role = format!(r#"{{"rolename":"{rolename}","keyids":[],"threshold":1}}"#);
        let rest = format!(r#""min_roles_in_agreement":{minimum},"roleinfo":[{role}]"#);
        format!(r#"{{"keys_for_delegations":{{}},"delegations":[{{"name":"all","paths":["x/*"],{rest}}}]}}"#)
    }

    #[test]
    fn a_delegation_to_one_of_one_is_a_candidate_for_its_paths() {
        let delegations = read(&signed("1", "a")).unwrap();
        let candidates = delegations.candidates("x/y", FaultSet::empty());
        let [candidate] = candidates.as_slice() else { panic!("{candidates:?}") };
        assert_eq!((candidate.roles[0].name.as_str(), candidate.minimum), ("a", Some(1)));
        assert!(candidate.selected && !candidate.terminating);
    }

    #[test]
    fn what_says_less_than_the_format_wants_is_refused() {
        assert!(read(&signed("0", "a")).is_err());
        assert!(read(&signed("\"1\"", "a")).is_err());
        assert!(read(&signed("1", "root")).is_err());
        assert!(read(r#"{"delegations":[]}"#).is_err());
    }
}
