//! Targets metadata, top-level and delegated (section 4.5).

use std::collections::BTreeMap;

use crate::fault::FaultSet;
use crate::fields::{Fields, Malformed, natural};
use crate::json::Value;

use super::{Content, Delegations, Hashes};

/// The content of a targets file: target files, and roles that may describe others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Targets {
    pub(crate) files: BTreeMap<String, TargetFile>,
    pub(crate) delegations: Option<Delegations>,
}

/// How a target file is described.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TargetFile {
    pub(crate) length: u64,
    pub(crate) hashes: Hashes,
}

impl Content for Targets {
    fn read(signed: Fields<'_>, faults: FaultSet) -> Result<Self, Malformed> {
        let file = |_: &str, value: &Value| {
            let fields = Fields::of(value)?;
            Ok(TargetFile {
                length: fields.required("length", natural)?,
                hashes: fields.required("hashes", Hashes::read)?,
            })
        };
        Ok(Self {
            files: signed.required("targets", |value| Fields::of(value)?.each(file))?,
            delegations: signed.optional("delegations", |value| Delegations::read(value, faults))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn read(text: &str) -> Result<Targets, Malformed> {
        let value = json::read(text.as_bytes(), FaultSet::empty()).unwrap();
        Targets::read(Fields::of(&value)?, FaultSet::empty())
    }

    #[test]
    fn no_targets_and_no_delegations_are_fine() {
        assert_eq!(read(r#"{"targets":{}}"#), Ok(Targets { files: BTreeMap::new(), delegations: None }));
    }

    #[test]
    fn a_target_without_length_or_hashes_is_refused() {
        assert!(read(r#"{"targets":{"a":{"length":1}}}"#).is_err());
        assert!(read(r#"{"targets":{"a":{"hashes":{}}}}"#).is_err());
        assert!(read(r#"{"targets":{"a":{"length":-1,"hashes":{}}}}"#).is_err());
    }
}
