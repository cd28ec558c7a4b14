//! Cuts bytes into lines of text.

use super::{LINE_LIMIT, ReadError};

/// A line of the source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Its number, from 1.
    pub(super) number: usize,
    /// How far it is indented, in columns. A tab leads to the next column that is a multiple of 4.
    pub(super) indent: usize,
    /// The rest, without white space at its ends.
    pub(super) text: &'a str,
}

impl Line<'_> {
    /// Adds its text to a paragraph or to code, with a space before it.
    pub(super) fn add_to(&self, source: &mut Vec<(char, usize)>) {
        source.push((' ', self.number));
        source.extend(self.text.chars().map(|c| (c, self.number)));
    }
}

/// The lines of a source.
///
/// # Errors
/// If one of them is no text.
pub(super) fn lines(bytes: &[u8]) -> Result<Vec<Line<'_>>, ReadError> {
    bytes.split(|byte| *byte == b'\n').enumerate().map(|(index, bytes)| line(index + 1, bytes)).collect()
}

fn line(number: usize, bytes: &[u8]) -> Result<Line<'_>, ReadError> {
    if bytes.len() > LINE_LIMIT {
        return Err(ReadError::LongLine { line: number });
    }
    let text =
        str::from_utf8(bytes).map_err(|_| ReadError::NotText { line: number, what: "bytes that are not UTF-8" })?;
    if text.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\r')) {
        return Err(ReadError::NotText { line: number, what: "control characters" });
    }
    if text.contains(is_invisible) {
        return Err(ReadError::NotText { line: number, what: "characters that nobody can see, such as U+200B" });
    }
    let mut indent = 0;
    for c in text.chars() {
        match c {
            ' ' => indent += 1,
            '\t' => indent = (indent / 4 + 1) * 4,
            _ => break,
        }
    }
    // No-break spaces stand around some headings.
    Ok(Line { number, indent, text: text.trim() })
}

/// Whether a character is not shown, or changes the order in which others are shown.
pub(super) const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}'
    )
}
