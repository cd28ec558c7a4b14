//! Changes that somebody has looked at.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use suite::Entry;

use crate::compare::is_weak;

/// A file of acknowledged changes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Acknowledged {
    /// The changes.
    #[serde(default)]
    pub change: Vec<Acknowledgement>,
}

/// A change that somebody has looked at. It holds for exactly these words: once they change again, somebody has to look
/// again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Acknowledgement {
    /// The address of the passage; of what is removed, the one that it had.
    pub at: String,
    /// The fingerprint of the passage before. Absent if it is new.
    pub before: Option<String>,
    /// The fingerprint of the passage now. Absent if it is removed.
    pub after: Option<String>,
    /// What it means.
    pub effect: Effect,
    /// Why, or what follows from it.
    pub note: String,
}

/// What a change means for those who implement the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Nothing: it asks for the same in other words.
    Editorial,
    /// Something is asked for that was not, or no longer, or in another way.
    Requirement,
}

impl Acknowledged {
    /// The acknowledgement of a change between these two, if there is one.
    pub fn of(&self, old: Option<&Entry>, new: Option<&Entry>) -> Option<&Acknowledgement> {
        let at = new.or(old).map(|entry| entry.at.as_str())?;
        let (before, after) = (old.map(print), new.map(print));
        self.change.iter().find(|change| change.at == at && change.before == before && change.after == after)
    }
}

impl Acknowledgement {
    /// An acknowledgement of the change between these two. `None` if there is neither.
    pub fn new(old: Option<&Entry>, new: Option<&Entry>, effect: Effect, note: &str) -> Option<Self> {
        let at = new.or(old)?.at.clone();
        Some(Self { at, before: old.map(print), after: new.map(print), effect, note: note.to_owned() })
    }
}

/// The fingerprint of a passage: place, words, and whether it is only a note.
fn print(entry: &Entry) -> String {
    let mut hash = Sha256::new();
    if is_weak(entry) {
        hash.update([1]);
    }
    for part in std::iter::once(&entry.at).chain(&entry.sentences) {
        hash.update(part);
        hash.update([0]);
    }
    hex::encode(&hash.finalize()[..8])
}
