//! What a person reads who made a mistake: each fixture has one, and its report is pinned.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::Path;

use miette::{GraphicalReportHandler, GraphicalTheme};
use suite::{Problem, Tree, read_tree};

fn render(problem: &Problem) -> String {
    let mut text = String::new();
    let theme = GraphicalTheme::unicode_nocolor();
    GraphicalReportHandler::new_themed(theme).with_width(100).render_report(&mut text, problem).unwrap();
    text
}

/// The worked examples with one more scenario.
fn with(name: &str, text: String) -> Tree {
    let mut tree = read_tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite")).unwrap();
    tree.insert(format!("scenarios/rollback/{name}.toml"), text);
    tree
}

#[test]
fn each_mistake_is_reported_once_where_it_is_with_a_remedy() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    assert!(paths.len() >= 14);
    for path in paths {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let problems = suite::lint::lint(&with(name, fs::read_to_string(&path).unwrap()));
        assert_eq!(problems.len(), 1, "{name}: {problems:#?}");
        assert!(problems[0].span.is_some() && problems[0].help.is_some(), "{name}");
        insta::assert_snapshot!(name, render(&problems[0]));
    }
}
