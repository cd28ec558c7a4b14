//! Section 5.7: target files.

use serde_json::{Value, json};

use super::Story;
use super::format::start;
use crate::test_repository::{Play, sha256};

const UNKNOWN: &str = "b";

pub(super) const ALL: &[Story] = &[
    a_new_version_of_a_target,
    an_unknown_target,
    |play| described(play, "a.txt", |file| file["length"] = json!(3)),
    |play| described(play, "a.txt", |file| file["length"] = json!("twelve")),
    |play| described(play, "a.txt", |file| file["custom"] = json!({ "tags": [] })),
    |play| described(play, "a.txt", |file| file["custom"] = json!({ "length": 3 })),
    |play| described(play, "a.txt", |file| file["hashes"] = json!({})),
    |play| described(play, "a.txt", |file| file["hashes"] = json!({ "sha256": sha256("other") })),
    |play| described(play, "a.txt", |file| file["hashes"]["sha512"] = json!("00".repeat(64))),
    |play| described(play, "a.txt", |file| file["hashes"] = json!({ "rot13": "00" })),
    |play| described(play, "a.txt", |file| file["hashes"]["rot13"] = json!("00")),
    |play| described(play, "a.txt", |file| file["hashes"] = json!({ "sha512": sha512("content of a") })),
    another_file_of_the_same_length,
    a_longer_file_than_stated,
    a_file_that_is_not_there,
    a_target_in_a_folder,
    a_target_in_the_folder_of_metadata,
    |play| {
        start(play, |_| ());
        let _ = play.download(&["missing", "a.txt"]);
    },
];

fn sha512(content: &str) -> String {
    hex::encode(ring::digest::digest(&ring::digest::SHA512, content.as_bytes()))
}

fn described(play: &mut Play, path: &str, edit: fn(&mut Value)) {
    start(play, |repository| {
        edit(&mut repository.body("targets")["targets"][path]);
        for digest in [&sha256("other"), "00"] {
            repository.targets.insert(format!("{digest}.a.txt"), b"content of a".to_vec());
        }
        repository.targets.insert("a.txt".to_owned(), b"content of a".to_vec());
        repository.release("targets");
    });
    let _ = play.download(&[path]);
}

fn a_new_version_of_a_target(play: &mut Play) {
    start(play, |_| ());
    let _ = play.download(&["a.txt"]);
    play.change(|repository| {
        repository.add("targets", "a.txt", "CONTENT OF A");
        repository.release("targets");
    });
    let _ = play.download(&["a.txt"]);
}

fn an_unknown_target(play: &mut Play) {
    start(play, |repository| repository.put(UNKNOWN, "content of b"));
    let _ = play.download(&[UNKNOWN]);
}

fn another_file_of_the_same_length(play: &mut Play) {
    start(play, |repository| {
        let name = format!("{}.a.txt", sha256("content of a"));
        repository.targets.insert(name, b"CONTENT OF A".to_vec());
    });
    let _ = play.download(&["a.txt"]);
}

fn a_longer_file_than_stated(play: &mut Play) {
    start(play, |repository| {
        let name = format!("{}.a.txt", sha256("content of a"));
        repository.targets.insert(name, b"content of a and more".to_vec());
    });
    let _ = play.download(&["a.txt"]);
}

fn a_file_that_is_not_there(play: &mut Play) {
    start(play, |repository| repository.targets.clear());
    let _ = play.download(&["a.txt"]);
}

fn a_target_in_a_folder(play: &mut Play) {
    start(play, |repository| {
        repository.add("targets", "dir/b.txt", "content of b");
        repository.release("targets");
    });
    let _ = play.download(&["dir/b.txt"]);
}

fn a_target_in_the_folder_of_metadata(play: &mut Play) {
    start(play, |repository| {
        repository.add("targets", "../metadata/timestamp.json", "content of b");
        repository.release("targets");
    });
    let _ = play.download(&["../metadata/timestamp.json"]);
}
