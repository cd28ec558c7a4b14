//! HTML tags, and what they mean for the words between them.

/// What a tag means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// It changes nothing of what is said.
    Markup,
    /// The same, and what comes is set apart from what was before.
    Gap,
    /// Code begins.
    Code,
    /// Code ends.
    CodeEnd,
    /// It is none that is known, or it strikes out or hides what comes: it is taken as words.
    Words,
}

const MARKUP: [&str; 20] = [
    "a", "abbr", "b", "bdi", "cite", "dfn", "em", "i", "img", "kbd", "q", "samp", "small", "span", "strong", "sub",
    "sup", "tt", "u", "var",
];

const GAPS: [&str; 20] = [
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "hr",
    "li",
    "ol",
    "p",
    "section",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

impl Tag {
    /// What stands between `<` and `>`.
    pub(super) fn of(inside: &str) -> Self {
        let (is_end, inside) = inside.strip_prefix('/').map_or((false, inside), |rest| (true, rest));
        let name_ends = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(name_ends);
        if !attributes.is_empty() && !attributes.starts_with(|c: char| c.is_whitespace() || c == '/')
            || weakens(attributes)
        {
            return Self::Words;
        }
        match name.to_ascii_lowercase().as_str() {
            "code" | "pre" if is_end => Self::CodeEnd,
            "code" | "pre" => Self::Code,
            "wbr" => Self::Markup,
            name if MARKUP.contains(&name) => Self::Markup,
            name if GAPS.contains(&name) => Self::Gap,
            _ => Self::Words,
        }
    }
}

/// Whether attributes hide what they belong to, or take its weight away.
pub(super) fn weakens(attributes: &str) -> bool {
    let attributes = attributes.to_ascii_lowercase();
    let names = attributes.split(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\''));
    names.into_iter().any(|name| {
        matches!(
            name,
            "hidden"
                | "style"
                | "note"
                | "example"
                | "issue"
                | "advisement"
                | "informative"
                | "non-normative"
                | "nonnormative"
        )
    })
}

/// The value of an attribute.
pub(super) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    while let Some(at) = rest.find(name) {
        let (before, after) = (&rest[..at], rest[at + name.len()..].trim_start());
        rest = &rest[at + name.len()..];
        let Some(value) = after.strip_prefix('=').filter(|_| before.ends_with(char::is_whitespace)) else { continue };
        let value = value.trim_start();
        return match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split(quote).next(),
            _ => value.split(|c: char| c.is_whitespace() || c == '>').next(),
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_or_strikes_out_is_no_markup() {
        for (inside, tag) in [
            ("a for=\"keytype\"", Tag::Markup),
            ("/dfn", Tag::Markup),
            ("br /", Tag::Gap),
            ("code", Tag::Code),
            ("del", Tag::Words),
            ("span hidden", Tag::Words),
            ("p class='note'", Tag::Words),
            ("The client MUST stop", Tag::Words),
        ] {
            assert_eq!(Tag::of(inside), tag, "{inside}");
        }
    }

    #[test]
    fn the_value_of_an_attribute_is_found() {
        assert_eq!(attribute(" class=x id=\"a-b\"", "id"), Some("a-b"));
        assert_eq!(attribute(" id=a>", "id"), Some("a"));
        assert_eq!(attribute(" data-id='a'", "id"), None);
    }
}
