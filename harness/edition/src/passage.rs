//! Passages: the pieces of the text that requirements are linked to.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::Keyword;

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The title of a section.
    Heading,
    /// A paragraph.
    Paragraph,
    /// A paragraph that begins with `Note:`.
    Note,
    /// The first paragraph of an item of a numbered list.
    Step,
    /// The first paragraph of an item of another list.
    Item,
    /// The first paragraph of what is said of a term.
    Definition,
    /// Code or an example.
    Code,
    /// The metadata of the document, without its date and version.
    Metadata,
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The anchor of the section and the way to the passage within it, such as `update-timestamp/3/1` for step 3.1,
    /// `file-formats-root/threshold` for a term, `scope/p2` for the second paragraph. Unique in a text.
    pub address: String,
    /// The number of the section and, in a numbered list, of the step, such as `5.4.3.1`. Absent before the first
    /// section.
    pub number: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
}

/// A sentence without markup, with one space between its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The words.
    pub text: String,
    /// Its first and last line in the file, from 1.
    pub lines: (usize, usize),
}

impl Passage {
    /// Its first and last line in the file, from 1.
    pub fn lines(&self) -> (usize, usize) {
        let first = self.sentences.first().map_or(1, |sentence| sentence.lines.0);
        (first, self.sentences.last().map_or(first, |sentence| sentence.lines.1))
    }

    /// Its words.
    pub fn text(&self) -> String {
        let sentences: Vec<&str> = self.sentences.iter().map(|sentence| sentence.text.as_str()).collect();
        sentences.join(" ")
    }
}

impl Sentence {
    /// The fingerprint: the first 16 hexadecimal digits of the SHA-256 digest of its words.
    pub fn print(&self) -> String {
        hex::encode(&Sha256::digest(self.text.as_bytes())[..8])
    }

    /// Its keywords of RFC 2119.
    pub fn keywords(&self) -> Vec<Keyword> {
        Keyword::of(&self.text)
    }
}
