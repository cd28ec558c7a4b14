//! What profiles say of a client.

use judge::{Conformance, ProfileVerdict};

use super::page::{DIM, GREEN, Page, RED, YELLOW};
use crate::words;

/// The most ids that are shown of one kind, unless everything is asked for.
const SHOWN: usize = 5;

/// A paragraph for each profile.
pub fn write(page: &mut Page, profiles: &[ProfileVerdict]) {
    page.gap();
    for verdict in profiles {
        let paint = match verdict.conformance {
            Conformance::Conformant => GREEN,
            Conformance::Incomplete => YELLOW,
            Conformance::NotConformant => RED,
        };
        page.headed(paint, words::conformance(verdict.conformance), &verdict.profile);
        let answers: Vec<String> = verdict
            .answers
            .iter()
            .map(|(policy, answer)| {
                format!("{policy} = {}", if answer.is_empty() { "none of the answers" } else { answer })
            })
            .collect();
        let accepted: Vec<String> =
            verdict.accepted.iter().map(|(feature, scenario)| format!("{feature} ({scenario})")).collect();
        let lists = [
            ("lacks", &verdict.missing),
            ("fails", &verdict.failing),
            ("answers", &answers),
            ("accepts", &accepted),
            ("should pass", &verdict.warnings),
        ];
        for (name, ids) in lists.into_iter().filter(|(_, ids)| !ids.is_empty()) {
            page.field(name, &shown(ids, page.style.verbose));
        }
        if page.style.verbose && !verdict.unanswered.is_empty() {
            page.headed(DIM, "not seen", &verdict.unanswered.join(", "));
        }
    }
}

fn shown(ids: &[String], all: bool) -> String {
    let count = if all { ids.len() } else { SHOWN };
    let mut text = ids.iter().take(count).cloned().collect::<Vec<_>>().join(", ");
    if ids.len() > count {
        text += &format!(" and {} more", ids.len() - count);
    }
    text
}
