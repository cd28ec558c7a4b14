//! Something wrong with a data file: what, where, and what to do about it.

use std::fmt;
use std::ops::Range;

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};

/// One problem in one file.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    /// The file, relative to the suite.
    pub file: String,
    /// Which rule is broken, such as `lint::unknown-requirement`.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where it is, in bytes; `None` if it concerns the whole file.
    pub span: Option<Range<usize>>,
    text: NamedSource<String>,
}

impl Problem {
    /// A problem in a file with this text.
    pub fn new(file: &str, text: &str, code: &'static str, message: impl Into<String>) -> Self {
        let file = printable(file);
        let text = NamedSource::new(&file, printable(text)).with_language("toml");
        Self { file, code, message: printable(&message.into()), help: None, span: None, text }
    }

    /// The same problem, at a place in the file.
    #[must_use]
    pub fn at(mut self, span: Range<usize>) -> Self {
        self.span = Some(span);
        self
    }

    /// The same problem, with a remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(printable(&help.into()));
        self
    }

    /// The line of the place, from 1. 1 if it concerns the whole file.
    pub fn line(&self) -> usize {
        self.before().matches('\n').count() + 1
    }

    /// The column of the place, from 1, in characters. 1 if it concerns the whole file.
    pub fn column(&self) -> usize {
        self.before().rsplit('\n').next().unwrap_or_default().chars().count() + 1
    }

    /// The text before the place.
    fn before(&self) -> &str {
        let end = self.span.as_ref().map_or(0, |span| span.start);
        self.text.inner().get(..end).unwrap_or_default()
    }
}

/// The text with everything that could steer a terminal or change the order of what is read replaced by a sign of
/// the same number of bytes, so that places stay where they are.
fn printable(text: &str) -> String {
    let replace = |c: char| match c {
        '\n' | '\t' | '\r' => c,
        '\u{0}'..='\u{1f}' | '\u{7f}' => '?',
        '\u{80}'..='\u{9f}' | '\u{61c}' => '·',
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => '\u{fffd}',
        _ => c,
    };
    text.chars().map(replace).collect()
}

impl Diagnostic for Problem {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.code))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.text)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.span.clone()?;
        Some(Box::new(std::iter::once(LabeledSpan::underline(span))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_a_line_and_a_column() {
        let problem = Problem::new("a.toml", "title = 1\nstörung = 2\n", "test", "wrong").at(18..20);
        assert_eq!((problem.line(), problem.column()), (2, 8));
        let whole = Problem::new("a.toml", "title = 1\n", "test", "wrong");
        assert_eq!((whole.line(), whole.column()), (1, 1));
    }

    #[test]
    fn a_file_cannot_steer_the_terminal_that_shows_it() {
        let text = "a = \"\u{1b}[31m\u{9b}\u{202e}\"";
        let problem = Problem::new("a\u{1b}.toml", text, "test", "\u{7}").help("\u{1b}");
        assert_eq!(problem.text.inner().len(), text.len());
        let shown = format!("{:?}", miette::Report::new(problem));
        assert!(!shown.contains(['\u{7}', '\u{9b}', '\u{202e}']) && !shown.contains("\u{1b}[31m\""));
    }
}
