//! The head of the report and its table: one line per attack class.

use super::page::{BOLD, DIM, GREEN, Page, RED, YELLOW};
use super::tally::Tally;
use crate::{Client, Report};

/// The column of the counts, if no class has a longer name.
const NAME_WIDTH: usize = 20;

/// The transport of which nothing is said, as nothing lies between the harness and the client.
const BUILT_IN: &str = "built-in";

pub fn write(page: &mut Page, report: &Report) {
    let about = format!("against TUF {}, dialect `{}`", report.specification, report.dialect);
    page.headed(BOLD, &report.client.full_name(), &about);
    write_about(page, &report.client);
    page.gap();
    write_table(page, 0, report);
}

/// What is known of a client besides its name. Addresses are meant to be copied.
pub fn write_about(page: &mut Page, client: &Client) {
    let transport = Some(&client.transport).filter(|transport| *transport != BUILT_IN);
    let about = [
        ("language", client.language.as_ref()),
        ("transport", transport),
        ("homepage", client.homepage.as_ref()),
        ("issues", client.issue_tracker.as_ref()),
    ];
    for (name, value) in about {
        if let Some(value) = value {
            page.headed(DIM, &format!("{name:9}"), value);
        }
    }
}

pub fn write_table(page: &mut Page, indent: usize, report: &Report) {
    let classes = Tally::by_class(report);
    let name_width = classes.keys().map(|name| name.chars().count()).chain([NAME_WIDTH]).max().unwrap_or(NAME_WIDTH);
    let digits = classes.values().map(|tally| tally.total().to_string().len()).max().unwrap_or_default();
    for (name, tally) in classes {
        let ratio = format!("{:>digits$}/{:<digits$}", tally.passes(), tally.total());
        let line = format!("{name:name_width$}  {ratio}  {}", tally.words());
        let paint = if tally.fails_the_run() {
            RED
        } else if tally.is_complete() {
            GREEN
        } else {
            YELLOW
        };
        page.coloured_paragraph(paint, indent, 4, line.trim_end());
    }
}
