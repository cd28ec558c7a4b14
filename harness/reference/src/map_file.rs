//! The map file of TAP 4: from which repositories a client takes which target files.

use std::collections::{BTreeMap, BTreeSet};

use crate::fault::{Fault, FaultSet};
use crate::fields::{Fields, Malformed, boolean, list, text, texts};
use crate::json::{self, Value};
use crate::metadata::positive;
use crate::refusal::Refusal;
use crate::selector::Selector;
use crate::store::file_name;

/// A map file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MapFile {
    /// The base URL of each repository, by name. Of several URLs it is the first.
    pub(crate) repositories: BTreeMap<String, String>,
    /// Which of them are asked for what, in order.
    pub(crate) mappings: Vec<Mapping>,
}

/// An entry of the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mapping {
    /// Which target paths it is for.
    pub(crate) selector: Selector,
    /// The names of its repositories, in order.
    pub(crate) repositories: Vec<String>,
    /// How many of them have to say the same.
    pub(crate) threshold: u64,
    /// Whether later entries are ignored for what it is for.
    pub(crate) terminating: bool,
}

impl MapFile {
    /// Reads a map file.
    pub(crate) fn read(bytes: &[u8], faults: FaultSet) -> Result<Self, Refusal> {
        let value =
            json::read(bytes, faults).map_err(|error| Malformed::new(REQUIREMENT, error).refuse(WHAT, faults))?;
        Self::of(&value).map_err(|error| error.refuse(WHAT, faults))
    }

    fn of(value: &Value) -> Result<Self, Malformed> {
        let fields = Fields::of(value)?;
        let repositories = fields.required("repositories", |value| {
            Fields::of(value)?.each(|_, urls| {
                let urls = texts(urls)?;
                urls.into_iter().next().ok_or_else(|| Malformed::new(REQUIREMENT, "has to have a URL"))
            })
        })?;
        let mappings = fields.required("mapping", |value| list(value, mapping))?;
        let unknown = |mapping: &Mapping| mapping.repositories.iter().any(|name| !repositories.contains_key(name));
        if mappings.iter().any(unknown) {
            return Err(Malformed::new(REQUIREMENT, "names a repository without a URL").within("mapping"));
        }
        Ok(Self { repositories, mappings })
    }

    /// The folder in which the metadata of each repository is kept, by its name. A name stays one segment of a path, and
    /// different names stay different.
    pub(crate) fn folders(&self, faults: FaultSet) -> BTreeMap<String, String> {
        let folder = |name: &String| match () {
            () if faults.has(Fault::OneStoreForAllRepositories) => String::new(),
            () if faults.has(Fault::RepositoryNameAsPath) => name.clone(),
            () if faults.has(Fault::RepositoryNameIgnoresCase) => file_name(&name.to_lowercase()),
            () => file_name(name),
        };
        self.repositories.keys().map(|name| (name.clone(), folder(name))).collect()
    }

    /// The entries in the order in which they are tried.
    pub(crate) fn in_order(&self, faults: FaultSet) -> Vec<&Mapping> {
        let mut mappings: Vec<_> = self.mappings.iter().collect();
        if faults.has(Fault::LastMappingFirst) {
            mappings.reverse();
        }
        if faults.has(Fault::MostSpecificMappingFirst) {
            mappings.sort_by_key(|mapping| std::cmp::Reverse(mapping.selector.longest()));
        }
        mappings
    }
}

impl Mapping {
    /// The repositories in the order in which they are asked, each once.
    pub(crate) fn in_order(&self, faults: FaultSet) -> Vec<&String> {
        let mut seen = BTreeSet::new();
        let counted = |name: &&String| seen.insert((*name).clone()) || faults.has(Fault::CountRepositoryTwice);
        let mut repositories: Vec<_> = self.repositories.iter().filter(counted).collect();
        if faults.has(Fault::LastRepositoryFirst) {
            repositories.reverse();
        }
        repositories
    }

    /// How many of them have to say the same.
    pub(crate) fn threshold(&self, faults: FaultSet) -> u64 {
        let all = self.in_order(faults).len() as u64;
        match () {
            () if faults.has(Fault::FirstRepositoryDecides) => 1,
            () if faults.has(Fault::MostRepositoriesDecide) => all / 2 + 1,
            () if faults.has(Fault::AllRepositoriesHaveToAgree) => all,
            () => self.threshold,
        }
    }
}

fn mapping(value: &Value) -> Result<Mapping, Malformed> {
    let fields = Fields::of(value)?;
    Ok(Mapping {
        selector: Selector::Paths(fields.required("paths", texts)?),
        repositories: fields.required("repositories", |value| list(value, |name| text(name).map(ToOwned::to_owned)))?,
        threshold: fields.required("threshold", |value| positive(value, REQUIREMENT))?,
        terminating: fields.required("terminating", boolean)?,
    })
}

const REQUIREMENT: &str = "tap4.mapping.mechanism";
const WHAT: &str = "the map";

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(repositories: &serde_json::Value, mapping: &serde_json::Value) -> Result<MapFile, Refusal> {
        let file = json!({ "repositories": repositories, "mapping": [mapping] });
        MapFile::read(file.to_string().as_bytes(), FaultSet::empty())
    }

    #[test]
    fn every_member_of_an_entry_is_needed_and_every_repository_has_a_url() {
        let entry = json!({ "paths": ["*"], "repositories": ["a"], "threshold": 1, "terminating": true });
        let repositories = json!({ "a": ["http://127.0.0.1/a"] });
        assert!(read(&repositories, &entry).is_ok());
        for member in ["paths", "repositories", "threshold", "terminating"] {
            let mut lacking = entry.clone();
            lacking.as_object_mut().unwrap().remove(member);
            assert!(read(&repositories, &lacking).is_err(), "{member}");
        }
        for wrong in [json!({}), json!({ "a": [] }), json!({ "b": ["http://127.0.0.1/a"] })] {
            assert_eq!(read(&wrong, &entry).unwrap_err().requirement, REQUIREMENT);
        }
    }

    #[test]
    fn no_name_of_a_repository_leads_out_of_the_store() {
        let file = MapFile {
            repositories: ["../x", "..", "A", "a"].map(|name| (name.to_owned(), String::new())).into(),
            mappings: Vec::new(),
        };
        let folders: BTreeSet<_> = file.folders(FaultSet::empty()).into_values().collect();
        assert_eq!(folders.len(), 4);
        assert!(folders.iter().all(|folder| !folder.contains('/') && folder != ".."));
    }
}
