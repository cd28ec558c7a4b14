//! TAP 4: several repositories, and the map that says which of them are asked.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Value, json};

use super::Story;
use crate::test_repository::{Play, Repository, START, Shared};
use crate::{MemoryStore, Place, Repositories, Response, Transport, Updater};

const TARGET: &str = "a.txt";

/// The repositories of every story.
const NAMES: [&str; 3] = ["first", "second", "../Third"];

pub(super) const ALL: &[Story] = &[
    // The order of the entries, of their repositories, and when it is enough.
    |play| several(play, &json!([entry("*", &[0], 1, false), entry("*", &[1], 1, false)]), |_| ()),
    |play| several(play, &json!([entry("*", &[0], 1, false), entry("a.*", &[1], 1, false)]), |_| ()),
    |play| several(play, &json!([entry("*", &[0, 1, 2], 1, true)]), |_| ()),
    |play| several(play, &json!([entry("x", &[0], 1, true), entry("*", &[1], 1, true)]), |_| ()),
    // The first one does not have the file, or fails.
    |play| several(play, &json!([entry("*", &[0], 1, true), entry("*", &[1], 1, true)]), |all| without(all, 0)),
    |play| several(play, &json!([entry("*", &[0], 1, false), entry("*", &[1], 1, true)]), |all| without(all, 0)),
    |play| several(play, &json!([entry("*", &[0, 1], 1, true)]), |all| fail(all, 0)),
    |play| several(play, &json!([entry("*", &[0, 1], 2, true)]), |all| fail(all, 1)),
    // Too few of them agree.
    |play| several(play, &json!([entry("*", &[0, 1], 2, true)]), |all| describe(all, 1, &other())),
    |play| several(play, &json!([entry("*", &[0, 0, 1], 2, true)]), |all| describe(all, 1, &other())),
    |play| several(play, &json!([entry("*", &[0, 1, 2], 3, true)]), |all| describe(all, 2, &other())),
    |play| {
        several(play, &json!([entry("*", &[0, 1], 2, true)]), |all| {
            describe(all, 1, &json!({ "/hashes/sha256": "00".repeat(32) }));
        });
    },
    |play| {
        several(play, &json!([entry("*", &[0, 1], 2, true)]), |all| describe(all, 1, &json!({ "/length": 5 })));
    },
    |play| {
        several(play, &json!([entry("*", &[0, 1], 2, true)]), |all| {
            describe(all, 1, &json!({ "/hashes": { "sha256": sha256_of(all), "sha512": "00".repeat(64) } }));
        });
    },
    |play| {
        several(play, &json!([entry("*", &[0, 1], 2, true)]), |all| {
            describe(all, 1, &json!({ "/custom": { "a": 1 } }));
        });
    },
    // A repository offers a map, or another one is in its place.
    |play| {
        several(play, &json!([entry("*", &[0, 1], 2, true)]), |all| {
            describe(all, 1, &other());
            let urls: BTreeMap<_, _> = NAMES.into_iter().map(|name| (name, ["http://127.0.0.1/"])).collect();
            let map = json!({ "repositories": urls, "mapping": [entry("*", &[0], 1, true)] });
            all[0].borrow_mut().add("targets", "map.json", &map.to_string());
            all[0].borrow_mut().release("targets");
        });
    },
    |play| {
        several(play, &json!([entry("*", &[1], 1, true)]), |all| {
            let (metadata, targets) = (all[0].borrow().metadata.clone(), all[0].borrow().targets.clone());
            (all[1].borrow_mut().metadata, all[1].borrow_mut().targets) = (metadata, targets);
        });
    },
];

fn entry(pattern: &str, repositories: &[usize], threshold: u64, terminating: bool) -> Value {
    let names: Vec<_> = repositories.iter().map(|place| NAMES[*place]).collect();
    json!({ "paths": [pattern], "repositories": names, "threshold": threshold, "terminating": terminating })
}

fn other() -> Value {
    json!({ "/length": 5, "/hashes/sha256": "00".repeat(32) })
}

fn sha256_of(all: &[Shared]) -> Value {
    all[0].borrow().bodies["targets"]["targets"][TARGET]["hashes"]["sha256"].clone()
}

/// Has one of the repositories describe the target otherwise.
fn describe(all: &[Shared], place: usize, members: &Value) {
    let mut repository = all[place].borrow_mut();
    let file = &mut repository.body("targets")["targets"][TARGET];
    for (pointer, value) in members.as_object().unwrap() {
        match pointer.as_str() {
            "/hashes/sha256" => file["hashes"]["sha256"] = value.clone(),
            other => file[&other[1..]] = value.clone(),
        }
    }
    repository.release("targets");
}

fn without(all: &[Shared], place: usize) {
    all[place].borrow_mut().body("targets")["targets"] = json!({});
    all[place].borrow_mut().release("targets");
}

fn fail(all: &[Shared], place: usize) {
    all[place].borrow_mut().metadata.remove("timestamp.json");
}

/// A repository with keys of its own.
fn repository(place: u8) -> Shared {
    let mut repository = Repository::new();
    for (role, seed) in ["root", "timestamp", "snapshot", "targets"].into_iter().zip(20 + 4 * place..) {
        repository.rotate(role, &[seed], 1);
    }
    for role in ["root", "targets", "snapshot", "timestamp"] {
        repository.publish(role);
    }
    Rc::new(RefCell::new(repository))
}

/// The way to one of the repositories. What is asked for is noted with its name.
struct Line {
    name: String,
    repository: Shared,
    asked: Rc<RefCell<Vec<String>>>,
}

impl Transport for Line {
    fn ask(&self, place: &Place<'_>) -> Result<Response, String> {
        self.asked.borrow_mut().push(format!("{} {place:?}", self.name));
        self.repository.ask(place)
    }
}

/// A client with a map starts from the roots of three repositories, which change before it downloads a target.
fn several(play: &mut Play, mapping: &Value, change: impl FnOnce(&[Shared])) {
    let all: Vec<Shared> = (0..3).map(repository).collect();
    let (asked, folders) = (Rc::new(RefCell::new(Vec::new())), RefCell::new(Vec::new()));
    let urls: BTreeMap<_, _> = NAMES.into_iter().map(|name| (name, ["http://127.0.0.1/"])).collect();
    let map = json!({ "repositories": urls, "mapping": mapping }).to_string();
    let mut client = Repositories::new(map.as_bytes(), play.client.faults, |member| {
        folders.borrow_mut().push(member.folder.clone());
        let place = NAMES.iter().position(|name| *name == member.name).unwrap();
        let line = Line { name: member.name.clone(), repository: Rc::clone(&all[place]), asked: Rc::clone(&asked) };
        Updater::new(line, MemoryStore::default(), play.client.faults)
    })
    .unwrap();
    for (name, repository) in NAMES.into_iter().zip(&all) {
        let root = repository.borrow().metadata["root.json"].clone();
        client.trust(name, &root).unwrap();
    }
    change(&all);
    let outcome = client.download(START.parse().unwrap(), &[TARGET.to_owned()]);
    let stores: Vec<_> = client.updaters().map(Updater::store).collect();
    play.trace.push(format!("{:?} {:?} {:?} {stores:?}", outcome.is_ok(), folders, asked));
}
