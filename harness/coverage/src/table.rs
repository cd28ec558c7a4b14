//! The coverage as plain text.

use std::collections::BTreeMap;

use suite::{Level, Why};

use crate::{Coverage, Row, State};

/// The levels, strongest first.
const LEVELS: [Level; 6] = [Level::Must, Level::MustNot, Level::Should, Level::ShouldNot, Level::May, Level::Implied];

/// Lays out the coverage: numbers by level, then every requirement by area. The same coverage gives the same text.
pub fn table(coverage: &Coverage) -> String {
    let mut text = "What the scenarios cover: written by `tuf-cookbook spec coverage --write`.\n\n".to_owned();
    text += &numbers(coverage);
    for (area, rows) in &coverage.areas {
        text += &format!("\n{area}\n");
        let width = rows.iter().map(|row| row.id.len()).max().unwrap_or_default();
        for row in rows {
            let line = format!("  {:width$}  {:10}  {}", row.id, row.level.to_string(), state(row));
            text += line.trim_end();
            text.push('\n');
        }
    }
    if !coverage.silent_sentences.is_empty() {
        text += "\nsentences with a keyword and no requirement\n";
        for silent in &coverage.silent_sentences {
            let reason = silent.reason.as_deref().unwrap_or("NO REASON");
            text += &format!("  {}, sentence {}: {reason}\n", silent.at, silent.sentence);
        }
    }
    text
}

/// How many requirements of each level are in which state.
fn numbers(coverage: &Coverage) -> String {
    let heads = ["proven", "excluded", "unproven", "uncovered", "repository"];
    let place = |state: &State| match state {
        State::Proven { .. } => 0,
        State::Excluded { .. } => 1,
        State::Unproven { .. } => 2,
        State::Uncovered => 3,
        State::Repository => 4,
    };
    let mut text = format!("{:10}", "");
    for head in heads {
        text += &format!("  {head:>10}");
    }
    text.push('\n');
    let rows: Vec<&Row> = coverage.areas.values().flatten().collect();
    let line = |name: &str, rows: &mut dyn Iterator<Item = &&Row>| {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        rows.for_each(|row| *counts.entry(place(&row.state)).or_default() += 1);
        let mut line = format!("{name:10}");
        for place in 0..heads.len() {
            line += &format!("  {:>10}", counts.get(&place).copied().unwrap_or_default());
        }
        line + "\n"
    };
    for level in LEVELS {
        text += &line(&level.to_string(), &mut rows.iter().filter(|row| row.level == level));
    }
    text + &line("all", &mut rows.iter())
}

fn state(row: &Row) -> String {
    match &row.state {
        State::Proven { proofs } => {
            let Some(first) = proofs.first() else { return "proven".to_owned() };
            let more = if proofs.len() > 1 { format!(" and {} more", proofs.len() - 1) } else { String::new() };
            format!("{} {} ({}){more}", first.scenario, first.check, first.fault)
        }
        State::Unproven { scenarios } => format!("UNPROVEN: no fault breaks it in {}", scenarios.join(", ")),
        State::Uncovered => "UNCOVERED".to_owned(),
        State::Excluded { exclusion } => {
            let about = match exclusion.why {
                Why::OpenQuestion => exclusion.policy.clone().unwrap_or_default(),
                Why::SumOfOthers => exclusion.others.join(", "),
                Why::NotObservable | Why::NotAClientMatter | Why::NoImplementation => exclusion.note.clone(),
            };
            format!("{}: {about}", exclusion.why)
        }
        State::Repository => "a repository matter".to_owned(),
    }
}
