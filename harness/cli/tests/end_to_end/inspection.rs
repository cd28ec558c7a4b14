//! `explain` and `dump`: what a scenario is, for people.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::tuf_cookbook;

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn timestamp_version(state: &Path) -> u64 {
    let value: Value = serde_json::from_str(&read(&state.join("metadata/timestamp.json"))).unwrap();
    value["signed"]["version"].as_u64().unwrap()
}

#[test]
fn a_scenario_is_explained_with_its_story_timeline_control_and_faults() {
    let stdout = tuf_cookbook(&["explain", "rollback/timestamp-replay"]).good();
    for text in [
        "A replayed timestamp is refused\nrollback/timestamp-replay\n",
        "A mirror kept an older",
        "timestamp.rollback.lower-version (MUST, 5.4.3.1)",
        "3. attack: replay timestamp (version 1)",
        "expected: the client has timestamp version 2",
        "The control is the same without step 3",
        "\n  skip-timestamp-rollback\n",
    ] {
        assert!(stdout.contains(text), "not said: {text}\n{stdout}");
    }
    let honest = tuf_cookbook(&["explain", "honest/first-refresh"]).good();
    assert!(honest.contains("No attack") && !honest.contains("The control"), "{honest}");
}

#[test]
fn only_one_scenario_at_a_time_is_explained() {
    tuf_cookbook(&["explain", "arbitrary-installation/unsigned"]).assert_refused(&[
        "means",
        "scenarios",
        "name one of them: arbitrary-installation/unsigned[role=",
    ]);
}

#[test]
fn each_state_is_dumped_as_files_with_its_intent() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("states");
    let arguments = ["dump", "rollback/timestamp-replay", dir.to_str().unwrap()];
    let stdout = tuf_cookbook(&arguments).good();
    assert!(stdout.contains("states of rollback/timestamp-replay written to"), "{stdout}");
    let attack = dir.join("attack");
    assert_eq!(["00", "01", "03"].map(|step| timestamp_version(&attack.join(step))), [1, 2, 1]);
    assert_eq!(read(&attack.join("trusted-root.json")), read(&attack.join("00/metadata/1.root.json")));
    assert_eq!(read(&attack.join("03/intent.txt")), "attack: replay timestamp (version 1)\n");
    assert!(read(&attack.join("intent.md")).starts_with("# A replayed timestamp is refused\n"));
    assert_eq!(["00", "01"].map(|step| timestamp_version(&dir.join("control").join(step))), [1, 2]);
    assert!(!dir.join("control/03").exists());

    fs::write(attack.join("03/intent.txt"), "mine").unwrap();
    tuf_cookbook(&arguments).assert_refused(&["is not empty", "name a new folder"]);
    assert_eq!(read(&attack.join("03/intent.txt")), "mine");
}

#[test]
fn what_is_honest_has_no_control_to_dump() {
    let folder = tempfile::tempdir().unwrap();
    tuf_cookbook(&["dump", "honest/first-refresh", folder.path().to_str().unwrap(), "--dialect", "ecdsa"]).good();
    assert!(folder.path().join("attack/00/metadata/1.root.json").exists() && !folder.path().join("control").exists());
    assert!(read(&folder.path().join("attack/trusted-root.json")).contains("ecdsa"));
}
