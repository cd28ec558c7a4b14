//! Editions: what is known of a released version of the specification's text, without any sentence of it.

mod keyword;
mod version;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use keyword::Keyword;
pub use version::{Bump, Version};

/// An edition: the passages of one version of the text, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Edition {
    /// The version.
    pub version: Version,
    /// The date that the text states, such as `2026-01-22`.
    pub date: Option<String>,
    /// Its passages.
    pub passage: Vec<Entry>,
}

/// A passage as an edition records it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Entry {
    /// The anchor of the section and the way to the passage within it, such as `update-timestamp/3/1`.
    pub at: String,
    /// The number of the section and of the step, such as `5.4.3.1`.
    pub number: Option<String>,
    /// What it is.
    pub kind: PassageKind,
    /// The fingerprints of its sentences: the first 16 hexadecimal digits of the SHA-256 digest of their words.
    pub sentences: Vec<String>,
    /// Which of its sentences have keywords of RFC 2119, counted from 1.
    #[serde(default)]
    pub keywords: BTreeMap<Keyword, Vec<usize>>,
    /// Which of its sentences have none of these, but say with another word that something has to be done, may be left,
    /// or does not hold: `must` in small letters, `unless`.
    #[serde(default)]
    pub loose: Vec<usize>,
    /// The requirements that it states, by their ids in the register, with the sentences that state them.
    #[serde(default)]
    pub requirements: BTreeMap<String, Vec<usize>>,
    /// Why sentences with a keyword state no requirement: the reason, with the sentences.
    #[serde(default)]
    pub without: BTreeMap<String, Vec<usize>>,
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PassageKind {
    /// The title of a section.
    Heading,
    /// A paragraph.
    Paragraph,
    /// A paragraph that begins with `Note:`, or what stands in an example or another part that asks for nothing.
    Note,
    /// The first paragraph of an item of a numbered list.
    Step,
    /// The first paragraph of an item of another list.
    Item,
    /// The first paragraph of what is said of a term.
    Definition,
    /// A term, of which something is said below it.
    Term,
    /// Code.
    Code,
    /// The metadata of the document, without its date and version.
    Metadata,
}

impl Entry {
    /// The keywords of a sentence, counted from 1.
    pub fn keywords_of(&self, sentence: usize) -> impl Iterator<Item = Keyword> {
        self.keywords.iter().filter(move |(_, at)| at.contains(&sentence)).map(|(keyword, _)| *keyword)
    }

    /// The requirements that a sentence states, counted from 1.
    pub fn requirements_of(&self, sentence: usize) -> impl Iterator<Item = &str> {
        self.requirements.iter().filter(move |(_, at)| at.contains(&sentence)).map(|(id, _)| id.as_str())
    }
}
