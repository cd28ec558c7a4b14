//! A crate takes the lints of the workspace whole or not at all. This one has a copy, with one difference.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use toml::{Table, Value};

fn table(text: &str) -> Table {
    text.parse().unwrap()
}

#[test]
fn the_lints_are_those_of_the_workspace_but_for_unsafe_code() {
    let mut workspace = table(include_str!("../../../Cargo.toml"));
    let own = table(include_str!("../Cargo.toml"));
    let lints = workspace["workspace"].as_table_mut().unwrap().get_mut("lints").unwrap();
    let unsafe_code = lints["rust"].as_table_mut().unwrap().insert("unsafe_code".to_owned(), Value::from("deny"));
    assert_eq!(unsafe_code, Some(Value::from("forbid")));
    assert_eq!(own["lints"], *lints);
}
