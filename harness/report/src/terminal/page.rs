//! Lines of text. Everything that is shown goes through here and is escaped here, so that nothing gets past.

use anstyle::{AnsiColor, Style as Paint};
use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

use super::Style;
use crate::escape;

pub const RED: Paint = AnsiColor::Red.on_default();
pub const GREEN: Paint = AnsiColor::Green.on_default();
pub const YELLOW: Paint = AnsiColor::Yellow.on_default();
pub const BOLD: Paint = Paint::new().bold();
pub const DIM: Paint = Paint::new().dimmed();

/// The column in which the text of a field begins.
const FIELD: usize = 14;

/// The space between two texts that do not belong together.
pub const GAP: usize = 2;

/// The longest text in one place. The statement of a requirement or a list of requests is far shorter.
const TEXT_LIMIT: usize = 1000;

/// The narrowest text that is readable.
const MIN_WIDTH: usize = 40;

/// A text that grows line by line.
pub struct Page {
    pub style: Style,
    text: String,
}

impl Page {
    pub const fn new(style: Style) -> Self {
        Self { style, text: String::new() }
    }

    pub fn finish(self) -> String {
        self.text
    }

    /// An empty line, unless there is one or nothing comes before.
    pub fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A line with a coloured word at its start.
    pub fn headed(&mut self, paint: Paint, head: &str, text: &str) {
        let head = self.painted(paint, &clean(head));
        let text = clean(text);
        self.push(&format!("{head}{}{text}", if text.is_empty() { "" } else { "  " }));
    }

    /// A line that is not broken.
    pub fn line(&mut self, indent: usize, text: &str) {
        self.push(&format!("{:indent$}{}", "", clean(text)));
    }

    /// A coloured line that is not broken.
    pub fn coloured_line(&mut self, paint: Paint, indent: usize, text: &str) {
        let text = self.painted(paint, &clean(text));
        self.push(&format!("{:indent$}{text}", ""));
    }

    /// A line of coloured pieces that is not broken.
    pub fn pieces(&mut self, pieces: &[(Paint, String)]) {
        let line: String = pieces.iter().map(|(paint, text)| self.painted(*paint, &clean(text))).collect();
        self.push(&line);
    }

    /// A paragraph with a coloured word at its start, its second line on further right.
    pub fn headed_paragraph(&mut self, paint: Paint, head: &str, hang: usize, text: &str) {
        let head = clean(head);
        for line in self.wrapped(0, hang, &format!("{head}  {text}")) {
            match line.strip_prefix(&head) {
                Some(rest) => self.push(&format!("{}{rest}", self.painted(paint, &head))),
                None => self.push(&line),
            }
        }
    }

    /// A coloured paragraph, its second line on further right.
    pub fn coloured_paragraph(&mut self, paint: Paint, indent: usize, hang: usize, text: &str) {
        for line in self.wrapped(indent, hang, text) {
            let text = line.trim_start();
            self.push(&format!("{:blank$}{}", "", self.painted(paint, text), blank = line.len() - text.len()));
        }
    }

    /// Texts one after the other, none of them broken.
    pub fn items(&mut self, items: impl IntoIterator<Item = String>) {
        let mut lines: Vec<String> = Vec::new();
        for item in items.into_iter().map(|item| clean(&item)) {
            let width = self.style.width.saturating_sub(display_width(&item) + GAP);
            match lines.last_mut().filter(|line| display_width(line) <= width) {
                Some(line) => *line += &format!("{:GAP$}{item}", ""),
                None => lines.push(item),
            }
        }
        for line in lines {
            self.push(&line);
        }
    }

    /// A paragraph, its second line on further right.
    pub fn paragraph(&mut self, indent: usize, hang: usize, text: &str) {
        for line in self.wrapped(indent, hang, text) {
            self.push(&line);
        }
    }

    /// A named part of something larger. With no name it continues the one before.
    pub fn field(&mut self, name: &str, text: &str) {
        self.item(name, 0, text);
    }

    /// As `field`, with the second line on further right.
    pub fn item(&mut self, name: &str, hang: usize, text: &str) {
        let mut lines = self.wrapped(FIELD, hang, text).into_iter();
        let first = lines.next().unwrap_or_default();
        self.named(name, first.strip_prefix(&" ".repeat(FIELD)).unwrap_or(&first));
        for line in lines {
            self.push(&line);
        }
    }

    /// As `field`, for what is meant to be copied: not broken.
    pub fn unbroken_field(&mut self, name: &str, text: &str) {
        self.named(name, &clean_command(text));
    }

    /// Text that belongs to the field before, further right.
    pub fn under_field(&mut self, indent: usize, text: &str) {
        self.paragraph(FIELD + indent, 2, text);
    }

    /// Text over several lines, each behind a bar. Only the last ones are kept.
    pub fn quotation(&mut self, text: &str, lines: usize, limit: usize) {
        let text = escape::printable(text.trim_end().as_bytes(), limit);
        let all: Vec<_> = text.lines().collect();
        let left_out = all.len().saturating_sub(lines);
        if left_out > 0 {
            self.line(FIELD + 4, &format!("| [{left_out} earlier lines left out]"));
        }
        for line in &all[left_out..] {
            self.push(format!("{:indent$}| {line}", "", indent = FIELD + 4).trim_end());
        }
    }

    fn named(&mut self, name: &str, text: &str) {
        let name = self.painted(DIM, &format!("{:width$}", clean(name), width = FIELD - 6));
        self.push(&format!("    {name}  {text}"));
    }

    fn wrapped(&self, indent: usize, hang: usize, text: &str) -> Vec<String> {
        wrap(text, self.style.width.max(MIN_WIDTH), (indent, hang), false)
    }

    fn painted(&self, paint: Paint, text: &str) -> String {
        if !self.style.colour || text.is_empty() || paint.is_plain() {
            return text.to_owned();
        }
        format!("{paint}{text}{paint:#}")
    }

    fn push(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }
}

/// The lines of a paragraph, its second line on further right. Words that are too long are broken or not.
pub fn wrap(text: &str, width: usize, (indent, hang): (usize, usize), break_words: bool) -> Vec<String> {
    // All choices are made here: the defaults of the crate depend on how other crates build it.
    let first = " ".repeat(indent);
    let next = " ".repeat(indent + hang);
    let options = Options::new(width)
        .initial_indent(&first)
        .subsequent_indent(&next)
        .break_words(break_words)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(&clean(text), options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

fn clean(text: &str) -> String {
    escape::single_line(text, TEXT_LIMIT)
}

/// A command is of no use when its end is missing.
fn clean_command(text: &str) -> String {
    escape::single_line(text, TEXT_LIMIT * 16)
}
