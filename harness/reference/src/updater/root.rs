//! Sections 5.2 and 5.3: the root that the client starts from, and all that came after it.

use jiff::Timestamp;
use suite::observation::{Area, Reason};

use super::{SHIPPED, Updater, refuse_fetch, store_failed};
use crate::fault::Fault;
use crate::refusal::Refusal;
use crate::store::Store;
use crate::transport::{FetchError, Transport};
use crate::workflow::{Bootstrapped, TrustedRoot};

impl<T: Transport, S: Store> Updater<T, S> {
    /// Section 5.2.
    pub(super) fn load_root(&mut self, now: Timestamp) -> Result<Bootstrapped, Refusal> {
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
    pub(super) fn update_root(
        &mut self,
        mut root: Bootstrapped,
        now: Timestamp,
        online: bool,
    ) -> Result<TrustedRoot, Refusal> {
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
}
