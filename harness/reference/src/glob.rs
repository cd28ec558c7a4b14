//! PATHPATTERN (section 4.5): shell patterns as in glob(7).
//!
//! An asterisk matches any run of characters, also an empty one; a question mark matches one character; a bracket
//! expression matches one of the listed characters or ranges, or none of them after `!` or `^`. None of them matches
//! the separator `/`, and neither does `**`. A backslash takes its special meaning from the next character. A leading
//! dot needs no special care: target paths have no hidden files. A pattern whose bracket is not closed takes the
//! bracket literally.

use crate::fault::{Fault, FaultSet};

/// Whether the pattern matches the whole path.
pub(crate) fn matches(pattern: &str, path: &str, faults: FaultSet) -> bool {
    let (pattern, path) = if faults.has(Fault::IgnoreCase) {
        (pattern.to_lowercase(), path.to_lowercase())
    } else {
        (pattern.to_owned(), path.to_owned())
    };
    let pattern = if faults.has(Fault::SegmentsRunOut) {
        pattern.split('/').take(path.split('/').count()).collect::<Vec<_>>().join("/")
    } else {
        pattern
    };
    let pattern = match pattern.strip_prefix('/') {
        Some(rest) if faults.has(Fault::SlashBeforePattern) => rest.to_owned(),
        _ => pattern,
    };
    if faults.has(Fault::PatternAsExpression) {
        return as_expressions(&pattern).iter().any(|pattern| matches_all(pattern, &path, faults));
    }
    if faults.has(Fault::LiteralIsPrefix) && path.starts_with(&pattern) {
        return true;
    }
    matches_all(&pattern, &path, faults)
}

fn matches_all(pattern: &str, path: &str, faults: FaultSet) -> bool {
    let tokens = tokens(&pattern.chars().collect::<Vec<_>>(), faults);
    run(&tokens, &path.chars().collect::<Vec<_>>())
}

/// What a pattern means to a client that makes a regular expression of it and masks nothing: a dot is any character, a
/// bar separates alternatives, parentheses only group, and a plus repeats what is before it, here up to twice.
fn as_expressions(pattern: &str) -> Vec<String> {
    let mut expressions = Vec::new();
    for alternative in pattern.split('|') {
        let alternative: String = alternative.chars().filter(|c| !matches!(c, '(' | ')')).collect();
        let alternative = alternative.replace('.', "?");
        let twice: String = alternative
            .char_indices()
            .map(|(place, c)| match alternative[..place].chars().next_back() {
                Some(before) if c == '+' => before,
                _ => c,
            })
            .collect();
        expressions.push(alternative.replace('+', ""));
        expressions.push(twice);
    }
    expressions
}

enum Token {
    Literal(char),
    /// One character; whether it may be the separator.
    One(bool),
    /// Any run of characters; whether it may contain the separator.
    Run(bool),
    /// One character inside, or outside, these ranges.
    Set {
        negated: bool,
        ranges: Vec<(char, char)>,
    },
}

impl Token {
    fn takes(&self, c: char) -> bool {
        match self {
            Self::Literal(literal) => *literal == c,
            Self::One(separator) | Self::Run(separator) => c != '/' || *separator,
            Self::Set { negated, ranges } => {
                c != '/' && ranges.iter().any(|(low, high)| (*low..=*high).contains(&c)) != *negated
            }
        }
    }
}

fn tokens(pattern: &[char], faults: FaultSet) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = pattern.get(at) {
        at += 1;
        if c == '*' && faults.has(Fault::StarNeedsCharacter) {
            tokens.push(Token::One(false));
        }
        tokens.push(match c {
            '*' => Token::Run(faults.has(Fault::StarCrossesSeparator)),
            '?' if faults.has(Fault::QuestionMarkIsStar) => Token::Run(false),
            '?' => Token::One(faults.has(Fault::QuestionMarkMatchesSeparator)),
            '\\' if at < pattern.len() => {
                at += 1;
                Token::Literal(pattern[at - 1])
            }
            '[' if !faults.has(Fault::BracketsAreLiteral) => match set(&pattern[at..]) {
                Some((set, length)) => {
                    at += length;
                    set
                }
                None => Token::Literal('['),
            },
            literal => Token::Literal(literal),
        });
    }
    tokens
}

/// The bracket expression after an opening bracket, and its length. A closing bracket in first place is literal.
fn set(pattern: &[char]) -> Option<(Token, usize)> {
    let negated = matches!(pattern.first(), Some('!' | '^'));
    let start = usize::from(negated);
    let end = start + 1 + pattern.get(start + 1..)?.iter().position(|c| *c == ']')?;
    let mut ranges = Vec::new();
    let mut items = &pattern[start..end];
    while let [low, rest @ ..] = items {
        if let ['-', high, rest @ ..] = rest {
            ranges.push((*low, *high));
            items = rest;
        } else {
            ranges.push((*low, *low));
            items = rest;
        }
    }
    Some((Token::Set { negated, ranges }, end + 1))
}

/// Matches in time proportional to the product of the lengths: on a mismatch only the last run grows.
fn run(tokens: &[Token], path: &[char]) -> bool {
    let (mut token, mut at) = (0, 0);
    let mut last_run: Option<(usize, usize)> = None;
    loop {
        match tokens.get(token) {
            None if at == path.len() => return true,
            Some(Token::Run(_)) => {
                last_run = Some((token, at));
                token += 1;
                continue;
            }
            Some(one) if path.get(at).is_some_and(|c| one.takes(*c)) => {
                token += 1;
                at += 1;
                continue;
            }
            _ => {}
        }
        let Some((run_token, run_at)) = last_run else { return false };
        if !path.get(run_at).is_some_and(|c| tokens[run_token].takes(*c)) {
            return false;
        }
        last_run = Some((run_token, run_at + 1));
        token = run_token + 1;
        at = run_at + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, yes: &[&str], no: &[&str]) {
        for path in yes {
            assert!(matches(pattern, path, FaultSet::empty()), "{pattern} {path}");
        }
        for path in no {
            assert!(!matches(pattern, path, FaultSet::empty()), "{pattern} {path}");
        }
    }

    #[test]
    fn the_examples_in_the_specification_hold() {
        check("targets/*.tgz", &["targets/foo.tgz", "targets/bar.tgz"], &["targets/foo.txt"]);
        check("foo-version-?.tgz", &["foo-version-2.tgz", "foo-version-a.tgz"], &["foo-version-alpha.tgz"]);
        check("*.tgz", &["foo.tgz", "bar.tgz", ".tgz"], &["targets/foo.tgz"]);
        check("foo.tgz", &["foo.tgz"], &["foo.tgz2", "a/foo.tgz", "Foo.tgz"]);
    }

    #[test]
    fn no_wildcard_matches_the_separator() {
        check("**", &["a", ""], &["a/b"]);
        check("a?b", &["axb", "aéb"], &["a/b", "ab"]);
        check("a[!x]b", &["ayb"], &["a/b", "axb"]);
        check("*/*", &["a/b", "/"], &["a/b/c", "a"]);
        check("a*/b*c", &["a/bc", "ax/bxxc"], &["a/x/bc"]);
    }

    #[test]
    fn brackets_hold_characters_and_ranges() {
        check("[a-c0]x", &["ax", "cx", "0x"], &["dx", "-x"]);
        check("[]]", &["]"], &["["]);
        check("[a-]", &["a", "-"], &["b"]);
        check("[ab", &["[ab"], &["a"]);
        check(r"\*", &["*"], &["a"]);
    }

    #[test]
    fn a_hostile_pattern_takes_no_exponential_time() {
        let (pattern, path) = ("*a".repeat(2000) + "b", "a".repeat(4000));
        assert!(!matches(&pattern, &path, FaultSet::empty()));
    }

    #[test]
    fn a_client_with_a_fault_matches_more() {
        for (pattern, path, fault) in [
            ("*.md", "releases/README.md", Fault::StarCrossesSeparator),
            ("a?b", "a/b", Fault::QuestionMarkMatchesSeparator),
            ("*.md", "README.MD", Fault::IgnoreCase),
            ("foo", "foobar", Fault::LiteralIsPrefix),
        ] {
            assert!(matches(pattern, path, FaultSet::of(fault)));
            assert!(!matches(pattern, path, FaultSet::empty()));
        }
    }
}
