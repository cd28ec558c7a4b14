//! Clients × attack classes, what the marks mean, and what the run says about each client.

use std::collections::{BTreeMap, BTreeSet};

use crate::matrix::{MatrixReport, NotPlayedReason};
use crate::terminal::mark::Mark;
use crate::terminal::page::{BOLD, DIM, GAP, GREEN, Page, RED, YELLOW};
use crate::terminal::table::{Cell, Table};
use crate::terminal::tally::Tally;
use crate::terminal::{classes, closing};
use crate::words;

/// In how many parts the table is still readable.
const PARTS: usize = 2;

/// The least room beside the names of clients for what is said about them.
const TEXT_WIDTH: usize = 40;

pub fn write(page: &mut Page, matrix: &MatrixReport) {
    let clients = words::count(matrix.clients.len(), "client", "clients");
    page.headed(BOLD, &clients, &format!("against TUF {}", matrix.specification));
    write_classes(page, matrix);
    write_clients(page, matrix);
}

fn write_classes(page: &mut Page, matrix: &MatrixReport) {
    let table = table(matrix);
    let layout = table.layout(page.style.width).filter(|layout| layout.parts.len() <= PARTS);
    let Some(layout) = layout else { return write_blocks(page, matrix) };
    if layout.parts.is_empty() {
        return;
    }
    table.write(page, &layout);
    page.gap();
    write_legend(page, matrix);
}

fn write_legend(page: &mut Page, matrix: &MatrixReport) {
    page.paragraph(0, 0, "2/3: passes, of all scenarios but open questions and what the client does not support");
    let results = matrix.clients.iter().flat_map(|report| report.results.iter().map(move |result| (report, result)));
    let marks: BTreeSet<_> = results.map(|(report, result)| Mark::of(result, report.baseline.as_ref())).collect();
    let others = marks.into_iter().filter(|mark| *mark != Mark::Pass);
    page.items(others.map(|mark| format!("{}: {}", mark.character(), mark.name())));
}

fn table(matrix: &MatrixReport) -> Table {
    let tallies: Vec<_> = matrix.clients.iter().map(Tally::by_class).collect();
    let classes: BTreeSet<_> = tallies.iter().flat_map(BTreeMap::keys).copied().collect();
    let digits = |class: &str, number: fn(&Tally) -> usize| {
        let numbers = tallies.iter().filter_map(|tallies| tallies.get(class)).map(number);
        numbers.max().unwrap_or_default().to_string().len()
    };
    let mut table = Table::new(classes.iter().copied());
    for (report, tallies) in matrix.clients.iter().zip(&tallies) {
        let cells = classes.iter().map(|class| match tallies.get(class) {
            Some(tally) => cell(tally, digits(class, Tally::passes), digits(class, Tally::counting)),
            None => Cell::default(),
        });
        table.add(&report.client.full_name(), cells);
    }
    table
}

fn cell(tally: &Tally, passes: usize, counting: usize) -> Cell {
    let marks: String = tally.marks().map(Mark::character).collect();
    let ratio = match tally.counting() {
        0 => format!("{:>passes$}{:counting$}", "-", "", counting = counting + 1),
        count => format!("{:>passes$}/{count:<counting$}", tally.passes()),
    };
    let paint = if tally.fails_the_run() {
        RED
    } else if tally.counting() == 0 {
        DIM
    } else if tally.passes() == tally.counting() {
        GREEN
    } else {
        YELLOW
    };
    Cell { paint, text: format!("{ratio} {marks}").trim_end().to_owned() }
}

/// Instead of a table, where there is no room for one.
fn write_blocks(page: &mut Page, matrix: &MatrixReport) {
    for report in &matrix.clients {
        page.gap();
        page.headed(BOLD, &report.client.full_name(), "");
        classes::write_table(page, 2, report);
    }
}

fn write_clients(page: &mut Page, matrix: &MatrixReport) {
    page.gap();
    let played = matrix.clients.iter().map(|report| {
        let (paint, verdict) = closing::verdict(report);
        (report.client.full_name(), paint, verdict, None)
    });
    let not_played = matrix.not_played.iter().map(|client| {
        let (paint, reason) = match client.reason {
            NotPlayedReason::NotInstalled => (DIM, "not installed"),
            NotPlayedReason::CouldNotStart => (RED, "could not be started"),
        };
        (client.name.clone(), paint, format!("{reason}: {}", client.message), client.help.as_ref())
    });
    let clients: Vec<_> = played.chain(not_played).collect();
    let widest = clients.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or_default();
    let has_room = widest + TEXT_WIDTH <= page.style.width;
    let (name_width, hang) = if has_room { (widest, widest + GAP) } else { (0, 4) };
    for (name, paint, text, help) in clients {
        page.headed_paragraph(paint, &format!("{name:name_width$}"), hang, &text);
        if let Some(help) = help {
            page.line(hang, help);
        }
    }
}
