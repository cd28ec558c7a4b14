//! Sections and items of lists, and how the latter begin.

use suite::PassageKind as Kind;

/// A section, or an item of a list, with what has been found in it so far.
#[derive(Debug)]
pub(super) struct Container {
    /// The column of its marker. `None` for a section.
    pub(super) indent: Option<usize>,
    pub(super) address: String,
    /// The number of the section or step.
    pub(super) number: Option<String>,
    /// What its first paragraph is.
    pub(super) kind: Kind,
    pub(super) has_first: bool,
    pub(super) paragraphs: usize,
    pub(super) items: usize,
    pub(super) codes: usize,
    /// The number of the last item of the numbered list that is being read in it.
    pub(super) last_step: Option<usize>,
}

impl Container {
    pub(super) fn section(address: String, number: Option<String>) -> Self {
        // Its first paragraph is one like the others.
        Self { has_first: true, ..Self::item(None, address, number, Kind::Paragraph) }
    }

    pub(super) fn item(indent: Option<usize>, address: String, number: Option<String>, kind: Kind) -> Self {
        Self { indent, address, number, kind, has_first: false, paragraphs: 0, items: 0, codes: 0, last_step: None }
    }
}

/// How a line of a list begins, with what follows.
pub(super) enum Marker<'a> {
    Step(usize, &'a str),
    Item(&'a str),
    Term(&'a str),
    Definition(&'a str),
}

impl<'a> Marker<'a> {
    pub(super) fn of(text: &'a str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("::") {
            return Some(Self::Definition(rest.trim()));
        }
        let (mark, rest) = text.split_once([' ', '\t']).unwrap_or((text, ""));
        match mark {
            ":" => Some(Self::Term(rest.trim())),
            "*" | "+" | "-" => Some(Self::Item(rest.trim())),
            _ => {
                let number = mark.strip_suffix(['.', ')'])?;
                // More digits are a date or the like.
                let is_number = (1..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
                number.parse().ok().filter(|_| is_number).map(|number| Self::Step(number, rest.trim()))
            }
        }
    }
}
