//! TAP 12: key identifiers that whoever delegates has chosen.

use serde_json::{Value, json};

use super::Story;
use super::format::start;
use crate::test_repository::{Play, Repository, key, signature};
use crate::{Tap, TapSet};

pub(super) const ALL: &[Story] = &[
    |play| delegated_to(play, &[("release key", key(5))], 1),
    |play| delegated_to(play, &[("1", key(5)), ("2", with_a_note(key(5)))], 2),
    |play| delegated_to(play, &[("1", key(5)), ("2", in_upper_case(key(5)))], 2),
    |play| two_timestamp_signatures(play, "00", None),
    |play| two_timestamp_signatures(play, "00", Some(0)),
    |play| two_delegators(play, [("1", 5), ("1", 7)]),
    |play| two_delegators(play, [("1", 5), ("2", 5)]),
    a_name_that_a_sibling_uses_too,
    a_name_that_root_has_too,
];

/// The client takes identifiers as they are.
fn opaque(play: &mut Play) {
    play.client.faults = play.client.faults.following(TapSet::empty().with(Tap::OpaqueKeyids));
}

fn with_a_note(mut key: Value) -> Value {
    key["note"] = json!("the same key");
    key
}

fn in_upper_case(mut key: Value) -> Value {
    key["keyval"]["public"] = json!(key["keyval"]["public"].as_str().unwrap().to_uppercase());
    key
}

/// Delegates from `by` to a role with these keys, under these names.
fn delegate(repository: &mut Repository, by: &str, role: &str, keys: &[(&str, Value)], threshold: u64) {
    let names: Vec<&str> = keys.iter().map(|(name, _)| *name).collect();
    repository.delegate(by, role, 5, json!({ "paths": ["*"], "keyids": names, "threshold": threshold }));
    for (name, key) in keys {
        repository.body(by)["delegations"]["keys"][*name] = key.clone();
    }
}

/// Publishes a role with these signatures: names of keys, and seeds.
fn sign(repository: &mut Repository, role: &str, signers: &[(&str, u8)]) {
    let body = repository.body(role).clone();
    let sign = |(name, seed): &(&str, u8)| json!({ "keyid": name, "sig": signature(&body, *seed) });
    let signatures: Vec<Value> = signers.iter().map(sign).collect();
    repository.publish_edited(role, |file| file["signatures"] = json!(signatures));
}

/// A role with these keys, of which the one with seed 5 has signed under every name.
fn delegated_to(play: &mut Play, keys: &[(&str, Value)], threshold: u64) {
    opaque(play);
    start(play, |repository| {
        delegate(repository, "targets", "d", keys, threshold);
        repository.add("d", "d", "by d");
        let signers: Vec<(&str, u8)> = keys.iter().map(|(name, _)| (*name, 5)).collect();
        sign(repository, "d", &signers);
        repository.release("targets");
    });
    let _ = play.download(&["d"]);
}

/// A second signature under the identifier of the timestamp key, at this place.
fn two_timestamp_signatures(play: &mut Play, sig: &str, place: Option<usize>) {
    opaque(play);
    start(play, |repository| {
        repository.publish_edited("timestamp", |file| {
            let signatures = file["signatures"].as_array_mut().unwrap();
            let other = json!({ "keyid": signatures[0]["keyid"], "sig": sig });
            signatures.insert(place.unwrap_or(signatures.len()), other);
        });
    });
}

/// Two roles delegate to one role, each with a key under a name.
fn two_delegators(play: &mut Play, keys: [(&str, u8); 2]) {
    opaque(play);
    start(play, |repository| {
        for (role, seed) in [("a", 8), ("b", 9)] {
            repository.delegate("targets", role, seed, json!({ "paths": [role] }));
        }
        for (role, (name, seed)) in ["a", "b"].into_iter().zip(keys) {
            delegate(repository, role, "shared", &[(name, key(seed))], 1);
            repository.add("shared", role, "content");
            repository.publish(role);
        }
        sign(repository, "shared", &keys);
        repository.release("targets");
    });
    let _ = play.download(&["a", "b"]);
}

/// A role calls the key of its delegatee as targets calls the key of another role.
fn a_name_that_a_sibling_uses_too(play: &mut Play) {
    opaque(play);
    start(play, |repository| {
        repository.delegate("targets", "a", 8, json!({ "paths": ["a"] }));
        delegate(repository, "a", "below", &[("1", key(7))], 1);
        repository.publish("a");
        delegate(repository, "targets", "d", &[("1", key(5))], 1);
        for (role, path, seed) in [("below", "a", 7), ("d", "d", 5)] {
            repository.add(role, path, "content");
            sign(repository, role, &[("1", seed)]);
        }
        repository.release("targets");
    });
    let _ = play.download(&["a", "d"]);
}

/// Root calls its timestamp key as targets calls the key of a role.
fn a_name_that_root_has_too(play: &mut Play) {
    opaque(play);
    start(play, |repository| {
        repository.body("root")["keys"]["1"] = key(2);
        repository.body("root")["roles"]["timestamp"]["keyids"] = json!(["1"]);
        repository.release("root");
        delegate(repository, "targets", "d", &[("1", key(5))], 1);
        repository.add("d", "d", "by d");
        sign(repository, "d", &[("1", 5)]);
        repository.release("targets");
        sign(repository, "timestamp", &[("1", 2)]);
    });
    let _ = play.download(&["d"]);
}
