//! The faults of the reference client, and who kills them.

use std::collections::BTreeSet;

use crate::program::tuf_cookbook;

fn faults() -> Vec<String> {
    tuf_cookbook(&["faults"]).good().lines().map(str::to_owned).collect()
}

#[test]
fn every_fault_is_on_a_line_of_its_own() {
    let faults = faults();
    assert!(faults.iter().any(|fault| fault == "skip-timestamp-rollback"));
    assert_eq!(faults.iter().collect::<BTreeSet<_>>().len(), faults.len());
    assert!(faults.iter().all(|fault| fault.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')));
    let long = tuf_cookbook(&["faults", "--long"]).good();
    assert_eq!(long.matches("\n    breaks ").count(), faults.len());
}

#[test]
fn the_matrix_tells_who_kills_whom() {
    let stdout = tuf_cookbook(&["faults", "--matrix", "rollback/timestamp-replay"]).good();
    assert!(stdout.lines().any(|line| line == "skip-timestamp-rollback  1  rollback/timestamp-replay"), "{stdout}");
    let summary = stdout.lines().last().unwrap();
    // One scenario cannot kill all of them, and need not.
    assert!(summary.contains(&format!(" of {} faults are killed", faults().len())), "{summary}");
    assert!(!stdout.contains("SURVIVES"), "{stdout}");
    assert!(summary.ends_with("; 1 scenarios, 0 kill nothing"), "{summary}");
}

#[test]
fn a_subset_without_the_matrix_is_wrong_usage() {
    tuf_cookbook(&["faults", "rollback/*"]).assert_refused(&["--matrix"]);
}
