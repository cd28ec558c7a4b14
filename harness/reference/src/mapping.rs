//! TAP 13: the targets role that a client is told to start from, instead of the one that root lists.

use crate::fault::{Fault, FaultSet};
use crate::fields::{Fields, Malformed};
use crate::json::{self, Value};
use crate::key::Keys;
use crate::metadata::{RoleKeys, positive, role_name};
use crate::quorum::Quorum;
use crate::refusal::Refusal;

/// The name of the role that root lists.
pub(crate) const TOP_LEVEL: &str = "targets";

/// The targets role that the search starts from.
#[derive(Debug)]
pub(crate) struct TargetsMapping {
    pub(crate) name: String,
    /// `None` for a client with the fault of going by what root lists.
    trusted: Option<(Keys, RoleKeys)>,
}

impl TargetsMapping {
    /// Reads what the client was told. Both a name and keys are needed.
    pub(crate) fn read(bytes: &[u8], faults: FaultSet) -> Result<Self, Refusal> {
        let value =
            json::read(bytes, faults).map_err(|error| Malformed::new(REQUIREMENT, error).refuse(WHAT, faults))?;
        Self::of(&value, faults).map_err(|error| error.refuse(WHAT, faults))
    }

    fn of(value: &Value, faults: FaultSet) -> Result<Self, Malformed> {
        let fields = Fields::of(value)?;
        let missing = |what: &str| Malformed::new(REQUIREMENT, format!("does not tell {what}"));
        let name = match fields.optional("targets_rolename", role_name)? {
            None if faults.has(Fault::MappingWithoutName) => TOP_LEVEL.to_owned(),
            name => name.ok_or_else(|| missing("the name of the role"))?,
        };
        let keys = fields.optional("keys", |value| Keys::read(value, faults, Fault::SkipDelegatedKeyidCheck))?;
        if keys.is_none() && faults.has(Fault::MappingWithoutKeys) || faults.has(Fault::MapNameOnly) {
            return Ok(Self { name, trusted: None });
        }
        let keys = keys.filter(|keys| !keys.is_empty()).ok_or_else(|| missing("the keys of the role"))?;
        let threshold = fields.required("threshold", |value| positive(value, REQUIREMENT))?;
        let threshold = if faults.has(Fault::IgnoreMappedThreshold) { 1 } else { threshold };
        let role = RoleKeys { keyids: keys.identifiers(), threshold };
        Ok(Self { name, trusted: Some((keys, role)) })
    }

    /// Who has to sign for the role. `listed` is who signs for the one that root lists.
    pub(crate) fn quorum<'a>(&'a self, listed: Quorum<'a>) -> Quorum<'a> {
        let Some((keys, role)) = &self.trusted else { return listed };
        Quorum { keys, role, any_key: listed.any_key }
    }
}

const REQUIREMENT: &str = "tap13.name-and-keys-both";
const WHAT: &str = "the configuration";

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::test_repository::{Play, id, key};

    fn told(more: &serde_json::Value) -> Vec<u8> {
        let mut told = json!({ "targets_rolename": "own", "threshold": 1, "keys": { id(9): key(9) } });
        for (name, value) in more.as_object().unwrap() {
            told[name] = value.clone();
        }
        told.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        told.to_string().into_bytes()
    }

    #[test]
    fn a_role_needs_a_name_and_keys() {
        assert!(TargetsMapping::read(&told(&json!({})), FaultSet::empty()).is_ok());
        for lacking in [
            json!({ "targets_rolename": null }),
            json!({ "keys": null }),
            json!({ "keys": {} }),
            json!({ "threshold": null }),
            json!({ "threshold": 0 }),
            json!({ "targets_rolename": "root" }),
        ] {
            assert!(TargetsMapping::read(&told(&lacking), FaultSet::empty()).is_err(), "{lacking}");
        }
    }

    #[test]
    fn the_search_starts_from_the_role_that_was_told() {
        let mut play = Play::honest();
        play.change(|repository| {
            repository.create("own", 9);
            repository.add("own", "a.txt", "own content");
            repository.publish("own");
            repository.release("snapshot");
        });
        play.client.start_from(Some(told(&json!({}))));
        play.download(&["a.txt"]).unwrap();
        assert_eq!(play.downloaded("a.txt"), Some("own content".to_owned()));
        assert_eq!((play.stored("own"), play.stored("targets")), (Some(1), None));
        play.client.start_from(Some(told(&json!({ "keys": null }))));
        assert_eq!(play.refused(), REQUIREMENT);
        assert!(!play.trace.last().unwrap().contains(".json\""));
    }
}
