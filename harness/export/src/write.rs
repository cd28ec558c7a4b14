//! Writes the folder.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use repository::{Calendar, Files, ForgeError, Timeline};
use sha2::{Digest, Sha256};
use suite::{Dialect, RunKind, Scenario, ScenarioId, Variant};

use crate::document::{Answers, Numbered};
use crate::{
    Event, ExportedRun, FormatName, FormatVersion, Manifest, ManifestEntry, ScenarioFile, Several, Shown, Spoiled,
};

/// Why a folder could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A file could not be written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A state could not be made.
    #[error("{id}, step {step}: {source}")]
    State {
        /// The scenario.
        id: ScenarioId,
        /// The number of the step; 0 comes before the first one.
        step: usize,
        /// Why not.
        source: ForgeError,
    },
    /// A scenario could not be written as JSON.
    #[error("{id}: {source}")]
    Json {
        /// The scenario.
        id: ScenarioId,
        /// Why not.
        source: serde_json::Error,
    },
}

/// Writes scenarios into a folder, as they are played in a dialect from this start on, and returns the manifest.
///
/// # Errors
/// If a state cannot be made or a file cannot be written.
pub fn write(
    variants: &[&Variant],
    dialect: &Dialect,
    (start, specification): (Timestamp, &str),
    folder: &Path,
) -> Result<Manifest, WriteError> {
    let mut writer = Writer { folder, start, dialect };
    let mut entries = Vec::new();
    for variant in variants {
        let file = writer.scenario(variant)?;
        let json = serde_json::to_vec_pretty(&file);
        let json = json.map_err(|source| WriteError::Json { id: variant.id.clone(), source })?;
        let sha256 = digest(&json);
        writer.file(&format!("scenarios/{sha256}.json"), &json)?;
        entries.push(ManifestEntry { id: variant.id.clone(), sha256 });
    }
    entries.sort_by(|a, b| a.id.cmp(&b.id));
    let manifest = Manifest {
        format: FormatName::Corpus,
        version: FormatVersion::V1,
        specification: specification.to_owned(),
        dialect: dialect.id.clone(),
        start,
        scenarios: entries,
    };
    let json = serde_json::to_vec_pretty(&manifest)
        .map_err(|source| WriteError::File { path: folder.join("manifest.json"), source: source.into() })?;
    writer.file("manifest.json", &json)?;
    Ok(manifest)
}

/// The SHA-256 digest of something, in hexadecimal digits.
pub(crate) fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

struct Writer<'a> {
    folder: &'a Path,
    start: Timestamp,
    dialect: &'a Dialect,
}

impl Writer<'_> {
    fn scenario(&mut self, variant: &Variant) -> Result<ScenarioFile, WriteError> {
        let mut kinds = vec![RunKind::Attack];
        if variant.plan.has_attack() {
            kinds.push(RunKind::Control);
        }
        let runs = kinds.into_iter().map(|kind| self.run(variant, kind)).collect::<Result<_, _>>()?;
        Ok(ScenarioFile {
            id: variant.id.clone(),
            source: variant.file.clone(),
            // Its placeholders are resolved.
            scenario: Scenario { matrix: BTreeMap::new(), ..variant.scenario.clone() },
            words: variant.plan.steps.iter().map(ToString::to_string).collect(),
            runs,
        })
    }

    fn run(&mut self, variant: &Variant, run: RunKind) -> Result<ExportedRun, WriteError> {
        let calendar = Calendar::Free { start: self.start };
        let timeline = Timeline::build(variant, self.dialect, run, &calendar)
            .map_err(|(step, source)| WriteError::State { id: variant.id.clone(), step, source })?;
        let root = timeline.root.map(|root| self.object(&root)).transpose()?;
        let several = timeline.several.map(|several| self.several(several)).transpose()?;
        let mut events = Vec::new();
        for (step, event) in timeline.events {
            events.push(Numbered { step, event: self.event(event)? });
        }
        Ok(ExportedRun { run, root, several, events })
    }

    fn several(&mut self, several: repository::Several) -> Result<Several, WriteError> {
        let mut roots = BTreeMap::new();
        for (name, root) in several.roots {
            roots.insert(name, self.object(&root)?);
        }
        Ok(Several { mapping: several.mapping, roots })
    }

    fn event(&mut self, event: repository::Event) -> Result<Event, WriteError> {
        Ok(match event {
            repository::Event::Show(files) => Event::Show(self.shown(&files)?),
            repository::Event::Clock { number, offset } => Event::Clock { number, offset },
            repository::Event::Meanwhile { request, files } => Event::Meanwhile { request, files: self.shown(&files)? },
            repository::Event::Trust { root, refreshes } => Event::Trust { root: self.object(&root)?, refreshes },
            repository::Event::TargetsRole(told) => Event::TargetsRole(told),
            repository::Event::Act(task) => Event::Act(task),
            repository::Event::Kill { request, task } => Event::Kill { request, task },
            repository::Event::SecondClient { request, task } => Event::SecondClient { request, task },
            repository::Event::Damage(roles) => {
                let mut spoiled = BTreeMap::new();
                for (role, damage) in roles {
                    spoiled.insert(role, self.spoiled(damage)?);
                }
                Event::Damage(spoiled)
            }
        })
    }

    fn spoiled(&mut self, spoiled: repository::Spoiled) -> Result<Spoiled, WriteError> {
        Ok(match spoiled {
            repository::Spoiled::Truncated(length) => Spoiled::Truncated(length),
            repository::Spoiled::Corrupted => Spoiled::Corrupted,
            repository::Spoiled::Replaced(bytes) => Spoiled::Replaced(self.object(&bytes)?),
            repository::Spoiled::Removed => Spoiled::Removed,
            repository::Spoiled::Folder => Spoiled::Folder,
        })
    }

    fn shown(&mut self, files: &Files) -> Result<Shown, WriteError> {
        let mut shown = Shown::default();
        for (name, bytes) in &files.metadata {
            shown.metadata.insert(name.clone(), self.object(bytes)?);
        }
        for (name, bytes) in &files.targets {
            shown.targets.insert(name.clone(), self.object(bytes)?);
        }
        let answers = files.answers.iter().map(|((area, path), answers)| Answers {
            area: *area,
            path: path.clone(),
            answers: answers.clone(),
        });
        shown.answers = answers.collect();
        Ok(shown)
    }

    /// Writes an object, unless it is there, and returns its digest.
    fn object(&mut self, bytes: &[u8]) -> Result<String, WriteError> {
        let digest = digest(bytes);
        let name = format!("objects/{}/{digest}", &digest[..2]);
        if !self.folder.join(&name).exists() {
            self.file(&name, bytes)?;
        }
        Ok(digest)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let path = self.folder.join(name);
        let error = |source| WriteError::File { path: path.clone(), source };
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(error)?;
        }
        fs::write(&path, bytes).map_err(error)
    }
}
