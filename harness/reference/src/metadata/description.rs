//! How timestamp and snapshot describe a metadata file (section 4.4).

use crate::fault::{Fault, FaultSet};
use crate::fields::{Fields, Malformed, natural};
use crate::json::Value;

use super::hashes::Hashes;
use super::header::version;

/// The version of a metadata file and, if they are listed, its length and hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Description {
    pub(crate) version: u64,
    pub(crate) length: Option<u64>,
    pub(crate) hashes: Option<Hashes>,
}

impl Description {
    /// Of the first version, for the faults of making up what is not described.
    pub(crate) const FIRST: Self = Self { version: 1, length: None, hashes: None };

    pub(crate) fn read(value: &Value, faults: FaultSet) -> Result<Self, Malformed> {
        let fields = Fields::of(value)?;
        fields.no_others(&["version", "length", "hashes"], faults)?;
        let assumed = faults.has(Fault::AssumeDescribedVersion).then_some(Self::FIRST.version);
        let stated = fields.optional("version", |value| version(value, faults))?;
        Ok(Self {
            version: match stated.or(assumed) {
                Some(version) => version,
                None => fields.required("version", |value| version(value, faults))?,
            },
            length: fields.optional("length", natural)?,
            hashes: fields.optional("hashes", Hashes::read)?,
        })
    }
}
