//! A small repository for tests: it signs whatever it is told to, and serves it from memory.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::Duration;

use flate2::Compression;
use flate2::read::GzEncoder;
use jiff::{Span, Timestamp};
use ring::digest::{SHA256, SHA512, digest};
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use suite::observation::Area;

use crate::{FaultSet, MemoryStore, Place, Redirect, Refusal, Response, SharedStore, Transport, Updater, canonical};

/// The instant at which every test begins.
pub(crate) const START: &str = "2030-01-01T12:00:00Z";
/// When ordinary metadata expires.
pub(crate) const EXPIRES: &str = "2031-01-01T00:00:00Z";

pub(crate) type Shared = Rc<RefCell<Repository>>;

/// Keys are named by a seed: root has 1, timestamp 2, snapshot 3, targets 4.
pub(crate) struct Repository {
    /// The signed part of each role, as it is now.
    pub(crate) bodies: BTreeMap<String, Value>,
    /// Who signs for each role.
    pub(crate) signers: BTreeMap<String, Vec<u8>>,
    /// Whether files are described with hashes and lengths.
    pub(crate) hashes: bool,
    pub(crate) metadata: BTreeMap<String, Vec<u8>>,
    pub(crate) targets: BTreeMap<String, Vec<u8>>,
    /// The files that are not just sent.
    pub(crate) odd: BTreeMap<String, Odd>,
    pub(crate) log: Rc<RefCell<Vec<String>>>,
}

/// The keys of all seeds, made once.
static KEYS: LazyLock<Vec<(Ed25519KeyPair, Value, String)>> = LazyLock::new(|| {
    let make = |seed| {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap();
        let public = hex::encode(pair.public_key());
        let key = json!({ "keytype": "ed25519", "scheme": "ed25519", "keyval": { "public": public } });
        let id = keyid(&key);
        (pair, key, id)
    };
    (0..64).map(make).collect()
});

pub(crate) fn key(seed: u8) -> Value {
    KEYS[usize::from(seed)].1.clone()
}

pub(crate) fn keyid(key: &Value) -> String {
    hex::encode(digest(&SHA256, &canonical(key)))
}

pub(crate) fn id(seed: u8) -> String {
    KEYS[usize::from(seed)].2.clone()
}

pub(crate) fn signature(body: &Value, seed: u8) -> String {
    hex::encode(KEYS[usize::from(seed)].0.sign(&canonical(body)))
}

pub(crate) fn sha256(content: &str) -> String {
    hex::encode(digest(&SHA256, content.as_bytes()))
}

fn canonical(value: &Value) -> Vec<u8> {
    canonical::encode(&crate::json::read(value.to_string().as_bytes(), FaultSet::empty()).unwrap(), FaultSet::empty())
}

pub(crate) fn role_keys(seeds: &[u8], threshold: u64) -> Value {
    json!({ "keyids": seeds.iter().map(|seed| id(*seed)).collect::<Vec<_>>(), "threshold": threshold })
}

fn body(type_name: &str, more: Value) -> Value {
    let mut body = json!({ "_type": type_name, "spec_version": "1.0.34", "version": 1, "expires": EXPIRES });
    extend(&mut body, more);
    body
}

fn extend(object: &mut Value, more: Value) {
    match (object, more) {
        (Value::Object(object), Value::Object(mut more)) => object.append(&mut more),
        (object, more) => panic!("{object} and {more} have to be objects"),
    }
}

impl Repository {
    /// Four roles at version 1 with consistent snapshots, and one target: `a.txt`.
    pub(crate) fn new() -> Self {
        let roles = ["root", "timestamp", "snapshot", "targets"];
        let keys: BTreeMap<String, Value> = (1..=4).map(|seed| (id(seed), key(seed))).collect();
        let role_keys: BTreeMap<&str, Value> =
            roles.into_iter().zip(1..).map(|(r, s)| (r, role_keys(&[s], 1))).collect();
        let mut repository = Self {
            bodies: BTreeMap::from([
                ("root".into(), body("root", json!({ "consistent_snapshot": true, "keys": keys, "roles": role_keys }))),
                ("timestamp".into(), body("timestamp", json!({ "meta": {} }))),
                ("snapshot".into(), body("snapshot", json!({ "meta": {} }))),
                ("targets".into(), body("targets", json!({ "targets": {} }))),
            ]),
            signers: roles.into_iter().zip(1..).map(|(role, seed)| (role.to_owned(), vec![seed])).collect(),
            hashes: false,
            metadata: BTreeMap::new(),
            targets: BTreeMap::new(),
            odd: BTreeMap::new(),
            log: Rc::default(),
        };
        repository.add("targets", "a.txt", "content of a");
        for role in ["root", "targets", "snapshot", "timestamp"] {
            repository.publish(role);
        }
        repository
    }

    pub(crate) fn body(&mut self, role: &str) -> &mut Value {
        self.bodies.get_mut(role).unwrap()
    }

    pub(crate) fn version(&self, role: &str) -> u64 {
        self.bodies[role]["version"].as_u64().unwrap()
    }

    /// Signs the present version of a role, serves it, and describes it in the role that describes it.
    pub(crate) fn publish(&mut self, role: &str) {
        self.publish_edited(role, |_| ());
    }

    /// The same, with the file edited after it was signed.
    pub(crate) fn publish_edited(&mut self, role: &str, edit: impl FnOnce(&mut Value)) {
        let body = &self.bodies[role];
        let signatures: Vec<Value> = self.signers[role]
            .iter()
            .map(|seed| json!({ "keyid": id(*seed), "sig": signature(body, *seed) }))
            .collect();
        let mut file = json!({ "signed": body, "signatures": signatures });
        edit(&mut file);
        self.serve(role, file.to_string().into_bytes());
    }

    /// Serves these bytes as the present version of a role, and describes them.
    pub(crate) fn serve(&mut self, role: &str, bytes: Vec<u8>) {
        let version = self.bodies[role]["version"].clone();
        let mut description = json!({ "version": version });
        if self.hashes {
            description["length"] = json!(bytes.len());
            description["hashes"] = json!({ "sha256": hex::encode(digest(&SHA256, &bytes)) });
        }
        match role {
            "root" | "timestamp" => {}
            "snapshot" => self.body("timestamp")["meta"]["snapshot.json"] = description,
            _ => self.body("snapshot")["meta"][format!("{role}.json")] = description,
        }
        self.metadata.insert(format!("{version}.{role}.json"), bytes.clone());
        self.metadata.insert(format!("{role}.json"), bytes);
    }

    /// Publishes the next version of a role and of every role that describes it.
    pub(crate) fn release(&mut self, role: &str) {
        let chain: &[&str] = match role {
            "root" | "timestamp" => &[],
            "snapshot" => &["timestamp"],
            _ => &["snapshot", "timestamp"],
        };
        for role in [role].iter().chain(chain) {
            let version = self.version(role);
            self.body(role)["version"] = json!(version + 1);
            self.publish(role);
        }
    }

    /// Adds a target to a role. Published with the role.
    pub(crate) fn add(&mut self, role: &str, path: &str, content: &str) {
        let hash = sha256(content);
        let file = json!({ "length": content.len(), "hashes": { "sha256": hash } });
        self.body(role)["targets"][path] = file;
        self.put(path, content);
    }

    /// Serves a target under all its names.
    pub(crate) fn put(&mut self, path: &str, content: &str) {
        let (directory, name) = path.rsplit_once('/').map_or((String::new(), path), |(d, n)| (format!("{d}/"), n));
        let long = hex::encode(digest(&SHA512, content.as_bytes()));
        for name in [name.to_owned(), format!("{}.{name}", sha256(content)), format!("{long}.{name}")] {
            self.targets.insert(format!("{directory}{name}"), content.as_bytes().to_vec());
        }
    }

    /// Adds a delegation to a role with this seed as key, and a first version of the delegated role.
    pub(crate) fn delegate(&mut self, by: &str, role: &str, seed: u8, more: Value) {
        let mut delegation = role_keys(&[seed], 1);
        delegation["name"] = json!(role);
        delegation["terminating"] = json!(false);
        extend(&mut delegation, more);
        let delegations = &mut self.body(by)["delegations"];
        delegations["keys"][id(seed)] = key(seed);
        match delegations["roles"].as_array_mut() {
            Some(roles) => roles.push(delegation),
            None => delegations["roles"] = json!([delegation]),
        }
        self.create(role, seed);
    }

    /// The first version of a delegated role.
    pub(crate) fn create(&mut self, role: &str, seed: u8) {
        if !self.bodies.contains_key(role) {
            self.bodies.insert(role.to_owned(), body("targets", json!({ "targets": {} })));
            self.signers.insert(role.to_owned(), vec![seed]);
            self.publish(role);
        }
    }

    /// Gives a top-level role other keys. Published with root.
    pub(crate) fn rotate(&mut self, role: &str, seeds: &[u8], threshold: u64) {
        for seed in seeds {
            self.body("root")["keys"][id(*seed)] = key(*seed);
        }
        self.body("root")["roles"][role] = role_keys(seeds, threshold);
        self.signers.insert(role.to_owned(), seeds.to_vec());
    }
}

impl Transport for Shared {
    fn ask(&self, place: &Place<'_>) -> Result<Response, String> {
        let repository = self.borrow();
        let (area, path) = match place {
            Place::File(area, path) => (*area, (*path).to_owned()),
            Place::Elsewhere(path) => (Area::Metadata, path.clone()),
        };
        repository.log.borrow_mut().push(path.clone());
        let files = if area == Area::Metadata { &repository.metadata } else { &repository.targets };
        let (file, odd) = (files.get(&path), repository.odd.get(&path).cloned().unwrap_or_default());
        if odd.kills {
            std::panic::resume_unwind(Box::new("killed"));
        }
        if let Some((store, role, bytes)) = odd.stores {
            store.lock().metadata.insert(role.to_owned(), bytes);
        }
        let is_plain = odd.padding == 0 && odd.breaks_after.is_none();
        let bytes = file.cloned().unwrap_or_default();
        let status = odd.status.unwrap_or(if file.is_some() { 200 } else { 404 });
        let length = is_plain.then_some(bytes.len() as u64);
        let redirect = odd.redirect.map(|to| Redirect { to, is_away: false });
        let padded = Cursor::new(bytes).chain(Padding { path, left: odd.padding, log: Rc::clone(&repository.log) });
        let body: Box<dyn Read> = match odd.breaks_after {
            None if odd.is_compressed => Box::new(GzEncoder::new(padded, Compression::fast())),
            None => Box::new(padded),
            Some(length) => Box::new(padded.take(length).chain(Broken)),
        };
        let (encoding, elapsed) = (odd.is_compressed.then(|| "gzip".to_owned()), Box::new(move || odd.takes));
        Ok(Response { status, redirect, length, encoding, body, elapsed })
    }
}

/// How the server answers for a file if it does not just send it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Odd {
    pub(crate) status: Option<u16>,
    pub(crate) redirect: Option<String>,
    /// So many bytes of white space come after the file.
    pub(crate) padding: u64,
    pub(crate) is_compressed: bool,
    pub(crate) breaks_after: Option<u64>,
    pub(crate) takes: Duration,
    /// Whether the client is killed when it asks.
    pub(crate) kills: bool,
    /// What another client stores meanwhile under the name of a role, in the same store.
    pub(crate) stores: Option<(SharedStore, &'static str, Vec<u8>)>,
}

/// White space. It is noted if a client takes more of it than any client needs.
struct Padding {
    path: String,
    left: u64,
    log: Rc<RefCell<Vec<String>>>,
}

impl Read for Padding {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = buffer.len().min(usize::try_from(self.left).unwrap());
        buffer[..length].fill(b' ');
        self.left -= length as u64;
        if self.left == 0 && length > 0 {
            self.log.borrow_mut().push(format!("all of {}", self.path));
        }
        Ok(length)
    }
}

/// The connection breaks.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::ConnectionReset.into())
    }
}

/// A repository with a client that trusts its first root.
pub(crate) struct Play {
    pub(crate) repository: Shared,
    pub(crate) client: Updater<Shared, SharedStore>,
    /// What came of everything that the client was told to do, as it can be seen from outside.
    pub(crate) trace: Vec<String>,
    now: Timestamp,
}

impl Play {
    pub(crate) fn new(faults: FaultSet) -> Self {
        let repository = Rc::new(RefCell::new(Repository::new()));
        let client = Updater::new(Rc::clone(&repository), SharedStore::default(), faults);
        Self { repository, client, trace: Vec::new(), now: START.parse().unwrap() }
    }

    /// A client without faults that has started from the first root.
    pub(crate) fn honest() -> Self {
        let mut play = Self::new(FaultSet::empty());
        play.trust().unwrap();
        play
    }

    pub(crate) fn change(&self, change: impl FnOnce(&mut Repository)) {
        change(&mut self.repository.borrow_mut());
    }

    pub(crate) fn wait(&mut self, span: Span) {
        self.now += span;
    }

    pub(crate) fn trust(&mut self) -> Result<(), Refusal> {
        let root = self.repository.borrow().metadata["root.json"].clone();
        let outcome = self.client.trust(&root);
        self.observe(outcome)
    }

    pub(crate) fn refresh(&mut self) -> Result<(), Refusal> {
        let outcome = self.client.refresh(self.now);
        self.observe(outcome)
    }

    pub(crate) fn download(&mut self, targets: &[&str]) -> Result<(), Refusal> {
        let targets: Vec<String> = targets.iter().map(|path| (*path).to_owned()).collect();
        let outcome = self.client.download(self.now, &targets);
        self.observe(outcome)
    }

    fn observe(&mut self, outcome: Result<(), Refusal>) -> Result<(), Refusal> {
        let MemoryStore { metadata, targets, .. } = self.client.store().lock().clone();
        let digests = |files: &BTreeMap<String, Vec<u8>>| -> Vec<String> {
            files.iter().map(|(name, bytes)| format!("{name}={:?}", digest(&SHA256, bytes))).collect()
        };
        let (metadata, targets) = (digests(&metadata), digests(&targets));
        self.trace.push(format!("{:?} {:?} {metadata:?} {targets:?}", outcome.is_ok(), self.requests()));
        outcome
    }

    /// The requests since the last call.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.repository.borrow().log.take()
    }

    /// The requirement at which the client refuses to refresh.
    pub(crate) fn refused(&mut self) -> &'static str {
        self.refresh().unwrap_err().requirement
    }

    /// The stored version of a role.
    pub(crate) fn stored(&self, role: &str) -> Option<u64> {
        let file: Value = serde_json::from_slice(self.client.store().lock().metadata.get(role)?).unwrap();
        file["signed"]["version"].as_u64()
    }

    pub(crate) fn downloaded(&self, path: &str) -> Option<String> {
        self.client.store().lock().targets.get(path).map(|bytes| String::from_utf8(bytes.clone()).unwrap())
    }
}
