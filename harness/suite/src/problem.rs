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
        Self {
            file: file.to_owned(),
            code,
            message: message.into(),
            help: None,
            span: None,
            text: NamedSource::new(file, text.to_owned()).with_language("toml"),
        }
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
        self.help = Some(help.into());
        self
    }

    /// The line of the place, from 1. 1 if it concerns the whole file.
    pub fn line(&self) -> usize {
        let end = self.span.as_ref().map_or(0, |span| span.start);
        self.text.inner().as_bytes().iter().take(end).filter(|byte| **byte == b'\n').count() + 1
    }
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
