//! Reading the data files, from the binary or from a working copy.

use std::collections::BTreeMap;
use std::path::Path;

use crate::dialect::{Dialect, DialectFile};
use crate::edition::{Edition, Version};
use crate::parse::{parse_data, parse_scenario};
use crate::policy::PolicyFile;
use crate::profile::{Profile, ProfileFile};
use crate::register::{AttackFile, FeatureFile, Register, RequirementFile};
use crate::scenario::Variant;
use crate::tree::{ReadError, Tree, read_tree};
use crate::{Problem, ScenarioFile, embedded};

/// Why a suite could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The folder could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Some files are not what they should be.
    #[error("{} of the data files cannot be used", problems.len())]
    Problems {
        /// One for each file.
        problems: Vec<Problem>,
    },
}

/// All data: scenarios, register, dialects.
#[derive(Debug, Clone, Default)]
pub struct Suite {
    /// Scenario files, by path.
    pub files: Vec<ScenarioFile>,
    /// What scenarios refer to.
    pub register: Register,
    /// Dialects, in the order of their file.
    pub dialects: Vec<Dialect>,
    /// Profiles by id.
    pub profiles: BTreeMap<String, Profile>,
    /// The files of the editions of the text, which only few commands read.
    editions: BTreeMap<Version, (String, String)>,
}

impl Suite {
    /// The suite that is built into the binary.
    ///
    /// # Errors
    /// If a data file is broken.
    pub fn embedded() -> Result<Self, LoadError> {
        Self::from_tree(&embedded::tree())
    }

    /// The suite in a working copy: a folder with `scenarios` and `spec` in it.
    ///
    /// # Errors
    /// If the folder cannot be read or a data file is broken.
    pub fn from_dir(dir: &Path) -> Result<Self, LoadError> {
        Self::from_tree(&read_tree(dir)?)
    }

    /// The suite in these files. Broken files are reported all together.
    ///
    /// # Errors
    /// If a file is broken.
    pub fn from_tree(tree: &Tree) -> Result<Self, LoadError> {
        let (suite, problems) = Self::from_tree_lossy(tree);
        if problems.is_empty() { Ok(suite) } else { Err(LoadError::Problems { problems }) }
    }

    /// What can be read of the suite in these files, and what is wrong with the rest.
    pub fn from_tree_lossy(tree: &Tree) -> (Self, Vec<Problem>) {
        let (mut suite, mut problems, mut profiles) = (Self::default(), Vec::new(), BTreeMap::new());
        for (path, text) in tree {
            let added = match profile_of(path) {
                Some(id) => parse_data(path, text).map(|file| drop(profiles.insert(id.to_owned(), file))),
                None => suite.add(path, text),
            };
            problems.extend(added.err().map(|problem| *problem));
        }
        suite.profiles = resolve(&profiles);
        (suite, problems)
    }

    /// Every variant of every scenario, in the order of ids.
    pub fn variants(&self) -> impl Iterator<Item = &Variant> {
        self.files.iter().flat_map(|file| &file.variants)
    }

    /// The dialect with this id.
    pub fn dialect(&self, id: &str) -> Option<&Dialect> {
        self.dialects.iter().find(|dialect| dialect.id == id)
    }

    /// The versions of the text of which there is an edition, oldest first.
    pub fn editions(&self) -> impl DoubleEndedIterator<Item = Version> {
        self.editions.keys().copied()
    }

    /// The edition of a version of the text, if there is one.
    ///
    /// # Errors
    /// If its file is broken.
    pub fn edition(&self, version: Version) -> Option<Result<Edition, Box<Problem>>> {
        self.editions.get(&version).map(|(path, text)| parse_data(path, text))
    }

    fn add(&mut self, path: &str, text: &str) -> Result<(), Box<Problem>> {
        if !is_toml(path) {
            return Ok(());
        }
        let register = &mut self.register;
        if path.starts_with("scenarios/") {
            self.files.push(parse_scenario(path, text)?);
        } else if path.starts_with("spec/requirements/") {
            let file: RequirementFile = parse_data(path, text)?;
            let area = path.trim_start_matches("spec/requirements/").trim_end_matches(".toml");
            register.areas.extend(file.requirement.iter().map(|item| (item.id.clone(), area.to_owned())));
            register.withdrawn.extend(file.withdrawn.into_iter().map(|item| (item.id.clone(), item)));
            register.requirements.extend(file.requirement.into_iter().map(|item| (item.id.clone(), item)));
        } else if path == "spec/features.toml" {
            let file: FeatureFile = parse_data(path, text)?;
            register.features.extend(file.feature.into_iter().map(|item| (item.id.clone(), item)));
        } else if path == "spec/attacks.toml" {
            let file: AttackFile = parse_data(path, text)?;
            register.attacks.extend(file.attack.into_iter().map(|item| (item.id.clone(), item)));
        } else if path == "spec/policies.toml" {
            let file: PolicyFile = parse_data(path, text)?;
            register.policies.extend(file.policy.into_iter().map(|item| (item.id.clone(), item)));
        } else if path == "spec/dialects.toml" {
            self.dialects = parse_data::<DialectFile>(path, text)?.dialect;
        } else if let Some(version) = edition_of(path) {
            self.editions.insert(version, (path.to_owned(), text.to_owned()));
        }
        Ok(())
    }
}

/// The id of the profile that a path is the file of.
pub(crate) fn profile_of(path: &str) -> Option<&str> {
    path.strip_prefix("cookbook/profiles/")?.strip_suffix(".toml").filter(|id| !id.contains('/'))
}

/// Profiles with everything that they build on.
fn resolve(files: &BTreeMap<String, ProfileFile>) -> BTreeMap<String, Profile> {
    fn whole(id: &str, files: &BTreeMap<String, ProfileFile>, above: &[&str]) -> Option<ProfileFile> {
        // Profiles that extend each other in a circle are found by the linter.
        let file = files.get(id).filter(|_| !above.contains(&id))?;
        let above: Vec<&str> = above.iter().copied().chain([id]).collect();
        let bases = file.extends.iter().filter_map(|base| whole(base, files, &above));
        Some(bases.fold(file.clone(), |file, base| file.over(&base)))
    }
    let profile = |id: &String| Some((id.clone(), Profile { id: id.clone(), file: whole(id, files, &[])? }));
    files.keys().filter_map(profile).collect()
}

/// The version of the text that a path is the edition of.
pub(crate) fn edition_of(path: &str) -> Option<Version> {
    path.strip_prefix("spec/editions/")?.strip_suffix(".toml")?.parse().ok()
}

/// Whether a path is that of a data file.
pub(crate) fn is_toml(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "toml")
}
