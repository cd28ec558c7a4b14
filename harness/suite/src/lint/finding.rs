//! What a check found, and how it becomes a problem in a file.

use std::collections::BTreeMap;
use std::ops::Range;

use toml_edit::Document;

use crate::locate::{Part, Place};
use crate::template::Rendered;
use crate::{Problem, ScenarioFile, Variant};

/// The most problems that one check tells of one file: a person mends the first ones first.
pub(super) const LIMIT: usize = 20;

/// Something that a check found.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    at: At,
    message: String,
    help: String,
}

#[derive(Debug, Clone)]
enum At {
    Data(Place, Part),
    Bytes(Range<usize>),
}

impl Finding {
    /// Something about a value.
    pub fn value(place: Place, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { at: At::Data(place, Part::Value), message: message.into(), help: help.into() }
    }

    /// Something about a key.
    pub fn key(place: Place, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { at: At::Data(place, Part::Key), message: message.into(), help: help.into() }
    }

    /// Something about a piece of the text.
    pub fn bytes(span: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { at: At::Bytes(span), message: message.into(), help: help.into() }
    }

    /// The finding as a problem of a file without variants.
    pub fn problem(self, code: &'static str, path: &str, text: &str) -> Problem {
        let mut problem = Problem::new(path, text, code, self.message);
        problem.span = match self.at {
            At::Data(place, part) => place.find(text, part),
            At::Bytes(span) => Some(span),
        };
        problem.help(self.help)
    }
}

/// The problems of a scenario file: what was found in several variants at one place becomes one problem,
/// and what does not concern all of them names the first that it concerns.
pub(super) fn locate(
    code: &'static str,
    file: &ScenarioFile,
    findings: Vec<(Option<&Variant>, Vec<Finding>)>,
) -> Vec<Problem> {
    let inspected = findings.len();
    let mut merged: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (variant, findings) in findings.into_iter().filter(|(_, findings)| !findings.is_empty()) {
        let text = Text::new(file, variant);
        for finding in findings {
            let span = text.as_ref().and_then(|text| text.span(&finding.at));
            let place = span.as_ref().map_or((0, 0), |span| (span.start, span.end));
            merged.entry(place).or_default().push((variant, finding, span));
        }
    }
    let mut problems = Vec::new();
    for found in merged.into_values().take(LIMIT) {
        let concerned = found.len();
        let is_same = found.windows(2).all(|pair| pair[0].1.message == pair[1].1.message);
        let Some((variant, finding, span)) = found.into_iter().next() else { continue };
        let mut problem = Problem::new(&file.path, &file.text, code, finding.message).help(finding.help);
        problem.span = span;
        if let (Some(variant), false) = (variant, is_same && concerned >= inspected) {
            problem.message = format!("{} in {}", problem.message, variant.id);
        }
        problems.push(problem);
    }
    problems
}

/// The text in which places are looked for: that of a variant, or the file as it is written.
struct Text {
    document: Document<String>,
    rendered: Option<Rendered>,
}

impl Text {
    fn new(file: &ScenarioFile, variant: Option<&Variant>) -> Option<Self> {
        let rendered = match variant {
            Some(variant) => Some(file.render(&variant.id)?),
            None => None,
        };
        let text = rendered.as_ref().map_or(&file.text, |rendered| &rendered.text);
        Some(Self { document: Document::parse(text.clone()).ok()?, rendered })
    }

    fn span(&self, at: &At) -> Option<Range<usize>> {
        let (place, part) = match at {
            At::Bytes(span) => return Some(span.clone()),
            At::Data(place, part) => (place, *part),
        };
        let span = place.find_in(&self.document, part)?;
        Some(self.rendered.as_ref().map_or(span.clone(), |rendered| rendered.source_span(&span)))
    }
}
