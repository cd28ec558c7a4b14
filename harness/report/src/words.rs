//! How statuses, counts and sections are named in text.

use judge::{Requirement, Status};

/// A status, as documents and baselines write it.
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Pass => "pass",
        Status::Fail => "fail",
        Status::Inconclusive => "inconclusive",
        Status::Unsupported => "unsupported",
        Status::Error => "error",
    }
}

/// A number with the right form of its noun.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Where and how strongly something is asked: `MUST, section 5.4.3`.
pub fn source(requirement: &Requirement) -> String {
    let level = requirement.level;
    match requirement.section.as_deref() {
        Some(section) if section.starts_with(|c: char| c.is_ascii_digit()) => format!("{level}, section {section}"),
        Some(section) => format!("{level}, {section}"),
        None => level.to_string(),
    }
}

/// The verdict of a profile in words.
pub const fn conformance(conformance: judge::Conformance) -> &'static str {
    match conformance {
        judge::Conformance::Conformant => "conformant",
        judge::Conformance::Incomplete => "incomplete",
        judge::Conformance::NotConformant => "not conformant",
    }
}
