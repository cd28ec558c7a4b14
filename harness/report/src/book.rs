//! The pages of the book that are made from data: one for each recipe, an overview of them, and the survey.

use std::collections::BTreeMap;

use judge::{Conformance, ProfileVerdict};
use suite::{Profile, Suite};

use crate::survey::Survey;
use crate::{Report, checklist, escape, survey, words};

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
    let mut text = "# Recipes\n\nWhat each released client makes of each recipe: *yes*, it conforms; *lacks*, it does not \
                    support a feature that the recipe needs, and does right what it does. Otherwise there is the number of \
                    scenarios that it fails (✗), of open questions to which it gives another answer than the recipe asks \
                    for (?), and of features that the recipe forbids and it accepts (!). The page of a recipe names them.\n\n| recipe |"
        .to_owned();
    let names: Vec<String> = reports.iter().map(|report| plain(&report.client.name)).collect();
    text.extend(names.iter().map(|name| format!(" {name} |")));
    text += &format!("\n|---|{}\n", "---|".repeat(names.len()));
    for profile in suite.profiles.values() {
        text += &format!("| [{}](recipes/{}.md) |", profile.id, profile.id);
        for report in reports {
            let word = match held(profile, suite, report).conformance {
                Conformance::Conformant => "yes",
                Conformance::Incomplete => "lacks",
                Conformance::NotConformant => "",
            };
            let verdict = if word.is_empty() { short(&held(profile, suite, report)) } else { word.to_owned() };
            text += &format!(" {verdict} |");
        }
        text.push('\n');
    }
    text
}

/// How far a client is from conforming.
fn short(verdict: &ProfileVerdict) -> String {
    let counts =
        [(scenarios(&verdict.failing).len(), '✗'), (verdict.answers.len(), '?'), (verdict.accepted.len(), '!')];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, sign)| format!("{count} {sign}"));
    counts.collect::<Vec<_>>().join(" ")
}

/// Scenarios without their variants, each with how many variants there are.
fn scenarios(ids: &[String]) -> BTreeMap<&str, usize> {
    let mut scenarios = BTreeMap::new();
    for id in ids {
        *scenarios.entry(id.split('[').next().unwrap_or_default()).or_default() += 1;
    }
    scenarios
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
    let mut text = "## The verdict of each client\n\n| client | verdict | why |\n|---|---|---|\n".to_owned();
    for report in reports {
        let verdict = held(profile, suite, report);
        let word = words::conformance(verdict.conformance);
        text += &format!("| {} | {word} | {} |\n", plain(&report.client.full_name()), why(&verdict));
    }
    text + "\n"
}

/// Why a verdict is what it is, in a cell of a table.
fn why(verdict: &ProfileVerdict) -> String {
    let code = |id: &String| format!("`{}`", plain(id));
    let list = |ids: &[String]| ids.iter().map(code).collect::<Vec<_>>().join(", ");
    let mut reasons = Vec::new();
    if !verdict.missing.is_empty() {
        reasons.push(format!("lacks {}", list(&verdict.missing)));
    }
    if !verdict.failing.is_empty() {
        let failing = scenarios(&verdict.failing).into_iter().map(|(id, count)| {
            let variants = if count > 1 { format!(" ({count} variants)") } else { String::new() };
            format!("`{}`{variants}", plain(id))
        });
        reasons.push(format!("fails {}", failing.collect::<Vec<_>>().join(", ")));
    }
    for (policy, answer) in &verdict.answers {
        let answer = if answer.is_empty() { "none of the known answers".to_owned() } else { code(answer) };
        reasons.push(format!("answers {answer} to `{}`", plain(policy)));
    }
    for (feature, scenario) in &verdict.accepted {
        reasons.push(format!("accepts `{}`, see `{}`", plain(feature), plain(scenario)));
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
