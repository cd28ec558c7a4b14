//! Section 5.4: the timestamp.

use suite::observation::Reason;

use crate::Refusal;
use crate::fault::Fault;
use crate::metadata::{Timestamp, TopLevel};
use crate::rules::{Check, TIMESTAMP};
use crate::verified::{Verified, check_expiry, is_expired};

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
            && is_expired(&stored.header, self.now, faults)
            && faults.has(Fault::ExpiredStoredTimestampIsFatal)
        {
            let message = "the stored timestamp has expired";
            return Err(Refusal::new(Reason::Expired, "timestamp.expiry.expired-local-replaceable", message));
        }
        let stored = stored.filter(|stored| {
            !(faults.has(Fault::ForgetExpiredTimestamp) && is_expired(&stored.header, self.now, faults))
        });
        if let Some(stored) = stored {
            let (old, version) = (stored.header.version, new.header.version);
            let lowest = if faults.has(Fault::TimestampRollbackOffByOne) { old - 1 } else { old };
            if version < lowest && !faults.has(Fault::SkipTimestampRollback) {
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
            && new.content.snapshot.version < announced
            && !faults.has(Fault::SkipAnnouncedVersionRollback)
        {
            let message = format!(
                "the timestamp announces snapshot {}, but announced {announced} before",
                new.content.snapshot.version
            );
            return Err(Refusal::new(Reason::Version, "timestamp.rollback.snapshot-version", message));
        }
        check_expiry("timestamp", &new.header, self.now, TIMESTAMP.expiry, faults)?;
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
        check_expiry("timestamp", &stored.header, self.now, check, self.faults)?;
        Ok(TrustedTimestamp { root: self, timestamp: stored, unchanged: true })
    }
}
