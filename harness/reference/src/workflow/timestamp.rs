//! Section 5.4: the timestamp.

use suite::observation::Reason;

use crate::Refusal;
use crate::fault::Fault;
use crate::metadata::{Timestamp, TopLevel};
use crate::rules::{Check, TIMESTAMP};
use crate::verified::{Verified, check_expiry, is_expired, is_older};

use super::TrustedRoot;

/// The trusted timestamp of this run.
#[derive(Debug)]
pub(crate) struct TrustedTimestamp {
    pub(crate) root: TrustedRoot,
    pub(crate) timestamp: Verified<Timestamp>,
    /// Whether it is the one that was stored, because the server had no newer one.
    pub(crate) unchanged: bool,
}

impl TrustedRoot {
    /// A file that is signed by the timestamp keys (step 5.4.2).
    pub(crate) fn verify_timestamp(&self, bytes: Vec<u8>) -> Result<Verified<Timestamp>, Refusal> {
        let quorum = self.root.content.quorum(TopLevel::Timestamp);
        Verified::read("timestamp", bytes, Some(quorum), &TIMESTAMP, self.faults)
    }

    /// The same for a stored file. Keys may have changed since it was stored, so it is verified again.
    pub(crate) fn verify_stored_timestamp(&self, bytes: Vec<u8>) -> Result<Verified<Timestamp>, Refusal> {
        let quorum = self.root.content.quorum(TopLevel::Timestamp);
        let is_trusted = self.faults.has(Fault::TrustStoredTimestamp) || self.faults.has(Fault::RotationForgetsNothing);
        let quorum = (!is_trusted).then_some(quorum);
        Verified::read("timestamp", bytes, quorum, &TIMESTAMP, self.faults)
    }

    /// Steps 5.4.2 to 5.4.4. `stored` is what the client had; that it has expired does not matter here. `announced`
    /// is the snapshot version that may not be undercut.
    pub(crate) fn accept_timestamp(
        self,
        bytes: Vec<u8>,
        stored: Option<Verified<Timestamp>>,
        announced: Option<u64>,
    ) -> Result<TrustedTimestamp, Refusal> {
        let faults = self.faults;
        let new = self.verify_timestamp(bytes)?;
        if let Some(stored) = &stored
            && is_expired(&stored.header, self.now(), faults)
            && faults.has(Fault::ExpiredStoredTimestampIsFatal)
        {
            let message = "the stored timestamp has expired";
            return Err(Refusal::new(Reason::Expired, "timestamp.expiry.expired-local-replaceable", message));
        }
        let stored = stored.filter(|stored| {
            !(faults.has(Fault::ForgetExpiredTimestamp) && is_expired(&stored.header, self.now(), faults))
        });
        if let Some(stored) = stored {
            let (old, version) = (stored.header.version, new.header.version);
            let lowest = if faults.has(Fault::TimestampRollbackOffByOne) { old.saturating_sub(1) } else { old };
            if is_older(version, lowest, faults) && !faults.has(Fault::SkipTimestampRollback) {
                let message = format!("the timestamp has version {version}, but version {old} was trusted before");
                return Err(Refusal::new(Reason::Version, "timestamp.rollback.lower-version", message));
            }
            if version == old && faults.has(Fault::RejectEqualTimestamp) {
                let message = format!("the timestamp has version {version} as before");
                return Err(Refusal::new(Reason::Version, "timestamp.rollback.equal-version.discarded", message));
            }
            if version == old && !faults.has(Fault::ReplaceEqualTimestamp) {
                return self.keep_timestamp(stored);
            }
        }
        if let Some(announced) = announced
            && (is_older(new.content.snapshot.version, announced, faults)
                && !faults.has(Fault::SkipAnnouncedVersionRollback)
                || new.content.snapshot.version == announced && faults.has(Fault::RejectEqualAnnouncedVersion))
        {
            let message = format!(
                "the timestamp announces snapshot {}, but announced {announced} before",
                new.content.snapshot.version
            );
            return Err(Refusal::new(Reason::Version, "timestamp.rollback.snapshot-version", message));
        }
        check_expiry("timestamp", &new.header, self.now(), TIMESTAMP.expiry, faults)?;
        Ok(TrustedTimestamp { root: self, timestamp: new, unchanged: false })
    }

    /// Step 5.4.3.1 drops a new timestamp of the same version without error. The one that is kept still has to be
    /// valid: section 4.3 forbids to trust what has expired, and a server that repeats itself would otherwise freeze
    /// the client for ever. Whatever else is stored is checked by the steps that follow.
    pub(crate) fn keep_timestamp(self, stored: Verified<Timestamp>) -> Result<TrustedTimestamp, Refusal> {
        let check = Check {
            requirement: "timestamp.rollback.equal-version.still-expiry-checked",
            skipped_by: Fault::SkipExpiryOfEqualTimestamp,
        };
        check_expiry("timestamp", &stored.header, self.now(), check, self.faults)?;
        Ok(TrustedTimestamp { root: self, timestamp: stored, unchanged: true })
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use serde_json::json;

    use crate::test_repository::Play;

    /// A client that has refreshed at timestamp 3, snapshot 3.
    fn at_version_three() -> Play {
        let mut play = Play::honest();
        play.change(|repository| (0..2).for_each(|_| repository.release("targets")));
        play.refresh().unwrap();
        play.requests();
        play
    }

    #[test]
    fn a_replayed_timestamp_is_refused() {
        let mut play = at_version_three();
        play.change(|repository| {
            let old = repository.metadata["2.timestamp.json"].clone();
            repository.metadata.insert("timestamp.json".to_owned(), old);
        });
        assert_eq!(play.refused(), "timestamp.rollback.lower-version");
        assert_eq!(play.stored("timestamp"), Some(3));
    }

    #[test]
    fn a_timestamp_of_the_same_version_is_dropped_without_error() {
        let mut play = at_version_three();
        let before = play.client.store().lock().clone();
        play.change(|repository| {
            repository.body("timestamp")["custom"] = json!("new");
            repository.publish("timestamp");
        });
        play.refresh().unwrap();
        assert_eq!(*play.client.store().lock(), before);
    }

    #[test]
    fn an_unchanged_timestamp_that_has_expired_is_refused() {
        let mut play = Play::honest();
        play.change(|repository| {
            repository.body("timestamp")["expires"] = json!("2030-01-02T00:00:00Z");
            repository.release("timestamp");
        });
        play.refresh().unwrap();
        play.wait(24.hours());
        assert_eq!(play.refused(), "timestamp.rollback.equal-version.still-expiry-checked");
        play.change(|repository| {
            repository.body("timestamp")["expires"] = json!("2030-02-02T00:00:00Z");
            repository.release("timestamp");
        });
        play.refresh().unwrap();
    }

    #[test]
    fn a_timestamp_that_announces_an_older_snapshot_is_refused_even_if_none_is_stored() {
        let mut play = at_version_three();
        play.client.store.lock().metadata.remove("snapshot");
        play.change(|repository| {
            repository.body("timestamp")["meta"]["snapshot.json"]["version"] = json!(2);
            repository.release("timestamp");
        });
        assert_eq!(play.refused(), "timestamp.rollback.snapshot-version");
        assert_eq!(play.stored("timestamp"), Some(3));
    }

    #[test]
    fn a_timestamp_that_has_expired_or_is_not_signed_is_refused() {
        let mut play = at_version_three();
        play.change(|repository| {
            repository.body("timestamp")["expires"] = json!("2030-01-01T12:00:00Z");
            repository.release("timestamp");
        });
        assert_eq!(play.refused(), "timestamp.expiry");
        play.change(|repository| {
            repository.signers.insert("timestamp".to_owned(), vec![3]);
            repository.release("timestamp");
        });
        assert_eq!(play.refused(), "timestamp.signature.quorum");
        assert_eq!(play.stored("timestamp"), Some(3));
    }
}
