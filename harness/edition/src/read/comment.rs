//! Takes comments away, wherever they stand: nobody who reads the document sees them.

use std::collections::BTreeSet;

use super::ReadError;
use super::verbatim::Fence;

/// A source in which comments are blank.
#[derive(Debug)]
pub(super) struct Shown {
    /// The source, with spaces in the place of comments.
    pub(super) bytes: Vec<u8>,
    /// The lines, from 1, of which nothing is left: they are no blank lines, but none at all.
    pub(super) gone: BTreeSet<usize>,
}

/// Makes comments blank. What looks like one in code without markup is none.
///
/// # Errors
/// If one is not closed.
pub(super) fn without_comments(source: &str) -> Result<Shown, ReadError> {
    let mut shown = Shown { bytes: Vec::with_capacity(source.len()), gone: BTreeSet::new() };
    let (mut opened, mut code): (Option<usize>, Option<Fence>) = (None, None);
    for (index, line) in source.split('\n').enumerate() {
        if index > 0 {
            shown.bytes.push(b'\n');
        }
        let text = line.trim();
        if opened.is_none() {
            match code {
                Some(fence) => code = Some(fence).filter(|fence| !fence.is_closed_by(text)),
                None => code = Fence::of(text),
            }
            if code.is_some() || Fence::of(text).is_some() {
                shown.bytes.extend(line.as_bytes());
                continue;
            }
        }
        let before = shown.bytes.len();
        let had_comment = opened.is_some() || line.contains("<!--");
        blank(line, index + 1, &mut opened, &mut shown.bytes);
        if had_comment && !text.is_empty() && shown.bytes[before..].trim_ascii().is_empty() {
            shown.gone.insert(index + 1);
        } else if opened.is_some() && text.is_empty() {
            // A blank line in a comment ends no paragraph.
            shown.gone.insert(index + 1);
        }
    }
    match opened {
        Some(line) => Err(ReadError::Unclosed { line, what: "<!--".to_owned() }),
        None => Ok(shown),
    }
}

/// Copies a line, with spaces in the place of comments.
fn blank(line: &str, number: usize, opened: &mut Option<usize>, into: &mut Vec<u8>) {
    const OPEN: &str = "<!--";
    let mut rest = line;
    while !rest.is_empty() {
        let length = if opened.is_some() {
            let end = rest.find("-->").map(|end| end + 3);
            let length = end.unwrap_or(rest.len());
            if end.is_some() {
                *opened = None;
            }
            into.resize(into.len() + length, b' ');
            length
        } else {
            let at = rest.find(['`', '<']).unwrap_or(rest.len());
            let (before, special) = rest.split_at(at);
            into.extend(before.as_bytes());
            let length = if special.starts_with(OPEN) {
                *opened = Some(number);
                into.resize(into.len() + OPEN.len(), b' ');
                OPEN.len()
            } else {
                let length = match special.strip_prefix('`') {
                    Some(code) => code.find('`').map_or(1, |end| end + 2),
                    None => usize::from(!special.is_empty()),
                };
                into.extend(&special.as_bytes()[..length]);
                length
            };
            at + length
        };
        rest = &rest[length..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> Vec<String> {
        let shown = without_comments(source).unwrap_or_else(|error| unreachable!("{error}"));
        let text = String::from_utf8_lossy(&shown.bytes).into_owned();
        assert_eq!(text.len(), source.len());
        let lines = text.split('\n').enumerate().filter(|(index, _)| !shown.gone.contains(&(index + 1)));
        lines.map(|(_, line)| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn comments_are_taken_away_wherever_they_begin_and_end() {
        assert_eq!(shown("a <!-- b --> c<!-- d > e -->"), ["a c"]);
        assert_eq!(without_comments("a\n<!-- b").err(), Some(ReadError::Unclosed { line: 2, what: "<!--".to_owned() }));
    }

    #[test]
    fn what_follows_a_comment_in_its_line_stays() {
        assert_eq!(shown("a <!-- b\n\nc --> d\n\ne"), ["a", "d", "", "e"]);
        assert_eq!(shown("<!-- a -->\nb"), ["b"]);
        assert_eq!(shown("`<!--` a\n```\n<!-- b\n```\nc"), ["`<!--` a", "```", "<!-- b", "```", "c"]);
    }
}
