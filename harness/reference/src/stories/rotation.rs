//! TAP 8: rotate files of the role `d`, which is delegated to with the key 5.

use serde_json::{Value, json};

use super::Story;
use super::format::start;
use crate::test_repository::{Play, Repository, id, key, sha256, signature};
use crate::{Tap, TapSet};

pub(super) const ALL: &[Story] = &[
    |play| signed_by(play, "d", 7, |repository| rotate(repository, "d", 1, &[7], 1, &[5])),
    |play| signed_by(play, "targets", 7, |repository| rotate(repository, "targets", 1, &[7], 1, &[4])),
    two_in_a_row,
    ten_in_a_row,
    |play| signed_by(play, "d", 5, |repository| rotate(repository, "d", 1, &[7], 1, &[5])),
    |play| signed_by(play, "d", 7, |repository| rotate(repository, "d", 1, &[7, 8], 2, &[5])),
    |play| signed_by(play, "d", 7, |repository| rotate(repository, "d", 1, &[7], 1, &[])),
    |play| signed_by(play, "d", 7, |repository| rotate(repository, "d", 1, &[7], 1, &[7])),
    one_signature_of_two,
    a_second_file_signed_by_the_first_key,
    |play| signed_by(play, "d", 7, not_listed),
    a_second_file_later,
    |play| signed_by(play, "d", 7, |repository| rotate(repository, "d", 2, &[7], 1, &[5])),
    |play| signed_by(play, "d", 7, under_another_version),
    |play| signed_by(play, "d", 7, of_another_role),
    |play| signed_by(play, "d", 7, with_another_hash),
    |play| signed_by(play, "d", 5, missing),
    exchanged_later,
    |play| signed_by(play, "d", 5, |repository| rotate(repository, "d", 1, &[], 1, &[5])),
    |play| of_root(play, "timestamp"),
    |play| of_root(play, "root"),
];

fn following(play: &mut Play) {
    play.client.faults = play.client.faults.following(TapSet::empty().with(Tap::KeyRotation));
}

fn name(role: &str, version: u64) -> String {
    format!("rotate/{role}.rotate.{version}")
}

fn body(role: &str, version: u64, seeds: &[u8], threshold: u64) -> Value {
    let keys: serde_json::Map<String, Value> = seeds.iter().map(|seed| (id(*seed), key(*seed))).collect();
    json!({ "_type": "rotate", "version": version, "role": role, "keys": keys, "threshold": threshold })
}

fn file(body: &Value, signers: &[u8]) -> Vec<u8> {
    let sign = |seed: &u8| json!({ "keyid": id(*seed), "sig": signature(body, *seed) });
    let signatures: Vec<Value> = signers.iter().map(sign).collect();
    json!({ "signed": body, "signatures": signatures }).to_string().into_bytes()
}

/// Puts a rotate file in place and lists it in the next snapshot.
fn rotate(repository: &mut Repository, role: &str, version: u64, seeds: &[u8], threshold: u64, signers: &[u8]) {
    repository.metadata.insert(name(role, version), file(&body(role, version, seeds, threshold), signers));
    repository.body("snapshot")["meta"][name(role, version)] = json!({ "version": version });
}

/// `d` describes the target.
fn delegate(repository: &mut Repository, keyids: &[u8], threshold: u64) {
    let keyids: Vec<String> = keyids.iter().map(|seed| id(*seed)).collect();
    repository.delegate("targets", "d", 5, json!({ "paths": ["*"], "keyids": keyids, "threshold": threshold }));
    repository.body("targets")["delegations"]["keys"][id(6)] = key(6);
    repository.add("d", "d", "by d");
}

/// A role is signed by this key after something was done about its rotate files.
fn signed_by(play: &mut Play, role: &str, seed: u8, change: fn(&mut Repository)) {
    following(play);
    start(play, |repository| {
        delegate(repository, &[5], 1);
        repository.signers.insert(role.to_owned(), vec![seed]);
        repository.publish("d");
        change(repository);
        repository.release("targets");
    });
    let _ = play.download(&["d"]);
}

fn two_in_a_row(play: &mut Play) {
    signed_by(play, "d", 8, |repository| {
        rotate(repository, "d", 1, &[7], 1, &[5]);
        rotate(repository, "d", 2, &[8], 1, &[7]);
    });
}

fn ten_in_a_row(play: &mut Play) {
    signed_by(play, "d", 30, |repository| {
        rotate(repository, "d", 1, &[21], 1, &[5]);
        for number in 2..=10 {
            let seed = 20 + u8::try_from(number).unwrap();
            rotate(repository, "d", number, &[seed], 1, &[seed - 1]);
        }
    });
}

fn one_signature_of_two(play: &mut Play) {
    following(play);
    start(play, |repository| {
        delegate(repository, &[5, 6], 2);
        repository.signers.insert("d".to_owned(), vec![7]);
        repository.publish("d");
        rotate(repository, "d", 1, &[7], 1, &[5]);
        repository.release("targets");
    });
    let _ = play.download(&["d"]);
}

fn a_second_file_signed_by_the_first_key(play: &mut Play) {
    signed_by(play, "d", 8, |repository| {
        rotate(repository, "d", 1, &[7], 1, &[5]);
        rotate(repository, "d", 2, &[8], 1, &[5]);
    });
}

fn not_listed(repository: &mut Repository) {
    rotate(repository, "d", 1, &[7], 1, &[5]);
    repository.body("snapshot")["meta"].as_object_mut().unwrap().remove(&name("d", 1));
}

fn a_second_file_later(play: &mut Play) {
    signed_by(play, "d", 7, |repository| rotate(repository, "d", 1, &[7], 1, &[5]));
    play.change(|repository| {
        rotate(repository, "d", 2, &[8], 1, &[7]);
        repository.signers.insert("d".to_owned(), vec![8]);
        repository.add("d", "d", "by d again");
        repository.release("d");
    });
    let _ = play.download(&["d"]);
}

fn under_another_version(repository: &mut Repository) {
    rotate(repository, "d", 1, &[7], 1, &[5]);
    repository.metadata.insert(name("d", 1), file(&body("d", 2, &[7], 1), &[5]));
}

fn of_another_role(repository: &mut Repository) {
    rotate(repository, "d", 1, &[7], 1, &[5]);
    repository.metadata.insert(name("d", 1), file(&body("e", 1, &[7], 1), &[5]));
}

fn with_another_hash(repository: &mut Repository) {
    rotate(repository, "d", 1, &[7], 1, &[5]);
    repository.body("snapshot")["meta"][name("d", 1)]["hashes"] = json!({ "sha256": sha256("another file") });
}

fn missing(repository: &mut Repository) {
    rotate(repository, "d", 1, &[7], 1, &[5]);
    repository.metadata.remove(&name("d", 1));
}

fn exchanged_later(play: &mut Play) {
    signed_by(play, "d", 7, |repository| rotate(repository, "d", 1, &[7], 1, &[5]));
    play.change(|repository| {
        repository.metadata.insert(name("d", 1), file(&body("d", 1, &[8], 1), &[5]));
        repository.signers.insert("d".to_owned(), vec![8]);
        repository.add("d", "d", "by d again");
        repository.release("d");
    });
    let _ = play.download(&["d"]);
}

/// A rotate file of a role that root is about, and then metadata that is signed by its key.
fn of_root(play: &mut Play, role: &str) {
    following(play);
    let old = if role == "root" { 1 } else { 2 };
    start(play, |repository| {
        rotate(repository, role, 1, &[7], 1, &[old]);
        repository.release("snapshot");
    });
    play.change(|repository| {
        if role == "root" {
            repository.rotate("root", &[7], 1);
        }
        repository.signers.insert(role.to_owned(), vec![7]);
        repository.release(role);
    });
    let _ = play.refresh();
}
