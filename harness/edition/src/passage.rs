//! Passages: the pieces of the text that requirements are linked to.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};
use suite::{Entry, Keyword, PassageKind};

/// The address of the metadata that say how the document is made, and of what is published of them.
pub(crate) const SETTINGS: &str = "metadata/settings";

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
    pub kind: PassageKind,
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

    /// What an edition records of it, without requirements.
    pub fn entry(&self) -> Entry {
        let mut keywords: BTreeMap<Keyword, Vec<usize>> = BTreeMap::new();
        let mut loose = Vec::new();
        for (index, sentence) in self.sentences.iter().enumerate() {
            if sentence.is_loose() {
                loose.push(index + 1);
            }
            for keyword in sentence.keywords() {
                let at = keywords.entry(keyword).or_default();
                if at.last() != Some(&(index + 1)) {
                    at.push(index + 1);
                }
            }
        }
        Entry {
            at: self.address.clone(),
            number: self.number.clone(),
            kind: self.kind,
            sentences: self.sentences.iter().map(Sentence::print).collect(),
            keywords,
            loose,
            requirements: BTreeMap::new(),
            without: BTreeMap::new(),
        }
    }

    /// Its words.
    pub fn text(&self) -> String {
        let sentences: Vec<&str> = self.sentences.iter().map(|sentence| sentence.text.as_str()).collect();
        sentences.join(" ")
    }
}

/// Words that keywords are in small letters, and others of their kind. RFC 2119 does not ask for capital letters, and
/// the text itself writes `must` where it means it.
const LOOSE: [&str; 28] = [
    "must",
    "mustn",
    "shall",
    "shan",
    "should",
    "shouldn",
    "may",
    "mandatory",
    "required",
    "recommended",
    "optional",
    "never",
    "forbidden",
    "prohibited",
    "except",
    "exception",
    "exceptions",
    "exempt",
    "unless",
    "ignore",
    "skip",
    "apply",
    "applies",
    "binding",
    "non-binding",
    "normative",
    "non-normative",
    "informative",
];

/// The Latin letter that a letter of another alphabet cannot be told from.
const fn looks_like(c: char) -> char {
    match c {
        'А' | 'Α' => 'A',
        'С' | 'Ϲ' => 'C',
        'Е' | 'Ε' => 'E',
        'Н' | 'Η' => 'H',
        'І' | 'Ι' => 'I',
        'Ꮮ' => 'L',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'Ս' => 'U',
        'У' | 'Υ' => 'Y',
        'Ａ'..='Ｚ' => match char::from_u32(c as u32 - 'Ａ' as u32 + 'A' as u32) {
            Some(letter) => letter,
            None => c,
        },
        _ => c,
    }
}

impl Sentence {
    /// The fingerprint: the first 16 hexadecimal digits of the SHA-256 digest of its words.
    pub fn print(&self) -> String {
        hex::encode(&Sha256::digest(self.text.as_bytes())[..8])
    }

    /// Its keywords of RFC 2119.
    pub fn keywords(&self) -> Vec<Keyword> {
        let text: String = self.text.chars().map(looks_like).collect();
        Keyword::of(&text)
    }

    /// Whether it has no keyword, but another word that says that something has to be done, may be left, or does not hold.
    pub fn is_loose(&self) -> bool {
        let text = self.text.to_lowercase();
        let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '-');
        // A tag that stayed hides something, as `<style>` can.
        let has_tag = text.split('<').skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
        self.keywords().is_empty() && (has_tag || words.any(|word| LOOSE.contains(&word)))
    }
}
