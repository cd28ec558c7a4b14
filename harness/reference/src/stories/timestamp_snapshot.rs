//! Sections 5.4, 5.5 and 5.6 up to the top-level targets file.

use jiff::ToSpan;
use serde_json::{Value, json};

use super::Story;
use super::format::{one_key_twice, short_of_quorum, signed_by, start};
use crate::test_repository::{Play, Repository};

const TOMORROW: &str = "2030-01-02T00:00:00Z";
const PAST: &str = "2029-01-01T00:00:00Z";

pub(super) const ALL: &[Story] = &[
    |play| signed_by(play, "timestamp", &[]),
    |play| signed_by(play, "snapshot", &[]),
    |play| signed_by(play, "targets", &[]),
    |play| short_of_quorum(play, "timestamp"),
    |play| short_of_quorum(play, "snapshot"),
    |play| short_of_quorum(play, "targets"),
    |play| one_key_twice(play, "timestamp"),
    |play| one_key_twice(play, "snapshot"),
    |play| one_key_twice(play, "targets"),
    |play| after(play, |repository| version(repository, "timestamp", 2)),
    |play| after(play, |repository| version(repository, "timestamp", 1)),
    an_expired_timestamp_is_followed_by_a_lower_one,
    an_expired_timestamp_is_followed_by_a_higher_one,
    |play| after(play, another_timestamp_of_the_same_version),
    |play| expires_meanwhile(play, "timestamp", false),
    |play| expires_meanwhile(play, "snapshot", true),
    |play| expires_meanwhile(play, "snapshot", false),
    |play| expires_meanwhile(play, "targets", true),
    |play| expires_meanwhile(play, "targets", false),
    |play| after(play, |repository| announce(repository, 1)),
    an_older_snapshot_is_announced_before_one_is_stored,
    |play| after(play, |repository| repository.release("timestamp")),
    |play| set(play, "timestamp", "meta", json!({})),
    |play| set(play, "snapshot", "meta", json!({})),
    |play| set(play, "snapshot", "meta", json!({ "targets.json": {} })),
    a_timestamp_with_a_further_entry,
    |play| set(play, "timestamp", "expires", json!(PAST)),
    |play| set(play, "snapshot", "expires", json!(PAST)),
    |play| set(play, "targets", "expires", json!(PAST)),
    |play| start(play, |repository| replace(repository, "snapshot")),
    |play| start(play, |repository| replace(repository, "targets")),
    without_consistent_snapshots,
    a_longer_file_than_listed,
    |play| hashes(play, "timestamp", "snapshot", json!({ "sha256": "00" })),
    |play| hashes(play, "snapshot", "targets", json!({ "sha256": "00" })),
    |play| hashes(play, "timestamp", "snapshot", json!({ "rot13": "00" })),
    one_hash_of_two_is_wrong,
    a_newer_snapshot_than_announced,
    |play| after(play, |repository| list(repository, "targets", json!({ "version": 1 }))),
    |play| after(play, |repository| list(repository, "d", json!({ "version": 1 }))),
    |play| after(play, |repository| list(repository, "d", Value::Null)),
    |play| after(play, |repository| repository.release("snapshot")),
    an_expired_snapshot_is_followed_by_a_lower_one,
    a_lower_snapshot_with_hashes,
    targets_keys_are_rotated_without_new_targets,
];

/// A client that has seen everything at version 3 or higher, and what happens then.
fn after(play: &mut Play, change: fn(&mut Repository)) {
    start(play, |repository| {
        repository.delegate("targets", "d", 5, json!({ "paths": ["d/*"] }));
        (0..2).for_each(|_| repository.release("d"));
        (0..2).for_each(|_| repository.release("targets"));
        repository.body("timestamp")["version"] = json!(3);
        repository.publish("timestamp");
    });
    play.change(change);
    let _ = play.refresh();
}

fn version(repository: &mut Repository, role: &str, version: u64) {
    repository.body(role)["version"] = json!(version);
    repository.publish(role);
}

fn set(play: &mut Play, role: &str, member: &str, value: Value) {
    start(play, |repository| {
        repository.body(role)[member] = value;
        repository.release(role);
    });
}

fn announce(repository: &mut Repository, version: u64) {
    repository.body("timestamp")["meta"]["snapshot.json"]["version"] = json!(version);
    repository.release("timestamp");
}

fn list(repository: &mut Repository, role: &str, description: Value) {
    let meta = repository.body("snapshot")["meta"].as_object_mut().unwrap();
    let name = format!("{role}.json");
    drop(if description.is_null() { meta.remove(&name) } else { meta.insert(name, description) });
    repository.release("snapshot");
    repository.metadata.entry("1.targets.json".to_owned()).or_default();
}

/// The next version of a role is served with the content of the first.
fn replace(repository: &mut Repository, role: &str) {
    repository.release(role);
    let old = repository.metadata[&format!("1.{role}.json")].clone();
    repository.metadata.insert(format!("2.{role}.json"), old);
}

fn an_expired_timestamp_is_followed_by_a_lower_one(play: &mut Play) {
    expiring(play, "timestamp");
    play.change(|repository| {
        repository.body("timestamp")["expires"] = json!("2031-01-01T00:00:00Z");
        version(repository, "timestamp", 1);
    });
    let _ = play.refresh();
}

fn an_expired_timestamp_is_followed_by_a_higher_one(play: &mut Play) {
    expiring(play, "timestamp");
    play.change(|repository| {
        repository.body("timestamp")["expires"] = json!("2031-01-01T00:00:00Z");
        repository.release("timestamp");
    });
    let _ = play.refresh();
}

fn expiring(play: &mut Play, role: &str) {
    start(play, |repository| {
        repository.body(role)["expires"] = json!(TOMORROW);
        repository.release(role);
    });
    play.wait(24.hours());
}

fn expires_meanwhile(play: &mut Play, role: &str, new_timestamp: bool) {
    expiring(play, role);
    if new_timestamp {
        play.change(|repository| repository.release("timestamp"));
    }
    let _ = play.refresh();
}

fn another_timestamp_of_the_same_version(repository: &mut Repository) {
    repository.body("timestamp")["custom"] = json!("new");
    repository.publish("timestamp");
}

fn an_older_snapshot_is_announced_before_one_is_stored(play: &mut Play) {
    start(play, |repository| {
        repository.release("snapshot");
        repository.metadata.remove("2.snapshot.json");
    });
    play.change(|repository| announce(repository, 1));
    let _ = play.refresh();
}

fn a_timestamp_with_a_further_entry(play: &mut Play) {
    start(play, |repository| {
        repository.body("timestamp")["meta"]["other.json"] = json!({ "version": 1 });
        repository.release("timestamp");
    });
}

fn without_consistent_snapshots(play: &mut Play) {
    start(play, |repository| {
        repository.body("root")["consistent_snapshot"] = json!(false);
        repository.release("root");
    });
    let _ = play.download(&["a.txt"]);
}

fn a_longer_file_than_listed(play: &mut Play) {
    start(play, |repository| {
        repository.body("timestamp")["meta"]["snapshot.json"]["length"] = json!(10);
        repository.release("timestamp");
    });
}

fn hashes(play: &mut Play, by: &str, role: &str, hashes: Value) {
    start(play, |repository| {
        repository.body(by)["meta"][format!("{role}.json")]["hashes"] = hashes;
        repository.release(by);
    });
}

fn one_hash_of_two_is_wrong(play: &mut Play) {
    start(play, |repository| {
        repository.hashes = true;
        repository.publish("snapshot");
        repository.body("timestamp")["meta"]["snapshot.json"]["hashes"]["sha512"] = json!("00");
        repository.release("timestamp");
    });
}

fn a_newer_snapshot_than_announced(play: &mut Play) {
    start(play, |repository| {
        version(repository, "snapshot", 2);
        let newer = repository.metadata["2.snapshot.json"].clone();
        repository.metadata.insert("1.snapshot.json".to_owned(), newer);
        announce(repository, 1);
    });
}

fn an_expired_snapshot_is_followed_by_a_lower_one(play: &mut Play) {
    start(play, |repository| {
        repository.body("snapshot")["expires"] = json!(TOMORROW);
        (0..2).for_each(|_| repository.release("targets"));
    });
    play.wait(24.hours());
    play.change(|repository| {
        repository.body("snapshot")["expires"] = json!("2031-01-01T00:00:00Z");
        list(repository, "targets", json!({ "version": 1 }));
    });
    let _ = play.refresh();
}

fn a_lower_snapshot_with_hashes(play: &mut Play) {
    start(play, |repository| {
        repository.hashes = true;
        (0..2).for_each(|_| repository.release("targets"));
    });
    play.change(|repository| list(repository, "targets", json!({ "version": 1 })));
    let _ = play.refresh();
}

fn targets_keys_are_rotated_without_new_targets(play: &mut Play) {
    start(play, |_| ());
    play.change(|repository| {
        repository.rotate("targets", &[9], 1);
        repository.release("root");
        repository.release("timestamp");
    });
    let _ = play.refresh();
}
