//! Text from outside, made safe to show: no control characters, no terminal sequences, no invisible or reordering
//! characters, and not more than fits.
//!
//! Escaping twice is the same as escaping once: a backslash stays as it is.

use std::borrow::Cow;

/// Marks that the start of a longer text was left out.
const OMITTED: &str = "[earlier text left out]";

/// What a client printed, as text over several lines. Keeps the end: at most `limit` characters of escaped text.
///
/// Lines stay lines and a tab becomes four spaces; bytes that are not UTF-8 show as `\xff`, all other characters
/// that do not print as `\u{1b}`.
pub fn printable(bytes: &[u8], limit: usize) -> String {
    // No character takes more than four bytes, so that earlier bytes cannot be among the last `limit` characters.
    let start = bytes.len().saturating_sub(limit.saturating_mul(4));
    let mut pieces: Vec<Cow<'static, str>> = Vec::new();
    for chunk in bytes[start..].utf8_chunks() {
        pieces.extend(chunk.valid().replace("\r\n", "\n").chars().map(|c| match c {
            '\n' => Cow::Borrowed("\n"),
            '\t' => Cow::Borrowed("    "),
            _ => Cow::Owned(character(c)),
        }));
        pieces.extend(chunk.invalid().iter().map(|byte| Cow::Owned(format!("\\x{byte:02x}"))));
    }
    let mut length = 0;
    let fits = |piece: &&Cow<'_, str>| {
        length += piece.chars().count();
        length <= limit
    };
    let kept = pieces.iter().rev().take_while(fits).count();
    let text = pieces[pieces.len() - kept..].concat();
    if start == 0 && kept == pieces.len() {
        return text;
    }
    format!("{OMITTED}{}{text}", if text.starts_with('\n') { "" } else { "\n" })
}

/// A name or a sentence on one line. Keeps the start: at most `limit` characters of escaped text.
pub fn single_line(text: &str, limit: usize) -> String {
    let (mut line, mut length) = (String::new(), 0);
    for c in text.chars() {
        let piece = character(c);
        length += piece.chars().count();
        if length > limit {
            line += " [...]";
            break;
        }
        line += &piece;
    }
    line
}

/// JSON text in which nothing but printable characters stands. It means the same.
pub(crate) fn json(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\n' || character(c).chars().eq([c]) {
            escaped.push(c);
        } else {
            escaped.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    escaped
}

fn character(c: char) -> String {
    match c {
        // The standard library would escape quotes and backslashes as well.
        ' '..='~' => c.to_string(),
        _ => c.escape_debug().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminal_sequences_and_control_characters_become_visible() {
        assert_eq!(printable(b"\x1b[31mred\x1b[0m\x07 \x00\x7f", 100), r"\u{1b}[31mred\u{1b}[0m\u{7} \0\u{7f}");
        assert_eq!(single_line("a\nb\tc\r", 100), r"a\nb\tc\r");
    }

    #[test]
    fn characters_that_hide_or_reorder_text_become_visible() {
        let text = "\u{202e}\u{2066}\u{200b}\u{feff}\u{ad}\u{2028}\u{9b}\u{ffff}";
        let visible = r"\u{202e}\u{2066}\u{200b}\u{feff}\u{ad}\u{2028}\u{9b}\u{ffff}";
        assert_eq!(printable(text.as_bytes(), 100), visible);
        assert_eq!(single_line(text, 100), visible);
    }

    #[test]
    fn bytes_that_are_not_utf8_become_visible_and_other_scripts_stay() {
        assert_eq!(printable(b"caf\xc3\xa9 \xff\xfe", 100), r"café \xff\xfe");
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(printable(b"one\r\n\ttwo\nthree\rfour", 100), "one\n    two\nthree\\rfour");
    }

    #[test]
    fn the_end_of_a_flood_is_kept() {
        let mut flood = vec![b'x'; 1 << 20];
        flood.extend(b"\nthe cause");
        assert_eq!(printable(&flood, 10), "[earlier text left out]\nthe cause");
        assert_eq!(printable(b"\x1b\x1b\x1b", 13), "[earlier text left out]\n\\u{1b}\\u{1b}");
        assert_eq!(single_line("a long line", 6), "a long [...]");
    }

    #[test]
    fn escaping_twice_changes_nothing() {
        let once = printable(b"\x1b[2J \\ \"quoted\" \xff\n\tend", 100);
        assert_eq!(printable(once.as_bytes(), 100), once);
    }
}
