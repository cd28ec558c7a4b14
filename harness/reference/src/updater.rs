//! The update of sections 5.2 to 5.6: brings the files, has them checked, and keeps them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use suite::observation::{Area, Reason};

use crate::document;
use crate::fault::{Fault, FaultSet};
use crate::key::Keys;
use crate::limits::Limits;
use crate::mapping::TargetsMapping;
use crate::metadata::{Content, Snapshot, Targets, TopLevel};
use crate::public_key::PublicKey;
use crate::reception;
use crate::refusal::Refusal;
use crate::rules;
use crate::store::{Store, StoreError};
use crate::transport::{FetchError, Transport};
use crate::verified::Verified;
use crate::waiting::{Timed, Waiting};
use crate::workflow::{Bootstrapped, Need, TrustedRoot, TrustedSnapshot, TrustedTargets, TrustedTimestamp};

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

    /// The store, for somebody else to change it.
    pub fn store_mut(&mut self) -> &mut S {
        &mut self.store
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
        if self.faults.has(Fault::LockLeftBehind) {
            return self.update_with_lock(now, online);
        }
        self.update_all(now, online)
    }

    /// An update that leaves a lock behind if it is killed.
    fn update_with_lock(&mut self, now: Timestamp, online: bool) -> Result<TrustedTargets, Refusal> {
        const REQUIREMENT: &str = "workflow.recoverable-after-failure";
        if self.kept(LOCK, REQUIREMENT)?.is_some() {
            return Err(Refusal::new(Reason::NotFound, REQUIREMENT, "another run holds the lock"));
        }
        self.keep(LOCK, b"", REQUIREMENT)?;
        let outcome = self.update_all(now, online);
        self.store.delete(LOCK).map_err(store_failed(REQUIREMENT))?;
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

    /// Section 5.2.
    fn load_root(&mut self, now: Timestamp) -> Result<Bootstrapped, Refusal> {
        let first = if self.faults.has(Fault::StartFromShippedRoot) { SHIPPED } else { "root" };
        let Some(bytes) = self.kept(first, "bootstrap.load")? else {
            let message = "there is no trusted root to start from";
            return Err(Refusal::new(Reason::NotFound, "bootstrap.trusted-root.shipped", message));
        };
        let root = Bootstrapped::load(bytes, self.faults)?;
        if self.faults.has(Fault::TrustRootOfServer)
            && root.next_version() == Some(2)
            && let Ok(bytes) = self.fetch(Area::Metadata, "1.root.json", self.limits.root)
        {
            return Bootstrapped::load(bytes, self.faults);
        }
        if self.faults.has(Fault::RejectExpiredInitialRoot) {
            root.check_expiry("bootstrap.expired-root-usable", now)?;
        }
        Ok(root)
    }

    /// Section 5.3.
    fn update_root(&mut self, mut root: Bootstrapped, now: Timestamp, online: bool) -> Result<TrustedRoot, Refusal> {
        let faults = self.faults;
        let walked = self.walk_roots(&mut root, now, online);
        if faults.has(Fault::PersistRootsInTheEnd) {
            self.keep("root", root.bytes(), "root.persist")?;
        }
        walked?;
        if faults.has(Fault::PersistOnlyFinalRoot) {
            self.keep("root", root.bytes(), "root.persist")?;
        }
        let (root, reset) = root.finish(now, self.waiting.clone())?;
        if faults.has(Fault::PersistRootAfterExpiry) {
            self.keep("root", &root.root.bytes, "root.persist")?;
        }
        // Step 5.3.11.
        for (role, rotated) in [("timestamp", reset.timestamp), ("snapshot", reset.snapshot)] {
            if rotated && !faults.has(Fault::RotationForgetsNothing) {
                self.store.delete(role).map_err(store_failed("fastforward.both-rotated"))?;
            }
        }
        Ok(root)
    }

    /// Steps 5.3.2 to 5.3.9: from root to root, each stored before the next one is asked for.
    fn walk_roots(&mut self, root: &mut Bootstrapped, now: Timestamp, online: bool) -> Result<(), Refusal> {
        let faults = self.faults;
        let late = [Fault::PersistOnlyFinalRoot, Fault::PersistRootsInTheEnd, Fault::PersistRootAfterExpiry];
        let late = late.into_iter().any(|fault| faults.has(fault));
        let rotations = if faults.has(Fault::OneRootPerRun) { 1 } else { self.limits.root_rotations };
        let asks = online && !faults.has(Fault::SkipRootUpdates);
        for _ in 0..if asks { rotations } else { 0 } {
            let Some((version, bytes)) = self.next_root(root)? else { break };
            if faults.has(Fault::PersistRootEarly) {
                self.keep("root", &bytes, "root.persist")?;
            }
            match root.advance(bytes, version) {
                Err(_) if faults.has(Fault::BadRootEndsWalk) => break,
                advanced => advanced?,
            }
            if faults.has(Fault::RejectExpiredIntermediateRoot) {
                root.check_expiry("root.chain.intermediate-expiry-ignored", now)?;
            }
            // Step 5.3.8: stored before the next one is asked for.
            if !late && !faults.has(Fault::SkipRootPersist) {
                self.keep("root", root.bytes(), "root.persist")?;
            }
        }
        Ok(())
    }

    /// Step 5.3.3: the next root with its version, or nothing if there is none.
    fn next_root(&self, root: &Bootstrapped) -> Result<Option<(u64, Vec<u8>)>, Refusal> {
        let Some(version) = root.next_version() else { return Ok(None) };
        let fetch = |version: u64| {
            let is_plain = self.faults.has(Fault::UnversionedRootRequest) && !root.consistent_snapshot();
            let name = if is_plain { "root.json".to_owned() } else { format!("{version}.root.json") };
            let limit = if self.faults.has(Fault::RootWithoutLimit) { u64::MAX } else { self.limits.root };
            match self.fetch(Area::Metadata, &name, limit) {
                Ok(bytes) => Ok(Some((version, bytes))),
                Err(FetchError::NotFound) => Ok(None),
                Err(error) if self.takes_for_latest(&error) => Ok(None),
                Err(error) => Err(refuse_fetch(&name, &error, "root.request.size-limit", "root.request.other-errors")),
            }
        };
        match fetch(version)? {
            None if self.faults.has(Fault::TryRootAfterNext) => version.checked_add(1).map_or(Ok(None), fetch),
            found => Ok(found),
        }
    }

    /// Whether the client has the fault of taking its root for the latest after this.
    const fn takes_for_latest(&self, error: &FetchError) -> bool {
        match error {
            FetchError::Status(_) => self.faults.has(Fault::ServerErrorMeansLatest),
            FetchError::Broken { .. } => self.faults.has(Fault::BrokenRootMeansLatest),
            FetchError::TooLong => self.faults.has(Fault::LongRootMeansLatest),
            FetchError::NotFound | FetchError::Failed(_) => false,
        }
    }

    /// Section 5.4.
    fn update_timestamp(&mut self, root: TrustedRoot, online: bool) -> Result<TrustedTimestamp, Refusal> {
        let faults = self.faults;
        // A stored file that the current keys have not signed says nothing: it is as if there were none.
        let stored = self.kept("timestamp", "timestamp.persist")?;
        let stored = stored.map(|bytes| root.verify_stored_timestamp(bytes)).transpose();
        let is_fatal = faults.has(Fault::DamagedTimestampIsFatal);
        let stored = if is_fatal { unless_unreadable(stored)? } else { stored.ok().flatten() };
        if let Some(stored) = &stored
            && !online
        {
            return root.keep_timestamp(stored.clone());
        }
        let next = stored.as_ref().map_or(1, |stored| stored.header.version.saturating_add(1));
        let is_versioned = faults.has(Fault::VersionedTimestampRequest);
        let name = if is_versioned { format!("{next}.timestamp.json") } else { "timestamp.json".to_owned() };
        let name = name.as_str();
        if faults.has(Fault::ForgetTimestampMeanwhile) {
            self.store.delete("timestamp").map_err(store_failed("timestamp.persist"))?;
        }
        let limit = if faults.has(Fault::TimestampWithoutLimit) { u64::MAX } else { self.limits.timestamp };
        let fetched = self.fetch(Area::Metadata, name, limit);
        if let (Some(stored), true) = (&stored, faults.has(Fault::ForgetTimestampMeanwhile)) {
            self.keep("timestamp", &stored.bytes, "timestamp.persist")?;
        }
        if let (Some(stored), Err(error)) = (&stored, &fetched)
            && self.takes_for_no_news(error)
        {
            return root.keep_timestamp(stored.clone());
        }
        let bytes = fetched
            .map_err(|error| refuse_fetch(name, &error, "timestamp.request.size-limit", "general.failure.detected"))?;
        if faults.has(Fault::PersistTimestampEarly) {
            self.keep("timestamp", &bytes, "timestamp.persist")?;
        }
        let announced = if faults.has(Fault::AnnouncedVersionNeedsSnapshot) {
            self.stored_snapshot_version()?
        } else {
            stored.as_ref().map(|stored| stored.content.snapshot.version)
        };
        let equal = faults.has(Fault::StoreEqualTimestamp).then(|| bytes.clone());
        let timestamp = root.accept_timestamp(bytes, stored, announced)?;
        if let (Some(equal), true) = (equal, timestamp.unchanged) {
            self.keep("timestamp", &equal, "timestamp.persist")?;
        }
        if !faults.has(Fault::PersistTimestampLate) {
            self.keep_timestamp(&timestamp)?;
        }
        Ok(timestamp)
    }

    /// Whether the client has the fault of going on with the stored timestamp after this.
    const fn takes_for_no_news(&self, error: &FetchError) -> bool {
        match error {
            FetchError::NotFound => self.faults.has(Fault::MissingTimestampMeansNoNews),
            FetchError::Status(_) => self.faults.has(Fault::ServerErrorMeansNoNews),
            FetchError::Broken { .. } => self.faults.has(Fault::BrokenTimestampMeansNoNews),
            FetchError::TooLong | FetchError::Failed(_) => false,
        }
    }

    /// Step 5.4.5.
    fn keep_timestamp(&mut self, timestamp: &TrustedTimestamp) -> Result<(), Refusal> {
        if timestamp.unchanged || self.faults.has(Fault::SkipTimestampPersist) {
            return Ok(());
        }
        self.keep("timestamp", &timestamp.timestamp.bytes, "timestamp.persist")
    }

    fn stored_snapshot_version(&self) -> Result<Option<u64>, Refusal> {
        let Some(bytes) = self.kept("snapshot", "snapshot.persist")? else { return Ok(None) };
        let snapshot = Verified::<Snapshot>::read("snapshot", bytes, None, crate::rules::SNAPSHOT.rules, self.faults);
        Ok(snapshot.ok().map(|snapshot| snapshot.header.version))
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
        let is_fatal = rules.damaged_is_fatal.is_some_and(|fault| self.faults.has(fault));
        let stored = if is_fatal { unless_unreadable(stored)? } else { stored.ok().flatten() };
        let stored = match stored {
            Some(stored) if need.is_met_by(&stored) => return Ok(stored),
            stored => stored,
        };
        let name = need.file_name();
        let (limit, too_long) = need.limit(limit, self.limits.target);
        let bytes = self.fetch(Area::Metadata, &name, limit);
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
