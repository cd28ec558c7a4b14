//! Section 5.4: the timestamp.

use suite::observation::Area;

use super::{Updater, refuse_fetch, store_failed, unless_unreadable};
use crate::fault::Fault;
use crate::metadata::{Snapshot, Timestamp};
use crate::refusal::Refusal;
use crate::store::Store;
use crate::transport::{FetchError, Transport};
use crate::verified::Verified;
use crate::workflow::{TrustedRoot, TrustedTimestamp};

impl<T: Transport, S: Store> Updater<T, S> {
    /// Section 5.4.
    pub(super) fn update_timestamp(&mut self, root: TrustedRoot, online: bool) -> Result<TrustedTimestamp, Refusal> {
        let faults = self.faults;
        let stored = self.stored_timestamp(&root)?;
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
        // Another client with the same store may have gone on meanwhile.
        let stored = if faults.has(Fault::IgnoreOtherClient) { stored } else { self.stored_timestamp(&root)? };
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

    /// The stored timestamp. One that the current keys have not signed says nothing: it is as if there were none.
    fn stored_timestamp(&self, root: &TrustedRoot) -> Result<Option<Verified<Timestamp>>, Refusal> {
        let stored = self.kept("timestamp", "timestamp.persist")?;
        let stored = stored.map(|bytes| root.verify_stored_timestamp(bytes)).transpose();
        let is_fatal = self.faults.has(Fault::DamagedTimestampIsFatal);
        if is_fatal { unless_unreadable(stored) } else { Ok(stored.ok().flatten()) }
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
    pub(super) fn keep_timestamp(&mut self, timestamp: &TrustedTimestamp) -> Result<(), Refusal> {
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
}
