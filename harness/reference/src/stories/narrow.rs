//! What goes wrong in narrow circumstances only: far down, at a number of digits, between two requests.

use serde_json::{Value, json};

use super::Story;
use super::format::{signed_by, start};
use crate::test_repository::{Odd, Play, Repository, sha256};

const TARGET: &str = "x/y.txt";

pub(super) const ALL: &[Story] = &[
    members_in_two_cases,
    two_signatures_where_three_are_needed,
    |play| signed_by(play, "targets", &[1]),
    killed_between_two_roots,
    from_ten_to_nine,
    the_right_hash_of_another_version,
    two_of_one_name,
    |play| below_a_role(play, |repository| listed(repository, "hashes", json!({ "sha256": "00" }))),
    |play| below_a_role(play, another_version),
    |play| below_a_role(play, expired),
    |play| two_roles(play, &json!({ "paths": [TARGET] })),
    |play| two_roles(play, &json!({ "paths": ["x/*"], "terminating": true })),
    |play| one_role(play, json!({ "paths": ["x/y.txt/z"] })),
    |play| one_role(play, json!({ "paths": [] })),
    |play| one_role(play, json!({ "path_hash_prefixes": [&sha256(TARGET)[2..6]] })),
    in_other_letters,
    without_content,
    a_shorter_version_of_a_target,
    a_file_that_cannot_be_written,
    a_newer_timestamp_of_another_client,
    null_for_a_timestamp,
    a_threshold_of_zero_for_the_snapshot,
    a_damaged_delegated_file,
];

fn null_for_a_timestamp(play: &mut Play) {
    start(play, |repository| {
        repository.metadata.insert("timestamp.json".to_owned(), b"null".to_vec());
    });
}

fn a_threshold_of_zero_for_the_snapshot(play: &mut Play) {
    start(play, |repository| {
        repository.body("root")["roles"]["snapshot"]["threshold"] = json!(0);
        repository.release("root");
    });
}

fn a_damaged_delegated_file(play: &mut Play) {
    one_role(play, json!({ "paths": ["x/*"] }));
    for (role, bytes) in &mut play.client.store().lock().metadata {
        if !["root", "timestamp", "snapshot", "targets"].contains(&role.as_str()) {
            bytes.clear();
        }
    }
    let _ = play.download(&[TARGET]);
}

fn a_newer_timestamp_of_another_client(play: &mut Play) {
    start(play, |_| ());
    let store = play.client.store().clone();
    play.change(|repository| {
        repository.release("timestamp");
        let second = repository.metadata["timestamp.json"].clone();
        repository.release("timestamp");
        let third = repository.metadata.insert("timestamp.json".to_owned(), second).unwrap();
        let stores = Some((store, "timestamp", third));
        repository.odd.insert("timestamp.json".to_owned(), Odd { stores, ..Odd::default() });
    });
    let _ = play.refresh();
}

fn a_file_that_cannot_be_written(play: &mut Play) {
    start(play, |_| ());
    play.client.store().lock().folders.insert("timestamp".to_owned());
    play.change(|repository| repository.release("targets"));
    let _ = play.refresh();
}

fn members_in_two_cases(play: &mut Play) {
    start(play, |repository| {
        repository.body("timestamp")["B"] = json!(1);
        repository.body("timestamp")["a"] = json!(2);
        repository.publish("timestamp");
    });
}

fn two_signatures_where_three_are_needed(play: &mut Play) {
    start(play, |repository| {
        repository.rotate("timestamp", &[20, 21, 22], 3);
        repository.release("root");
        repository.signers.insert("timestamp".to_owned(), vec![20, 21]);
        repository.release("timestamp");
    });
}

fn killed_between_two_roots(play: &mut Play) {
    start(play, |_| ());
    play.change(|repository| {
        repository.release("root");
        repository.odd.insert("3.root.json".to_owned(), Odd { kills: true, ..Odd::default() });
    });
    let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| play.refresh()));
    play.change(|repository| {
        repository.odd.clear();
        repository.metadata.remove("2.root.json");
    });
    let _ = play.refresh();
}

fn from_ten_to_nine(play: &mut Play) {
    let publish = |repository: &mut Repository, version: u64| {
        repository.body("timestamp")["version"] = json!(version);
        repository.publish("timestamp");
    };
    start(play, |repository| publish(repository, 10));
    play.change(|repository| publish(repository, 9));
    let _ = play.refresh();
}

fn the_right_hash_of_another_version(play: &mut Play) {
    start(play, |repository| {
        repository.hashes = true;
        repository.publish("targets");
        let file = repository.metadata["targets.json"].clone();
        repository.metadata.insert("7.targets.json".to_owned(), file);
        repository.body("snapshot")["meta"]["targets.json"]["version"] = json!(7);
        repository.publish("snapshot");
        repository.publish("timestamp");
    });
}

/// The role `shared` has signed with the key that the top-level targets file lists for it.
fn two_of_one_name(play: &mut Play) {
    downloaded(play, |repository| {
        repository.delegate("targets", "a", 5, json!({ "paths": ["x/*"] }));
        repository.delegate("targets", "shared", 6, json!({ "paths": ["z/*"] }));
        repository.delegate("a", "shared", 7, json!({ "paths": ["x/*"] }));
        add(repository, "shared");
        repository.publish("a");
    });
}

/// The targets role delegates to `a`, and that role to `b`, which describes the target.
fn below_a_role(play: &mut Play, change: fn(&mut Repository)) {
    downloaded(play, |repository| {
        repository.delegate("targets", "a", 5, json!({ "paths": ["x/*"] }));
        repository.delegate("a", "b", 6, json!({ "paths": ["x/*"] }));
        repository.publish("a");
        add(repository, "b");
        change(repository);
    });
}

fn listed(repository: &mut Repository, member: &str, value: Value) {
    repository.body("snapshot")["meta"]["b.json"][member] = value;
}

fn another_version(repository: &mut Repository) {
    let file = repository.metadata["b.json"].clone();
    repository.metadata.insert("2.b.json".to_owned(), file);
    listed(repository, "version", json!(2));
}

fn expired(repository: &mut Repository) {
    repository.body("b")["expires"] = json!("2029-01-01T00:00:00Z");
    repository.publish("b");
}

/// Both roles describe the target; the second is delegated to like this.
fn two_roles(play: &mut Play, second: &Value) {
    downloaded(play, |repository| {
        repository.delegate("targets", "a", 5, json!({ "paths": ["x/*"] }));
        repository.delegate("targets", "b", 6, second.clone());
        add(repository, "a");
        add(repository, "b");
    });
}

fn one_role(play: &mut Play, delegation: Value) {
    downloaded(play, |repository| {
        repository.delegate("targets", "a", 5, delegation);
        add(repository, "a");
    });
}

fn add(repository: &mut Repository, role: &str) {
    repository.add(role, TARGET, &format!("by {role}"));
    repository.publish(role);
}

fn downloaded(play: &mut Play, change: impl FnOnce(&mut Repository)) {
    start(play, |repository| {
        change(repository);
        repository.release("targets");
    });
    let _ = play.download(&[TARGET]);
}

fn in_other_letters(play: &mut Play) {
    start(play, |repository| repository.put("A.TXT", "content of a"));
    let _ = play.download(&["A.TXT"]);
}

fn without_content(play: &mut Play) {
    start(play, |repository| {
        repository.add("targets", "empty.txt", "");
        repository.release("targets");
    });
    let _ = play.download(&["empty.txt"]);
}

fn a_shorter_version_of_a_target(play: &mut Play) {
    start(play, |_| ());
    let _ = play.download(&["a.txt"]);
    play.change(|repository| {
        repository.add("targets", "a.txt", "shorter");
        repository.release("targets");
    });
    let _ = play.download(&["a.txt"]);
}
