//! What profiles say of a client.

use judge::{Conformance, Obstacles, ProfileVerdict};

use super::page::{GREEN, Page, RED, YELLOW};
use crate::{obstacles, words};

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
        let all = page.style.verbose;
        let mut fields = fields(&obstacles::own(verdict), all);
        fields.extend(obstacles::as_in_core(verdict).map(|text| ("misses", text)));
        let others = [("should pass", &verdict.warnings), ("not seen", &verdict.unanswered)];
        fields.extend(others.into_iter().filter(|(_, ids)| !ids.is_empty()).map(|(name, ids)| (name, shown(ids, all))));
        for (name, text) in fields {
            page.field(name, &text);
        }
    }
}

/// What keeps a client from a profile, by its kind.
pub fn fields(obstacles: &Obstacles, all: bool) -> Vec<(&'static str, String)> {
    let known = |answer: &str| if answer.is_empty() { "none of the answers".to_owned() } else { answer.to_owned() };
    let answers = obstacles.answers.iter().map(|(policy, answer)| format!("{policy} = {}", known(answer)));
    let accepted = obstacles.accepted.iter().map(|(feature, scenario)| format!("{feature} ({scenario})"));
    let lists = [
        ("lacks", obstacles.missing.clone()),
        ("fails", obstacles.failing.clone()),
        ("answers", answers.collect()),
        ("accepts", accepted.collect()),
    ];
    lists.into_iter().filter(|(_, ids)| !ids.is_empty()).map(|(name, ids)| (name, shown(&ids, all))).collect()
}

fn shown(ids: &[String], all: bool) -> String {
    let count = if all { ids.len() } else { SHOWN };
    let mut text = ids.iter().take(count).cloned().collect::<Vec<_>>().join(", ");
    if ids.len() > count {
        text += &format!(" and {} more", ids.len() - count);
    }
    text
}
