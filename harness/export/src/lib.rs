//! The scenarios as plain files, for people who want the data without the harness.
//!
//! [`write()`] makes a folder in which everything is said that a player needs: `manifest.json` lists the scenarios with the
//! digests of their files; each of these holds the scenario as it is written, with its steps and expectations, and its runs;
//! and `objects` holds what is served, each file under its SHA-256 digest. The same suite gives the same bytes on every
//! machine. [`Corpus::open`] reads such a folder, which is not trusted: sizes are bounded, and digests are checked.

mod document;
mod read;
mod write;

pub use document::{
    Answers, Event, ExportedRun, FormatName, FormatVersion, Manifest, ManifestEntry, Numbered, ScenarioFile, Several,
    Shown, Spoiled,
};
pub use read::{Corpus, ReadError};
pub use write::{WriteError, write};
