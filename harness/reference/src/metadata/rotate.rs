//! Rotate files (TAP 8).

use std::collections::BTreeMap;

use crate::fault::{Fault, FaultSet};
use crate::fields::{Fields, Malformed, natural, text};
use crate::json::Value;
use crate::key::Keys;

use super::RoleKeys;
use super::header::version;

/// What a rotate file says: which keys a role has from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rotate {
    pub(crate) role: String,
    pub(crate) version: u64,
    pub(crate) keys: Keys,
    /// All keys of the file are keys of the role.
    pub(crate) role_keys: RoleKeys,
}

impl Rotate {
    pub(crate) fn read(signed: &BTreeMap<String, Value>, faults: FaultSet) -> Result<Self, Malformed> {
        let signed = Fields(signed);
        let type_name = signed.required("_type", text)?;
        if type_name != "rotate" {
            let cause = format!("is {type_name:?}, not \"rotate\"");
            return Err(Malformed::new("tap8.rotation.chain-from-delegation", cause).within("_type"));
        }
        let positive = |value: &Value| match natural(value)? {
            0 => Err(Malformed::new("tap8.rotation.chain-from-delegation", "has to be greater than zero")),
            threshold => Ok(threshold),
        };
        let keys = signed.required("keys", |value| Keys::read(value, faults, Fault::SkipDelegatedKeyidCheck))?;
        Ok(Self {
            role: signed.required("role", text)?.to_owned(),
            version: signed.required("version", |value| version(value, faults))?,
            role_keys: RoleKeys { keyids: keys.ids(), threshold: signed.required("threshold", positive)? },
            keys,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn read(text: &str) -> Result<Rotate, Malformed> {
        let value = json::read(text.as_bytes(), FaultSet::empty()).unwrap();
        Rotate::read(Fields::of(&value)?.0, FaultSet::empty())
    }

    #[test]
    fn a_rotate_file_has_no_expiry_and_may_have_no_keys() {
        let rotate = read(r#"{"_type":"rotate","version":2,"role":"foo","keys":{},"threshold":1}"#).unwrap();
        assert_eq!((rotate.version, rotate.role.as_str(), rotate.role_keys.threshold), (2, "foo", 1));
        assert!(rotate.role_keys.keyids.is_empty());
    }

    #[test]
    fn what_is_no_rotate_file_is_refused() {
        assert!(read(r#"{"_type":"targets","version":1,"role":"foo","keys":{},"threshold":1}"#).is_err());
        assert!(read(r#"{"_type":"rotate","version":1,"role":"foo","keys":{},"threshold":0}"#).is_err());
        assert!(read(r#"{"_type":"rotate","role":"foo","keys":{},"threshold":1}"#).is_err());
    }
}
