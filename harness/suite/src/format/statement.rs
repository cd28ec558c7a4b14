//! One line of a file, or several that belong together: a header or a key with its value, laid out anew.

use toml_parser::lexer::{Token, TokenKind};

/// The spaces by which each bracket indents.
const INDENT: usize = 4;

/// Lays out a header or a key with its value, with the comment behind it.
pub(super) fn lay_out(text: &str, tokens: &[Token], is_header: bool) -> String {
    let mut out = Writer { text: String::new(), depth: 0 };
    let mut previous = None;
    for (index, token) in tokens.iter().enumerate() {
        let raw = &text[token.span().start()..token.span().end()];
        let next = tokens[index + 1..].iter().map(Token::kind).find(|kind| *kind != TokenKind::Whitespace);
        match token.kind() {
            TokenKind::Whitespace | TokenKind::Eof => continue,
            TokenKind::Comment => out.comment(raw),
            TokenKind::Newline => {
                // Blank lines in a value are left out.
                if previous == Some(TokenKind::Newline) {
                    continue;
                }
                out.newline(is_closed_next(&tokens[index + 1..]));
            }
            _ if is_header => out.text.push_str(raw),
            TokenKind::Equals => out.text.push_str(" = "),
            TokenKind::Comma => out.comma(next),
            kind @ (TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket) => {
                out.open(raw, kind == TokenKind::LeftCurlyBracket && next != Some(TokenKind::RightCurlyBracket));
            }
            kind @ (TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket) => {
                let is_empty = previous == Some(TokenKind::LeftCurlyBracket);
                out.close(raw, kind == TokenKind::RightCurlyBracket && !is_empty);
            }
            kind => {
                // A date and a time are two words.
                if kind == TokenKind::Atom && previous == Some(TokenKind::Atom) {
                    out.text.push(' ');
                }
                out.text.push_str(raw);
            }
        }
        previous = Some(token.kind());
    }
    out.text.truncate(out.text.trim_end_matches(' ').len());
    out.text
}

/// Whether the next thing that is written closes a bracket.
fn is_closed_next(tokens: &[Token]) -> bool {
    let next = tokens.iter().find(|token| !matches!(token.kind(), TokenKind::Whitespace | TokenKind::Newline));
    next.is_some_and(|token| is_closing(token.kind()))
}

const fn is_closing(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket)
}

struct Writer {
    text: String,
    depth: usize,
}

impl Writer {
    fn is_at_line_start(&self) -> bool {
        self.text.trim_end_matches(' ').ends_with('\n')
    }

    fn comment(&mut self, raw: &str) {
        if !self.text.ends_with(' ') && !self.is_at_line_start() {
            self.text.push(' ');
        }
        self.text.push_str(raw.trim_end());
    }

    fn newline(&mut self, is_closed_next: bool) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
        let depth = if is_closed_next { self.depth.saturating_sub(1) } else { self.depth };
        self.text.push_str(&" ".repeat(depth.saturating_mul(INDENT)));
    }

    fn comma(&mut self, next: Option<TokenKind>) {
        // The comma after the last value in a line is superfluous.
        if !next.is_some_and(is_closing) {
            self.text.push_str(", ");
        }
    }

    fn open(&mut self, raw: &str, has_space: bool) {
        self.depth += 1;
        self.text.push_str(raw);
        self.text.push_str(if has_space { " " } else { "" });
    }

    fn close(&mut self, raw: &str, has_space: bool) {
        self.depth = self.depth.saturating_sub(1);
        if has_space && !self.text.ends_with(' ') && !self.is_at_line_start() {
            self.text.push(' ');
        }
        self.text.push_str(raw);
    }
}
