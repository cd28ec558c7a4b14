//! Section 4.5, step 5.6.7 and TAP 15: delegations and the search.

use jiff::ToSpan;
use serde_json::{Value, json};

use super::Story;
use super::format::start;
use crate::test_repository::{Play, Repository, id, key, keyid, role_keys, sha256};

const TARGET: &str = "x/y.txt";

pub(super) const ALL: &[Story] = &[
    |play| selected(play, json!({ "paths": ["x/*"], "threshold": 0 }), |repository| sign(repository, "d", &[])),
    |play| selected(play, json!({ "paths": ["x/*"] }), |repository| repository.delegate("targets", "d", 5, all())),
    |play| selected(play, json!({ "paths": ["x/*"], "path_hash_prefixes": [""] }), |_| ()),
    |play| selected(play, json!({}), |_| ()),
    terminating_is_missing,
    |play| selected(play, all(), |_| ()),
    without_consistent_snapshots,
    |play| named(play, "d d"),
    |play| named(play, "./timestamp"),
    longer_than_listed,
    |play| selected(play, all(), unlist),
    |play| selected(play, all(), wrong_hash),
    |play| selected(play, all(), |repository| sign(repository, "d", &[])),
    |play| selected(play, all(), |repository| sign(repository, "d", &[4])),
    |play| selected(play, all(), |repository| sign(repository, "d", &[7])),
    |play| selected(play, json!({ "paths": ["x/*"], "threshold": 2, "keyids": [id(5), id(7)] }), |_| ()),
    one_delegated_key_twice,
    two_delegators,
    |play| selected(play, all(), |repository| listed_version(repository, 2)),
    |play| selected(play, all(), |repository| set(repository, "expires", json!("2029-01-01T00:00:00Z"))),
    a_stored_role_expires,
    a_delegated_key_is_rotated,
    a_delegation_is_revoked,
    many_roles,
    |play| tree(play, &["a>b"], &["a", "b"]),
    |play| tree(play, &["targets>a", "targets>b", "a>c"], &["b", "c"]),
    |play| tree(play, &["targets>a!", "targets>b"], &["b"]),
    |play| tree(play, &["targets>a", "a>b!", "targets>c"], &["c"]),
    |play| tree(play, &["targets>a!", "targets>b"], &["a"]),
    |play| tree(play, &["targets>a", "a>b", "b>a", "targets>c"], &["c"]),
    a_terminating_delegation_of_other_paths,
    a_failing_role_before_a_good_one,
    |play| path_outside_the_first_of_two_delegations(play, "z/*", "x/*"),
    |play| path_outside_the_first_of_two_delegations(play, "x/*", "z/*"),
    |play| selected(play, json!({ "paths": ["*.txt"] }), |_| ()),
    |play| selected(play, json!({ "paths": ["x?y.txt"] }), |_| ()),
    |play| selected(play, json!({ "paths": ["x/y.txt*"] }), |_| ()),
    |play| selected(play, json!({ "paths": ["x/y?.txt"] }), |_| ()),
    |play| selected(play, json!({ "paths": ["X/Y.txt"] }), |_| ()),
    |play| selected(play, json!({ "paths": ["x/[yz].txt"] }), |_| ()),
    |play| selected(play, json!({ "paths": ["x/y"] }), |_| ()),
    |play| selected(play, json!({ "paths": ["z", "x/*"] }), |_| ()),
    |play| selected(play, json!({ "path_hash_prefixes": [&sha256(TARGET)[..4]] }), |_| ()),
    |play| selected(play, json!({ "path_hash_prefixes": ["zz", &sha256(TARGET)[..4]] }), |_| ()),
    |play| selected(play, json!({ "path_hash_prefixes": [format!("{}z", &sha256(TARGET)[..3])] }), |_| ()),
    |play| bins(play, 8, false),
    |play| bins(play, 1, false),
    |play| bins(play, 0, false),
    |play| bins(play, 4, true),
    a_bin_before_a_sibling,
    a_bin_that_one_of_two_keys_has_signed,
];

fn all() -> Value {
    json!({ "paths": ["x/*"] })
}

fn add(repository: &mut Repository, role: &str) {
    repository.add(role, TARGET, &format!("by {role}"));
    repository.publish(role);
}

fn sign(repository: &mut Repository, role: &str, seeds: &[u8]) {
    repository.signers.insert(role.to_owned(), seeds.to_vec());
    repository.publish(role);
}

fn get(play: &mut Play) {
    let _ = play.download(&[TARGET]);
}

/// The role `d`, which describes the target, is delegated to like this. The delegator also lists a key 7.
fn selected(play: &mut Play, delegation: Value, change: fn(&mut Repository)) {
    start(play, |repository| {
        repository.delegate("targets", "d", 5, delegation);
        repository.body("targets")["delegations"]["keys"][id(7)] = key(7);
        add(repository, "d");
        change(repository);
        repository.release("targets");
    });
    get(play);
}

fn terminating_is_missing(play: &mut Play) {
    start(play, |repository| {
        repository.delegate("targets", "a", 5, all());
        repository.body("targets")["delegations"]["roles"][0].as_object_mut().unwrap().remove("terminating");
        repository.delegate("targets", "b", 6, all());
        add(repository, "b");
        repository.release("targets");
    });
    get(play);
}

fn unlist(repository: &mut Repository) {
    repository.body("snapshot")["meta"].as_object_mut().unwrap().remove("d.json");
}

fn wrong_hash(repository: &mut Repository) {
    repository.body("snapshot")["meta"]["d.json"]["hashes"] = json!({ "sha256": "00" });
}

fn listed_version(repository: &mut Repository, version: u64) {
    let file = repository.metadata["d.json"].clone();
    repository.metadata.insert(format!("{version}.d.json"), file);
    repository.body("snapshot")["meta"]["d.json"]["version"] = json!(version);
}

fn set(repository: &mut Repository, member: &str, value: Value) {
    repository.body("d")[member] = value;
    repository.publish("d");
}

fn one_delegated_key_twice(play: &mut Play) {
    start(play, |repository| {
        let mut twin = key(5);
        twin["twin"] = json!(true);
        let twin_id = keyid(&twin);
        repository.delegate("targets", "d", 5, json!({ "paths": ["x/*"], "threshold": 2, "keyids": [id(5), twin_id] }));
        repository.body("targets")["delegations"]["keys"][&twin_id] = twin;
        repository.add("d", TARGET, "by d");
        repository.publish_edited("d", |file| {
            let again = json!({ "keyid": twin_id, "sig": file["signatures"][0]["sig"] });
            file["signatures"].as_array_mut().unwrap().push(again);
        });
        repository.release("targets");
    });
    get(play);
}

fn two_delegators(play: &mut Play) {
    start(play, |repository| {
        for (role, seed, path) in [("good", 5, "1"), ("bad", 6, "2")] {
            repository.delegate("targets", role, seed, json!({ "paths": [path] }));
            repository.delegate(role, "shared", seed + 2, json!({ "paths": [path] }));
            repository.add("shared", path, "content");
        }
        for role in ["good", "bad", "shared"] {
            repository.publish(role);
        }
        repository.release("targets");
    });
    let _ = play.download(&["1", "2"]);
}

fn a_stored_role_expires(play: &mut Play) {
    selected(play, all(), |repository| set(repository, "expires", json!("2030-01-02T00:00:00Z")));
    play.wait(24.hours());
    get(play);
}

fn a_delegated_key_is_rotated(play: &mut Play) {
    selected(play, all(), |_| ());
    play.change(|repository| {
        repository.body("targets")["delegations"]["roles"][0]["keyids"] = role_keys(&[7], 1)["keyids"].clone();
        repository.release("targets");
    });
    get(play);
}

fn without_consistent_snapshots(play: &mut Play) {
    selected(play, all(), |repository| {
        repository.body("root")["consistent_snapshot"] = json!(false);
        repository.release("root");
        repository.metadata.remove("1.d.json");
    });
}

/// A role of this name describes the target.
fn named(play: &mut Play, role: &str) {
    start(play, |repository| {
        repository.delegate("targets", role, 5, all());
        add(repository, role);
        repository.release("targets");
    });
    get(play);
}

fn longer_than_listed(play: &mut Play) {
    selected(play, all(), |repository| {
        repository.body("snapshot")["meta"]["d.json"]["length"] = json!(repository.metadata["d.json"].len());
        repository.metadata.get_mut("1.d.json").unwrap().push(b' ');
    });
}

fn a_delegation_is_revoked(play: &mut Play) {
    selected(play, all(), |_| ());
    play.change(|repository| {
        repository.body("targets").as_object_mut().unwrap().remove("delegations");
        repository.release("targets");
    });
    get(play);
}

fn many_roles(play: &mut Play) {
    start(play, |repository| {
        for number in 0..40 {
            repository.delegate("targets", &format!("r{number}"), 5, all());
        }
        add(repository, "r39");
        repository.release("targets");
    });
    get(play);
}

/// Delegations as `delegator>role`, terminating with `!`, and the roles that describe the target.
fn tree(play: &mut Play, edges: &[&str], describing: &[&str]) {
    start(play, |repository| {
        if edges == ["a>b"] {
            repository.delegate("targets", "a", 40, all());
        }
        for edge in edges {
            let (by, role) = edge.split_once('>').unwrap();
            let (role, terminating) = role.strip_suffix('!').map_or((role, false), |role| (role, true));
            let seed = 40 + role.as_bytes()[0] - b'a';
            repository.delegate(by, role, seed, json!({ "paths": ["x/*"], "terminating": terminating }));
            if by != "targets" {
                repository.publish(by);
            }
        }
        for role in describing {
            add(repository, role);
        }
        repository.release("targets");
    });
    get(play);
}

fn a_terminating_delegation_of_other_paths(play: &mut Play) {
    start(play, |repository| {
        repository.delegate("targets", "a", 5, json!({ "paths": ["z/*"], "terminating": true }));
        repository.delegate("targets", "b", 6, all());
        add(repository, "b");
        repository.release("targets");
    });
    get(play);
}

fn a_failing_role_before_a_good_one(play: &mut Play) {
    start(play, |repository| {
        repository.delegate("targets", "a", 5, all());
        repository.metadata.remove("1.a.json");
        repository.delegate("targets", "b", 6, all());
        add(repository, "b");
        repository.release("targets");
    });
    get(play);
}

fn path_outside_the_first_of_two_delegations(play: &mut Play, first: &str, second: &str) {
    start(play, |repository| {
        repository.delegate("targets", "a", 5, json!({ "paths": [first] }));
        repository.delegate("a", "b", 6, json!({ "paths": [second] }));
        add(repository, "b");
        repository.publish("a");
        repository.release("targets");
    });
    get(play);
}

fn add_bins(repository: &mut Repository, by: &str, bit_length: u64) {
    let mut bins = role_keys(&[5], 1);
    bins["name_prefix"] = json!("bin");
    bins["bit_length"] = json!(bit_length);
    repository.body(by)["delegations"]["keys"][id(5)] = key(5);
    repository.body(by)["delegations"]["succinct_roles"] = bins;
}

/// The path begins with the byte 0x07 when it is hashed, so that its bin needs padding.
fn bins(play: &mut Play, bits: u64, with_roles: bool) {
    let path = (0..10_000).map(|number| format!("p{number}")).find(|path| sha256(path).starts_with("07")).unwrap();
    start(play, |repository| {
        if with_roles {
            repository.delegate("targets", "d", 5, json!({ "paths": ["x/*"] }));
        }
        add_bins(repository, "targets", bits);
        for name in ["bin-07", "bin-7", "bin-0"] {
            repository.create(name, 5);
            repository.add(name, &path, name);
            repository.publish(name);
        }
        repository.release("targets");
    });
    let _ = play.download(&[&path]);
}

fn a_bin_before_a_sibling(play: &mut Play) {
    start(play, |repository| {
        repository.delegate("targets", "a", 5, all());
        repository.delegate("targets", "b", 6, all());
        add_bins(repository, "a", 1);
        repository.publish("a");
        for name in ["bin-0", "bin-1"] {
            repository.create(name, 5);
        }
        add(repository, "b");
        repository.release("targets");
    });
    get(play);
}

fn a_bin_that_one_of_two_keys_has_signed(play: &mut Play) {
    start(play, |repository| {
        add_bins(repository, "targets", 1);
        repository.body("targets")["delegations"]["keys"][id(6)] = key(6);
        let two_keys = role_keys(&[5, 6], 2);
        for member in ["keyids", "threshold"] {
            repository.body("targets")["delegations"]["succinct_roles"][member] = two_keys[member].clone();
        }
        for name in ["bin-0", "bin-1"] {
            repository.create(name, 5);
            add(repository, name);
        }
        repository.release("targets");
    });
    get(play);
}
