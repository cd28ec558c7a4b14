//! `export` and `run --from`: the scenarios as plain files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::program::{play, tuf_cookbook};

/// Every file below a folder, by path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut files, mut waiting) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(dir) = waiting.pop() {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}

#[test]
fn what_was_exported_is_played_with_the_same_verdicts() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("corpus");
    let dir = dir.to_str().unwrap();
    let ids = ["rollback/*", "indefinite-freeze/expired*", "endless-data/metadata*", "honest/damaged-store*"];
    tuf_cookbook(&[&["export", dir], &ids[..]].concat()).good();
    let bare = |report: report::Report| -> Vec<_> {
        report.results.into_iter().map(|result| (result.id, result.status, result.checks)).collect()
    };
    assert_eq!(bare(play(&["--from", dir])), bare(play(&ids)));
    // The files say which client is faulty as well as the suite does.
    let program = ["--client", crate::program::PROGRAM, "--transport", "session", "--client-arg", "reference-client"];
    let faulty = ["session", "--fault", "skip-timestamp-rollback"].map(|argument| ["--client-arg", argument]).concat();
    let client = [&program[..], &faulty].concat();
    let (from, made) = (play(&[&["--from", dir], &client[..]].concat()), play(&[&ids[..], &client[..]].concat()));
    assert!(from.summary.required_failures > 0);
    assert_eq!(bare(from), bare(made));
}

#[test]
fn the_same_suite_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let export = |name: &str| {
        let dir = folder.path().join(name);
        tuf_cookbook(&["export", dir.to_str().unwrap(), "rollback/*", "--dialect", "rsa"]).good();
        files(&dir)
    };
    let first = export("first");
    assert!(first.contains_key("manifest.json") && first.keys().any(|name| name.starts_with("objects/")));
    assert_eq!(first, export("second"));
}

#[test]
fn what_is_not_as_it_was_written_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("corpus");
    tuf_cookbook(&["export", dir.to_str().unwrap(), "rollback/timestamp-replay"]).good();
    let run = || tuf_cookbook(&["run", "--from", dir.to_str().unwrap()]);
    run().good();
    let scenario = files(&dir).into_keys().find(|name| name.starts_with("scenarios/")).unwrap();
    let text = fs::read_to_string(dir.join(&scenario)).unwrap();
    fs::write(dir.join(&scenario), text.replace("\"reject\"", "\"accept\"")).unwrap();
    run().assert_refused(&["its content is not what its digest says"]);
    fs::write(dir.join(&scenario), text).unwrap();
    let object = files(&dir).into_keys().find(|name| name.starts_with("objects/")).unwrap();
    fs::remove_file(dir.join(object)).unwrap();
    assert_eq!(run().status, Some(2));
    let manifest = fs::read_to_string(dir.join("manifest.json")).unwrap();
    fs::write(dir.join("manifest.json"), manifest.replace("\"sha256\": \"", "\"sha256\": \"../")).unwrap();
    run().assert_refused(&["is not 64 hexadecimal digits"]);
    tuf_cookbook(&["run", "--from", "no-such-folder"]).assert_refused(&["no-such-folder"]);
    tuf_cookbook(&["export", dir.to_str().unwrap()]).assert_refused(&["is not empty"]);
}
