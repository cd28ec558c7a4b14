//! Targets metadata, top-level and delegated (section 4.5).

use std::collections::BTreeMap;

use crate::fault::{Fault, FaultSet};
use crate::fields::{Fields, Malformed, natural, text};
use crate::json::Value;

use super::{Content, Delegations, Hashes, agreement};

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
    /// What the role says of it beside that, for the fault of comparing it.
    pub(crate) custom: Option<Value>,
}

impl TargetFile {
    /// The length of a target for a client with the fault of taking one without.
    pub(crate) const ANY_LENGTH: u64 = u64::MAX;
}

impl Content for Targets {
    fn read(signed: Fields<'_>, faults: FaultSet) -> Result<Self, Malformed> {
        let files = signed.required("targets", |value| Fields::of(value)?.each(|_, value| file(value, faults)))?;
        let delegations = signed.optional("delegations", |value| match value {
            Value::List(_) => agreement::delegations(signed, value, faults),
            _ => Delegations::read(value, faults),
        })?;
        let delegations = delegations.filter(|_| !faults.has(Fault::IgnoreDelegations));
        if faults.has(Fault::RejectEmptyTargets) && files.is_empty() && delegations.is_none() {
            return Err(Malformed::new("targets.empty.allowed", "is empty").within("targets"));
        }
        if faults.has(Fault::RequireDelegations) && delegations.is_none() {
            return Err(Malformed::new("targets.delegations.optional", "is missing").within("delegations"));
        }
        Ok(Self { files, delegations })
    }
}

fn file(value: &Value, faults: FaultSet) -> Result<TargetFile, Malformed> {
    let fields = Fields::of(value)?;
    fields.no_others(&["length", "hashes", "custom"], faults)?;
    let mut length = match fields.required("length", natural) {
        Err(_) if faults.has(Fault::AssumeTargetLength) => TargetFile::ANY_LENGTH,
        length => length?,
    };
    let hashes = if faults.has(Fault::AcceptUnhashedTargets) {
        fields.optional("hashes", Hashes::read)?.unwrap_or_default()
    } else {
        fields.required("hashes", Hashes::read)?
    };
    // What custom data says is for the application.
    if faults.has(Fault::CustomIsText) {
        fields.optional("custom", |value| Fields::of(value)?.each(|_, value| text(value).map(drop)))?;
    }
    if faults.has(Fault::LengthFromCustom) {
        let stated = fields.optional("custom", |value| Fields::of(value)?.optional("length", natural))?;
        length = stated.flatten().unwrap_or(length);
    }
    let compared = [Fault::AgreeOnCustomData, Fault::RepositoriesAgreeOnCustomData];
    let custom = fields.0.get("custom").filter(|_| compared.iter().any(|fault| faults.has(*fault))).cloned();
    Ok(TargetFile { length, hashes, custom })
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
