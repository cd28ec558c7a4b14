//! The wrappers of released clients, which have to be short enough to be read before they are trusted.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A wrapper, or a file for another transport, has fewer lines.
const LIMIT: usize = 150;

/// What the languages of the wrappers are written in.
const CODE: [&str; 5] = ["go", "java", "mjs", "py", "rs"];

/// Files that no session needs, by their names without an ending.
const OTHER_TRANSPORTS: [&str; 2] = ["library", "process"];

/// Plays several repositories as well, in a file of its own: here, each file counts for itself.
const IN_PARTS: [&str; 1] = ["go-tuf"];

/// The lines of each file with code in a folder, by its name.
fn lines(folder: &Path) -> BTreeMap<String, usize> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_code = |path: &Path| path.extension().is_some_and(|ending| CODE.iter().any(|code| ending == *code));
    let named = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    files
        .filter(|path| is_code(path))
        .map(|path| (named(&path), fs::read_to_string(&path).unwrap().lines().count()))
        .collect()
}

#[test]
fn the_wrapper_of_each_released_client_is_short() {
    let clients = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../clients"));
    let folders = fs::read_dir(clients).unwrap().map(|entry| entry.unwrap().path());
    // A folder without a manifest is that of an older version, and holds only what differs.
    let mut tried = 0;
    for folder in folders.filter(|folder| folder.join("manifest.toml").is_file()) {
        let name = folder.file_name().unwrap().to_str().unwrap();
        let lines = lines(&folder);
        let is_other = |file: &str| OTHER_TRANSPORTS.iter().any(|other| file.split('.').next() == Some(other));
        let session: usize = lines.iter().filter(|(file, _)| !is_other(file)).map(|(_, count)| count).sum();
        assert!(session > 0, "{name} has no wrapper");
        assert!(session < LIMIT || IN_PARTS.contains(&name), "{name}: {session} lines in {lines:?}");
        assert!(lines.values().all(|count| *count < LIMIT), "{name}: {lines:?}");
        tried += 1;
    }
    assert!(tried >= 7, "{tried} clients");
}
