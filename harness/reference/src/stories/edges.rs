//! What goes wrong at an edge only: one byte, one bit, one day, one entry, one status.

use serde_json::{Value, json};

use super::Story;
use super::format::{start, timestamp_by};
use crate::test_repository::{Odd, Play, Repository, START, sha256};

const TARGET: &str = "x/y.txt";

const RSA: &str = include_str!("../../testdata/timestamp-rsa-2047.spki.pem");

pub(super) const ALL: &[Story] = &[
    |play| timestamp_by(play, "rsa", RSA, include_str!("../../testdata/timestamp-rsa-2047.pss.hex")),
    |play| timestamp_states(play, "spec_version", json!("2.0.0")),
    |play| timestamp_states(play, "spec_version", json!("abc")),
    |play| timestamp_states(play, "version", json!(-1)),
    |play| timestamp_states(play, "version", json!(true)),
    |play| timestamp_states(play, "expires", json!("")),
    |play| timestamp_states(play, "expires", json!("2031-02-30T00:00:00Z")),
    another_sha512_of_the_snapshot,
    one_byte_more_than_listed,
    |play| one_of_three_is_no_longer_listed(play, "a"),
    |play| one_of_three_is_no_longer_listed(play, "z"),
    a_stored_role_of_another_delegator,
    |play| below_the_top(play, json!({ "paths": ["x/*"] }), newer_than_listed),
    |play| below_the_top(play, json!({ "paths": ["x/*"] }), the_right_hash_of_another_version),
    |play| below_the_top(play, json!({ "paths": ["x/*"] }), an_unknown_hash),
    |play| below_the_top(play, json!({ "paths": ["x/*"] }), expires_at_once),
    |play| below_the_top(play, json!({ "paths": ["x/*"], "threshold": 2 }), |_| ()),
    |play| below_the_top(play, json!({ "paths": ["x/y+.txt"] }), |_| ()),
    |play| below_the_top(play, json!({ "paths": ["/x/*"] }), |_| ()),
    |play| below_the_top(play, json!({ "path_hash_prefixes": [sha256(TARGET).to_uppercase()] }), |_| ()),
    a_file_that_is_gone,
    a_server_that_is_busy,
];

fn timestamp_states(play: &mut Play, member: &str, value: Value) {
    start(play, |repository| {
        repository.body("timestamp")[member] = value;
        repository.publish("timestamp");
    });
}

fn another_sha512_of_the_snapshot(play: &mut Play) {
    start(play, |repository| {
        repository.body("timestamp")["meta"]["snapshot.json"]["hashes"] = json!({ "sha512": "00" });
        repository.publish("timestamp");
    });
}

fn one_byte_more_than_listed(play: &mut Play) {
    start(play, |repository| {
        let length = repository.metadata["snapshot.json"].len();
        repository.body("timestamp")["meta"]["snapshot.json"]["length"] = json!(length - 1);
        repository.publish("timestamp");
    });
}

fn one_of_three_is_no_longer_listed(play: &mut Play, role: &str) {
    start(play, |repository| {
        repository.delegate("targets", "a", 5, json!({ "paths": ["a/*"] }));
        repository.delegate("targets", "z", 6, json!({ "paths": ["z/*"] }));
        repository.release("targets");
    });
    play.change(|repository| {
        repository.body("snapshot")["meta"].as_object_mut().unwrap().remove(&format!("{role}.json"));
        repository.release("snapshot");
    });
    let _ = play.refresh();
}

/// The role `shared` has signed with the key that `left` lists for it, and not with that of `right`.
fn a_stored_role_of_another_delegator(play: &mut Play) {
    start(play, |repository| {
        repository.delegate("targets", "left", 5, json!({ "paths": ["1"] }));
        repository.delegate("targets", "right", 6, json!({ "paths": ["2"] }));
        repository.delegate("left", "shared", 7, json!({ "paths": ["1"] }));
        repository.delegate("right", "shared", 8, json!({ "paths": ["2"] }));
        repository.add("shared", "1", "one");
        repository.add("shared", "2", "two");
        for role in ["left", "right", "shared"] {
            repository.publish(role);
        }
        repository.release("targets");
    });
    let _ = play.download(&["1"]);
    let _ = play.download(&["2"]);
}

/// The role `d`, which describes the target, is delegated to like this.
fn below_the_top(play: &mut Play, delegation: Value, change: fn(&mut Repository)) {
    start(play, |repository| {
        repository.delegate("targets", "d", 5, delegation);
        repository.add("d", TARGET, "by d");
        repository.publish("d");
        change(repository);
        repository.release("targets");
    });
    let _ = play.download(&[TARGET]);
}

fn listed(repository: &mut Repository, member: &str, value: Value) {
    repository.body("snapshot")["meta"]["d.json"][member] = value;
}

fn newer_than_listed(repository: &mut Repository) {
    repository.body("d")["version"] = json!(2);
    repository.publish("d");
    let newer = repository.metadata["d.json"].clone();
    repository.metadata.insert("1.d.json".to_owned(), newer);
    listed(repository, "version", json!(1));
}

fn the_right_hash_of_another_version(repository: &mut Repository) {
    let file = repository.metadata["d.json"].clone();
    listed(repository, "hashes", json!({ "sha256": sha256(&String::from_utf8(file.clone()).unwrap()) }));
    listed(repository, "version", json!(7));
    repository.metadata.insert("7.d.json".to_owned(), file);
}

fn an_unknown_hash(repository: &mut Repository) {
    listed(repository, "hashes", json!({ "rot13": "00" }));
}

fn expires_at_once(repository: &mut Repository) {
    repository.body("d")["expires"] = json!(START);
    repository.publish("d");
}

/// A new version of everything, of which the server says that it is gone.
fn a_file_that_is_gone(play: &mut Play) {
    start(play, |_| ());
    play.change(|repository| {
        repository.release("targets");
        let odd = Odd { status: Some(410), ..Odd::default() };
        repository.odd.insert("2.snapshot.json".to_owned(), odd);
    });
    let _ = play.refresh();
}

fn a_server_that_is_busy(play: &mut Play) {
    start(play, |repository| {
        let odd = Odd { status: Some(503), ..Odd::default() };
        repository.odd.insert(format!("{}.a.txt", sha256("content of a")), odd);
    });
    let _ = play.download(&["a.txt"]);
}
