//! How much the version has to be raised.
//!
//! The text says that the numbers of its versions follow semantic versioning, and so does the page of its repository, by
//! which a change of the third number is all that goes straight to the released text. Of a text that others implement, that
//! means: *major* if whoever conformed may not conform any more, or cannot rely on what the other side had to do; *minor* if
//! something is added with which all of them still conform; *patch* if nothing is asked that was not asked before.
//!
//! No program knows what a sentence asks. It is told by keywords, and by the levels of requirements where there are none.

use std::collections::BTreeSet;

use suite::{Bump, Keyword, Level, Suite};

use crate::context::{Context, keywords_at};
use crate::{Finding, Kind};

/// What a change does, the strongest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// Something may or should be done that did not have to be, or no longer.
    Permission,
    /// What states a duty without a keyword has other words.
    Duty,
    /// Duties are in another order.
    Order,
    /// A sentence with an absolute keyword has other words.
    Words,
    /// An absolute keyword is gone.
    Gone,
    /// An absolute keyword is new.
    New,
}

/// How much the version has to be raised for these findings, and why: by the strongest of them.
pub(crate) fn bump(findings: &[Finding], old: &Context<'_>, new: &Context<'_>, suite: &Suite) -> (Bump, String) {
    if findings.is_empty() {
        return (Bump::None, "no passage has changed".to_owned());
    }
    let asking = findings.iter().filter(|finding| !finding.is_editorial());
    let weighed = asking.map(|finding| (strength(finding, old, new, suite), finding));
    // The first of those that are equal.
    let strongest = weighed.reduce(|best, next| if next.0 > best.0 { next } else { best });
    let Some((strength, finding)) = strongest else { return (Bump::Patch, "all changes are editorial".to_owned()) };
    let place = finding.after.as_ref().or(finding.before.as_ref()).map_or("", String::as_str);
    let broken = "unless a review finds that it asks for the same, whoever conformed may not conform any more";
    let said = match strength {
        Strength::New => {
            let keywords = named(finding, new, old);
            format!("{keywords} is new at {place}: whoever conformed may not conform any more")
        }
        Strength::Gone => {
            let keywords = named(finding, new, old);
            format!("{keywords} is no longer said at {place}: nobody can rely on it any more")
        }
        Strength::Words => {
            format!("a sentence with {} has other words at {place}: {broken}", named(finding, new, old))
        }
        Strength::Order => format!("what has to be done has another place or number at {place}: {broken}"),
        Strength::Duty => format!("what states a duty without a keyword has other words at {place}: {broken}"),
        Strength::Permission => {
            format!("what may or should be done, or how it is said, changes at {place}: no duty does, by our reading")
        }
    };
    (if strength == Strength::Permission { Bump::Minor } else { Bump::Major }, said)
}

fn strength(finding: &Finding, old: &Context<'_>, new: &Context<'_>, suite: &Suite) -> Strength {
    let [gone, come] = sides(finding, old, new);
    let absolute = |side: &[BTreeSet<Keyword>]| -> Vec<Keyword> {
        side.iter().flatten().copied().filter(|keyword| keyword.is_absolute()).collect()
    };
    let (lost, got) = (absolute(&gone), absolute(&come));
    let is_duty = |id: &str| {
        let requirement = suite.register.requirements.get(id);
        requirement.is_some_and(|requirement| requirement.level.is_required() && requirement.level != Level::May)
    };
    // What the other side states as well is only said at another place.
    let is_elsewhere = |id: &str| match finding.kind {
        Kind::Added => old.stated.contains(id),
        Kind::Removed => new.stated.contains(id),
        Kind::Changed | Kind::Moved => false,
    };
    let mut duties = finding.touched.requirements.iter().filter(|id| is_duty(id) && !is_elsewhere(id));
    let has_duty = duties.next().is_some();
    let is_in = |keywords: &[Keyword], keyword: &Keyword| keywords.contains(keyword);
    match () {
        () if finding.kind == Kind::Moved && has_duty => Strength::Order,
        () if got.len() > lost.len() || got.iter().any(|keyword| !is_in(&lost, keyword)) => Strength::New,
        () if lost.len() > got.len() => Strength::Gone,
        () if !got.is_empty() => Strength::Words,
        () if gone.iter().chain(&come).all(BTreeSet::is_empty) && has_duty => Strength::Duty,
        () => Strength::Permission,
    }
}

/// The keywords of the sentences that went, and of those that came.
fn sides(finding: &Finding, old: &Context<'_>, new: &Context<'_>) -> [Vec<BTreeSet<Keyword>>; 2] {
    let (before, after) = (finding.before.as_deref(), finding.after.as_deref());
    [
        keywords_at(before.and_then(|at| old.at(at)), &finding.gone),
        keywords_at(after.and_then(|at| new.at(at)), &finding.come),
    ]
}

/// The absolute keywords of the sentences that came, or else of those that went.
fn named(finding: &Finding, new: &Context<'_>, old: &Context<'_>) -> String {
    let [gone, come] = sides(finding, old, new);
    let names = |side: Vec<BTreeSet<Keyword>>| -> BTreeSet<String> {
        let keywords = side.into_iter().flatten().filter(|keyword| keyword.is_absolute());
        keywords.map(|keyword| keyword.to_string()).collect()
    };
    let (gone, come) = (names(gone), names(come));
    let added: Vec<String> = come.difference(&gone).cloned().collect();
    let keywords = if added.is_empty() { gone.union(&come).cloned().collect() } else { added };
    keywords.join(" and ")
}
