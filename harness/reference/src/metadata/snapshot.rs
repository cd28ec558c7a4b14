//! The snapshot (section 4.4).

use std::collections::BTreeMap;

use crate::fault::{Fault, FaultSet};
use crate::fields::{Fields, Malformed};

use super::{Content, Description};

/// The content of a snapshot file: all targets metadata, by file name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Snapshot {
    pub(crate) meta: BTreeMap<String, Description>,
}

impl Snapshot {
    /// How the file of a role is described.
    pub(crate) fn description(&self, role: &str) -> Option<&Description> {
        self.meta.get(&format!("{role}.json"))
    }
}

impl Content for Snapshot {
    fn read(signed: Fields<'_>, faults: FaultSet) -> Result<Self, Malformed> {
        let read = |value| Fields::of(value)?.each(|_, value| Description::read(value, faults));
        let mut meta: BTreeMap<String, Description> = signed.required("meta", read)?;
        if !meta.contains_key("targets.json") {
            if faults.has(Fault::AssumeListedTargets) {
                meta.insert("targets.json".to_owned(), Description::FIRST);
                return Ok(Self { meta });
            }
            let error = Malformed::new("snapshot.meta.toplevel-targets-required", "does not list targets.json");
            return Err(error.within("meta"));
        }
        Ok(Self { meta })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn a_snapshot_that_does_not_list_the_top_level_targets_file_is_refused() {
        let value = json::read(br#"{"meta":{"other.json":{"version":1}}}"#, FaultSet::empty()).unwrap();
        let error = Snapshot::read(Fields::of(&value).unwrap(), FaultSet::empty()).unwrap_err();
        assert_eq!(error.refuse("snapshot").requirement, "snapshot.meta.toplevel-targets-required");
    }
}
