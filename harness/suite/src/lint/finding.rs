//! What a check found, and how it becomes a problem in a file.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::locate::{Part, Place};
use crate::{Problem, ScenarioFile, Variant};

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
    let mut merged: BTreeMap<(usize, usize), Vec<(Option<&Variant>, Finding, Option<Range<usize>>)>> = BTreeMap::new();
    for (variant, findings) in findings {
        for finding in findings {
            let span = match (&finding.at, variant) {
                (At::Data(place, part), Some(variant)) => file.locate(&variant.id, place, *part),
                (At::Data(place, part), None) => place.find(&file.text, *part),
                (At::Bytes(span), _) => Some(span.clone()),
            };
            let place = span.as_ref().map_or((0, 0), |span| (span.start, span.end));
            merged.entry(place).or_default().push((variant, finding, span));
        }
    }
    let mut problems = Vec::new();
    for found in merged.into_values() {
        let concerned = found.len();
        let is_same = found.windows(2).all(|pair| pair[0].1.message == pair[1].1.message);
        let Some((variant, finding, span)) = found.into_iter().next() else { continue };
        let mut problem = Problem::new(&file.path, &file.text, code, finding.message).help(finding.help);
        problem.span = span;
        if let (Some(variant), false) = (variant, is_same && concerned >= inspected) {
            problem.message += &format!(" in {}", variant.id);
        }
        problems.push(problem);
    }
    problems
}
