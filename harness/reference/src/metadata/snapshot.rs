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

/// A rotate file as the snapshot lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListedRotateFile {
    /// The version in its name.
    pub(crate) version: u64,
    pub(crate) name: String,
    pub(crate) description: Description,
}

impl Snapshot {
    /// The rotate files of a role in the order of their versions (TAP 8): all files `rotate/ROLE.rotate.VERSION`.
    pub(crate) fn rotate_files(&self, role: &str, faults: FaultSet) -> Vec<ListedRotateFile> {
        let beginning = format!("rotate/{role}.rotate.");
        let listed = self.meta.iter().filter_map(|(name, description)| {
            let digits = name.strip_prefix(&beginning)?;
            let version = digits.parse::<u64>().ok().filter(|version| version.to_string() == digits)?;
            Some(ListedRotateFile { version, name: name.clone(), description: description.clone() })
        });
        let mut files: Vec<ListedRotateFile> = listed.collect();
        if !faults.has(Fault::RotateFilesAsText) {
            files.sort_by_key(|file| file.version);
        }
        files
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
    fn the_rotate_files_of_a_role_are_found_in_the_order_of_their_versions() {
        let names = ["targets.json", "a.json", "rotate/a.rotate.2", "rotate/a.rotate.10", "rotate/a.rotate.02"];
        let more = ["rotate/b.rotate.1", "rotate/a.rotate.x", "a.rotate.1", "rotate/a.b.rotate.1"];
        let entries: Vec<_> = names.iter().chain(&more).map(|name| format!("{name:?}:{{\"version\":1}}")).collect();
        let value =
            json::read(format!("{{\"meta\":{{{}}}}}", entries.join(",")).as_bytes(), FaultSet::empty()).unwrap();
        let snapshot = Snapshot::read(Fields::of(&value).unwrap(), FaultSet::empty()).unwrap();
        let versions = |role| -> Vec<u64> {
            snapshot.rotate_files(role, FaultSet::empty()).iter().map(|file| file.version).collect()
        };
        assert_eq!((versions("a"), versions("b"), versions("c")), (vec![2, 10], vec![1], vec![]));
    }

    #[test]
    fn a_snapshot_that_does_not_list_the_top_level_targets_file_is_refused() {
        let value = json::read(br#"{"meta":{"other.json":{"version":1}}}"#, FaultSet::empty()).unwrap();
        let error = Snapshot::read(Fields::of(&value).unwrap(), FaultSet::empty()).unwrap_err();
        assert_eq!(error.refuse("snapshot", FaultSet::empty()).requirement, "snapshot.meta.toplevel-targets-required");
    }
}
