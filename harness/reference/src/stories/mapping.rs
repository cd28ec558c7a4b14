//! TAP 13: another targets role to start from.

use serde_json::{Value, json};

use super::Story;
use super::format::start;
use crate::test_repository::{Play, Repository, id, key};

const TARGET: &str = "a.txt";

pub(super) const ALL: &[Story] = &[
    |play| mapped(play, &told(), |_| ()),
    |play| mapped(play, &told(), |repository| sign(repository, &[4])),
    |play| mapped(play, &without("keys"), |repository| sign(repository, &[4])),
    |play| mapped(play, &without("targets_rolename"), |_| ()),
    |play| mapped(play, &two_of_two(), |_| ()),
    |play| {
        mapped(play, &told(), |repository| {
            repository.body("own")["targets"] = json!({});
            repository.publish("own");
        });
    },
    |play| {
        mapped(play, &told(), |repository| {
            repository.body("snapshot")["meta"].as_object_mut().unwrap().remove("own.json");
        });
    },
];

fn told() -> Value {
    json!({ "targets_rolename": "own", "threshold": 1, "keys": { id(9): key(9) } })
}

fn without(member: &str) -> Value {
    let mut told = told();
    told.as_object_mut().unwrap().remove(member);
    told
}

fn two_of_two() -> Value {
    json!({ "targets_rolename": "own", "threshold": 2, "keys": { id(9): key(9), id(10): key(10) } })
}

fn sign(repository: &mut Repository, seeds: &[u8]) {
    repository.signers.insert("own".to_owned(), seeds.to_vec());
    repository.publish("own");
}

fn mapped(play: &mut Play, told: &Value, change: fn(&mut Repository)) {
    start(play, |repository| {
        repository.create("own", 9);
        repository.add("own", TARGET, "own content");
        repository.publish("own");
        change(repository);
        repository.release("snapshot");
    });
    play.client.start_from(Some(told.to_string().into_bytes()));
    let _ = play.download(&[TARGET]);
}
