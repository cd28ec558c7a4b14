//! Which keys a role has and how many of them have to sign (sections 4.3 and 4.5).

use std::collections::BTreeSet;

use crate::fields::{Fields, Malformed, natural, texts};
use crate::json::Value;

/// The keys of a role by identifier, and its threshold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RoleKeys {
    pub(crate) keyids: BTreeSet<String>,
    pub(crate) threshold: u64,
}

impl RoleKeys {
    /// Reads the members `keyids` and `threshold`. A threshold below one is refused, unless `accept_below_one`; one above
    /// the number of keys is not: such a role can never be satisfied.
    pub(crate) fn read(
        fields: Fields<'_>,
        requirement: &'static str,
        accept_below_one: bool,
    ) -> Result<Self, Malformed> {
        let threshold = |value: &Value| match natural(value) {
            Ok(threshold) if accept_below_one => Ok(threshold),
            Err(_) if accept_below_one && matches!(value, Value::Integer(..0)) => Ok(0),
            _ => positive(value, requirement),
        };
        let keyids = fields.required("keyids", texts)?.into_iter().collect();
        Ok(Self { keyids, threshold: fields.required("threshold", threshold)? })
    }

    /// A role that nobody has to sign for, for the fault of making one up.
    pub(crate) const fn nobody() -> Self {
        Self { keyids: BTreeSet::new(), threshold: 0 }
    }
}

/// A threshold, which has to be greater than zero.
pub(crate) fn positive(value: &Value, requirement: &'static str) -> Result<u64, Malformed> {
    match natural(value) {
        Ok(threshold) if threshold > 0 => Ok(threshold),
        _ => Err(Malformed::new(requirement, "has to be an integer greater than zero")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FaultSet;
    use crate::json;

    fn read(text: &str) -> Result<RoleKeys, Malformed> {
        let value = json::read(text.as_bytes(), FaultSet::empty()).unwrap();
        RoleKeys::read(Fields::of(&value)?, "root.threshold.positive", false)
    }

    #[test]
    fn a_key_that_is_listed_twice_is_one_key() {
        assert_eq!(read(r#"{"keyids":["a","a"],"threshold":2}"#).unwrap().keyids.len(), 1);
    }

    #[test]
    fn a_threshold_below_one_is_refused() {
        for threshold in ["0", "-1", "\"1\"", "null"] {
            let error = read(&format!(r#"{{"keyids":["a"],"threshold":{threshold}}}"#)).unwrap_err();
            assert_eq!(error.refuse("root", FaultSet::empty()).requirement, "root.threshold.positive");
        }
    }
}
