//! The scenarios that not all clients answer alike.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use suite::ScenarioId;

use crate::matrix::MatrixReport;
use crate::terminal::mark::Mark;
use crate::terminal::page::{BOLD, Page};
use crate::terminal::table::{Cell, Table};
use crate::{command, words};

/// How many scenarios are shown.
const SHOWN: usize = 20;

/// A scenario with what it means for each client; nothing for one that has no result for it.
struct Difference<'a> {
    id: &'a ScenarioId,
    marks: Vec<Option<Mark>>,
}

pub fn write(page: &mut Page, matrix: &MatrixReport) {
    let differences = differences(matrix);
    if differences.is_empty() {
        return;
    }
    page.gap();
    let scenarios = words::count(differences.len(), "scenario", "scenarios");
    let about = format!("{scenarios}; `{}` is a pass", Mark::Pass.character());
    page.headed_paragraph(BOLD, "where clients differ", 4, &about);
    let shown = if page.style.verbose { differences.len() } else { differences.len().min(SHOWN) };
    write_all(page, matrix, &differences[..shown]);
    if shown < differences.len() {
        let more = words::count(differences.len() - shown, "more scenario", "more scenarios");
        page.line(0, &format!("and {more}: {}", command::repeat_matrix_verbosely(matrix)));
    }
}

/// In the order of the suite: that of the first client, then what only others have.
fn differences(matrix: &MatrixReport) -> Vec<Difference<'_>> {
    let marks: Vec<HashMap<_, _>> = matrix
        .clients
        .iter()
        .map(|report| {
            let results = report.results.iter();
            results.map(|result| (&result.id, Mark::of(result, report.baseline.as_ref()))).collect()
        })
        .collect();
    let mut seen = BTreeSet::new();
    let ids = matrix.clients.iter().flat_map(|report| &report.results).map(|result| &result.id);
    let ids = ids.filter(|id| seen.insert(*id));
    let all = ids.map(|id| Difference { id, marks: marks.iter().map(|marks| marks.get(id).copied()).collect() });
    all.filter(Difference::is_one).collect()
}

fn write_all(page: &mut Page, matrix: &MatrixReport, differences: &[Difference<'_>]) {
    let names: Vec<_> = matrix.clients.iter().map(|report| report.client.full_name()).collect();
    let numbers: Vec<_> = (1..=names.len()).map(|number| number.to_string()).collect();
    for heads in [&names, &numbers] {
        let table = table(heads, differences);
        let Some(layout) = table.layout(page.style.width).filter(|layout| layout.parts.len() == 1) else { continue };
        if heads == &numbers {
            page.items(names.iter().zip(&numbers).map(|(name, number)| format!("{number}: {name}")));
        }
        return table.write(page, &layout);
    }
    write_blocks(page, &names, differences);
}

fn table(heads: &[String], differences: &[Difference<'_>]) -> Table {
    let mut table = Table::new(heads.iter().map(String::as_str));
    for difference in differences {
        let cells = difference.marks.iter().map(|mark| match mark {
            Some(mark) => Cell { paint: mark.paint(), text: mark.character().to_owned() },
            None => Cell::default(),
        });
        table.add(difference.id.as_str(), cells);
    }
    table
}

/// Instead of a table, where there is no room for one.
fn write_blocks(page: &mut Page, names: &[String], differences: &[Difference<'_>]) {
    for difference in differences {
        page.gap();
        page.line(0, difference.id.as_str());
        let mut clients: BTreeMap<Mark, Vec<&str>> = BTreeMap::new();
        for (name, mark) in names.iter().zip(&difference.marks) {
            if let Some(mark) = mark {
                clients.entry(*mark).or_default().push(name);
            }
        }
        for (mark, names) in clients {
            page.paragraph(2, 2, &format!("{}: {}", mark.name(), names.join(", ")));
        }
    }
}

impl Difference<'_> {
    fn is_one(&self) -> bool {
        let played: BTreeSet<_> = self.marks.iter().flatten().filter(|mark| mark.is_played()).collect();
        played.len() > 1
    }
}

#[cfg(test)]
mod tests {
    use judge::ScenarioResult;

    use super::*;
    use crate::example;

    fn ids(results: Vec<Vec<ScenarioResult>>) -> Vec<String> {
        let clients = results.into_iter().map(example::report).collect();
        let matrix = example::matrix_of(clients, vec![]);
        differences(&matrix).iter().map(|difference| difference.id.as_str().to_owned()).collect()
    }

    #[test]
    fn one_client_that_fails_and_one_that_passes_differ() {
        let (pass, fail) = (example::pass("rollback", "a"), example::accepted_replay("rollback", "a"));
        assert_eq!(ids(vec![vec![pass.clone()], vec![fail]]), ["rollback/a"]);
        assert_eq!(ids(vec![vec![pass.clone()], vec![pass]]), [""; 0]);
    }

    #[test]
    fn a_crash_is_not_the_same_as_another_answer() {
        let clients = vec![vec![example::deadline("rollback", "a")], vec![example::accepted_replay("rollback", "a")]];
        assert_eq!(ids(clients), ["rollback/a"]);
    }

    #[test]
    fn a_client_that_could_not_play_the_scenario_does_not_differ() {
        let mut broken = example::deadline("rollback", "a");
        broken.suite_fault = true;
        let (pass, unsupported) = (example::pass("rollback", "a"), example::unsupported("rollback", "a"));
        assert_eq!(ids(vec![vec![pass], vec![unsupported], vec![broken], vec![]]), [""; 0]);
    }

    #[test]
    fn the_order_is_that_of_the_suite() {
        let bad = |id: &str| example::accepted_replay("rollback", id);
        let good = |id: &str| example::pass("rollback", id);
        let clients = vec![vec![good("z"), good("a")], vec![bad("m"), bad("a"), bad("z")], vec![good("m")]];
        assert_eq!(ids(clients), ["rollback/z", "rollback/a", "rollback/m"]);
    }
}
