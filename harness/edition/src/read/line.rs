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

/// The lines of a source.
pub(super) fn lines(bytes: &[u8]) -> Result<Vec<Line<'_>>, ReadError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
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
