//! A table with a label before each row and a name above each column. A long name stands on several lines, and columns
//! for which there is no room stand in a second part below.

use std::ops::Range;

use anstyle::Style as Paint;
use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

use super::page::{BOLD, GAP, Page};
use crate::escape;

/// The longest text in one place, in characters. Ids of scenarios are shorter.
const LIMIT: usize = 120;

/// How many lines a name has at the least, if it has as many words: less would make columns wide without need.
const HEIGHT: usize = 2;

/// A table that can be laid out for a width.
pub struct Table {
    names: Vec<String>,
    rows: Vec<Row>,
}

struct Row {
    label: String,
    cells: Vec<Cell>,
}

/// The widths of all columns, and which of them stand side by side.
pub struct Layout {
    widths: Vec<usize>,
    pub parts: Vec<Range<usize>>,
}

#[derive(Default)]
pub struct Cell {
    pub paint: Paint,
    pub text: String,
}

impl Table {
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self { names: names.into_iter().map(clean).collect(), rows: Vec::new() }
    }

    /// Adds a row with one cell for each column.
    pub fn add(&mut self, label: &str, cells: impl IntoIterator<Item = Cell>) {
        let cells = cells.into_iter().map(|cell| Cell { text: clean(&cell.text), ..cell });
        self.rows.push(Row { label: clean(label), cells: cells.collect() });
    }

    /// How the table looks in this width. `None` if a column alone is too wide.
    pub fn layout(&self, width: usize) -> Option<Layout> {
        let highest = self.names.iter().map(|name| wrapped(name, 1).len()).max().unwrap_or_default().max(HEIGHT);
        let mut narrowest = None;
        for height in HEIGHT..=highest {
            let widths: Vec<_> = (0..self.names.len()).map(|column| self.width(column, height)).collect();
            narrowest = self.parts(&widths, width).map(|parts| Layout { widths, parts });
            if narrowest.as_ref().is_some_and(|layout| layout.parts.len() <= 1) {
                return narrowest;
            }
        }
        let mut layout = narrowest?;
        // Parts of about the same width look better than one column that is left over.
        let number = layout.parts.len();
        let narrower = (1..width).filter_map(|width| self.parts(&layout.widths, width));
        layout.parts = narrower.into_iter().find(|parts| parts.len() == number).unwrap_or(layout.parts);
        Some(layout)
    }

    fn parts(&self, widths: &[usize], width: usize) -> Option<Vec<Range<usize>>> {
        let mut parts: Vec<Range<usize>> = Vec::new();
        let mut used = 0;
        for (column, column_width) in widths.iter().enumerate() {
            let needed = GAP + column_width;
            if let Some(part) = parts.last_mut().filter(|_| used + needed <= width) {
                part.end = column + 1;
                used += needed;
            } else {
                parts.push(column..column + 1);
                used = self.label_width() + needed;
            }
            if used > width {
                return None;
            }
        }
        Some(parts)
    }

    /// Writes the columns, one part below the other.
    pub fn write(&self, page: &mut Page, layout: &Layout) {
        for part in &layout.parts {
            page.gap();
            self.write_part(page, part.clone(), &layout.widths[part.clone()]);
        }
    }

    fn write_part(&self, page: &mut Page, part: Range<usize>, widths: &[usize]) {
        let label_width = self.label_width();
        let heads: Vec<_> =
            self.names[part.clone()].iter().zip(widths).map(|(name, width)| wrapped(name, *width)).collect();
        let height = heads.iter().map(Vec::len).max().unwrap_or_default();
        for line in 0..height {
            // The last word of each name stands right above its column.
            let word = |head: &Vec<String>| (line + head.len()).checked_sub(height).map(|index| head[index].clone());
            let words = heads.iter().map(|head| (BOLD, word(head).unwrap_or_default()));
            write_line(page, (label_width, ""), widths, words);
        }
        for row in &self.rows {
            let cells = row.cells[part.clone()].iter().map(|cell| (cell.paint, cell.text.clone()));
            write_line(page, (label_width, &row.label), widths, cells);
        }
    }

    fn label_width(&self) -> usize {
        self.rows.iter().map(|row| display_width(&row.label)).max().unwrap_or_default()
    }

    /// The width of a column whose name has this many lines, or as many as it has words.
    fn width(&self, column: usize, height: usize) -> usize {
        let name = &self.names[column];
        let name_width = (1..display_width(name)).find(|width| wrapped(name, *width).len() <= height);
        let cells = self.rows.iter().map(|row| display_width(&row.cells[column].text));
        // A word can be wider than what was asked for.
        let words = wrapped(name, name_width.unwrap_or(LIMIT)).into_iter().map(|word| display_width(&word));
        words.chain(cells).max().unwrap_or_default()
    }
}

fn write_line(
    page: &mut Page,
    (label_width, label): (usize, &str),
    widths: &[usize],
    cells: impl Iterator<Item = (Paint, String)>,
) {
    let mut pieces = vec![(Paint::new(), label.to_owned())];
    let mut blank = label_width - display_width(label);
    for ((paint, text), width) in cells.zip(widths) {
        let length = display_width(&text);
        if length > 0 {
            pieces.push((Paint::new(), " ".repeat(blank + GAP)));
            pieces.push((paint, text));
            blank = width - length;
        } else {
            // Nothing is written after the last text of a line.
            blank += GAP + width;
        }
    }
    page.pieces(&pieces);
}

/// A name on lines of this width, or of the width of its longest word.
fn wrapped(name: &str, width: usize) -> Vec<String> {
    let options = Options::new(width)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::HyphenSplitter)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(name, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

fn clean(text: &str) -> String {
    escape::single_line(text, LIMIT)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::Style;

    fn table() -> Table {
        let mut table = Table::new(["arbitrary-installation", "honest", "mix-and-match"]);
        let cells = ["31/33 Fk", "1/1", ""].map(|text| Cell { text: text.to_owned(), ..Cell::default() });
        table.add("one 1.0", cells);
        let cells = ["4/4", "", "12/13"].map(|text| Cell { text: text.to_owned(), ..Cell::default() });
        table.add("\u{4e8c}", cells);
        table
    }

    fn written(table: &Table, width: usize) -> String {
        let mut page = Page::new(Style::default());
        table.write(&mut page, &table.layout(width).unwrap());
        page.finish()
    }

    fn parts(width: usize) -> Option<Vec<Range<usize>>> {
        table().layout(width).map(|layout| layout.parts)
    }

    #[test]
    fn names_are_broken_at_hyphens_and_stand_right_above_their_column() {
        assert_snapshot!(written(&table(), 100));
    }

    #[test]
    fn names_have_more_lines_where_that_saves_a_second_part() {
        assert_snapshot!(written(&table(), 36));
    }

    #[test]
    fn columns_without_room_go_to_a_second_part() {
        assert_eq!(parts(36).unwrap().len(), 1);
        assert_eq!(parts(35).unwrap(), [0..1, 1..3]);
        assert_eq!(parts(21).unwrap(), [0..1, 1..2, 2..3]);
        assert_eq!(parts(20), None);
    }

    #[test]
    fn parts_are_about_equally_wide() {
        let mut table = Table::new(["a", "b", "c", "d"]);
        table.add("", (0..4).map(|_| Cell { text: "x".to_owned(), ..Cell::default() }));
        assert_eq!(table.layout(12).unwrap().parts.len(), 1);
        assert_eq!(table.layout(9).unwrap().parts, [0..2, 2..4]);
    }

    #[test]
    fn no_line_is_too_long_or_ends_in_spaces() {
        for width in 21..60 {
            for line in written(&table(), width).lines() {
                assert!(display_width(line) <= width && line.trim_end() == line, "{width}: {line}");
            }
        }
    }
}
