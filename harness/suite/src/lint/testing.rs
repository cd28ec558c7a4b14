//! What the tests of the checks share: the worked examples, and what a check says of a changed one.

use std::path::Path;

use super::Check;
use crate::{Problem, Suite, Tree, read_tree};

/// The path of the example with an attack.
pub const REPLAY: &str = "scenarios/rollback/timestamp-replay.toml";
/// The path of the example with a matrix.
pub const MATRIX: &str = "scenarios/rollback/replayed.toml";
/// The path of the example with delegations and target files.
pub const REVOKED: &str = "scenarios/wrong-software/revoked.toml";
/// The path of the example without an attack.
pub const HONEST: &str = "scenarios/honest/first-update.toml";
/// The path of the example of requirements.
pub const REQUIREMENTS: &str = "spec/requirements/timestamp.toml";

/// The path of the example of a profile.
pub const PROFILE: &str = "cookbook/profiles/strict.toml";

/// The worked examples.
pub fn tree() -> Tree {
    read_tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite")).unwrap()
}

/// What a check says when a piece of an example is replaced.
pub fn problems(check: &Check, path: &str, from: &str, to: &str) -> Vec<Problem> {
    let mut tree = tree();
    let text = tree[path].replacen(from, to, 1);
    assert_ne!(text, tree[path], "`{from}` is not in {path}");
    tree.insert(path.to_owned(), text);
    problems_of(check, &tree)
}

/// What a check says about a suite, whose files must be readable.
pub fn problems_of(check: &Check, tree: &Tree) -> Vec<Problem> {
    let (suite, unreadable) = Suite::from_tree_lossy(tree);
    assert!(unreadable.is_empty(), "{unreadable:?}");
    check.problems(&suite, tree)
}

/// As [`problems`], as text: line, the piece that is pointed at, message.
pub fn caught(check: &Check, path: &str, from: &str, to: &str) -> Vec<String> {
    let text = tree()[path].replacen(from, to, 1);
    let show = |problem: Problem| {
        let piece = problem.span.clone().map_or("", |span| &text[span]);
        format!("{}: {piece}: {problem}", problem.line())
    };
    problems(check, path, from, to).into_iter().map(show).collect()
}

/// Whether a check still accepts an example in which a piece is replaced.
pub fn accepts(check: &Check, path: &str, from: &str, to: &str) -> bool {
    problems(check, path, from, to).is_empty()
}
