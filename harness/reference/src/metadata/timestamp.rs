//! The timestamp (section 4.6).

use crate::fault::{Fault, FaultSet};
use crate::fields::{Fields, Malformed};

use super::{Content, Description};

/// The content of a timestamp file: which snapshot is current.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Timestamp {
    pub(crate) snapshot: Description,
}

impl Content for Timestamp {
    /// The file has to describe the snapshot. Whoever writes it may describe nothing else, but no step asks the
    /// client to refuse further entries: they are ignored like other unknown members.
    fn read(signed: Fields<'_>, faults: FaultSet) -> Result<Self, Malformed> {
        let meta = signed.required("meta", Fields::of)?;
        if !meta.0.contains_key("snapshot.json") {
            if faults.has(Fault::AssumeAnnouncedSnapshot) {
                return Ok(Self { snapshot: Description::FIRST });
            }
            let error = Malformed::new("timestamp.meta.snapshot-entry-required", "does not describe snapshot.json");
            return Err(error.within("meta"));
        }
        if meta.0.len() > 1 && faults.has(Fault::RejectFurtherEntries) {
            return Err(Malformed::new("timestamp.meta.only-snapshot", "describes another file").within("meta"));
        }
        let snapshot = meta.required("snapshot.json", |value| Description::read(value, faults));
        Ok(Self { snapshot: snapshot.map_err(|error| error.within("meta"))? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn read(text: &str) -> Result<Timestamp, Malformed> {
        let value = json::read(text.as_bytes(), FaultSet::empty()).unwrap();
        Timestamp::read(Fields::of(&value)?, FaultSet::empty())
    }

    #[test]
    fn a_timestamp_describes_the_snapshot() {
        let timestamp = read(r#"{"meta":{"snapshot.json":{"version":3,"length":7},"other.json":null}}"#).unwrap();
        assert_eq!(timestamp.snapshot, Description { version: 3, length: Some(7), hashes: None });
    }

    #[test]
    fn a_timestamp_that_does_not_describe_the_snapshot_is_refused() {
        let refusal =
            read(r#"{"meta":{"targets.json":{"version":3}}}"#).unwrap_err().refuse("timestamp", FaultSet::empty());
        assert_eq!(refusal.requirement, "timestamp.meta.snapshot-entry-required");
    }
}
