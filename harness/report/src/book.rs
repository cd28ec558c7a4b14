//! The pages of the book that are made from data: one for each recipe, an overview of them, and the survey.

use std::collections::BTreeMap;

use judge::{CORE, ProfileVerdict};
use suite::{Profile, Suite};

use crate::survey::Survey;
use crate::{Report, checklist, escape, obstacles, survey, words};

/// The pages, by their paths below the sources of the book. They hold the verdicts of these reports.
pub fn pages(suite: &Suite, reports: &[Report]) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    pages.insert("recipes.md".to_owned(), overview(suite, reports));
    for profile in suite.profiles.values() {
        pages.insert(format!("recipes/{}.md", profile.id), recipe(profile, suite, reports));
    }
    let survey = survey::markdown(&Survey::new(&suite.register, reports));
    pages.insert("survey.md".to_owned(), format!("# The survey\n\n{survey}"));
    pages
}

/// Clients × recipes.
fn overview(suite: &Suite, reports: &[Report]) -> String {
    let mut text = "# Recipes\n\nWhat keeps each released client from each recipe. All recipes build on *core*, which is what \
                    the text asks of everybody; the other rows tell what a recipe adds to that.\n\n\
                    - *yes*: it conforms.\n\
                    - Numbers: so many scenarios that it fails (✗), open questions to which it gives another answer than \
                    the recipe asks for (?), features that the recipe forbids and it accepts (!), and features that the \
                    recipe needs and it lacks (−).\n\
                    - A plus sign in front: beside what it fails of *core*. *+0*: it fails nothing but that.\n\
                    - *yes\\** and *+0\\**: the same, but the recipe decides a question that the client was not seen to \
                    answer.\n\n\
                    The page of a recipe names them.\n\n| recipe |"
        .to_owned();
    let names: Vec<String> = reports.iter().map(|report| plain(&report.client.name)).collect();
    text.extend(names.iter().map(|name| format!(" {name} |")));
    text += &format!("\n|---|{}\n", "---|".repeat(names.len()));
    for profile in obstacles::core_first(suite) {
        text += &format!("| [{}](recipes/{}.md) |", profile.id, profile.id);
        for report in reports {
            text += &format!(" {} |", obstacles::cell(&held(profile, suite, report)).replace('*', "\\*"));
        }
        text.push('\n');
    }
    text
}

fn recipe(profile: &Profile, suite: &Suite, reports: &[Report]) -> String {
    let whole = checklist::markdown(profile, suite);
    let verdicts = verdicts(profile, suite, reports);
    // The verdicts stand before the long lists.
    match whole.split_once("## For the implementer of a client") {
        Some((head, lists)) => format!("{head}{verdicts}## For the implementer of a client{lists}"),
        None => whole + &verdicts,
    }
}

fn verdicts(profile: &Profile, suite: &Suite, reports: &[Report]) -> String {
    let why = if profile.id == CORE { "why" } else { "why, beyond *core*" };
    let mut text = format!("## The verdict of each client\n\n| client | verdict | {why} |\n|---|---|---|\n");
    for report in reports {
        let verdict = held(profile, suite, report);
        let word = words::conformance(verdict.conformance);
        text += &format!("| {} | {word} | {} |\n", plain(&report.client.full_name()), reasons(&verdict));
    }
    text + "\n"
}

/// Why a verdict is what it is, in a cell of a table.
fn reasons(verdict: &ProfileVerdict) -> String {
    let own = obstacles::own(verdict);
    let code = |id: &String| format!("`{}`", plain(id));
    let list = |ids: &[String]| ids.iter().map(code).collect::<Vec<_>>().join(", ");
    let mut reasons = Vec::new();
    if !own.missing.is_empty() {
        reasons.push(format!("lacks {}", list(&own.missing)));
    }
    if !own.failing.is_empty() {
        let failing = own.scenarios().into_iter().map(|(id, count)| {
            let variants = if count > 1 { format!(" ({count} variants)") } else { String::new() };
            format!("`{}`{variants}", plain(id))
        });
        reasons.push(format!("fails {}", failing.collect::<Vec<_>>().join(", ")));
    }
    for (policy, answer) in &own.answers {
        let answer = if answer.is_empty() { "none of the known answers".to_owned() } else { code(answer) };
        reasons.push(format!("answers {answer} to `{}`", plain(policy)));
    }
    for (feature, scenario) in &own.accepted {
        reasons.push(format!("accepts `{}`, see `{}`", plain(feature), plain(scenario)));
    }
    if let Some(shared) = obstacles::as_in_core(verdict) {
        reasons.push(shared.replace("`core`", "[*core*](core.md)"));
    }
    if !verdict.unanswered.is_empty() {
        reasons.push(format!("not seen: {}", list(&verdict.unanswered)));
    }
    reasons.join("<br>")
}

fn held(profile: &Profile, suite: &Suite, report: &Report) -> ProfileVerdict {
    judge::verdict(profile, suite, &report.client.features, &report.results)
}

/// Text in a cell of a table.
fn plain(text: &str) -> String {
    escape::single_line(text, 400).replace(['|', '<', '`'], " ")
}
