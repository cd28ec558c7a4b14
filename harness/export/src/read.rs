//! Reads the folder. Nothing in it is trusted.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use repository::{Files, Timeline};
use suite::{Plan, RunKind, ScenarioId, Variant};

use crate::write::digest;
use crate::{Event, ExportedRun, Manifest, ScenarioFile, Several, Shown, Spoiled};

/// The largest file that is read, in bytes.
const FILE_LIMIT: u64 = 16 << 20;

/// The most scenarios.
const SCENARIO_LIMIT: usize = 100_000;

/// Why a folder cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// A file cannot be read.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A file is not what it should be.
    #[error("{}: {message}", path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
}

/// An exported suite.
#[derive(Debug)]
pub struct Corpus {
    /// The manifest.
    pub manifest: Manifest,
    /// The scenarios, by their ids.
    pub variants: Vec<Variant>,
    folder: PathBuf,
    runs: BTreeMap<ScenarioId, Vec<ExportedRun>>,
}

impl Corpus {
    /// Reads the manifest and the scenarios.
    ///
    /// # Errors
    /// If something is missing, too large, not of this form, or not what its digest says.
    pub fn open(folder: &Path) -> Result<Self, ReadError> {
        let path = folder.join("manifest.json");
        let manifest: Manifest = json(&path, &bounded(&path)?)?;
        if manifest.scenarios.len() > SCENARIO_LIMIT {
            return Err(ReadError::Form { path, message: format!("more than {SCENARIO_LIMIT} scenarios") });
        }
        let (mut variants, mut runs) = (Vec::new(), BTreeMap::new());
        for entry in &manifest.scenarios {
            let (path, bytes) = by_digest(&folder.join("scenarios"), &entry.sha256, ".json")?;
            let file: ScenarioFile = json(&path, &bytes)?;
            if file.id != entry.id {
                let message = format!("it is `{}`, and not `{}` as the manifest says", file.id, entry.id);
                return Err(ReadError::Form { path, message });
            }
            let plan = Plan::new(&file.scenario)
                .map_err(|error| ReadError::Form { path: path.clone(), message: error.to_string() })?;
            variants.push(Variant { id: file.id.clone(), file: file.source, scenario: file.scenario, plan });
            runs.insert(file.id, file.runs);
        }
        Ok(Self { manifest, variants, folder: folder.to_owned(), runs })
    }

    /// One run of a scenario.
    ///
    /// # Errors
    /// If there is no such run, or an object is missing or not what its digest says.
    pub fn timeline(&self, id: &ScenarioId, kind: RunKind) -> Result<Timeline, ReadError> {
        let exported = self.runs.get(id).and_then(|runs| runs.iter().find(|run| run.run == kind));
        let exported = exported.ok_or_else(|| ReadError::Form {
            path: self.folder.join("manifest.json"),
            message: format!("there is no such run of `{id}`"),
        })?;
        let events = exported.events.iter().map(|numbered| Ok((numbered.step, self.event(&numbered.event)?)));
        Ok(Timeline {
            run: kind,
            root: exported.root.as_deref().map(|root| self.object(root)).transpose()?,
            several: exported.several.as_ref().map(|several| self.several(several)).transpose()?,
            events: events.collect::<Result<_, ReadError>>()?,
        })
    }

    fn several(&self, several: &Several) -> Result<repository::Several, ReadError> {
        let roots = several.roots.iter().map(|(name, root)| Ok((name.clone(), self.object(root)?)));
        Ok(repository::Several { mapping: several.mapping.clone(), roots: roots.collect::<Result<_, ReadError>>()? })
    }

    fn event(&self, event: &Event) -> Result<repository::Event, ReadError> {
        Ok(match event {
            Event::Show(shown) => repository::Event::Show(Arc::new(self.files(shown)?)),
            Event::Clock { number, offset } => repository::Event::Clock { number: *number, offset: *offset },
            Event::Meanwhile { request, files } => {
                repository::Event::Meanwhile { request: *request, files: Arc::new(self.files(files)?) }
            }
            Event::Trust { root, refreshes } => {
                repository::Event::Trust { root: self.object(root)?, refreshes: *refreshes }
            }
            Event::TargetsRole(told) => repository::Event::TargetsRole(told.clone()),
            Event::Act(task) => repository::Event::Act(task.clone()),
            Event::Kill { request, task } => repository::Event::Kill { request: *request, task: task.clone() },
            Event::SecondClient { request, task } => {
                repository::Event::SecondClient { request: *request, task: task.clone() }
            }
            Event::Damage(roles) => {
                let spoiled = roles.iter().map(|(role, damage)| Ok((role.clone(), self.spoiled(damage)?)));
                repository::Event::Damage(spoiled.collect::<Result<_, ReadError>>()?)
            }
        })
    }

    fn spoiled(&self, spoiled: &Spoiled) -> Result<repository::Spoiled, ReadError> {
        Ok(match spoiled {
            Spoiled::Truncated(length) => repository::Spoiled::Truncated(*length),
            Spoiled::Corrupted => repository::Spoiled::Corrupted,
            Spoiled::Replaced(digest) => repository::Spoiled::Replaced(self.object(digest)?),
            Spoiled::Removed => repository::Spoiled::Removed,
            Spoiled::Folder => repository::Spoiled::Folder,
        })
    }

    fn files(&self, shown: &Shown) -> Result<Files, ReadError> {
        let all = |names: &BTreeMap<String, String>| -> Result<BTreeMap<String, Bytes>, ReadError> {
            names.iter().map(|(name, digest)| Ok((name.clone(), self.object(digest)?))).collect()
        };
        let answers = shown.answers.iter().map(|file| ((file.area, file.path.clone()), file.answers.clone()));
        Ok(Files { metadata: all(&shown.metadata)?, targets: all(&shown.targets)?, answers: answers.collect() })
    }

    fn object(&self, digest: &str) -> Result<Bytes, ReadError> {
        let folder = self.folder.join("objects").join(digest.get(..2).unwrap_or_default());
        by_digest(&folder, digest, "").map(|(_, bytes)| bytes.into())
    }
}

/// A file by the digest that is its name.
fn by_digest(folder: &Path, wanted: &str, ending: &str) -> Result<(PathBuf, Vec<u8>), ReadError> {
    let is_digest = wanted.len() == 64 && wanted.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_digest {
        // Whatever else it is, it is not to become part of a path.
        let message = "a digest in it is not 64 hexadecimal digits".to_owned();
        return Err(ReadError::Form { path: folder.to_owned(), message });
    }
    let path = folder.join(format!("{wanted}{ending}"));
    let bytes = bounded(&path)?;
    if digest(&bytes) != wanted {
        return Err(ReadError::Form { path, message: "its content is not what its digest says".to_owned() });
    }
    Ok((path, bytes))
}

fn bounded(path: &Path) -> Result<Vec<u8>, ReadError> {
    let error = |source| ReadError::File { path: path.to_owned(), source };
    if !std::fs::symlink_metadata(path).map_err(error)?.is_file() {
        return Err(ReadError::Form { path: path.to_owned(), message: "it is not a file".to_owned() });
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(FILE_LIMIT + 1).read_to_end(&mut bytes)).map_err(error)?;
    if bytes.len() as u64 > FILE_LIMIT {
        return Err(ReadError::Form { path: path.to_owned(), message: format!("it has more than {FILE_LIMIT} bytes") });
    }
    Ok(bytes)
}

fn json<T: serde::de::DeserializeOwned>(path: &Path, bytes: &[u8]) -> Result<T, ReadError> {
    let error = |source: serde_json::Error| ReadError::Form { path: path.to_owned(), message: source.to_string() };
    serde_json::from_slice(bytes).map_err(error)
}
