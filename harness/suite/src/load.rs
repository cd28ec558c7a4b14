//! Reading the data files, from the binary or from a working copy.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::dialect::{Dialect, DialectFile};
use crate::register::{AttackFile, FeatureFile, PolicyFile, Register, RequirementFile};
use crate::scenario::{Scenario, ScenarioId, Variant};
use crate::template::{self, Rendered};
use crate::{Plan, Problem, embedded};

/// The largest data file that is read, in bytes.
const FILE_LIMIT: u64 = 1 << 20;

/// Data files by their path relative to the suite.
pub type Tree = BTreeMap<String, String>;

/// Why a suite could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The folder could not be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// What could not be read.
        path: String,
        /// Why not.
        source: io::Error,
    },
    /// Some files are not what they should be.
    #[error("{} of the data files cannot be used", problems.len())]
    Problems {
        /// One for each file.
        problems: Vec<Problem>,
    },
}

/// A scenario file with its variants.
#[derive(Debug, Clone)]
pub struct ScenarioFile {
    /// Its path relative to the suite, such as `scenarios/rollback/timestamp-replay.toml`.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Its variants, in the order of the matrix; one if it has none.
    pub variants: Vec<Variant>,
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
        let (mut suite, mut problems) = (Self::default(), Vec::new());
        for (path, text) in tree {
            if let Err(problem) = suite.add(path, text) {
                problems.push(*problem);
            }
        }
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

    fn add(&mut self, path: &str, text: &str) -> Result<(), Box<Problem>> {
        if !Path::new(path).extension().is_some_and(|extension| extension == "toml") {
            return Ok(());
        }
        let register = &mut self.register;
        if path.starts_with("scenarios/") {
            self.files.push(parse_scenario(path, text)?);
        } else if path.starts_with("spec/requirements/") {
            let file: RequirementFile = parse(path, text)?;
            register.requirements.extend(file.requirement.into_iter().map(|item| (item.id.clone(), item)));
        } else if path == "spec/features.toml" {
            let file: FeatureFile = parse(path, text)?;
            register.features.extend(file.feature.into_iter().map(|item| (item.id.clone(), item)));
        } else if path == "spec/attacks.toml" {
            let file: AttackFile = parse(path, text)?;
            register.attacks.extend(file.attack.into_iter().map(|item| (item.id.clone(), item)));
        } else if path == "spec/policies.toml" {
            let file: PolicyFile = parse(path, text)?;
            register.policies.extend(file.policy.into_iter().map(|item| (item.id.clone(), item)));
        } else if path == "spec/dialects.toml" {
            self.dialects = parse::<DialectFile>(path, text)?.dialect;
        }
        Ok(())
    }
}

/// The data files below a folder.
///
/// # Errors
/// If `scenarios` or `spec` is missing or a file in them cannot be read.
pub fn read_tree(dir: &Path) -> Result<Tree, LoadError> {
    let mut tree = Tree::new();
    for top in ["scenarios", "spec"] {
        collect(dir, &dir.join(top), &mut tree)?;
    }
    Ok(tree)
}

fn collect(base: &Path, dir: &Path, tree: &mut Tree) -> Result<(), LoadError> {
    let error = |path: &Path| {
        let path = path.display().to_string();
        |source| LoadError::Read { path, source }
    };
    for entry in fs::read_dir(dir).map_err(error(dir))? {
        let path = entry.map_err(error(dir))?.path();
        let kind = fs::symlink_metadata(&path).map_err(error(&path))?;
        if kind.is_dir() {
            collect(base, &path, tree)?;
        } else if kind.is_file() && path.extension().is_some_and(|extension| extension == "toml") {
            if kind.len() > FILE_LIMIT {
                let too_large = io::Error::new(io::ErrorKind::FileTooLarge, "a data file has at most 1 MiB");
                return Err(error(&path)(too_large));
            }
            let text = fs::read_to_string(&path).map_err(error(&path))?;
            let relative = path.strip_prefix(base).unwrap_or(&path);
            tree.insert(relative.to_string_lossy().replace('\\', "/"), text);
        }
    }
    Ok(())
}

/// Reads a scenario file and all its variants.
///
/// # Errors
/// The first problem, at its place in the file.
pub fn parse_scenario(path: &str, text: &str) -> Result<ScenarioFile, Box<Problem>> {
    let rendered = template::render_all(text).map_err(|error| {
        let problem = Problem::new(path, text, "scenario::placeholder", error.message);
        Box::new(match error.span {
            Some(span) => problem.at(span),
            None => problem,
        })
    })?;
    let mut variants =
        rendered.iter().map(|rendered| parse_variant(path, text, rendered)).collect::<Result<Vec<_>, _>>()?;
    variants.shrink_to_fit();
    Ok(ScenarioFile { path: path.to_owned(), text: text.to_owned(), variants })
}

fn parse_variant(path: &str, text: &str, rendered: &Rendered) -> Result<Variant, Box<Problem>> {
    let scenario: Scenario = toml::from_str(&rendered.text).map_err(|error| {
        let problem = Problem::new(path, text, "scenario::syntax", error.message());
        Box::new(match error.span() {
            Some(span) => problem.at(rendered.source_span(&span)),
            None => problem,
        })
    })?;
    let plan = Plan::new(&scenario)
        .map_err(|error| Box::new(Problem::new(path, text, "scenario::step", error.to_string())))?;
    let mut names = path.trim_end_matches(".toml").rsplit('/');
    let (slug, class) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
    let id = ScenarioId::new(class, slug, &rendered.labels);
    Ok(Variant { id, file: path.to_owned(), scenario, plan })
}

fn parse<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, Box<Problem>> {
    toml::from_str(text).map_err(|error| {
        let problem = Problem::new(path, text, "data::syntax", error.message());
        Box::new(match error.span() {
            Some(span) => problem.at(span),
            None => problem,
        })
    })
}
