//! Reads the Bikeshed source of the specification.

mod anchor;
mod block;
mod comment;
mod container;
mod emphasis;
mod heading;
mod line;
mod markup;
mod metadata;
mod sentence;
mod tag;
mod verbatim;

use suite::Version;

use crate::Passage;

/// The most bytes that are read. Edition 1.0.34 has 76,000.
const SIZE_LIMIT: usize = 4 << 20;

/// The most bytes in a line.
const LINE_LIMIT: usize = 64 << 10;

/// The text of the specification, cut into passages.
#[derive(Debug, Clone)]
pub struct Text {
    /// The version that it states.
    pub version: Version,
    /// The date that it states, as it is written: `2026-01-22`.
    pub date: Option<String>,
    /// The lines of its date and version, from 1.
    pub stamp_lines: (usize, usize),
    /// The passages, in order. Their addresses are unique.
    pub passages: Vec<Passage>,
    /// Whether its last line has no end, as in a text that was cut off.
    pub ends_abruptly: bool,
}

/// Why something is not the source of the specification.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It is too large.
    #[error("the text has {bytes} bytes, more than {SIZE_LIMIT}")]
    TooLarge {
        /// How many it has.
        bytes: u64,
    },
    /// A line is too long.
    #[error("line {line}: it has more than {LINE_LIMIT} bytes")]
    LongLine {
        /// The number of the line.
        line: usize,
    },
    /// It is not a text.
    #[error("line {line}: this is not a text, but {what}")]
    NotText {
        /// The number of the line.
        line: usize,
        /// What is there.
        what: &'static str,
    },
    /// Something is opened and not closed, as in a text that was cut off.
    #[error("line {line}: `{what}` is opened here and never closed; is the text cut off?")]
    Unclosed {
        /// The number of the line.
        line: usize,
        /// What is opened.
        what: String,
    },
    /// Something between metadata has no key.
    #[error(
        "line {line}: this is no metadata, which has a key and a colon; is the `</pre>` of the block missing that is opened \
         in line {opened}?"
    )]
    Metadata {
        /// The number of the line.
        line: usize,
        /// The line that the block begins in.
        opened: usize,
    },
    /// Something is stated twice that there is once.
    #[error("line {line}: `{what}` is stated a second time")]
    Twice {
        /// The number of the second line.
        line: usize,
        /// What is stated.
        what: String,
    },
    /// Lists or examples are nested too deep.
    #[error("line {line}: lists are nested too deep")]
    TooDeep {
        /// The number of the line.
        line: usize,
    },
    /// There is no statement of the version.
    #[error("there is no line `Text Macro: VERSION 1.0.34`, so this is not the source of the specification")]
    NoVersion,
    /// The version cannot be read.
    #[error("line {line}: {message}")]
    Version {
        /// The number of the line.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
    /// There is no section.
    #[error("there is no heading such as `# Scope # {{#scope}}`, so this is not the source of the specification")]
    NoSections,
}

impl Text {
    /// The most bytes that are read. Whoever reads a file need not read more than one byte beyond.
    pub const SIZE_LIMIT: usize = SIZE_LIMIT;

    /// Reads the source of the specification. Takes time in proportion to its length.
    ///
    /// # Errors
    /// If it is not that; where and why.
    pub fn read(bytes: &[u8]) -> Result<Self, ReadError> {
        if bytes.len() > SIZE_LIMIT {
            return Err(ReadError::TooLarge { bytes: bytes.len() as u64 });
        }
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        // What is wrong with a line is told of comments too.
        line::lines(bytes)?;
        let shown = comment::without_comments(&String::from_utf8_lossy(bytes))?;
        let mut lines = line::lines(&shown.bytes)?;
        lines.retain(|line| !shown.gone.contains(&line.number));
        let ends_abruptly = bytes.last().is_some_and(|last| *last != b'\n');
        let blocks = block::blocks(&lines)?;
        let version = blocks.version.ok_or(ReadError::NoVersion)?;
        if blocks.sections == 0 {
            return Err(ReadError::NoSections);
        }
        Ok(Self {
            version,
            date: blocks.date,
            stamp_lines: blocks.stamp_lines,
            passages: blocks.passages,
            ends_abruptly,
        })
    }

    /// The passage at an address.
    pub fn at(&self, address: &str) -> Option<&Passage> {
        self.passages.iter().find(|passage| passage.address == address)
    }
}
