//! Clients × profiles.

use judge::{CORE, Conformance, ProfileVerdict};

use super::super::MatrixReport;
use crate::obstacles;
use crate::terminal::page::{DIM, GREEN, Page, RED, YELLOW};
use crate::terminal::profiles::fields;
use crate::terminal::table::{Cell, Table};

/// A table with a row for each profile, if the clients were held against some: what keeps each client from it beyond
/// `core`. If everything is asked for, what that is by name.
pub fn write(page: &mut Page, matrix: &MatrixReport) {
    let Some(first) = matrix.clients.first().filter(|report| !report.profiles.is_empty()) else { return };
    let names: Vec<String> = matrix.clients.iter().map(|report| report.client.name.clone()).collect();
    let mut table = Table::new(names.iter().map(String::as_str));
    let mut rows: Vec<(usize, &ProfileVerdict)> = first.profiles.iter().enumerate().collect();
    // The others are counted from there.
    rows.sort_by_key(|(_, verdict)| verdict.profile != CORE);
    for (row, verdict) in &rows {
        let cells = matrix.clients.iter().map(|report| report.profiles.get(*row).map(cell).unwrap_or_default());
        table.add(&verdict.profile, cells);
    }
    page.gap();
    page.line(0, "profiles");
    let Some(layout) = table.layout(page.style.width) else { return };
    table.write(page, &layout);
    page.gap();
    for line in obstacles::LEGEND {
        page.paragraph(0, 2, line);
    }
    if page.style.verbose {
        write_names(page, matrix);
    } else {
        page.paragraph(0, 2, "--verbose names what is counted here");
    }
}

fn cell(verdict: &ProfileVerdict) -> Cell {
    let paint = match verdict.conformance {
        Conformance::Conformant => GREEN,
        Conformance::Incomplete => YELLOW,
        // It is not this recipe that the client fails.
        Conformance::NotConformant if obstacles::own(verdict).is_empty() => DIM,
        Conformance::NotConformant => RED,
    };
    Cell { paint, text: obstacles::cell(verdict) }
}

fn write_names(page: &mut Page, matrix: &MatrixReport) {
    for report in &matrix.clients {
        for verdict in &report.profiles {
            let mut fields = fields(&obstacles::own(verdict), true);
            if !verdict.unanswered.is_empty() {
                fields.push(("not seen", verdict.unanswered.join(", ")));
            }
            if fields.is_empty() {
                continue;
            }
            page.gap();
            page.line(0, &format!("{}, {}", report.client.name, verdict.profile));
            for (name, text) in fields {
                page.field(name, &text);
            }
        }
    }
}
