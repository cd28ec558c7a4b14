//! What a scenario becomes: the files that a client is shown.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should say where")]

use std::sync::Arc;

use jiff::Timestamp;
use repository::{Calendar, Event, Files, Timeline};
use serde_json::Value;
use sha2::{Digest, Sha256};
use suite::{Dialect, RunKind, Variant, parse_scenario};

const START: Timestamp = Timestamp::UNIX_EPOCH;

fn variant(body: &str) -> Variant {
    let text = format!("title = \"t\"\ncovers = []\nstory = \"s\"\n{body}");
    parse_scenario("scenarios/honest/test.toml", &text).unwrap().variants.remove(0)
}

fn dialect(text: &str) -> Dialect {
    toml::from_str(&format!("id = \"d\"\nsummary = \"s\"\n{text}")).unwrap()
}

fn shown(body: &str, dialect: &Dialect, run: RunKind) -> Vec<Arc<Files>> {
    let calendar = Calendar::Free { start: START };
    let timeline = Timeline::build(&variant(body), dialect, run, &calendar).unwrap();
    let files = timeline.events.into_iter().filter_map(|(_, event)| match event {
        Event::Show(files) => Some(files),
        _ => None,
    });
    files.collect()
}

fn last(body: &str) -> Arc<Files> {
    shown(body, &dialect(""), RunKind::Attack).pop().unwrap()
}

fn json(files: &Files, name: &str) -> Value {
    serde_json::from_slice(&files.metadata[name]).unwrap()
}

fn names(files: &Files) -> Vec<&str> {
    files.metadata.keys().map(String::as_str).collect()
}

#[test]
fn publishing_targets_brings_snapshot_and_timestamp() {
    let files = last("[[step]]\npublish = [\"targets\"]");
    assert_eq!(
        names(&files),
        ["1.root.json", "1.snapshot.json", "1.targets.json", "2.snapshot.json", "2.targets.json", "timestamp.json"]
    );
    assert_eq!(json(&files, "timestamp.json")["signed"]["meta"]["snapshot.json"]["version"], 2);
    assert_eq!(json(&files, "2.snapshot.json")["signed"]["meta"]["targets.json"]["version"], 2);
    assert_eq!(json(&files, "timestamp.json")["signed"]["expires"], "1970-01-08T00:00:00Z");
}

#[test]
fn publishing_the_timestamp_leaves_the_rest_alone() {
    let files = last("[[step]]\npublish = [\"timestamp\"]");
    assert_eq!(names(&files), ["1.root.json", "1.snapshot.json", "1.targets.json", "timestamp.json"]);
    assert_eq!(json(&files, "timestamp.json")["signed"]["version"], 2);
}

#[test]
fn without_consistent_snapshots_only_root_is_versioned() {
    let files = shown(
        "[repository.targets]\n\"d/f\" = \"x\"\n[[step]]\npublish = [\"targets\"]",
        &dialect("consistent-snapshot = false"),
        RunKind::Attack,
    );
    assert_eq!(names(&files[1]), ["1.root.json", "snapshot.json", "targets.json", "timestamp.json"]);
    assert_eq!(files[1].targets.keys().collect::<Vec<_>>(), ["d/f"]);
}

#[test]
fn a_target_file_has_its_digest_before_its_last_segment() {
    let files = last(
        "[repository]\nhash-algorithms = [\"sha256\", \"sha512\"]\n[repository.targets]\n\"d/f\" = \"x\"\n[[step]]\npublish = [\"targets\"]",
    );
    let digest = hex::encode(Sha256::digest("x"));
    assert_eq!(files.targets.len(), 2);
    assert_eq!(files.targets[&format!("d/{digest}.f")], "x");
}

#[test]
fn a_rotated_root_is_signed_by_old_and_new_keys() {
    let files = last("[[step]]\nrotate.root = { keys = [\"new\"] }\n[[step]]\npublish = [\"root\"]");
    assert_eq!(json(&files, "2.root.json")["signatures"].as_array().unwrap().len(), 2);
}

#[test]
fn a_role_that_two_roles_delegate_to_is_signed_for_both() {
    let files = last(
        "[[repository.delegations]]\nrole = \"a\"\npaths = [\"*\"]\n[[repository.delegations]]\nrole = \"b\"\npaths = [\"*\"]\n\
         [[repository.delegations]]\nby = \"a\"\nrole = \"x\"\nkeys = [\"xa\"]\npaths = [\"*\"]\n\
         [[repository.delegations]]\nby = \"b\"\nrole = \"x\"\nkeys = [\"xb\"]\npaths = [\"*\"]\n[[step]]\npublish = [\"x\"]",
    );
    assert_eq!(json(&files, "1.x.json")["signatures"].as_array().unwrap().len(), 2);
    assert_eq!(json(&files, "2.x.json")["signatures"].as_array().unwrap().len(), 2);
}

#[test]
fn an_attacker_works_on_what_is_shown_until_the_repository_publishes() {
    let body = "[[step]]\nattack.forge.timestamp = { version = 1000 }\n[[step]]\npublish = [\"timestamp\"]";
    let attack = shown(body, &dialect(""), RunKind::Attack);
    let versions: Vec<_> =
        attack.iter().map(|files| json(files, "timestamp.json")["signed"]["version"].clone()).collect();
    assert_eq!(versions, [1, 1000, 2]);
    let control = shown(body, &dialect(""), RunKind::Control);
    assert_eq!(control.len(), 2);
}

#[test]
fn hashes_and_lengths_are_listed_where_the_dialect_says_so() {
    let files =
        shown("[[step]]\npublish = [\"timestamp\"]", &dialect("hashes = true\nlengths = true"), RunKind::Attack);
    let meta = &json(&files[1], "timestamp.json")["signed"]["meta"]["snapshot.json"];
    let snapshot = &files[1].metadata["1.snapshot.json"];
    assert_eq!(meta["length"], snapshot.len());
    assert_eq!(meta["hashes"]["sha256"], hex::encode(Sha256::digest(snapshot)));
}

#[test]
fn a_target_goes_to_the_bin_of_its_hash() {
    let files = last(
        "[[repository.delegations]]\nrole = \"bin\"\nsuccinct = { bit-length = 3 }\ntargets = { \"f\" = \"x\" }\n[[step]]\npublish = [\"timestamp\"]",
    );
    // SHA-256 of "f" starts with 25, in bits 001…: bin 1.
    assert_eq!(json(&files, "1.bin-1.json")["signed"]["targets"]["f"]["length"], 1);
    assert_eq!(json(&files, "1.targets.json")["signed"]["delegations"]["succinct_roles"]["bit_length"], 3);
    assert_eq!(names(&files).iter().filter(|name| name.contains("bin-")).count(), 8);
}

const AGREEMENT: &str = "[[repository.delegations]]\nrole = \"all\"\npaths = [\"*\"]\nagreement = 1\n\
    roles = [{ role = \"a\", targets = { \"f\" = \"x\" } }, { role = \"b\", keys = [\"k\", \"l\"], threshold = 2 }]\n";

#[test]
fn a_delegation_to_several_roles_has_the_form_of_tap_3() {
    let single = "[[repository.delegations]]\nrole = \"c\"\npaths = [\"*\"]\n";
    let files = last(&format!("{AGREEMENT}{single}[[step]]\npublish = [\"timestamp\"]"));
    let signed = &json(&files, "1.targets.json")["signed"];
    let [all, one] = signed["delegations"].as_array().unwrap().as_slice() else { panic!("{signed}") };
    assert_eq!((&all["name"], &all["min_roles_in_agreement"]), (&"all".into(), &1.into()));
    assert_eq!((&all["roleinfo"][1]["rolename"], &all["roleinfo"][1]["threshold"]), (&"b".into(), &2.into()));
    assert_eq!((&one["roleinfo"][0]["rolename"], &one["min_roles_in_agreement"]), (&"c".into(), &1.into()));
    assert_eq!(signed["keys_for_delegations"].as_object().unwrap().len(), 4);
    assert_eq!(json(&files, "1.a.json")["signed"]["targets"]["f"]["length"], 1);
    assert_eq!(json(&files, "1.b.json")["signatures"].as_array().unwrap().len(), 2);
    assert!(!files.metadata.contains_key("1.all.json"));
}

#[test]
fn what_a_delegation_to_several_roles_cannot_have_is_told() {
    let calendar = Calendar::Free { start: START };
    for more in ["keys = [\"k\"]", "succinct = { bit-length = 1 }", "targets = { \"f\" = \"x\" }"] {
        let body = format!("{AGREEMENT}{more}\n[[step]]\npublish = [\"timestamp\"]");
        let built = Timeline::build(&variant(&body), &dialect(""), RunKind::Attack, &calendar);
        assert_eq!(built.unwrap_err().0, 0, "{more}");
    }
}

#[test]
fn a_client_is_told_of_a_targets_role_what_the_scenario_states() {
    let body = "[[repository.delegations]]\nrole = \"own\"\npaths = [\"*\"]\n\
        [[step]]\ntargets-role = { role = \"own\", keys = [\"own\"] }\n[[step]]\ntargets-role = { threshold = 2 }";
    let calendar = Calendar::Free { start: START };
    let timeline = Timeline::build(&variant(body), &dialect(""), RunKind::Attack, &calendar).unwrap();
    let told: Vec<_> = timeline
        .events
        .iter()
        .filter_map(|(_, event)| match event {
            Event::TargetsRole(told) => Some(Value::from(told.clone())),
            _ => None,
        })
        .collect();
    assert_eq!(told.len(), 2);
    assert_eq!((&told[0]["targets_rolename"], &told[0]["threshold"]), (&"own".into(), &1.into()));
    assert_eq!(told[0]["keys"].as_object().unwrap().len(), 1);
    assert_eq!(told[1], serde_json::json!({ "threshold": 2 }));
}

#[test]
fn further_repositories_lie_beside_the_main_one_and_have_keys_of_their_own() {
    let body = "[repositories.left]\ntargets = { \"a\" = \"x\" }\n[[mapping]]\npaths = [\"*\"]\n\
        repositories = [\"left\", \"main\"]\n[[step]]\npublish = [\"timestamp\"]\nrepository = \"left\"\n\
        [[step]]\nserve.\"timestamp.json\" = [{ redirect = \"2.root.json\" }]\nrepository = \"left\"";
    for key_type in ["ed25519", "ecdsa", "rsa"] {
        let dialect = dialect(&format!("key-type = \"{key_type}\""));
        let files = shown(body, &dialect, RunKind::Attack).pop().unwrap();
        let version = |name: &str| json(&files, name)["signed"]["version"].clone();
        assert_eq!((version("timestamp.json"), version("left/timestamp.json")), (1.into(), 2.into()));
        let keys = |name: &str| json(&files, name)["signed"]["keys"].as_object().unwrap().clone();
        let (main, left) = (keys("1.root.json"), keys("left/1.root.json"));
        assert!(main.len() == 4 && left.len() == 4 && !main.keys().any(|id| left.contains_key(id)), "{key_type}");
        assert!(files.targets.keys().all(|name| name.starts_with("left/")));
        let answers: Vec<_> = files.answers.iter().map(|((_, name), answers)| format!("{name} {answers:?}")).collect();
        assert_eq!(answers, ["left/timestamp.json [Redirect(\"metadata/left/2.root.json\")]"]);
    }
    let calendar = Calendar::Free { start: START };
    let timeline = Timeline::build(&variant(body), &dialect(""), RunKind::Attack, &calendar).unwrap();
    let several = timeline.several.unwrap();
    assert_eq!(several.roots.keys().collect::<Vec<_>>(), ["left", "main"]);
    let entry = serde_json::json!({
        "paths": ["*"], "repositories": ["left", "main"], "threshold": 1, "terminating": false
    });
    assert_eq!(several.mapping, serde_json::json!([entry]));
}

#[test]
fn every_key_type_signs_the_same_bytes_every_time() {
    for key_type in ["ed25519", "ecdsa", "rsa"] {
        let dialect = dialect(&format!("key-type = \"{key_type}\""));
        let body = "[[step]]\npublish = [\"root\", \"targets\"]";
        assert_eq!(shown(body, &dialect, RunKind::Attack), shown(body, &dialect, RunKind::Attack));
    }
}

/// The bytes of everything that is shown must not change unnoticed: results of different runs could no longer be
/// compared. If a change is meant, put the printed hash here.
#[test]
fn the_bytes_of_a_state_are_what_they_always_were() {
    let mut hash = Sha256::new();
    for key_type in ["ed25519", "ecdsa", "rsa"] {
        let dialect = dialect(&format!("key-type = \"{key_type}\"\nhashes = true"));
        let body = "[repository.targets]\n\"f\" = \"x\"\n[[step]]\nrotate.root = { keys = [\"r\"] }\n[[step]]\npublish = [\"root\", \"targets\"]";
        for files in shown(body, &dialect, RunKind::Attack) {
            for (name, bytes) in files.metadata.iter().chain(&files.targets) {
                hash.update(name);
                hash.update(bytes);
            }
        }
    }
    assert_eq!(hex::encode(hash.finalize()), "ce096620b0ac2e95f59482b490c4d5d0950d7aec4d83296e447fc9024d0e36da");
}
