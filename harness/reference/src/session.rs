//! The client as one that speaks the session protocol, or that is part of another program.

use std::collections::BTreeSet;
use std::io;

use protocol::{Answer, Introduction, Place, TufClient, VERSION, serve};
use suite::Register;

use crate::{DirStore, FaultSet, HttpTransport, Member, Refusal, Repositories, Tap, TapSet, Updater};

/// Where bugs of this client are told.
const HOMEPAGE: &str = "https://theupdateframework.io/";

/// The features that it has beside those that are on by default.
const ALSO: [&str; 8] =
    ["artifact-cache", "multi-repository", "slow-retrieval", "tap13", "tap15", "tap20", "tap3", "tap4"];

/// A reference client that finds its store in what it is asked. It follows the same TAPs in all that it does.
#[derive(Debug, Clone)]
pub struct SessionClient {
    faults: FaultSet,
    features: BTreeSet<String>,
}

impl SessionClient {
    /// A client with these faults. It follows no TAP that contradicts the specification.
    pub fn new(register: &Register, faults: FaultSet) -> Self {
        Self { faults, features: features(register) }.without_contradictions()
    }

    /// The same client, following this TAP too.
    #[must_use]
    pub fn following(mut self, tap: Tap) -> Self {
        self.features.insert(tap.feature().to_owned());
        self.set_up()
    }

    fn without_contradictions(mut self) -> Self {
        for tap in Tap::ALL.iter().filter(|tap| tap.contradicts_specification()) {
            self.features.remove(tap.feature());
        }
        self.set_up()
    }

    /// It follows what it claims.
    fn set_up(self) -> Self {
        Self { faults: self.faults.following(TapSet::of(&self.features)), ..self }
    }

    fn updater(&self, place: &Place) -> Updater<HttpTransport, DirStore> {
        let store = DirStore::new(&place.metadata_dir, Some(place.targets_dir.clone()));
        let mut updater = Updater::new(HttpTransport::new(&place.metadata_url, &place.targets_url), store, self.faults);
        updater.start_from(place.targets_mapping.as_ref().and_then(|mapping| serde_json::to_vec(mapping).ok()));
        updater
    }

    /// The client of all repositories of a map, if it is told one. Each has a folder for its metadata.
    fn repositories(&self, place: &Place) -> Option<Result<Repositories<HttpTransport, DirStore>, Refusal>> {
        let map = serde_json::to_vec(place.map.as_ref()?).ok()?;
        let make = |member: &Member| {
            let store = DirStore::new(place.metadata_dir.join(&member.folder), Some(place.targets_dir.clone()));
            let transport = HttpTransport::new(format!("{}/metadata", member.url), format!("{}/targets", member.url));
            Updater::new(transport, store, self.faults)
        };
        Some(Repositories::new(&map, self.faults, make))
    }
}

/// The features that the reference client can be set up for: all that are on by default in the register, reuse of
/// target files, protection against slow servers, succinct hashed bins, multi-role delegations, another targets role to
/// start from, several repositories, self-revocation, and every [`Tap`].
pub fn features(register: &Register) -> BTreeSet<String> {
    let taps = Tap::ALL.iter().map(|tap| tap.feature().to_owned());
    register.default_features().into_iter().chain(ALSO.map(ToOwned::to_owned)).chain(taps).collect()
}

impl TufClient for SessionClient {
    fn introduction(&self) -> Introduction {
        let (features, key_types) = Introduction::sort_features(&self.features);
        Introduction {
            protocol: VERSION,
            name: "reference".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            language: "Rust".to_owned(),
            homepage: HOMEPAGE.to_owned(),
            issue_tracker: HOMEPAGE.to_owned(),
            features,
            key_types,
            clock: true,
            dialect: "default".to_owned(),
        }
    }

    fn trust(&mut self, place: &Place, root: &[u8]) -> Answer {
        answer(match (self.repositories(place), &place.repository) {
            (Some(repositories), Some(name)) => repositories.and_then(|mut all| all.trust(name, root)),
            _ => self.updater(place).trust(root),
        })
    }

    fn refresh(&mut self, place: &Place) -> Answer {
        answer(match self.repositories(place) {
            Some(repositories) => repositories.and_then(|mut all| all.refresh(place.now)),
            None => self.updater(place).refresh(place.now),
        })
    }

    fn download(&mut self, place: &Place, targets: &[String]) -> Answer {
        answer(match self.repositories(place) {
            Some(repositories) => repositories.and_then(|mut all| all.download(place.now, targets)),
            None => self.updater(place).download(place.now, targets),
        })
    }
}

fn answer(result: Result<(), Refusal>) -> Answer {
    match result {
        Ok(()) => Answer::ACCEPTED,
        Err(refusal) => Answer::rejected(Some(refusal.reason), refusal.to_string()),
    }
}

/// Has a client speak the session protocol on standard input and output until it is told to end.
///
/// # Errors
/// If it cannot be read or written.
pub fn run(mut client: SessionClient) -> io::Result<()> {
    serve(&mut client, io::stdin().lock(), io::stdout().lock())
}
