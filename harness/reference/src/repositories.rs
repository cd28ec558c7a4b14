//! TAP 4: target files that several repositories agree on.

use std::collections::BTreeMap;

use jiff::Timestamp;
use suite::observation::{Area, Reason};

use crate::fault::{Fault, FaultSet};
use crate::map_file::{MapFile, Mapping};
use crate::metadata::TargetFile;
use crate::refusal::Refusal;
use crate::store::Store;
use crate::transport::Transport;
use crate::updater::Updater;
use crate::workflow::TrustedTargets;

/// A client of several repositories. Each is verified by itself, beginning with its own root, and has a store of its own.
#[derive(Debug)]
pub struct Repositories<T, S> {
    map: MapFile,
    updaters: BTreeMap<String, Updater<T, S>>,
    faults: FaultSet,
}

/// A repository of the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its base URL.
    pub url: String,
    /// The folder for its metadata, as one segment of a path.
    pub folder: String,
}

/// What one of the repositories says of a target.
struct Vote {
    repository: String,
    file: TargetFile,
}

/// What enough repositories say of a target, and which these are, in the order in which they were asked.
struct Agreed {
    file: TargetFile,
    repositories: Vec<String>,
}

/// The repositories that were brought up to date in this run; `None` for those where that failed.
type Asked = BTreeMap<String, Option<TrustedTargets>>;

impl<T: Transport, S: Store> Repositories<T, S> {
    /// A client with this map file. `make` makes the client of each repository.
    ///
    /// # Errors
    /// If it is no map file.
    pub fn new(map: &[u8], faults: FaultSet, make: impl Fn(&Member) -> Updater<T, S>) -> Result<Self, Refusal> {
        let map = MapFile::read(map, faults)?;
        let mut updaters = BTreeMap::new();
        for (name, folder) in map.folders(faults) {
            let url = map.repositories.get(&name).cloned().unwrap_or_default();
            updaters.insert(name.clone(), make(&Member { name, url, folder }));
        }
        Ok(Self { map, updaters, faults })
    }

    /// The clients of each repository.
    pub fn updaters(&self) -> impl Iterator<Item = &Updater<T, S>> {
        self.updaters.values()
    }

    /// Starts from this root of one of the repositories.
    pub fn trust(&mut self, repository: &str, root: &[u8]) -> Result<(), Refusal> {
        match self.updaters.get_mut(repository) {
            Some(updater) => updater.trust(root),
            None => Err(unknown_repository(repository)),
        }
    }

    /// Brings the metadata of the top-level roles of all repositories up to date.
    pub fn refresh(&mut self, now: Timestamp) -> Result<(), Refusal> {
        self.updaters.values_mut().try_for_each(|updater| updater.refresh(now))
    }

    /// Downloads these targets in order, up to the first that fails. Only the repositories that the map names for a target
    /// are asked, each once in this run.
    pub fn download(&mut self, now: Timestamp, targets: &[String]) -> Result<(), Refusal> {
        let mut asked = Asked::new();
        if self.faults.has(Fault::RefreshEveryRepository) {
            for (name, updater) in &mut self.updaters {
                asked.insert(name.clone(), Some(updater.update(now, true)?));
            }
        }
        if self.faults.has(Fault::MapFromRepository) {
            self.renew_map(&mut asked, now);
        }
        for path in targets {
            let agreed = match self.search(&mut asked, now, path) {
                Err(_) if self.faults.has(Fault::AnyRepositoryAsLastResort) => self.any(&mut asked, now, path)?,
                found => found?,
            };
            self.fetch(&asked, path, &agreed)?;
        }
        Ok(())
    }

    /// What the first mapping with a result says of a target.
    fn search(&mut self, asked: &mut Asked, now: Timestamp, path: &str) -> Result<Agreed, Refusal> {
        let faults = self.faults;
        let map = self.map.clone();
        for mapping in map.in_order(faults) {
            if !mapping.selector.selects(path, faults) {
                if mapping.terminating && faults.has(Fault::MappingTerminatesWithoutMatch) {
                    break;
                }
                continue;
            }
            if let Some(agreed) = self.ask(mapping, asked, now, path)? {
                return Ok(agreed);
            }
            let ends = mapping.terminating && !faults.has(Fault::IgnoreTerminatingMapping);
            if ends || faults.has(Fault::EveryMappingTerminates) {
                let message = format!("too few repositories say the same of the target {path:?}, or anything");
                return Err(Refusal::new(Reason::UnknownTarget, "tap4.terminating", message));
            }
        }
        let message = format!("no repository that the map names describes the target {path:?}");
        Err(Refusal::new(Reason::UnknownTarget, "fetch.unknown-target", message))
    }

    /// What any repository says of a target.
    fn any(&mut self, asked: &mut Asked, now: Timestamp, path: &str) -> Result<Agreed, Refusal> {
        let names: Vec<_> = self.map.repositories.keys().cloned().collect();
        let mut found = Err(unknown_repository(""));
        for name in names {
            if found.is_err() {
                let described = self.describe(&name, asked, now, path);
                found = described.map(|file| Agreed { file, repositories: vec![name] });
            }
        }
        found
    }

    /// What enough repositories of a mapping say of a target. They are asked in order, and no more of them than it takes.
    /// One that cannot be brought up to date has signed nothing, and neither has one that does not describe the target.
    fn ask(
        &mut self,
        mapping: &Mapping,
        asked: &mut Asked,
        now: Timestamp,
        path: &str,
    ) -> Result<Option<Agreed>, Refusal> {
        let faults = self.faults;
        let (mut votes, mut silent) = (Vec::new(), 0);
        let threshold = mapping.threshold(faults);
        for name in mapping.in_order(faults) {
            match self.describe(name, asked, now, path) {
                Ok(file) => votes.push(Vote { repository: name.clone(), file }),
                Err(refusal)
                    if refusal.reason != Reason::UnknownTarget && faults.has(Fault::FailingRepositoryEndsSearch) =>
                {
                    return Err(refusal);
                }
                Err(_) => silent += 1,
            }
            if !faults.has(Fault::AskEveryRepository)
                && let Some(agreed) = agreed(&votes, threshold, silent, faults)
            {
                return Ok(Some(agreed));
            }
        }
        Ok(agreed(&votes, threshold, silent, faults))
    }

    /// What a repository says of a target.
    fn describe(&mut self, name: &str, asked: &mut Asked, now: Timestamp, path: &str) -> Result<TargetFile, Refusal> {
        if !asked.contains_key(name) {
            let updated = self.update(name, now);
            asked.insert(name.to_owned(), updated.ok());
        }
        let updater = self.updaters.get_mut(name).ok_or_else(|| unknown_repository(name))?;
        match asked.get(name) {
            Some(Some(trusted)) => updater.find(trusted, path),
            _ => Err(Refusal::new(Reason::NotFound, REQUIREMENT, format_args!("the repository {name:?} failed"))),
        }
    }

    fn update(&mut self, name: &str, now: Timestamp) -> Result<TrustedTargets, Refusal> {
        let updater = self.updaters.get_mut(name).ok_or_else(|| unknown_repository(name))?;
        let outcome = updater.update(now, true);
        if outcome.is_ok() || !self.faults.has(Fault::BorrowRootOfRepository) {
            return outcome;
        }
        let mut roots = self.updaters.iter().filter(|(other, _)| *other != name);
        let borrowed = roots.find_map(|(_, other)| other.store().read("root").ok().flatten());
        let (Some(updater), Some(borrowed)) = (self.updaters.get_mut(name), borrowed) else { return outcome };
        let own = updater.kept("root", REQUIREMENT)?;
        updater.keep("root", &borrowed, REQUIREMENT)?;
        let again = updater.update(now, true);
        if let (Err(_), Some(own)) = (&again, own) {
            updater.keep("root", &own, REQUIREMENT)?;
        }
        again
    }

    /// Fetches a target from one of the repositories that agree on it.
    fn fetch(&mut self, asked: &Asked, path: &str, agreed: &Agreed) -> Result<(), Refusal> {
        let mut last = Err(unknown_repository(""));
        for name in &agreed.repositories {
            if let (Some(updater), Some(Some(trusted))) = (self.updaters.get_mut(name), asked.get(name)) {
                last = updater.fetch_target(trusted, path, &agreed.file);
            }
            if last.is_ok() {
                break;
            }
        }
        last
    }

    /// Takes the map from the first repository, if that has a target of this name.
    fn renew_map(&mut self, asked: &mut Asked, now: Timestamp) {
        const NAME: &str = "map.json";
        let Some(first) = self.map.mappings.first().and_then(|mapping| mapping.repositories.first()).cloned() else {
            return;
        };
        let Ok(file) = self.describe(&first, asked, now, NAME) else { return };
        let (Some(updater), Some(digest)) = (self.updaters.get(&first), file.hashes.for_name(self.faults)) else {
            return;
        };
        let fetched = [NAME.to_owned(), format!("{digest}.{NAME}")]
            .into_iter()
            .find_map(|name| updater.fetch(Area::Targets, &name, file.length).ok());
        if let Some(Ok(map)) = fetched.map(|bytes| MapFile::read(&bytes, self.faults)) {
            self.map.mappings = map.mappings;
        }
    }
}

const REQUIREMENT: &str = "tap4.repositories.own-trust";

fn unknown_repository(name: &str) -> Refusal {
    Refusal::new(Reason::Format, "tap4.mapping.mechanism", format_args!("the map has no repository {name:?}"))
}

/// The file that enough repositories describe alike. Of several it is that of the repository that was asked first.
fn agreed(votes: &[Vote], threshold: u64, silent: u64, faults: FaultSet) -> Option<Agreed> {
    let silent = if faults.has(Fault::SilentRepositoriesAgree) { silent } else { 0 };
    votes.iter().find_map(|vote| {
        let alike = votes.iter().filter(|other| are_alike(&vote.file, &other.file, faults));
        let repositories: Vec<_> = alike.map(|other| other.repository.clone()).collect();
        let is_enough = repositories.len() as u64 + silent >= threshold;
        is_enough.then(|| Agreed { file: vote.file.clone(), repositories })
    })
}

/// Whether two repositories say the same of a target: its length and hashes. Custom data may differ.
fn are_alike(one: &TargetFile, other: &TargetFile, faults: FaultSet) -> bool {
    let same_length = one.length == other.length || faults.has(Fault::RepositoriesAgreeOnHashes);
    let same_hashes = one.hashes == other.hashes
        || faults.has(Fault::RepositoriesAgreeOnLength)
        || faults.has(Fault::RepositoriesAgreeOnOneHash) && one.hashes.share_one(&other.hashes);
    same_length && same_hashes && one.custom == other.custom
}
