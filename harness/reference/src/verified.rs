//! Metadata that a quorum has signed.

use jiff::Timestamp;
use suite::observation::Reason;

use crate::Refusal;
use crate::document::Document;
use crate::fault::{Fault, FaultSet};
use crate::fields::Fields;
use crate::metadata::{Content, Header};
use crate::quorum::Quorum;
use crate::rules::{Check, Rules};

/// A metadata file whose signatures were verified. Whether it is current is another question.
#[derive(Debug, Clone)]
pub(crate) struct Verified<T> {
    /// The file itself.
    pub(crate) bytes: Vec<u8>,
    pub(crate) header: Header,
    pub(crate) content: T,
}

impl<T: Content> Verified<T> {
    /// Reads the file of a role and verifies its signatures, if a quorum is asked for, before it looks at the rest.
    pub(crate) fn read(
        role: &str,
        bytes: Vec<u8>,
        quorum: Option<Quorum<'_>>,
        rules: &Rules,
        faults: FaultSet,
    ) -> Result<Self, Refusal> {
        let document = Document::read(role, bytes, rules, faults)?;
        if let Some(quorum) = quorum
            && !faults.has(rules.signatures.skipped_by)
        {
            quorum.verify(&document, rules, rules.signatures.requirement, faults)?;
        }
        Self::open(&document, rules, faults)
    }

    /// Reads a document whose signatures have been verified, or will be by what it says.
    pub(crate) fn open(document: &Document, rules: &Rules, faults: FaultSet) -> Result<Self, Refusal> {
        let fields = Fields(&document.signed);
        let header = Header::read(fields, rules, faults).map_err(|error| error.refuse(&document.role, faults))?;
        let content = T::read(fields, faults).map_err(|error| error.refuse(&document.role, faults))?;
        Ok(Self { bytes: document.bytes.clone(), header, content })
    }
}

/// Whether a version is lower than another one (steps 5.4.3 and 5.5.5).
pub(crate) fn is_older(version: u64, than: u64, faults: FaultSet) -> bool {
    if faults.has(Fault::VersionsAsText) { version.to_string() < than.to_string() } else { version < than }
}

/// Refuses what has expired: the expiry has to be later than the start of the update (steps 5.3.10, 5.4.4, 5.5.6,
/// 5.6.5).
pub(crate) fn check_expiry(
    role: &str,
    header: &Header,
    now: Timestamp,
    check: Check,
    faults: FaultSet,
) -> Result<(), Refusal> {
    if !is_expired(header, now, faults) || faults.has(check.skipped_by) {
        return Ok(());
    }
    let message = format!("metadata of {role:?}: version {} expired at {}", header.version, header.expires);
    Err(Refusal::new(Reason::Expired, check.requirement, message))
}

pub(crate) fn is_expired(header: &Header, now: Timestamp, faults: FaultSet) -> bool {
    const DAY: i64 = 86_400;
    if faults.has(Fault::ExpiryByDay) {
        return header.expires.as_second().div_euclid(DAY) < now.as_second().div_euclid(DAY);
    }
    if faults.has(Fault::ExpiryPartByPart) {
        let parts = |time: Timestamp| (time.as_second().div_euclid(DAY), time.as_second().rem_euclid(DAY));
        let ((day, second), (today, now)) = (parts(header.expires), parts(now));
        return day <= today && second <= now;
    }
    if faults.has(Fault::AcceptExpiryBoundary) {
        return header.expires < now;
    }
    if faults.has(Fault::ExpireEarly) {
        return header.expires.as_second() <= now.as_second().saturating_add(1);
    }
    header.expires <= now
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expired(expires: &str, now: &str, faults: FaultSet) -> bool {
        is_expired(&Header { version: 1, expires: expires.parse().unwrap() }, now.parse().unwrap(), faults)
    }

    #[test]
    fn metadata_expires_at_the_second_that_it_names() {
        let honest = FaultSet::empty();
        assert!(!expired("2030-01-01T00:00:01Z", "2030-01-01T00:00:00Z", honest));
        assert!(expired("2030-01-01T00:00:00Z", "2030-01-01T00:00:00Z", honest));
        assert!(!expired("2030-01-01T00:00:00Z", "2030-01-01T00:00:00Z", FaultSet::of(Fault::AcceptExpiryBoundary)));
        assert!(!expired("2030-01-01T00:00:00Z", "2030-01-01T12:00:00Z", FaultSet::of(Fault::ExpiryByDay)));
        assert!(expired("2030-01-01T00:00:00Z", "2030-01-02T00:00:00Z", FaultSet::of(Fault::ExpiryByDay)));
    }
}
