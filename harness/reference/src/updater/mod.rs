//! The update of sections 5.2 to 5.6: brings the files, has them checked, and keeps them.

mod root;
mod timestamp;

use std::collections::BTreeMap;

use jiff::Timestamp;
use suite::observation::{Area, Reason};

use crate::document;
use crate::fault::{Fault, FaultSet};
use crate::key::Keys;
use crate::limits::Limits;
use crate::mapping::TargetsMapping;
use crate::metadata::{Content, Targets, TopLevel};
use crate::public_key::PublicKey;
use crate::reception;
use crate::refusal::Refusal;
use crate::rules;
use crate::store::{Store, StoreError};
use crate::transport::{FetchError, Transport};
use crate::verified::Verified;
use crate::waiting::{Timed, Waiting};
use crate::workflow::{Bootstrapped, Need, TrustedSnapshot, TrustedTargets, TrustedTimestamp};

/// The name of the lock of a client that has one.
const LOCK: &str = "lock";

/// Where a client keeps the root that it was shipped with, if it starts from that one in every run.
const SHIPPED: &str = "shipped";

/// A client of one repository.
#[derive(Debug)]
pub struct Updater<T, S> {
    pub(crate) transport: T,
    pub(crate) store: S,
    pub(crate) faults: FaultSet,
    pub(crate) limits: Limits,
    /// Delegated roles that were verified in this run, for the fault of not verifying them again.
    pub(crate) remembered: BTreeMap<String, Targets>,
    /// The keys of all delegations of this run, for the fault of one table for all of them.
    pub(crate) key_table: Keys,
    /// The identifiers under which keys were met in this run, for the fault of knowing each under one only.
    pub(crate) keyids_met: BTreeMap<PublicKey, String>,
    /// What the client was told of the targets role to start from (TAP 13), as it was told.
    pub(crate) mapping: Option<Vec<u8>>,
    /// How long the answers of this update have taken.
    waiting: Waiting,
}

impl<T: Transport, S: Store> Updater<T, S> {
    /// A client that fetches through this transport, keeps what it trusts in this store, and has these faults.
    pub fn new(transport: T, store: S, faults: FaultSet) -> Self {
        Self {
            transport,
            store,
            faults,
            limits: Limits::default(),
            remembered: BTreeMap::new(),
            key_table: Keys::default(),
            keyids_met: BTreeMap::new(),
            mapping: None,
            waiting: Waiting::default(),
        }
    }

    /// The same client with other limits.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Has it start from another targets role than the one that root lists, in the form of TAP 13; with `None` from
    /// that one again.
    pub fn start_from(&mut self, mapping: Option<Vec<u8>>) {
        self.mapping = mapping;
    }

    /// The store.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// The transport.
    pub fn transport(&self) -> &T {
        &self.transport
    }

    /// Starts from this root, which was obtained out of band (section 5.2). It is verified by itself and stored.
    pub fn trust(&mut self, root: &[u8]) -> Result<(), Refusal> {
        Bootstrapped::load(root.to_vec(), self.faults)?;
        if self.faults.has(Fault::StartFromShippedRoot) {
            self.keep(SHIPPED, root, "bootstrap.load")?;
        }
        self.keep("root", root, "bootstrap.load")
    }

    /// Brings the metadata of the top-level roles up to date, with `now` as the fixed start of the update
    /// (section 5.1).
    pub fn refresh(&mut self, now: Timestamp) -> Result<(), Refusal> {
        if self.faults.has(Fault::UnchangedTimestampEndsUpdate) {
            let mapping = self.mapping()?;
            let root = self.load_root(now)?;
            let root = self.update_root(root, now, true)?;
            let timestamp = self.update_timestamp(root, true)?;
            if timestamp.unchanged {
                return Ok(());
            }
            let snapshot = self.update_snapshot(timestamp)?;
            return self.update_targets(snapshot, mapping.as_ref()).map(drop);
        }
        self.update(now, true).map(drop)
    }

    /// Sections 5.2 to 5.6. Without `online`, what is stored is taken for the latest where possible.
    pub(crate) fn update(&mut self, now: Timestamp, online: bool) -> Result<TrustedTargets, Refusal> {
        self.remembered.clear();
        self.key_table = Keys::default();
        self.keyids_met.clear();
        self.waiting.reset();
        if self.faults.has(Fault::LockLeftBehind) || self.faults.has(Fault::LockKeptWhenWanted) {
            return self.update_with_lock(now, online);
        }
        self.update_all(now, online)
    }

    /// An update that leaves a lock behind if it is killed, or if somebody else wants it.
    fn update_with_lock(&mut self, now: Timestamp, online: bool) -> Result<TrustedTargets, Refusal> {
        const REQUIREMENT: &str = "workflow.recoverable-after-failure";
        let leaves_note = self.faults.has(Fault::LockKeptWhenWanted);
        if self.kept(LOCK, REQUIREMENT)?.is_some() {
            if leaves_note {
                self.keep(LOCK, b"wanted", REQUIREMENT)?;
            }
            return Err(Refusal::new(Reason::NotFound, REQUIREMENT, "another run holds the lock"));
        }
        self.keep(LOCK, b"", REQUIREMENT)?;
        let outcome = self.update_all(now, online);
        if !leaves_note || self.kept(LOCK, REQUIREMENT)?.is_some_and(|lock| lock.is_empty()) {
            self.store.delete(LOCK).map_err(store_failed(REQUIREMENT))?;
        }
        outcome
    }

    fn update_all(&mut self, now: Timestamp, online: bool) -> Result<TrustedTargets, Refusal> {
        let mapping = self.mapping()?;
        let mut root = self.load_root(now)?;
        if self.faults.has(Fault::RotateRootKeys) {
            self.rotate_root_roles(root.content_mut(), &[TopLevel::Root])?;
        }
        let mut root = self.update_root(root, now, online)?;
        if self.faults.has(Fault::RotateTimestampAndSnapshotKeys) {
            self.rotate_root_roles(&mut root.root.content, &[TopLevel::Timestamp, TopLevel::Snapshot])?;
        }
        let timestamp = self.update_timestamp(root, online)?;
        let snapshot = self.update_snapshot(timestamp)?;
        self.update_targets(snapshot, mapping.as_ref())
    }

    /// The targets role that it was told to start from. What is wrong with that is noticed before anything is fetched.
    fn mapping(&self) -> Result<Option<TargetsMapping>, Refusal> {
        let told = self.mapping.as_ref().filter(|_| !self.faults.has(Fault::IgnoreTargetsMapping));
        told.map(|bytes| TargetsMapping::read(bytes, self.faults)).transpose()
    }

    /// Section 5.5.
    fn update_snapshot(&mut self, timestamp: TrustedTimestamp) -> Result<TrustedSnapshot, Refusal> {
        let need = timestamp.need_snapshot();
        let limit = self.limits.snapshot;
        if timestamp.unchanged && self.faults.has(Fault::EqualTimestampGoesOn) {
            // What comes of it does not matter to such a client.
            let _ = self.fetch(Area::Metadata, &need.file_name(), limit);
        }
        let snapshot = self.obtain(&need, limit, |stored, new| timestamp.check_rollback(stored, new))?;
        if self.faults.has(Fault::PersistTimestampLate) {
            self.keep_timestamp(&timestamp)?;
        }
        Ok(timestamp.trust_snapshot(snapshot))
    }

    /// Section 5.6, steps 1 to 6.
    fn update_targets(
        &mut self,
        snapshot: TrustedSnapshot,
        mapping: Option<&TargetsMapping>,
    ) -> Result<TrustedTargets, Refusal> {
        let need = snapshot.need_targets(mapping)?;
        let rotated = self.rotated(snapshot.content(), need.role, need.quorum)?;
        let need = need.signed_by(rotated.quorum());
        let before = if self.faults.has(Fault::KeepRevokedDelegations) {
            let stored = self.kept(need.role, need.rules.persist)?;
            stored.and_then(|bytes| need.verify_stored::<Targets>(bytes).ok()?.content.delegations)
        } else {
            None
        };
        let mut targets: Verified<Targets> = self.obtain(&need, self.limits.targets, |_, _| Ok(()))?;
        if self.faults.has(Fault::PersistSnapshotLate) {
            self.keep("snapshot", snapshot.bytes(), "snapshot.persist.before-targets")?;
        }
        if let Some(before) = before {
            targets.content.delegations = Some(match targets.content.delegations {
                Some(delegations) => delegations.beside(before),
                None => before,
            });
        }
        self.note_keys(&targets.content);
        let role = need.role.to_owned();
        Ok(snapshot.trust_targets(role, targets))
    }

    /// A file that other metadata describes: the stored copy if it is the one, else a new one, which is stored.
    /// `compare` is step 5.5.5. What is stored is kept until a new file has passed every check.
    pub(crate) fn obtain<C: Content>(
        &mut self,
        need: &Need<'_>,
        limit: u64,
        compare: impl FnOnce(Option<&Verified<C>>, &Verified<C>) -> Result<(), Refusal>,
    ) -> Result<Verified<C>, Refusal> {
        let rules = need.rules;
        let stored = self.kept(need.store_name(), rules.persist)?;
        let stored = stored.map(|bytes| need.verify_stored::<C>(bytes)).transpose();
        let is_fatal = self.faults.has(rules.damaged_is_fatal);
        let stored = if is_fatal { unless_unreadable(stored)? } else { stored.ok().flatten() };
        let stored = match stored {
            Some(stored) if need.is_met_by(&stored) => return Ok(stored),
            stored => stored,
        };
        let name = need.file_name();
        let (limit, too_long) = need.limit(limit, self.limits.target);
        let bytes = self.fetch(Area::Metadata, &name, limit);
        if let (Err(FetchError::Status(410 | 429)), true) = (&bytes, self.faults.has(Fault::GoneMeansUnchanged))
            && let Some(stored) = stored
        {
            return Ok(stored);
        }
        let bytes = bytes.map_err(|error| refuse_fetch(&name, &error, too_long, rules.missing))?;
        if self.faults.has(rules.persisted_early) {
            self.keep(need.store_name(), &bytes, rules.persist)?;
        }
        need.check_bytes(&bytes)?;
        let new = need.verify(bytes)?;
        need.check_version(&new.header)?;
        compare(stored.as_ref(), &new)?;
        need.check_expiry(&new.header)?;
        let is_late = need.role == "snapshot" && self.faults.has(Fault::PersistSnapshotLate);
        if !is_late && !rules.never_persisted.is_some_and(|fault| self.faults.has(fault)) {
            self.keep(need.store_name(), &new.bytes, rules.persist)?;
        }
        Ok(new)
    }

    /// Fetches a file of at most `limit` bytes.
    pub(crate) fn fetch(&self, area: Area, path: &str, limit: u64) -> Result<Vec<u8>, FetchError> {
        let as_in_a_form =
            (matches!(area, Area::Targets) && self.faults.has(Fault::SpaceAsPlus)).then(|| path.replace(' ', "+"));
        let path = as_in_a_form.as_deref().unwrap_or(path);
        let timed = Timed::new(&self.transport);
        let fetched = reception::fetch(&timed, area, path, limit, self.faults);
        self.waiting.add(timed.took());
        fetched
    }

    pub(crate) fn kept(&self, role: &str, requirement: &'static str) -> Result<Option<Vec<u8>>, Refusal> {
        match self.store.read(role) {
            Err(_) if self.faults.has(Fault::IgnoreStoreFailure) => Ok(None),
            read => read.map_err(store_failed(requirement)),
        }
    }

    pub(crate) fn keep(&mut self, role: &str, bytes: &[u8], requirement: &'static str) -> Result<(), Refusal> {
        let known = self
            .faults
            .has(Fault::StoreKnownFields)
            .then(|| document::without_unknown_members(bytes, rules::of(role), self.faults));
        match self.store.write(role, known.flatten().as_deref().unwrap_or(bytes)) {
            Err(_) if self.faults.has(Fault::IgnoreStoreFailure) => Ok(()),
            written => written.map_err(store_failed(requirement)),
        }
    }
}

/// A stored file that was verified: one that cannot be read is an error, one that is not signed any more is none.
fn unless_unreadable<T>(stored: Result<Option<T>, Refusal>) -> Result<Option<T>, Refusal> {
    match stored {
        Err(refusal) if refusal.reason == Reason::Format => Err(refusal),
        stored => Ok(stored.ok().flatten()),
    }
}

/// A store that does not work ends the run at the requirement that needs it.
pub(crate) fn store_failed(requirement: &'static str) -> impl Fn(StoreError) -> Refusal {
    move |error| Refusal::new(Reason::NotFound, requirement, error)
}

/// A file that cannot be fetched ends the run: `too_long` and `missing` are the requirements.
pub(crate) fn refuse_fetch(name: &str, error: &FetchError, too_long: &'static str, missing: &'static str) -> Refusal {
    let (reason, requirement) = match error {
        FetchError::TooLong => (Reason::Length, too_long),
        _ => (Reason::NotFound, missing),
    };
    Refusal::new(reason, requirement, format_args!("cannot fetch {name:?}: {error}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::test_repository::Play;

    #[test]
    fn a_first_refresh_asks_for_each_file_once_in_order_and_a_second_only_for_news() {
        let mut play = Play::honest();
        play.client.refresh("2030-01-01T12:00:00Z".parse().unwrap()).unwrap();
        assert_eq!(play.requests(), ["2.root.json", "timestamp.json", "1.snapshot.json", "1.targets.json"]);
        play.client.refresh("2030-01-01T12:00:00Z".parse().unwrap()).unwrap();
        assert_eq!(play.requests(), ["2.root.json", "timestamp.json"]);
    }

    #[test]
    fn a_root_that_its_own_keys_have_not_signed_is_no_start() {
        let mut play = Play::new(FaultSet::empty());
        play.change(|repository| repository.publish_edited("root", |file| file["signatures"] = json!([])));
        assert_eq!(play.trust().unwrap_err().requirement, "bootstrap.root.self-verified");
        assert_eq!(play.refused(), "bootstrap.trusted-root.shipped");
        assert!(play.requests().is_empty());
    }

    #[test]
    fn a_client_recovers_when_the_repository_does() {
        let mut play = Play::honest();
        for role in ["timestamp", "snapshot", "targets"] {
            play.change(|repository| {
                repository.release("targets");
                let (version, signers) = (repository.version(role), repository.signers[role].clone());
                repository.signers.insert(role.to_owned(), Vec::new());
                repository.publish(role);
                repository.signers.insert(role.to_owned(), signers);
                assert_eq!(repository.version(role), version);
            });
            assert_eq!(play.refresh().unwrap_err().reason, Reason::Signature);
            play.change(|repository| repository.publish(role));
            play.refresh().unwrap();
        }
    }

    #[test]
    fn the_walk_through_roots_is_bounded_and_goes_on_with_the_last() {
        let mut play = Play::honest();
        play.client.limits.root_rotations = 2;
        play.change(|repository| (0..5).for_each(|_| repository.release("root")));
        play.refresh().unwrap();
        assert_eq!(play.stored("root"), Some(3));
    }

    #[test]
    fn a_file_beyond_its_limit_is_refused() {
        let mut play = Play::honest();
        play.client.limits.timestamp = 10;
        assert_eq!(play.refused(), "timestamp.request.size-limit");
        play.client.limits.root = 10;
        play.change(|repository| repository.release("root"));
        assert_eq!(play.refused(), "root.request.size-limit");
    }
}
