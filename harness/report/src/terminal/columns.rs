//! Two texts side by side.

use anstyle::Style as Paint;
use textwrap::core::display_width;

use super::page::{DIM, Page};

/// A column: its head, the colour of its marked sentences, and its sentences, each with whether it is marked.
pub type Column<'a> = (&'a str, Paint, &'a [(bool, String)]);

/// The space before a column.
const INDENT: usize = 2;

impl Page {
    /// Two texts side by side. Sentences that are marked have a sign in front and are coloured.
    pub fn columns(&mut self, left: Column<'_>, right: Column<'_>) {
        let width = (self.style.width.saturating_sub(3 * INDENT) / 2).max(20);
        let (left, right) = (lines('-', left, width), lines('+', right, width));
        for row in 0..left.len().max(right.len()) {
            let (paint, words) = left.get(row).cloned().unwrap_or((Paint::new(), String::new()));
            let mut pieces = vec![(Paint::new(), " ".repeat(INDENT)), (paint, words.clone())];
            if let Some((paint, right)) = right.get(row).cloned() {
                let gap = width.saturating_sub(display_width(&words)) + INDENT;
                pieces.extend([(Paint::new(), " ".repeat(gap)), (paint, right)]);
            }
            self.pieces(&pieces);
        }
    }
}

fn lines(sign: char, (head, paint, sentences): Column<'_>, width: usize) -> Vec<(Paint, String)> {
    let mut lines = Vec::new();
    if !sentences.is_empty() {
        lines.push((DIM, head.to_owned()));
    }
    for (is_marked, sentence) in sentences {
        let paint = if *is_marked { paint } else { Paint::new() };
        let sign = if *is_marked { sign } else { ' ' };
        for (row, line) in
            super::page::wrap(sentence, width.saturating_sub(INDENT), (0, 0), true).into_iter().enumerate()
        {
            let sign = if row == 0 { sign } else { ' ' };
            lines.push((paint, format!("{sign} {line}")));
        }
    }
    lines
}
