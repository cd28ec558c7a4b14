//! Sections 4.1 to 4.3: files, signatures, keys, headers.

use jiff::ToSpan;
use serde_json::{Value, json};

use super::Story;
use crate::test_repository::{Play, Repository, id, key, keyid, role_keys, signature};

/// Keys of other types than the repository has, which have signed its first timestamp.
const ECDSA: &str = include_str!("../../testdata/timestamp-ecdsa.spki.pem");
const RSA: &str = include_str!("../../testdata/timestamp-rsa-2048.spki.pem");
const SHORT_RSA: &str = include_str!("../../testdata/timestamp-rsa-1024.spki.pem");

pub(super) const ALL: &[Story] = &[
    |play| ordinary(play),
    |play| rewritten(play, |text| text.replacen("\"version\":1", "\"version\":9,\"version\":1", 1)),
    |play| rewritten(play, |text| text + "{}"),
    |play| rewritten(play, |text| text.replace(',', " ,\n")),
    |play| body(play, "timestamp", "custom", json!("a\nb")),
    the_listed_hashes_of_a_file_with_white_space,
    |play| signatures(play, |signatures| signatures.push(signatures[0].clone())),
    |play| signatures(play, |signatures| signatures[0]["sig"] = json!("")),
    |play| signatures(play, |signatures| signatures[0]["x-unknown"] = json!("of no concern")),
    |play| signatures(play, |signatures| signatures.insert(0, json!({ "keyid": id(3), "sig": "00" }))),
    |play| signed_by(play, "timestamp", &[3]),
    an_invalid_signature_beside_a_quorum,
    |play| timestamp_by(play, "ecdsa", ECDSA, include_str!("../../testdata/timestamp-ecdsa.der.hex")),
    an_ecdsa_key_in_hexadecimal,
    |play| timestamp_by(play, "rsa", RSA, include_str!("../../testdata/timestamp-rsa-2048.pss.hex")),
    |play| timestamp_by(play, "rsa", SHORT_RSA, include_str!("../../testdata/timestamp-rsa-1024.pss.hex")),
    |play| a_key_of_an_unknown_scheme(play, None),
    |play| a_key_of_an_unknown_scheme(play, Some("ed25519")),
    a_key_of_an_unknown_type,
    |play| root_key_under(play, "a wrong identifier"),
    |play| delegated_key_under(play, "a wrong identifier"),
    a_key_with_an_unknown_member,
    |play| wrong_type(play, "root"),
    |play| wrong_type(play, "timestamp"),
    |play| wrong_type(play, "snapshot"),
    |play| wrong_type(play, "targets"),
    a_delegated_role_of_wrong_type,
    |play| without(play, "_type"),
    |play| without(play, "spec_version"),
    |play| without(play, "version"),
    |play| without(play, "expires"),
    |play| body(play, "timestamp", "spec_version", json!("2.0.0")),
    |play| body(play, "timestamp", "spec_version", json!("10.0.0")),
    |play| body(play, "timestamp", "spec_version", json!("1.0.0")),
    |play| body(play, "timestamp", "version", json!(0)),
    |play| body(play, "timestamp", "version", json!("2")),
    |play| body(play, "timestamp", "version", json!(1_u64 << 31)),
    neighbours_above_two_to_the_53,
    |play| body(play, "timestamp", "expires", json!("2030-01-01T06:00:00Z")),
    |play| body(play, "timestamp", "expires", json!("2030-01-01T12:00:00Z")),
    |play| body(play, "timestamp", "expires", json!("2030-01-01T12:00:01Z")),
    |play| body(play, "timestamp", "expires", json!("2029-12-31T13:00:00Z")),
    |play| body(play, "timestamp", "expires", json!("2100-01-01T00:00:00Z")),
    |play| timestamp_by(play, "ecdsa", ECDSA, "00"),
    |play| body(play, "timestamp", "expires", json!("2031-01-01T00:00:00.5+01:00")),
    a_threshold_of_zero,
];

pub(super) fn start(play: &mut Play, change: impl FnOnce(&mut Repository)) {
    let _ = play.trust();
    play.change(change);
    let _ = play.refresh();
}

fn ordinary(play: &mut Play) {
    start(play, |_| ());
    let _ = play.download(&["a.txt"]);
    play.wait(1.hours());
    let _ = play.download(&["a.txt"]);
}

fn rewritten(play: &mut Play, rewrite: fn(String) -> String) {
    start(play, |repository| {
        let text = String::from_utf8(repository.metadata["timestamp.json"].clone()).unwrap();
        repository.metadata.insert("timestamp.json".to_owned(), rewrite(text).into_bytes());
    });
}

fn body(play: &mut Play, role: &str, member: &str, value: Value) {
    start(play, |repository| {
        repository.body(role)[member] = value;
        repository.publish(role);
    });
}

fn signatures(play: &mut Play, edit: fn(&mut Vec<Value>)) {
    start(play, |repository| {
        repository.publish_edited("timestamp", |file| edit(file["signatures"].as_array_mut().unwrap()));
    });
}

pub(super) fn signed_by(play: &mut Play, role: &str, seeds: &[u8]) {
    start(play, |repository| {
        repository.signers.insert(role.to_owned(), seeds.to_vec());
        repository.release(role);
    });
}

fn an_invalid_signature_beside_a_quorum(play: &mut Play) {
    start(play, |repository| {
        repository.rotate("timestamp", &[2, 5], 1);
        repository.release("root");
        repository.publish_edited("timestamp", |file| file["signatures"][0]["sig"] = json!("00"));
    });
}

fn timestamp_key(repository: &mut Repository, key: Value, keyid: &str) {
    repository.body("root")["keys"][keyid] = key;
    repository.body("root")["roles"]["timestamp"]["keyids"] = json!([keyid]);
    repository.release("root");
    repository.publish_edited("timestamp", |file| file["signatures"][0]["keyid"] = json!(keyid));
}

fn a_key_of_an_unknown_scheme(play: &mut Play, method: Option<&str>) {
    start(play, |repository| {
        let mut key = key(2);
        key["scheme"] = json!("ed25519ph");
        let keyid = keyid(&key);
        timestamp_key(repository, key, &keyid);
        if let Some(method) = method {
            repository.publish_edited("timestamp", |file| {
                file["signatures"][0]["keyid"] = json!(keyid);
                file["signatures"][0]["method"] = json!(method);
            });
        }
    });
}

/// The timestamp has a key of another type, which has signed it.
pub(super) fn timestamp_by(play: &mut Play, keytype: &str, public: &str, sig: &str) {
    start(play, |repository| {
        let scheme = if keytype == "rsa" { "rsassa-pss-sha256" } else { "ecdsa-sha2-nistp256" };
        let key = json!({ "keytype": keytype, "scheme": scheme, "keyval": { "public": public } });
        let keyid = keyid(&key);
        timestamp_key(repository, key, &keyid);
        let signature = json!({ "keyid": keyid, "sig": sig.trim() });
        repository.publish_edited("timestamp", |file| file["signatures"] = json!([signature]));
    });
}

fn an_ecdsa_key_in_hexadecimal(play: &mut Play) {
    let info = pem::parse(ECDSA).unwrap().into_contents();
    let point = hex::encode(&info[info.len() - 65..]);
    timestamp_by(play, "ecdsa", &point, include_str!("../../testdata/timestamp-ecdsa.der.hex"));
}

fn the_listed_hashes_of_a_file_with_white_space(play: &mut Play) {
    start(play, |repository| {
        repository.hashes = true;
        let text = String::from_utf8(repository.metadata["snapshot.json"].clone()).unwrap();
        repository.serve("snapshot", text.replace(',', " ,\n").into_bytes());
        repository.release("timestamp");
    });
}

fn without(play: &mut Play, member: &str) {
    start(play, |repository| {
        repository.body("timestamp").as_object_mut().unwrap().remove(member);
        let body = repository.bodies["timestamp"].clone();
        let signature = json!({ "keyid": id(2), "sig": signature(&body, 2) });
        let file = json!({ "signed": body, "signatures": [signature] });
        repository.metadata.insert("timestamp.json".to_owned(), file.to_string().into_bytes());
    });
}

fn a_key_of_an_unknown_type(play: &mut Play) {
    start(play, |repository| {
        let key = json!({ "keytype": "ed448", "scheme": "ed448", "keyval": {} });
        let keyid = keyid(&key);
        repository.body("root")["keys"][keyid] = key;
        repository.release("root");
    });
}

fn root_key_under(play: &mut Play, keyid: &str) {
    start(play, |repository| timestamp_key(repository, key(2), keyid));
}

fn delegated_key_under(play: &mut Play, keyid: &str) {
    start(play, |repository| {
        repository.delegate("targets", "d", 5, json!({ "paths": ["*"], "keyids": [keyid] }));
        repository.body("targets")["delegations"]["keys"] = json!({ keyid: key(5) });
        repository.release("targets");
    });
}

fn a_key_with_an_unknown_member(play: &mut Play) {
    start(play, |repository| {
        let mut key = key(2);
        key["keyid_hash_algorithms"] = json!(["sha256"]);
        let keyid = keyid(&key);
        timestamp_key(repository, key, &keyid);
    });
}

fn wrong_type(play: &mut Play, role: &str) {
    start(play, |repository| {
        repository.body(role)["_type"] = json!("other");
        repository.release(role);
    });
}

fn a_delegated_role_of_wrong_type(play: &mut Play) {
    start(play, |repository| {
        repository.delegate("targets", "d", 5, json!({ "paths": ["*"] }));
        repository.add("d", "d.txt", "by d");
        repository.body("d")["_type"] = json!("snapshot");
        repository.publish("d");
        repository.release("targets");
    });
    let _ = play.download(&["d.txt"]);
}

fn neighbours_above_two_to_the_53(play: &mut Play) {
    body(play, "timestamp", "version", json!((1_u64 << 53) + 1));
    play.change(|repository| {
        repository.body("timestamp")["version"] = json!(1_u64 << 53);
        repository.publish("timestamp");
    });
    let _ = play.refresh();
}

fn a_threshold_of_zero(play: &mut Play) {
    start(play, |repository| {
        repository.body("root")["roles"]["timestamp"]["threshold"] = json!(0);
        repository.release("root");
    });
}

/// Two keys, both of which have to sign, and a file that has one signature; or one key twice.
pub(super) fn short_of_quorum(play: &mut Play, role: &str) {
    start(play, |repository| {
        repository.rotate(role, &[20, 21], 2);
        repository.release("root");
        repository.signers.insert(role.to_owned(), vec![20]);
        repository.release(role);
    });
}

pub(super) fn one_key_twice(play: &mut Play, role: &str) {
    start(play, |repository| {
        let mut twin = key(20);
        twin["twin"] = json!(true);
        let twin_id = keyid(&twin);
        repository.rotate(role, &[20], 2);
        repository.body("root")["keys"][&twin_id] = twin;
        let mut keys = role_keys(&[20], 2);
        keys["keyids"].as_array_mut().unwrap().push(json!(twin_id));
        repository.body("root")["roles"][role] = keys;
        repository.release("root");
        let version = repository.version(role);
        repository.body(role)["version"] = json!(version + 1);
        let sig = signature(&repository.bodies[role], 20);
        repository.publish_edited(role, |file| {
            file["signatures"].as_array_mut().unwrap().push(json!({ "keyid": twin_id, "sig": sig }));
        });
        match role {
            "targets" => repository.release("snapshot"),
            "snapshot" => repository.release("timestamp"),
            _ => {}
        }
    });
}
