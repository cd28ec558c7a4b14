//! Cuts lines into passages, by headings, blank lines, markers of lists and indentation.
//!
//! This is the part of Bikeshed's Markdown that the specification uses. Other readers of Markdown take its lists for
//! something else: what belongs to an item is indented by two columns, and terms are defined with `:` and `::`.

use suite::{PassageKind as Kind, Version};

use super::ReadError;
use super::anchor::{Addresses, slug};
use super::line::Line;
use super::markup::{Char, plain};
use super::sentence::{sentence, sentences};
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

/// A section, or an item of a list, with what has been found in it so far.
#[derive(Debug)]
struct Container {
    /// The column of its marker. `None` for a section.
    indent: Option<usize>,
    address: String,
    /// The number of the section or step.
    number: Option<String>,
    /// What its first paragraph is.
    kind: Kind,
    has_first: bool,
    /// A term that is to be defined.
    term: Vec<Char>,
    paragraphs: usize,
    items: usize,
    codes: usize,
    /// The number of the last item of the numbered list that is being read in it.
    last_step: Option<usize>,
}

impl Container {
    fn section(address: String, number: Option<String>) -> Self {
        // Its first paragraph is one like the others.
        Self { has_first: true, ..Self::item(None, address, number, Kind::Paragraph) }
    }

    fn item(indent: Option<usize>, address: String, number: Option<String>, kind: Kind) -> Self {
        Self {
            indent,
            address,
            number,
            kind,
            has_first: false,
            term: Vec::new(),
            paragraphs: 0,
            items: 0,
            codes: 0,
            last_step: None,
        }
    }
}

/// How a line of a list begins, with what follows.
enum Marker<'a> {
    Step(usize, &'a str),
    Item(&'a str),
    Term(&'a str),
    Definition(&'a str),
}

impl<'a> Marker<'a> {
    fn of(text: &'a str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("::") {
            return Some(Self::Definition(rest.trim()));
        }
        let (mark, rest) = text.split_once([' ', '\t']).unwrap_or((text, ""));
        match mark {
            ":" => Some(Self::Term(rest.trim())),
            "*" | "+" | "-" => Some(Self::Item(rest.trim())),
            _ => {
                let number = mark.strip_suffix(['.', ')'])?;
                // More digits are a date or the like.
                let is_number = (1..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
                number.parse().ok().filter(|_| is_number).map(|number| Self::Step(number, rest.trim()))
            }
        }
    }
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
    /// The lines of `<div …>` that are open.
    open: Vec<usize>,
}

impl Cutter {
    /// Takes a line, and more if they belong to it. Returns what is left.
    fn take<'a>(&mut self, line: &Line<'a>, after: &'a [Line<'a>]) -> Result<&'a [Line<'a>], ReadError> {
        let text = line.text;
        if text.is_empty() {
            self.close();
        } else if text.starts_with('#') && line.indent == 0 && text.trim_start_matches('#').starts_with([' ', '\u{a0}'])
        {
            self.heading(line);
        } else if let Some((open, end)) = verbatim(text) {
            return self.verbatim(line, after, open, end);
        } else if text.starts_with("<div") || text == "</div>" {
            self.close();
            match text {
                "</div>" => drop(self.open.pop()),
                _ => self.open.push(line.number),
            }
        } else if let Some(marker) = Marker::of(text).filter(|marker| self.is_list(line, marker)) {
            self.marker(line, &marker)?;
        } else {
            self.words(line);
        }
        Ok(after)
    }

    fn finish(&mut self) -> Result<(), ReadError> {
        self.close();
        self.leave(0);
        match self.open.last() {
            Some(line) => Err(ReadError::Unclosed { line: *line, what: "<div>".to_owned() }),
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
            self.found.passages.push(Passage { address, number, kind, sentences });
        }
    }

    /// Leaves the items whose markers stand at this column or further to the right.
    fn leave(&mut self, indent: usize) {
        while self.inner().indent.is_some_and(|open| open >= indent) {
            let Some(left) = self.stack.pop() else { return };
            if !left.has_first && !left.term.is_empty() {
                // A term of which nothing is said.
                self.push(left.kind, left.address, left.number, sentences(&plain(&left.term)));
            }
        }
    }

    fn heading(&mut self, line: &Line<'_>) {
        self.close();
        self.leave(0);
        let level = line.text.bytes().take_while(|byte| *byte == b'#').count().min(self.counts.len());
        let title = line.text.trim_start_matches('#').trim();
        let (title, attributes) = match title.rsplit_once('{') {
            Some((title, attributes)) if attributes.ends_with('}') => (title, attributes.trim_end_matches('}')),
            _ => (title, ""),
        };
        let title = title.trim().trim_end_matches('#').trim();
        let anchor = attributes.split_whitespace().find_map(|attribute| attribute.strip_prefix('#'));
        let address = self.addresses.unique(anchor.map_or_else(|| slug(title), str::to_owned));
        self.counts[level - 1] += 1;
        self.counts[level..].fill(0);
        let numbers: Vec<String> = self.counts[..level].iter().map(ToString::to_string).collect();
        let number = (!attributes.contains(".no-num")).then(|| numbers.join("."));
        self.found.sections += 1;
        let source: Vec<Char> = title.chars().map(|c| (c, line.number)).collect();
        // A heading can be without words.
        if let Some(title) = sentence(&plain(&source)) {
            self.found.passages.push(Passage {
                address: address.clone(),
                number: number.clone(),
                kind: Kind::Heading,
                sentences: vec![title],
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
                let name: String = plain(&term).into_iter().map(|(c, _)| c).collect();
                let address = format!("{address}/{}", slug(&name));
                let item = Container::item(Some(line.indent), address, number, Kind::Definition);
                (Container { term, ..item }, "")
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
            source.push((' ', line.number));
            source.extend(line.text.chars().map(|c| (c, line.number)));
            return;
        }
        self.leave(line.indent);
        self.begin(line.text, line);
    }

    /// Takes code, metadata or a comment, up to the line with `end` in it.
    fn verbatim<'a>(
        &mut self,
        line: &Line<'a>,
        after: &'a [Line<'a>],
        open: &str,
        end: &str,
    ) -> Result<&'a [Line<'a>], ReadError> {
        self.close();
        let begins = line.text.trim_start_matches('`').split_once('>').map_or("", |(_, rest)| rest);
        let is_one_line = open != "```" && begins.contains(end);
        let length = if is_one_line { Some(0) } else { after.iter().position(|line| line.text.contains(end)) };
        let Some(length) = length else {
            return Err(ReadError::Unclosed { line: line.number, what: open.to_owned() });
        };
        let body = &after[..length];
        let rest = if is_one_line { after } else { &after[length + 1..] };
        if open == "<!--" {
            return Ok(rest);
        }
        if line.text.contains("class=") && line.text.contains("metadata") {
            self.metadata(line, body)?;
            return Ok(rest);
        }
        self.leave(line.indent);
        let mut source: Vec<Char> =
            begins.split(end).next().unwrap_or_default().chars().map(|c| (c, line.number)).collect();
        for line in body {
            source.push((' ', line.number));
            source.extend(line.text.chars().map(|c| (c, line.number)));
        }
        let container = self.inner();
        container.codes += 1;
        let (address, number) = (format!("{}/code{}", container.address, container.codes), container.number.clone());
        self.push(Kind::Code, address, number, sentence(&plain(&source)).into_iter().collect());
        Ok(rest)
    }

    fn metadata(&mut self, open: &Line<'_>, body: &[Line<'_>]) -> Result<(), ReadError> {
        let (mut sentences, mut stamps) = (Vec::new(), Vec::new());
        for line in body {
            if let Some(date) = line.text.strip_prefix("Date:") {
                self.found.date = Some(date.trim().to_owned());
                stamps.push(line.number);
            } else if let Some(version) = line.text.strip_prefix("Text Macro: VERSION") {
                let version = version.trim().parse();
                self.found.version =
                    Some(version.map_err(|message| ReadError::Version { line: line.number, message })?);
                stamps.push(line.number);
            } else {
                let source: Vec<Char> = line.text.chars().map(|c| (c, line.number)).collect();
                sentences.extend(sentence(&plain(&source)));
            }
        }
        let first = stamps.first().copied().unwrap_or(open.number);
        self.found.stamp_lines = (first, stamps.last().copied().unwrap_or(first));
        self.push(Kind::Metadata, "metadata".to_owned(), None, sentences);
        Ok(())
    }
}

/// What opens here and is left as it is up to what closes it.
fn verbatim(text: &str) -> Option<(&'static str, &'static str)> {
    const KNOWN: [(&str, &str); 4] = [("<pre", "</pre>"), ("<xmp", "</xmp>"), ("```", "```"), ("<!--", "-->")];
    KNOWN.into_iter().find(|(open, _)| text.starts_with(open))
}
