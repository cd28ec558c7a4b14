//! The metadata of the document: lines with a key each.

use suite::Version;

use super::ReadError;
use super::line::Line;
use super::markup::{Char, plain};
use super::sentence::sentence;
use crate::Sentence;

/// The keys that say who wrote the document and where to find them, and nothing that is asked of anybody.
const PEOPLE: [&str; 5] = ["Editor", "Former Editor", "Repository", "Mailing List", "Issue Tracking"];

/// A block of metadata.
#[derive(Debug, Default)]
pub(super) struct Metadata<'a> {
    pub(super) date: Option<(String, usize)>,
    pub(super) version: Option<(Version, usize)>,
    /// Who wrote the document.
    pub(super) people: Vec<Sentence>,
    /// The rest: the title, words that are published as they are, and how the document is made.
    pub(super) settings: Vec<Sentence>,
    /// What follows in the last line.
    pub(super) behind: &'a str,
    /// The number of the last line.
    pub(super) last: usize,
    /// How many lines belong to it besides the first.
    pub(super) length: usize,
}

impl<'a> Metadata<'a> {
    /// Whether a block begins in this line.
    pub(super) fn begins(text: &str) -> bool {
        super::verbatim::begins_tag(text, "<pre")
            && text.split('>').next().is_some_and(|tag| tag.contains("class=") && tag.contains("metadata"))
    }

    /// Takes a block that begins in this line.
    ///
    /// # Errors
    /// If it is not closed, something in it has no key, or it says something twice that there is once.
    pub(super) fn take(line: &Line<'a>, after: &[Line<'a>]) -> Result<Self, ReadError> {
        let unclosed = || ReadError::Unclosed { line: line.number, what: "<pre".to_owned() };
        let (_, begins) = line.text.split_once('>').ok_or_else(unclosed)?;
        let mut found = Self::default();
        let mut current = Line { text: begins.trim(), indent: 0, ..*line };
        let mut is_about_people = false;
        loop {
            let (inside, behind) =
                current.text.split_once("</pre>").map_or((current.text, None), |(inside, rest)| (inside, Some(rest)));
            let inside = Line { text: inside.trim(), ..current };
            if !inside.text.is_empty() {
                // What is indented belongs to the key before it.
                if inside.indent == 0 {
                    let key =
                        key(inside.text).ok_or(ReadError::Metadata { line: current.number, opened: line.number })?;
                    is_about_people = PEOPLE.contains(&key);
                }
                found.add(&inside, is_about_people)?;
            }
            if let Some(behind) = behind {
                (found.behind, found.last) = (behind.trim(), current.number);
                return Ok(found);
            }
            current = *after.get(found.length).ok_or_else(unclosed)?;
            found.length += 1;
        }
    }

    fn add(&mut self, line: &Line<'_>, is_about_people: bool) -> Result<(), ReadError> {
        let twice = |what: &str| ReadError::Twice { line: line.number, what: what.to_owned() };
        if let Some(date) = line.text.strip_prefix("Date:") {
            let before = self.date.replace((date.trim().to_owned(), line.number));
            return before.map_or(Ok(()), |_| Err(twice("Date:")));
        }
        if let Some(version) = line.text.strip_prefix("Text Macro: VERSION") {
            let version = version.trim().parse();
            let version = version.map_err(|message| ReadError::Version { line: line.number, message })?;
            let before = self.version.replace((version, line.number));
            return before.map_or(Ok(()), |_| Err(twice("Text Macro: VERSION")));
        }
        let source: Vec<Char> = line.text.chars().map(|c| (c, line.number)).collect();
        let into = if is_about_people { &mut self.people } else { &mut self.settings };
        into.extend(sentence(&plain(&source)));
        Ok(())
    }
}

/// The key of a line, if it has one.
fn key(text: &str) -> Option<&str> {
    let (key, _) = text.split_once(':')?;
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!')
        && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '!'));
    is_key.then_some(key)
}
