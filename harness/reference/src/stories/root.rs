//! Sections 5.2 and 5.3: root.

use serde_json::{Value, json};

use super::Story;
use super::format::start;
use crate::test_repository::{Play, Repository, key, keyid, role_keys};

const PAST: &str = "2029-01-01T00:00:00Z";

pub(super) const ALL: &[Story] = &[
    a_start_that_nobody_signed,
    an_expired_start,
    |play| start(play, |repository| (0..2).for_each(|_| repository.release("root"))),
    a_missing_root,
    a_root_by_keys_that_were_replaced_on_the_way,
    a_threshold_that_is_out_of_reach,
    one_key_for_two_roles,
    |play| next_root(play, &[9], &[9], |_| ()),
    |play| next_root(play, &[9], &[1], |_| ()),
    |play| next_root(play, &[1, 9], &[1], |root| root["roles"]["root"] = role_keys(&[1, 9], 2)),
    a_root_short_of_the_old_quorum,
    |play| one_root_key_twice(play, false),
    |play| one_root_key_twice(play, true),
    |play| next_root(play, &[1], &[1], |root| root["version"] = json!(1)),
    |play| next_root(play, &[1], &[1], |root| root["version"] = json!(3)),
    an_expired_root_on_the_way,
    a_bad_root_after_a_good_one,
    |play| next_root(play, &[1], &[1], |root| root["expires"] = json!(PAST)),
    |play| {
        next_root(play, &[1], &[1], |root| {
            root["roles"].as_object_mut().unwrap().remove("snapshot");
        });
    },
    |play| next_root(play, &[1], &[1], |root| root["roles"]["mirrors"] = role_keys(&[1], 1)),
    |play| next_root(play, &[1], &[1], |root| root["consistent_snapshot"] = json!(false)),
    |play| {
        next_root(play, &[1], &[1], |root| {
            root.as_object_mut().unwrap().remove("consistent_snapshot");
        });
    },
    |play| lower_after_rotation(play, &[], "timestamp"),
    |play| lower_after_rotation(play, &["timestamp"], "timestamp"),
    |play| lower_after_rotation(play, &["timestamp"], "targets"),
    |play| lower_after_rotation(play, &["snapshot"], "timestamp"),
    |play| lower_after_rotation(play, &["snapshot"], "targets"),
];

fn a_start_that_nobody_signed(play: &mut Play) {
    play.change(|repository| {
        let mut root: Value = serde_json::from_slice(&repository.metadata["root.json"]).unwrap();
        root["signatures"] = json!([]);
        repository.serve("root", serde_json::to_vec(&root).unwrap());
    });
    let _ = play.trust();
    let _ = play.refresh();
}

fn an_expired_start(play: &mut Play) {
    play.change(|repository| {
        repository.body("root")["expires"] = json!(PAST);
        repository.publish("root");
    });
    start(play, |repository| {
        repository.body("root")["expires"] = json!("2031-01-01T00:00:00Z");
        repository.release("root");
    });
}

fn a_missing_root(play: &mut Play) {
    start(play, |repository| {
        (0..2).for_each(|_| repository.release("root"));
        repository.metadata.remove("2.root.json");
    });
}

fn a_root_by_keys_that_were_replaced_on_the_way(play: &mut Play) {
    start(play, |repository| {
        for (seed, signers) in [(9, vec![1, 9]), (10, vec![1, 10])] {
            repository.rotate("root", &[seed], 1);
            repository.signers.insert("root".to_owned(), signers);
            repository.release("root");
        }
    });
}

fn a_threshold_that_is_out_of_reach(play: &mut Play) {
    start(play, |repository| {
        repository.rotate("timestamp", &[2], 2);
        repository.release("root");
    });
}

fn one_key_for_two_roles(play: &mut Play) {
    start(play, |repository| {
        repository.rotate("timestamp", &[1], 1);
        repository.release("root");
        repository.publish("timestamp");
    });
}

/// The file `2.root.json` lists these keys for root and is signed by those.
fn next_root(play: &mut Play, keys: &[u8], signers: &[u8], edit: fn(&mut Value)) {
    start(play, |repository| {
        repository.rotate("root", keys, 1);
        repository.signers.insert("root".to_owned(), signers.to_vec());
        repository.body("root")["version"] = json!(2);
        edit(repository.body("root"));
        repository.publish("root");
        let file = repository.metadata["root.json"].clone();
        repository.metadata.insert("2.root.json".to_owned(), file);
    });
}

fn a_root_short_of_the_old_quorum(play: &mut Play) {
    start(play, |repository| {
        repository.rotate("root", &[1, 9], 2);
        repository.release("root");
        repository.rotate("root", &[1, 9], 1);
        repository.signers.insert("root".to_owned(), vec![9]);
        repository.release("root");
    });
}

/// One key has signed twice: under one identifier, or under two.
fn one_root_key_twice(play: &mut Play, twin: bool) {
    start(play, |repository| {
        let mut other = key(1);
        other["twin"] = json!(true);
        let twin_id = if twin { keyid(&other) } else { keyid(&key(1)) };
        repository.rotate("root", &[1, 9], 2);
        if twin {
            repository.body("root")["keys"][&twin_id] = other;
            repository.body("root")["roles"]["root"]["keyids"].as_array_mut().unwrap().push(json!(twin_id));
        }
        repository.signers.insert("root".to_owned(), vec![1]);
        repository.body("root")["version"] = json!(2);
        repository.publish_edited("root", |file| {
            let again = json!({ "keyid": twin_id, "sig": file["signatures"][0]["sig"] });
            file["signatures"].as_array_mut().unwrap().push(again);
        });
    });
}

fn an_expired_root_on_the_way(play: &mut Play) {
    start(play, |repository| {
        repository.body("root")["expires"] = json!(PAST);
        repository.release("root");
        repository.body("root")["expires"] = json!("2031-01-01T00:00:00Z");
        repository.release("root");
    });
}

fn a_bad_root_after_a_good_one(play: &mut Play) {
    start(play, |repository| {
        repository.release("root");
        repository.signers.insert("root".to_owned(), Vec::new());
        repository.release("root");
    });
}

/// A version falls after these roles got a further key, so that what is stored would still verify.
fn lower_after_rotation(play: &mut Play, rotated: &[&str], lowered: &str) {
    let release = |repository: &mut Repository| repository.release("targets");
    start(play, |repository| (0..5).for_each(|_| release(repository)));
    play.change(|repository| {
        for role in rotated {
            let seed = repository.signers[*role][0];
            repository.rotate(role, &[seed, 9], 1);
        }
        repository.release("root");
        for role in if lowered == "targets" { &["targets"][..] } else { &["targets", "snapshot", "timestamp"] } {
            repository.body(role)["version"] = json!(1);
        }
        release(repository);
    });
    let _ = play.refresh();
}
