//! Code, which is taken as it is up to what closes it.

use super::ReadError;
use super::line::Line;
use super::markup::{Char, preformatted, raw};

/// How code without markup is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fence {
    /// By at least as many of these marks.
    Marks(char, usize),
    /// By `</xmp>`.
    Xmp,
}

impl Fence {
    /// The fence that a line opens, if it does, and does not close it again.
    pub(super) fn of(text: &str) -> Option<Self> {
        if begins_tag(text, "<xmp") {
            return (!text.contains("</xmp>")).then_some(Self::Xmp);
        }
        let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let length = text.chars().take_while(|c| *c == mark).count();
        // Backticks that are followed by others in the line are code in a sentence.
        let is_code = mark == '`' && text[length..].contains('`');
        (length >= 3 && !is_code).then_some(Self::Marks(mark, length))
    }

    pub(super) fn is_closed_by(self, text: &str) -> bool {
        match self {
            Self::Marks(mark, length) => text.len() >= length && text.chars().all(|c| c == mark),
            Self::Xmp => text.contains("</xmp>"),
        }
    }

    /// Whether a line opens another one like this, which would be no code.
    fn is_opened_again_by(self, text: &str) -> bool {
        match (self, Self::of(text)) {
            (Self::Marks(mark, length), Some(Self::Marks(other, others))) => mark == other && others >= length,
            (Self::Xmp, Some(Self::Xmp)) => true,
            _ => false,
        }
    }
}

/// Code, and what stands in the line after its end.
pub(super) struct Verbatim<'a> {
    pub(super) words: Vec<Char>,
    /// What follows in the last line.
    pub(super) behind: &'a str,
    /// The number of the last line.
    pub(super) last: usize,
    /// How many lines belong to it besides the first.
    pub(super) length: usize,
}

impl<'a> Verbatim<'a> {
    /// Takes code, if it begins in this line.
    ///
    /// # Errors
    /// If it is not closed, or other code begins in it.
    pub(super) fn take(line: &Line<'a>, after: &[Line<'a>]) -> Result<Option<Self>, ReadError> {
        match Fence::of(line.text) {
            _ if begins_tag(line.text, "<pre") => Self::element(line, after, "<pre", "</pre>").map(Some),
            _ if begins_tag(line.text, "<xmp") => Self::element(line, after, "<xmp", "</xmp>").map(Some),
            Some(fence) => Self::between(line, after, fence).map(Some),
            None => Ok(None),
        }
    }

    fn between(line: &Line<'a>, after: &[Line<'a>], fence: Fence) -> Result<Self, ReadError> {
        let unclosed = || ReadError::Unclosed { line: line.number, what: "```".to_owned() };
        let ends = |line: &Line<'_>| fence.is_closed_by(line.text) || fence.is_opened_again_by(line.text);
        let length = after.iter().position(ends).ok_or_else(unclosed)?;
        if !fence.is_closed_by(after[length].text) {
            return Err(unclosed());
        }
        let mut source = Vec::new();
        after[..length].iter().for_each(|line| line.add_to(&mut source));
        Ok(Self { words: raw(&source), behind: "", last: after[length].number, length: length + 1 })
    }

    /// An element such as `<pre>`, up to its end.
    fn element(line: &Line<'a>, after: &[Line<'a>], open: &str, end: &str) -> Result<Self, ReadError> {
        let unclosed = || ReadError::Unclosed { line: line.number, what: open.to_owned() };
        let (_, begins) = line.text.split_once('>').ok_or_else(unclosed)?;
        let (mut source, mut length) = (Vec::new(), 0);
        let mut current = Line { text: begins, ..*line };
        loop {
            let (inside, behind) = current.text.split_once(end).map_or((current.text, None), |(a, b)| (a, Some(b)));
            if inside.contains(open) {
                return Err(unclosed());
            }
            Line { text: inside, ..current }.add_to(&mut source);
            if let Some(behind) = behind {
                let words = if open == "<xmp" { raw(&source) } else { preformatted(&source) };
                return Ok(Self { words, behind: behind.trim(), last: current.number, length });
            }
            current = *after.get(length).ok_or_else(unclosed)?;
            length += 1;
        }
    }
}

/// Whether a line begins with a tag, of which `open` is the beginning.
pub(super) fn begins_tag(text: &str, open: &str) -> bool {
    text.strip_prefix(open)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(|c: char| c == '>' || c.is_whitespace()))
}
