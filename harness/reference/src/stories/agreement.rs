//! TAP 3: delegations to several roles that have to agree.

use serde_json::{Value, json};

use super::Story;
use super::format::start;
use crate::test_repository::{Play, Repository, id, key, role_keys, sha256};

const TARGET: &str = "x/y.txt";

/// What each role says of the target, in order: a content, or nothing.
const GOOD: &[&str] = &["good", "good"];

pub(super) const ALL: &[Story] = &[
    |play| agreement(play, 2, false, GOOD, |_| ()),
    |play| agreement(play, 2, false, &["good", "evil!"], |_| ()),
    |play| agreement(play, 2, false, &["", "good"], |_| ()),
    |play| agreement(play, 2, false, &["good", "evil!", "good"], |_| ()),
    |play| agreement(play, 2, false, &["good", "evil"], |_| ()),
    |play| agreement(play, 2, false, GOOD, |repository| describe(repository, "length", json!(5))),
    |play| agreement(play, 2, false, GOOD, |repository| describe(repository, "hashes", two_hashes())),
    |play| agreement(play, 2, false, &["good", ""], |_| ()),
    |play| agreement(play, 2, false, &["good", ""], list_the_first_role_twice),
    |play| agreement(play, 3, false, GOOD, |_| ()),
    |play| agreement(play, 2, false, GOOD, |repository| describe(repository, "custom", json!({ "a": 1 }))),
    |play| agreement(play, 2, false, GOOD, |repository| sign(repository, "b", &[20])),
    |play| agreement(play, 2, false, GOOD, |repository| raise_threshold(repository, 1)),
    |play| agreement(play, 2, false, GOOD, |repository| raise_threshold(repository, 0)),
    |play| agreement(play, 2, false, &["good", "evil!", "evil!", "good"], |_| ()),
    |play| agreement(play, 2, false, &["good", "evil!", "evil!", "evil!", "good"], |_| ()),
    |play| agreement(play, 2, false, &["good", "good", "good"], withhold),
    |play| agreement(play, 2, false, &["good", "good", "good"], |repository| sign(repository, "b", &[])),
    |play| agreement(play, 2, true, &["good", "evil!"], |_| ()),
    |play| agreement(play, 2, true, &["good", ""], |_| ()),
    |play| agreement(play, 2, true, &["", ""], |_| ()),
    |play| agreement(play, 2, false, &["", ""], |_| ()),
];

/// The roles `a`, `b` and so on have to agree; after them there is a role `z`.
fn agreement(play: &mut Play, minimum: u64, terminating: bool, says: &[&str], change: fn(&mut Repository)) {
    let names: Vec<String> = ('a'..='z').take(says.len()).map(String::from).collect();
    start(play, |repository| {
        let (mut roles, mut keys) = (Vec::new(), json!({}));
        for ((name, says), seed) in names.iter().zip(says).zip(20..) {
            let mut role = role_keys(&[seed], 1);
            role["rolename"] = json!(name);
            roles.push(role);
            keys[id(seed)] = key(seed);
            create(repository, name, seed, says);
        }
        let mut last = role_keys(&[40], 1);
        last["rolename"] = json!("z");
        keys[id(40)] = key(40);
        create(repository, "z", 40, "last");
        let group = |name: &str, minimum: u64, roles: Value| {
            json!({ "name": name, "paths": ["x/*"], "terminating": terminating, "min_roles_in_agreement": minimum,
                "roleinfo": roles })
        };
        let delegations = json!([group("all", minimum, json!(roles)), group("rest", 1, json!([last]))]);
        repository.body("targets")["keys_for_delegations"] = keys;
        repository.body("targets")["delegations"] = delegations;
        change(repository);
        repository.release("targets");
    });
    let _ = play.download(&[TARGET]);
}

fn create(repository: &mut Repository, role: &str, seed: u8, content: &str) {
    repository.create(role, seed);
    if !content.is_empty() {
        repository.add(role, TARGET, content);
    }
    repository.publish(role);
}

fn sign(repository: &mut Repository, role: &str, seeds: &[u8]) {
    repository.signers.insert(role.to_owned(), seeds.to_vec());
    repository.publish(role);
}

/// The second role says something else of the target.
fn describe(repository: &mut Repository, member: &str, value: Value) {
    repository.body("b")["targets"][TARGET][member] = value;
    repository.publish("b");
}

fn two_hashes() -> Value {
    json!({ "sha256": sha256("good"), "sha512": "00" })
}

fn role_of(repository: &mut Repository, place: usize) -> &mut Value {
    &mut repository.body("targets")["delegations"][0]["roleinfo"][place]
}

fn list_the_first_role_twice(repository: &mut Repository) {
    *role_of(repository, 1) = role_of(repository, 0).clone();
}

fn raise_threshold(repository: &mut Repository, place: usize) {
    let (seed, name) = if place == 0 { (20, "a") } else { (21, "b") };
    let mut role = role_keys(&[seed, 50], 2);
    role["rolename"] = json!(name);
    *role_of(repository, place) = role;
    repository.body("targets")["keys_for_delegations"][id(50)] = key(50);
    if place == 0 {
        sign(repository, name, &[seed, 50]);
    }
}

fn withhold(repository: &mut Repository) {
    repository.metadata.remove("1.b.json");
}
