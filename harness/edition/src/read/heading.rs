//! Headings, in the ways in which they can be written.

use super::anchor::slug;
use super::line::Line;
use super::markup::{Char, plain};
use super::tag::{attribute, weakens};

/// A heading.
#[derive(Debug)]
pub(super) struct Heading {
    /// How deep its section is, from 1.
    pub(super) level: usize,
    pub(super) title: Vec<Char>,
    pub(super) anchor: String,
    pub(super) has_number: bool,
}

impl Heading {
    /// `## Scope ## {#scope}`
    pub(super) fn of_line(line: &Line<'_>) -> Option<Self> {
        let title = line.text.trim_start_matches('#');
        let level = line.text.len() - title.len();
        (level > 0 && line.indent == 0 && title.starts_with([' ', '\t', '\u{a0}'])).then(|| {
            let source = title.chars().map(|c| (c, line.number)).collect::<Vec<_>>();
            Self::new(level, &source)
        })
    }

    /// `Scope {#scope}` over `-----` or `=====`: the level of the line below, if it is one.
    pub(super) fn underline(line: &Line<'_>) -> Option<usize> {
        let is_all = |mark| line.text.len() >= 3 && line.text.bytes().all(|byte| byte == mark);
        match () {
            () if line.indent > 0 => None,
            () if is_all(b'=') => Some(1),
            () if is_all(b'-') => Some(2),
            () => None,
        }
    }

    /// A title with the attributes behind it.
    pub(super) fn new(level: usize, source: &[Char]) -> Self {
        let text: String = source.iter().map(|(c, _)| *c).collect();
        let (title, attributes) = match text.trim().rsplit_once('{') {
            Some((title, attributes)) if is_attributes(attributes) => (title, attributes.trim_end_matches('}')),
            _ => (text.as_str(), ""),
        };
        let title = title.trim().trim_end_matches('#').trim();
        let start = text.find(title).map_or(0, |at| text[..at].chars().count());
        let title: Vec<Char> = source.iter().skip(start).take(title.chars().count()).copied().collect();
        let anchor = attributes.split_whitespace().find_map(|attribute| attribute.strip_prefix('#'));
        Self {
            level,
            anchor: anchor.map_or_else(|| slug(&words(&title)), str::to_owned),
            title,
            has_number: !attributes.contains(".no-num"),
        }
    }

    /// `<h3 id="scope">Scope</h3>`, which may go on over some lines: the heading, what follows it in its last line, and how
    /// many lines belong to it besides the first. `None` if it is none, hides its words, or is not closed soon.
    pub(super) fn element<'a>(line: &Line<'a>, after: &[Line<'a>]) -> Option<(Self, Line<'a>, usize)> {
        const REACH: usize = 10;
        let rest = line.text.strip_prefix("<h")?;
        let level = rest.chars().next()?.to_digit(10).filter(|level| (1..=6).contains(level))?;
        let (attributes, begins) = rest[1..].split_once('>')?;
        if !attributes.is_empty() && !attributes.starts_with(char::is_whitespace) || weakens(attributes) {
            return None;
        }
        let end = format!("</h{level}>");
        let (mut title, mut length): (Vec<Char>, usize) = (Vec::new(), 0);
        let mut current = Line { text: begins, ..*line };
        let behind = loop {
            let found = current.text.split_once(end.as_str());
            Line { text: found.map_or(current.text, |(inside, _)| inside), ..current }.add_to(&mut title);
            if let Some((_, behind)) = found {
                break Line { text: behind.trim(), ..current };
            }
            current = *after.get(length).filter(|_| length < REACH)?;
            length += 1;
        };
        let anchor = attribute(attributes, "id").map_or_else(|| slug(&words(&title)), str::to_owned);
        // The title of the document is the only one of the first level.
        let level = usize::try_from(level).map_or(1, |level| level.saturating_sub(1).max(1));
        Some((Self { level, title, anchor, has_number: !attributes.contains("no-num") }, behind, length))
    }
}

/// Whether what stands behind a `{` are attributes, such as `#scope .no-num}`.
fn is_attributes(text: &str) -> bool {
    let Some(inside) = text.strip_suffix('}') else { return false };
    inside.split_whitespace().all(|part| part.starts_with(['#', '.']))
}

fn words(title: &[Char]) -> String {
    plain(title).into_iter().map(|(c, _)| c).collect()
}
