//! Cuts a paragraph into sentences.

use super::markup::Char;
use crate::Sentence;

/// Abbreviations that end with a period in the middle of a sentence.
const ABBREVIATIONS: [&str; 9] = ["e.g", "i.e", "etc", "vs", "cf", "al", "Prof", "Dr", "No"];

/// The sentences of a paragraph without markup.
///
/// A sentence ends with `.`, `!` or `?`, closing quotes and brackets included, before a space and something that can
/// begin a sentence: no small letter.
pub(super) fn sentences(plain: &[Char]) -> Vec<Sentence> {
    let (mut sentences, mut start) = (Vec::new(), 0);
    for place in 0..plain.len() {
        if ends(plain, start, place) {
            sentences.extend(sentence(&plain[start..=place]));
            start = place + 1;
        }
    }
    sentences.extend(sentence(&plain[start..]));
    sentences
}

/// The whole as one sentence.
pub(super) fn sentence(plain: &[Char]) -> Option<Sentence> {
    let text: String = plain.iter().map(|(c, _)| *c).collect();
    let text = text.trim().to_owned();
    let mut lines = plain.iter().filter(|(c, _)| *c != ' ').map(|(_, line)| *line);
    let first = lines.next()?;
    Some(Sentence { text, lines: (first, lines.next_back().unwrap_or(first)) })
}

fn ends(plain: &[Char], start: usize, place: usize) -> bool {
    let closes = |c: char| matches!(c, '"' | '\'' | ')' | ']' | '”' | '’');
    let c = plain[place].0;
    let mut mark = place;
    if closes(c) {
        while mark > start && closes(plain[mark].0) {
            mark -= 1;
        }
    }
    if !matches!(plain[mark].0, '.' | '!' | '?') || plain.get(place + 1).map(|(c, _)| *c) != Some(' ') {
        return false;
    }
    let next = plain.get(place + 2).map(|(c, _)| *c);
    if next.is_none_or(char::is_lowercase) {
        return false;
    }
    let word: String = plain[start..mark].iter().map(|(c, _)| *c).collect();
    let word = word.rsplit(' ').next().unwrap_or_default().trim_start_matches(['(', '"', '[']);
    !ABBREVIATIONS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let plain: Vec<Char> = text.chars().map(|c| (c, 1)).collect();
        sentences(&plain).into_iter().map(|sentence| sentence.text).collect()
    }

    #[test]
    fn sentences_end_where_another_begins() {
        assert_eq!(cut("One is it. \"Two\" is next (so.) Three!"), ["One is it.", "\"Two\" is next (so.)", "Three!"]);
        assert_eq!(
            cut("See e.g. Root, version 1.0.34 of root.json. It ends"),
            ["See e.g. Root, version 1.0.34 of root.json.", "It ends"]
        );
        assert_eq!(cut("a. b"), ["a. b"]);
        assert!(cut("").is_empty());
    }
}
