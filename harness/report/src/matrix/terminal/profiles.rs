//! Clients × profiles.

use judge::Conformance;

use super::super::MatrixReport;
use crate::terminal::page::{GREEN, Page, RED, YELLOW};
use crate::terminal::table::{Cell, Table};

/// A table with a row for each profile, if the clients were held against some.
pub fn write(page: &mut Page, matrix: &MatrixReport) {
    let Some(first) = matrix.clients.first().filter(|report| !report.profiles.is_empty()) else { return };
    let names: Vec<String> = matrix.clients.iter().map(|report| report.client.name.clone()).collect();
    let mut table = Table::new(names.iter().map(String::as_str));
    for (row, verdict) in first.profiles.iter().enumerate() {
        let cells = matrix.clients.iter().map(|report| match report.profiles.get(row).map(|held| held.conformance) {
            Some(Conformance::Conformant) => Cell { paint: GREEN, text: "yes".to_owned() },
            Some(Conformance::Incomplete) => Cell { paint: YELLOW, text: "lacks".to_owned() },
            Some(Conformance::NotConformant) => Cell { paint: RED, text: "no".to_owned() },
            None => Cell::default(),
        });
        table.add(&verdict.profile, cells);
    }
    page.gap();
    page.line(0, "profiles");
    if let Some(layout) = table.layout(page.style.width) {
        table.write(page, &layout);
    }
}
