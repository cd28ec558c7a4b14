//! The committed coverage is the one that is measured.

use suite::Suite;

#[test]
fn the_committed_coverage_is_the_one_that_is_measured() {
    let suite = Suite::embedded().unwrap();
    let coverage = coverage::measure(&suite, suite.dialect("default").unwrap()).unwrap();
    let committed = include_str!("../../../spec/coverage.txt");
    assert!(
        committed == coverage::table(&coverage),
        "spec/coverage.txt is out of date: `tuf-cookbook spec coverage --write`, and look at what changed"
    );
}
