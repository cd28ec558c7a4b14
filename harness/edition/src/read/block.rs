//! Cuts lines into passages, by headings, blank lines, markers of lists and indentation.
//!
//! This is the part of Bikeshed's Markdown that the specification uses. Other readers of Markdown take its lists for
//! something else: what belongs to an item is indented by two columns, and terms are defined with `:` and `::`.

use suite::{PassageKind as Kind, Version};

use super::ReadError;
use super::anchor::{Addresses, slug};
use super::container::{Container, Marker};
use super::heading::Heading;
use super::line::Line;
use super::markup::{Char, plain};
use super::metadata::Metadata;
use super::sentence::{sentence, sentences};
use super::tag::weakens;
use super::verbatim::{Verbatim, begins_tag};
use crate::{Passage, Sentence};

/// The address of what stands before the first heading.
const FRONT: &str = "front-matter";

/// How deep lists may be nested.
const DEPTH_LIMIT: usize = 32;

/// What is found in a source.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    pub(super) version: Option<Version>,
    pub(super) date: Option<String>,
    pub(super) stamp_lines: (usize, usize),
    pub(super) sections: usize,
    pub(super) passages: Vec<Passage>,
}

/// Cuts a source into passages.
pub(super) fn blocks(lines: &[Line<'_>]) -> Result<Blocks, ReadError> {
    let mut cutter = Cutter::default();
    cutter.stack.push(Container::section(FRONT.to_owned(), None));
    let mut rest = lines;
    while let [line, after @ ..] = rest {
        rest = cutter.take(line, after)?;
    }
    cutter.finish()?;
    Ok(cutter.found)
}

#[derive(Debug, Default)]
struct Cutter {
    found: Blocks,
    addresses: Addresses,
    /// The section, and in it the items that are open, from the outermost.
    stack: Vec<Container>,
    /// The paragraph that is open.
    paragraph: Option<(Kind, String, Option<String>, Vec<Char>)>,
    /// How many sections of each level there are in the one that they belong to.
    counts: [usize; 6],
    /// The lines of `<div …>` that are open, each with whether it takes the weight of what stands in it away.
    open: Vec<(usize, bool)>,
}

impl Cutter {
    /// Takes a line, and more if they belong to it. Returns what is left.
    fn take<'a>(&mut self, line: &Line<'a>, after: &'a [Line<'a>]) -> Result<&'a [Line<'a>], ReadError> {
        let (mut line, mut after) = (*line, after);
        // What follows the end of an element in its line is taken as if it stood in the next one.
        loop {
            let text = line.text;
            if text.is_empty() {
                self.close();
                return Ok(after);
            }
            if Metadata::begins(text) {
                let block = Metadata::take(&line, after)?;
                (line, after) = self.metadata(&line, block, after)?;
            } else if let Some(code) = Verbatim::take(&line, after)? {
                self.code(&line, &code.words);
                after = &after[code.length..];
                line = Line { number: code.last, indent: line.indent, text: code.behind };
            } else if let Some((heading, behind, length)) = Heading::element(&line, after) {
                self.heading(heading, line.number);
                (line, after) = (behind, &after[length..]);
            } else if let Some(behind) = self.division(&line) {
                line.text = behind;
            } else if let Some(at) = text.find("</div>").filter(|_| !text.contains('`')) {
                self.plain_line(&Line { text: text[..at].trim(), ..line })?;
                line.text = &text[at..];
            } else {
                self.plain_line(&line)?;
                return Ok(after);
            }
            if line.text.is_empty() {
                return Ok(after);
            }
        }
    }

    /// Takes a line without elements.
    fn plain_line(&mut self, line: &Line<'_>) -> Result<(), ReadError> {
        if let Some(heading) = Heading::of_line(line) {
            self.heading(heading, line.number);
        } else if let Some(heading) = self.underlined(line) {
            let number = heading.title.first().map_or(line.number, |(_, line)| *line);
            self.heading(heading, number);
        } else if let Some(marker) = Marker::of(line.text).filter(|marker| self.is_list(line, marker)) {
            self.marker(line, &marker)?;
        } else {
            self.words(line);
        }
        Ok(())
    }

    /// Takes `<div …>` or `</div>`. Returns what follows it in the line.
    fn division<'a>(&mut self, line: &Line<'a>) -> Option<&'a str> {
        if let Some(behind) = line.text.strip_prefix("</div>") {
            self.close();
            self.open.pop();
            return Some(behind.trim());
        }
        let (attributes, behind) =
            line.text.strip_prefix("<div").filter(|_| begins_tag(line.text, "<div"))?.split_once('>')?;
        self.close();
        let is_weak = weakens(attributes) || self.is_weak();
        self.open.push((line.number, is_weak));
        Some(behind.trim())
    }

    /// Whether what stands here asks for nothing.
    fn is_weak(&self) -> bool {
        self.open.last().is_some_and(|(_, is_weak)| *is_weak)
    }

    /// The heading that the paragraph before this line is, if this line makes it one.
    fn underlined(&mut self, line: &Line<'_>) -> Option<Heading> {
        let level = Heading::underline(line)?;
        let is_in_section = self.stack.last().is_some_and(|container| container.indent.is_none());
        let (.., source) = self.paragraph.take_if(|_| is_in_section)?;
        let container = self.inner();
        container.paragraphs = container.paragraphs.saturating_sub(1);
        Some(Heading::new(level, &source))
    }

    fn finish(&mut self) -> Result<(), ReadError> {
        self.close();
        self.leave(0);
        match self.open.last() {
            Some((line, _)) => Err(ReadError::Unclosed { line: *line, what: "<div>".to_owned() }),
            None => Ok(()),
        }
    }

    fn inner(&mut self) -> &mut Container {
        // The section is never left without another.
        self.stack.last_mut().unwrap_or_else(|| unreachable!("there is always a section"))
    }

    /// Whether a line that looks like an item is one. In the middle of a paragraph a number is not.
    fn is_list(&self, line: &Line<'_>, marker: &Marker<'_>) -> bool {
        let Marker::Step(number, _) = marker else { return true };
        self.paragraph.is_none() || *number == 1 || self.stack.iter().any(|open| open.indent == Some(line.indent))
    }

    /// Ends the paragraph that is open.
    fn close(&mut self) {
        let Some((kind, address, number, source)) = self.paragraph.take() else { return };
        let sentences = sentences(&plain(&source));
        self.push(kind, address, number, sentences);
    }

    fn push(&mut self, kind: Kind, address: String, number: Option<String>, sentences: Vec<Sentence>) {
        if !sentences.is_empty() {
            let address = self.addresses.unique(address);
            let is_weak = self.is_weak() && !matches!(kind, Kind::Metadata | Kind::Term);
            let kind = if is_weak { Kind::Note } else { kind };
            self.found.passages.push(Passage { address, number, kind, sentences });
        }
    }

    /// Leaves the items whose markers stand at this column or further to the right.
    fn leave(&mut self, indent: usize) {
        while self.inner().indent.is_some_and(|open| open >= indent) {
            self.stack.pop();
        }
    }

    fn heading(&mut self, heading: Heading, line: usize) {
        self.close();
        self.leave(0);
        let level = heading.level.min(self.counts.len());
        let address = self.addresses.unique(heading.anchor);
        self.counts[level - 1] += 1;
        self.counts[level..].fill(0);
        let numbers: Vec<String> = self.counts[..level].iter().map(ToString::to_string).collect();
        let number = heading.has_number.then(|| numbers.join("."));
        self.found.sections += 1;
        // A heading can be without words.
        if let Some(title) = sentence(&plain(&heading.title)) {
            self.found.passages.push(Passage {
                address: address.clone(),
                number: number.clone(),
                kind: Kind::Heading,
                sentences: vec![Sentence { lines: (line, title.lines.1), ..title }],
            });
        }
        self.stack.clear();
        self.stack.push(Container::section(address, number));
    }

    fn marker(&mut self, line: &Line<'_>, marker: &Marker<'_>) -> Result<(), ReadError> {
        self.close();
        if let Marker::Definition(words) = marker {
            self.leave(line.indent + 1);
            self.begin(words, line);
            return Ok(());
        }
        self.leave(line.indent);
        if self.stack.len() > DEPTH_LIMIT {
            return Err(ReadError::TooDeep { line: line.number });
        }
        let around = self.inner();
        let (address, number) = (around.address.clone(), around.number.clone());
        let (item, words) = match marker {
            Marker::Step(written, words) => {
                let step = match around.last_step {
                    // A list may give every item the number 1.
                    Some(last) if *written == 1 => last + 1,
                    _ => *written,
                };
                around.last_step = Some(step);
                let number = number.map(|number| format!("{number}.{step}"));
                (Container::item(Some(line.indent), format!("{address}/{step}"), number, Kind::Step), *words)
            }
            Marker::Item(words) => {
                around.items += 1;
                let address = format!("{address}/i{}", around.items);
                (Container::item(Some(line.indent), address, number, Kind::Item), *words)
            }
            Marker::Term(term) | Marker::Definition(term) => {
                let term: Vec<Char> = term.chars().map(|c| (c, line.number)).collect();
                let term = plain(&term);
                let name: String = term.iter().map(|(c, _)| *c).collect();
                let address = format!("{address}/{}", slug(&name));
                self.push(Kind::Term, format!("{address}/term"), number.clone(), sentences(&term));
                (Container::item(Some(line.indent), address, number, Kind::Definition), "")
            }
        };
        self.stack.push(item);
        self.begin(words, line);
        Ok(())
    }

    /// Begins a paragraph in the innermost container, if there are words.
    fn begin(&mut self, words: &str, line: &Line<'_>) {
        if words.is_empty() {
            return;
        }
        let is_note = words.starts_with("Note:");
        let container = self.inner();
        let (kind, address) = if container.has_first {
            container.paragraphs += 1;
            let kind = if is_note { Kind::Note } else { Kind::Paragraph };
            // Whatever list comes next is another one.
            container.last_step = None;
            (kind, format!("{}/p{}", container.address, container.paragraphs))
        } else {
            container.has_first = true;
            (container.kind, container.address.clone())
        };
        let number = container.number.clone();
        self.paragraph = Some((kind, address, number, words.chars().map(|c| (c, line.number)).collect()));
    }

    fn words(&mut self, line: &Line<'_>) {
        if let Some((.., source)) = &mut self.paragraph {
            line.add_to(source);
            return;
        }
        self.leave(line.indent);
        self.begin(line.text, line);
    }

    fn code(&mut self, line: &Line<'_>, words: &[Char]) {
        self.close();
        self.leave(line.indent);
        let container = self.inner();
        container.codes += 1;
        let (address, number) = (format!("{}/code{}", container.address, container.codes), container.number.clone());
        self.push(Kind::Code, address, number, sentence(words).into_iter().collect());
    }

    fn metadata<'a>(
        &mut self,
        open: &Line<'a>,
        block: Metadata<'a>,
        after: &'a [Line<'a>],
    ) -> Result<(Line<'a>, &'a [Line<'a>]), ReadError> {
        self.close();
        if let Some((_, line)) = block.version.filter(|_| self.found.version.is_some()) {
            return Err(ReadError::Twice { line, what: "Text Macro: VERSION".to_owned() });
        }
        let stamps = block.version.iter().map(|(_, line)| *line).chain(block.date.iter().map(|(_, line)| *line));
        let stamps: Vec<usize> = stamps.collect();
        if self.found.version.is_none() {
            let first = stamps.iter().min().copied().unwrap_or(open.number);
            self.found.stamp_lines = (first, stamps.iter().max().copied().unwrap_or(first));
            self.found.version = block.version.map(|(version, _)| version);
            self.found.date = block.date.map(|(date, _)| date);
        }
        self.push(Kind::Metadata, "metadata".to_owned(), None, block.people);
        self.push(Kind::Metadata, crate::passage::SETTINGS.to_owned(), None, block.settings);
        Ok((Line { number: block.last, indent: 0, text: block.behind }, &after[block.length..]))
    }
}
