//! Scenarios that were exported, as something that can be played.

use std::path::Path;

use export::{Corpus, ReadError};
use jiff::Timestamp;
use repository::Timeline;
use runner::Timelines;
use suite::{RunKind, ScenarioFile, ScenarioId, Suite};

use crate::failure::Failure;

/// An exported suite.
pub struct Exported(Corpus);

impl Exported {
    /// Opens a folder, and puts its scenarios in the place of those of the suite.
    ///
    /// # Errors
    /// If it is not what `tuf-cookbook export` writes.
    pub fn open(folder: &Path, suite: &mut Suite) -> Result<Self, Failure> {
        let corpus = Corpus::open(folder)?;
        let file = |variant: &suite::Variant| ScenarioFile {
            path: variant.file.clone(),
            text: String::new(),
            variants: vec![variant.clone()],
        };
        suite.files = corpus.variants.iter().map(file).collect();
        Ok(Self(corpus))
    }

    /// The id of the dialect in which the scenarios were exported.
    pub fn dialect(&self) -> &str {
        &self.0.manifest.dialect
    }
}

impl Timelines for Exported {
    fn start(&self) -> Timestamp {
        self.0.manifest.start
    }

    fn timeline(&self, id: &ScenarioId, run: RunKind) -> Result<Timeline, String> {
        self.0.timeline(id, run).map_err(|error| error.to_string())
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        Self::new(error.to_string(), "name a folder that `tuf-cookbook export` wrote, as it was written")
    }
}
