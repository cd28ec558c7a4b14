//! A file as a list of tables with the comments that belong to them.

use toml_parser::Source;
use toml_parser::lexer::{Token, TokenKind};

use super::statement::lay_out;

/// The keys at the top of a scenario, in the order of a reader's questions.
const HEAD: [&str; 7] = ["title", "attack", "attacker", "covers", "needs", "policy", "story"];

/// The tables of a scenario that come before all others.
const TABLES: [&str; 4] = ["matrix", "repository", "repositories", "mapping"];

/// The start of the line that names the schema of a file.
const SCHEMA: &str = "#:schema";

/// A file in its parts.
#[derive(Default)]
pub(super) struct Layout {
    /// The comments at the top that are about the whole file.
    preamble: Vec<String>,
    /// What comes before the first header, and then each table.
    tables: Vec<Table>,
    /// The comments at the end, after a blank line.
    closing: Vec<String>,
}

#[derive(Default)]
struct Table {
    header: Option<Statement>,
    pairs: Vec<Statement>,
    /// Comments behind the last of them.
    tail: Vec<String>,
}

/// A header or a key with its value.
struct Statement {
    /// The comments above it; an empty one is a blank line.
    lead: Vec<String>,
    /// Its first key.
    key: String,
    text: String,
}

impl Layout {
    /// Takes a file apart.
    pub fn read(text: &str) -> Self {
        let tokens = Source::new(text).lex().into_vec();
        let (mut layout, mut lead) = (Self { tables: vec![Table::default()], ..Self::default() }, Vec::new());
        let (mut at, mut line_is_empty) = (0, true);
        while let Some(token) = tokens.get(at) {
            match token.kind() {
                TokenKind::Whitespace | TokenKind::Eof => at += 1,
                TokenKind::Newline => {
                    if line_is_empty {
                        add_blank(&mut lead);
                    }
                    (at, line_is_empty) = (at + 1, true);
                }
                TokenKind::Comment => {
                    lead.push(text[token.span().start()..token.span().end()].trim_end().to_owned());
                    (at, line_is_empty) = (at + 1, false);
                }
                first => {
                    let length = statement_length(&tokens[at..]);
                    let is_header = first == TokenKind::LeftSquareBracket;
                    let laid_out = lay_out(text, &tokens[at..at + length], is_header);
                    layout.push(std::mem::take(&mut lead), laid_out, is_header);
                    (at, line_is_empty) = (at + length, false);
                }
            }
        }
        layout.end(lead);
        layout
    }

    fn push(&mut self, mut lead: Vec<String>, text: String, is_header: bool) {
        if self.is_empty() && self.preamble.is_empty() {
            (self.preamble, lead) = split_preamble(lead);
        }
        let key = first_key(&text);
        if is_header {
            let own = self.split_tail(lead);
            let header = Some(Statement { lead: own, key, text });
            self.tables.push(Table { header, ..Table::default() });
        } else if let Some(table) = self.tables.last_mut() {
            table.pairs.push(Statement { lead, key, text });
        }
    }

    /// Comments right below the last key stay there, if a blank line parts them from the header that follows.
    fn split_tail(&mut self, mut lead: Vec<String>) -> Vec<String> {
        let blank = lead.iter().position(String::is_empty).filter(|blank| *blank > 0);
        if let (Some(blank), Some(table)) = (blank, self.tables.last_mut()) {
            let own = lead.split_off(blank);
            table.tail = lead;
            return own;
        }
        lead
    }

    fn end(&mut self, lead: Vec<String>) {
        if self.is_empty() {
            self.preamble = lead;
        } else if lead.first().is_some_and(String::is_empty) {
            self.closing = lead;
        } else if let Some(table) = self.tables.last_mut() {
            table.tail = lead;
        }
    }

    fn is_empty(&self) -> bool {
        self.tables.iter().all(|table| table.header.is_none() && table.pairs.is_empty())
    }

    /// Puts the file together again.
    pub fn write(mut self) -> String {
        if let Some(head) = self.tables.first_mut() {
            head.pairs.sort_by_key(|pair| rank(&HEAD, &pair.key));
        }
        let key = |table: &Table| table.header.as_ref().map(|header| rank(&TABLES, &header.key));
        self.tables.sort_by_key(key);

        let mut lines = Lines::default();
        lines.all(&self.preamble);
        let first = self.tables.first().and_then(|head| head.pairs.first());
        let is_only_schema = self.preamble.len() == 1 && self.preamble[0].starts_with(SCHEMA);
        if !is_only_schema || first.is_some_and(|pair| !pair.lead.is_empty()) {
            lines.blank();
        }
        for table in &self.tables {
            if let Some(header) = &table.header {
                lines.blank();
                lines.all(&header.lead);
                lines.one(&header.text);
            }
            for (index, pair) in table.pairs.iter().enumerate() {
                let skipped = if index == 0 { pair.lead.iter().take_while(|line| line.is_empty()).count() } else { 0 };
                lines.all(&pair.lead[skipped..]);
                lines.one(&pair.text);
            }
            lines.all(&table.tail);
        }
        lines.all(&self.closing);
        lines.0.truncate(lines.0.trim_end_matches('\n').len());
        if !lines.0.is_empty() {
            lines.0.push('\n');
        }
        lines.0
    }
}

/// The comments about the whole file, and those about what comes first in it: the line with the schema, and
/// what a blank line parts from the rest.
fn split_preamble(mut lead: Vec<String>) -> (Vec<String>, Vec<String>) {
    let start = lead.iter().take_while(|line| line.is_empty()).count();
    lead.drain(..start);
    let blank = lead.iter().rposition(String::is_empty);
    let has_schema = lead.first().is_some_and(|line| line.starts_with(SCHEMA));
    let end = blank.unwrap_or(usize::from(has_schema));
    let rest = lead.split_off(end).into_iter().skip_while(String::is_empty).collect();
    (lead, rest)
}

fn add_blank(lead: &mut Vec<String>) {
    if lead.last().is_none_or(|line| !line.is_empty()) {
        lead.push(String::new());
    }
}

/// How many tokens belong to what starts here: up to the end of the line on which its last bracket is closed.
fn statement_length(tokens: &[Token]) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate() {
        match token.kind() {
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => depth += 1,
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => depth = depth.saturating_sub(1),
            TokenKind::Newline if depth == 0 => return index,
            _ => {}
        }
    }
    tokens.len()
}

/// The first key of a header or of a pair.
fn first_key(text: &str) -> String {
    let text = text.trim_start_matches('[');
    text.split(['.', ' ', ']']).next().unwrap_or_default().trim_matches(['"', '\'']).to_owned()
}

/// The position in a list; what is not in it comes after all that is.
fn rank(names: &[&str], name: &str) -> usize {
    names.iter().position(|known| *known == name).unwrap_or(names.len())
}

/// The text as it grows, with never more than one blank line.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn one(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn all(&mut self, lines: &[String]) {
        for line in lines {
            if line.is_empty() {
                self.blank();
            } else {
                self.one(line);
            }
        }
    }

    fn blank(&mut self) {
        if !self.0.is_empty() && !self.0.ends_with("\n\n") {
            self.0.push('\n');
        }
    }
}
