//! What the parser says, in words for whoever wrote the file.

use std::ops::Range;

use crate::nearest::nearest;

/// What is wrong, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Diagnosis {
    pub message: String,
    pub help: String,
    /// Where, in the text that was read.
    pub span: Option<Range<usize>>,
    /// Whether the text is not even TOML.
    pub is_syntax: bool,
}

/// Explains why a text could not be read.
pub(crate) fn diagnose(text: &str, error: &toml::de::Error) -> Diagnosis {
    let span = error.span().filter(|span| span.start <= span.end && text.get(span.clone()).is_some());
    let is_syntax = toml_edit::Document::parse(text).is_err();
    let (message, help) = if is_syntax {
        syntax(text, error.message(), span.as_ref())
    } else {
        data(text, error.message(), span.as_ref())
    };
    Diagnosis { message, help, span: span.map(|span| visible(text, span)), is_syntax }
}

/// An empty place is moved to the last character before it, so that there is something to point at.
fn visible(text: &str, span: Range<usize>) -> Range<usize> {
    if !span.is_empty() || span.start == 0 {
        return span;
    }
    let before = text[..span.start].trim_end();
    before.char_indices().next_back().map_or(span, |(start, last)| start..start + last.len_utf8())
}

fn syntax(text: &str, message: &str, span: Option<&Range<usize>>) -> (String, String) {
    let word = span.map_or("", |span| &text[span.clone()]);
    if message.starts_with("invalid") && word.starts_with(char::is_alphabetic) && !word.contains(['\n', '"']) {
        return (format!("this is not TOML: `{word}` is not a value"), format!("write it in quotes: `\"{word}\"`"));
    }
    let help = match message {
        "duplicate key" => "a key stands once in a table: remove one of the two, or join their values",
        _ if message.starts_with("unclosed") || message.starts_with("missing") => "add what is missing",
        _ => {
            "write `key = value`; a value is a text in quotes, a number, `true`, `false`, `[a list]` or `{ a = \"table\" }`"
        }
    };
    (format!("this is not TOML: {message}"), help.to_owned())
}

fn data(text: &str, message: &str, span: Option<&Range<usize>>) -> (String, String) {
    let quoted = quoted(message);
    if let (true, [name, known @ ..]) =
        (message.starts_with("unknown field") || message.starts_with("unknown variant"), quoted.as_slice())
    {
        let kind = if message.starts_with("unknown field") || is_key(text, span) { "key" } else { "value" };
        let help = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => "remove it: nothing can stand here".to_owned(),
            None => format!("possible here: `{}`", known.join("`, `")),
        };
        return (format!("unknown {kind} `{name}`"), help);
    }
    if let (true, [name]) = (message.starts_with("missing field"), quoted.as_slice()) {
        let is_top = span.is_some_and(|span| span.end == 0);
        let place = if is_top { "at the top of the file, before the first table" } else { "here" };
        return (format!("`{name}` is missing"), format!("add `{name} = …` {place}"));
    }
    if let Some((found, expected)) = mismatch(message) {
        return (format!("{} is expected here, not {found}", noun(expected)), advice(expected).to_owned());
    }
    match message {
        "wanted exactly 1 element, found 0 elements" => {
            ("one key is expected in this table, but it is empty".to_owned(), "write one, with its value".to_owned())
        }
        "wanted exactly 1 element, more than 1 element" => (
            "one key is expected in this table, but it has several".to_owned(),
            "keep one, and give each of the others a place of its own, such as another step".to_owned(),
        ),
        "wanted string or table" => (
            "a name is expected here".to_owned(),
            "write a text in quotes, or a table with one key if the name needs a value".to_owned(),
        ),
        _ => match message.split_once(", such as ") {
            Some((message, example)) => (message.to_owned(), format!("write something like {example}")),
            None => (message.to_owned(), "correct this value".to_owned()),
        },
    }
}

/// The names in backquotes, in order.
fn quoted(message: &str) -> Vec<&str> {
    message.split('`').skip(1).step_by(2).collect()
}

/// Whether something stands before an equals sign, a dot or the end of a header.
fn is_key(text: &str, span: Option<&Range<usize>>) -> bool {
    let Some(span) = span else { return false };
    let is_quoted = text[span.clone()].starts_with(['"', '\'']);
    let rest = text[span.end..].trim_start_matches([' ', '\t']);
    rest.starts_with(['=', '.']) || !is_quoted
}

/// `invalid type: …, expected …` or `invalid value: …, expected …`.
fn mismatch(message: &str) -> Option<(String, &str)> {
    let rest = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "))?;
    let (found, expected) = rest.rsplit_once(", expected ")?;
    let found = match found.split_once(' ') {
        None if found == "map" => "a table".to_owned(),
        None if found == "sequence" => "a list".to_owned(),
        Some(("string", text)) => format!("the text {text}"),
        Some(("integer", number)) => format!("the number {number}"),
        Some(("boolean", value)) => value.to_owned(),
        _ => found.to_owned(),
    };
    Some((found, expected))
}

fn noun(expected: &str) -> &str {
    match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number, zero or more,",
        "a sequence" => "a list",
        "a boolean" => "`true` or `false`",
        "a string" => "a text in quotes",
        "newtype variant" => "a name with a value",
        "unit variant" => "a name without a value",
        _ if expected == "a map" || expected.starts_with("struct ") => "a table",
        other => other,
    }
}

fn advice(expected: &str) -> &'static str {
    match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" => "write the number without quotes and without a sign",
        "a sequence" => "write `[…]` around the values; a list of steps is written as `[[step]]` before each",
        "a boolean" => "write `true` or `false`, without quotes",
        "a string" => "write it in quotes",
        "newtype variant" => "write it as a key: `{ name = … }`",
        "unit variant" => "write the name alone, in quotes",
        _ if expected.starts_with("a list of values") => "write `[\"one\", \"another\"]`",
        _ if expected == "a map" || expected.starts_with("struct ") => "write `{ key = value }`",
        _ => "correct this value",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explain(text: &str) -> (String, String) {
        let error = toml::from_str::<crate::Step>(text).unwrap_err();
        let diagnosis = diagnose(text, &error);
        (diagnosis.message, diagnosis.help)
    }

    #[test]
    fn a_misspelt_key_and_a_misspelt_value_are_told_apart() {
        assert_eq!(
            explain("attack.replya = 1"),
            ("unknown key `replya`".to_owned(), "did you mean `replay`?".to_owned())
        );
        assert_eq!(
            explain("refresh = 'acept'"),
            ("unknown value `acept`".to_owned(), "did you mean `accept`?".to_owned())
        );
    }

    #[test]
    fn a_name_that_resembles_nothing_gets_the_list() {
        let (_, help) = explain("refresh = \"perhaps\"");
        assert_eq!(help, "possible here: `accept`, `reject`, `may-reject`");
    }

    #[test]
    fn a_wrong_type_is_told_without_words_of_the_programming_language() {
        let (message, help) = explain("trusted = { root = \"1\" }");
        assert_eq!(message, "a whole number, zero or more, is expected here, not the text \"1\"");
        assert_eq!(help, "write the number without quotes and without a sign");
    }

    #[test]
    fn an_unclosed_list_is_pointed_at_where_it_ends() {
        let text = "publish = [\"root\",\n\n";
        let diagnosis = diagnose(text, &toml::from_str::<crate::Step>(text).unwrap_err());
        assert_eq!((diagnosis.is_syntax, diagnosis.span), (true, Some(17..18)));
    }
}
