//! The checks of a file that other metadata describes: the snapshot (section 5.5), the top-level targets file
//! (section 5.6, steps 1 to 6) and delegated targets files (step 5.6.7).

use std::borrow::Cow;

use jiff::Timestamp;
use suite::observation::Reason;

use crate::Refusal;
use crate::canonical;
use crate::fault::{Fault, FaultSet};
use crate::http::encode_segment;
use crate::json;
use crate::metadata::{Content, Description, HashFaults, Header};
use crate::quorum::Quorum;
use crate::rules::DescribedRules;
use crate::verified::{Verified, check_expiry, is_expired};

const HASH_FAULTS: HashFaults =
    HashFaults { any_suffices: Fault::AnyMetadataHashSuffices, unknown_matches: Fault::UnknownMetadataHashMatches };

/// A metadata file that is needed, and what it has to be.
#[derive(Debug)]
pub(crate) struct Need<'a> {
    pub(crate) role: &'a str,
    pub(crate) rules: &'static DescribedRules,
    pub(crate) description: &'a Description,
    pub(crate) quorum: Quorum<'a>,
    pub(crate) consistent_snapshot: bool,
    /// Whether the timestamp is the one that was stored.
    pub(crate) unchanged: bool,
    pub(crate) now: Timestamp,
    pub(crate) faults: FaultSet,
}

impl<'a> Need<'a> {
    /// The same, but with other keys than those of the delegation.
    pub(crate) fn signed_by(self, quorum: Quorum<'a>) -> Self {
        Self { quorum, ..self }
    }
}

impl Need<'_> {
    /// The name under which the file is requested (steps 5.5.1 and 5.6.1).
    pub(crate) fn file_name(&self) -> String {
        let versioned = if self.consistent_snapshot {
            !self.faults.has(self.rules.unversioned_request)
        } else {
            self.faults.has(Fault::VersionedRequests) || self.faults.has(self.rules.versioned_request)
        };
        let role = if self.faults.has(Fault::EncodeRoleNameTwice) {
            Cow::Owned(encode_segment(self.role))
        } else {
            Cow::Borrowed(self.role)
        };
        let name = if versioned { format!("{}.{role}.json", self.description.version) } else { format!("{role}.json") };
        if self.is_delegated() && self.faults.has(Fault::DelegatedInFolder) { format!("targets/{name}") } else { name }
    }

    fn is_delegated(&self) -> bool {
        !matches!(self.role, "snapshot" | "targets")
    }

    /// The name under which the store keeps the file.
    pub(crate) fn store_name(&self) -> &str {
        if self.faults.has(Fault::ResolveRoleNames) { self.role.trim_start_matches("./") } else { self.role }
    }

    /// The listed length, if there is one to be kept.
    pub(crate) fn length(&self) -> Option<u64> {
        let ignored = self.faults.has(Fault::IgnoreMetadataLengths) || self.faults.has(self.rules.length.skipped_by);
        self.description.length.filter(|_| !ignored)
    }

    /// The most bytes that a file of this listed length may have: no more than that.
    fn longest(&self, length: u64) -> u64 {
        length + u64::from(self.faults.has(Fault::OneByteBeyondListedLength))
    }

    /// How much is taken of the file, and the requirement that says so. `default` is the bound if no length is listed, and
    /// `most` the one that no length can raise.
    pub(crate) fn limit(&self, default: u64, most: u64) -> (u64, &'static str) {
        match self.length() {
            Some(_) if self.faults.has(Fault::ReadBeyondListedLength) => (u64::MAX, self.rules.length.requirement),
            Some(length) => (self.longest(length).min(most), self.rules.length.requirement),
            None if self.faults.has(self.rules.default_limit.skipped_by) => {
                (u64::MAX, self.rules.default_limit.requirement)
            }
            None => (default, self.rules.default_limit.requirement),
        }
    }

    /// Steps 5.5.1, 5.5.2, 5.6.1, 5.6.2: length and hashes, as far as they are listed. A listed length is the length
    /// of the file (section 4.4), not a bound.
    pub(crate) fn check_bytes(&self, bytes: &[u8]) -> Result<(), Refusal> {
        let refuse = |reason, requirement, message: &str| {
            Err(Refusal::new(reason, requirement, format_args!("metadata of {:?}: {message}", self.role)))
        };
        if self.length().is_some_and(|length| !(length..=self.longest(length)).contains(&(bytes.len() as u64))) {
            return refuse(Reason::Length, self.rules.length.requirement, "not of the listed length");
        }
        if self.description.length.is_none() && self.faults.has(Fault::RequireMetadataLengths) {
            return refuse(Reason::Length, "snapshot.meta.length-absent.accepted", "no length is listed");
        }
        let canonical = self.faults.has(Fault::HashCanonicalForm).then(|| canonical_form(bytes, self.faults)).flatten();
        if self.length().is_some() && self.faults.has(Fault::LengthReplacesHash) {
            return Ok(());
        }
        match &self.description.hashes {
            Some(hashes) if !hashes.has("sha256") && self.faults.has(Fault::OnlySha256OfMetadata) => Ok(()),
            Some(hashes)
                if self.is_delegated()
                    && !hashes.has_known(self.faults)
                    && self.faults.has(Fault::UnknownDelegatedHashMatches) =>
            {
                Ok(())
            }
            Some(hashes)
                if !hashes.match_bytes(canonical.as_deref().unwrap_or(bytes), HASH_FAULTS, self.faults)
                    && !self.faults.has(self.rules.hash.skipped_by) =>
            {
                refuse(Reason::Hash, self.rules.hash.requirement, "does not have the listed hashes")
            }
            None if self.faults.has(Fault::RequireMetadataHashes) => {
                refuse(Reason::Hash, "snapshot.meta.hashes-absent.accepted", "no hashes are listed")
            }
            _ => Ok(()),
        }
    }

    /// Steps 5.5.3 and 5.6.3: signatures, and then the content.
    pub(crate) fn verify<T: Content>(&self, bytes: Vec<u8>) -> Result<Verified<T>, Refusal> {
        Verified::read(self.role, bytes, Some(self.quorum), self.rules.rules, self.faults)
    }

    /// The same for a stored copy. Keys may have changed since it was stored, so it is verified again.
    pub(crate) fn verify_stored<T: Content>(&self, bytes: Vec<u8>) -> Result<Verified<T>, Refusal> {
        let is_trusted = self.faults.has(self.rules.reused_unverified)
            || self.role == "snapshot" && self.faults.has(Fault::RotationForgetsNothing);
        let quorum = (!is_trusted).then_some(self.quorum);
        Verified::read(self.role, bytes, quorum, self.rules.rules, self.faults)
    }

    /// Whether a stored copy is the file that is needed, so that it need not be downloaded. One that has expired is
    /// not (section 4.3).
    pub(crate) fn is_met_by<T>(&self, stored: &Verified<T>) -> bool {
        let expiry_ignored = self.faults.has(self.rules.reused_expired)
            || self.unchanged && self.faults.has(Fault::EqualTimestampEndsChecks);
        self.check_bytes(&stored.bytes).is_ok()
            && stored.header.version == self.description.version
            && (expiry_ignored || !is_expired(&stored.header, self.now, self.faults))
    }

    /// Steps 5.5.4 and 5.6.4.
    pub(crate) fn check_version(&self, header: &Header) -> Result<(), Refusal> {
        let (version, listed) = (header.version, self.description.version);
        let is_delegated = self.is_delegated();
        let hash_suffices = self.faults.has(Fault::HashReplacesVersion)
            || is_delegated && self.faults.has(Fault::HashReplacesDelegatedVersion);
        if self.description.hashes.is_some() && hash_suffices {
            return Ok(());
        }
        let may_be_newer = self.role == "snapshot" && self.faults.has(Fault::SnapshotMayBeNewer)
            || is_delegated && self.faults.has(Fault::DelegatedMayBeNewer);
        let newer = version > listed && may_be_newer;
        if version == listed || newer || self.faults.has(self.rules.version.skipped_by) {
            return Ok(());
        }
        let message = format!("metadata of {:?}: has version {version}, but version {listed} is listed", self.role);
        Err(Refusal::new(Reason::Version, self.rules.version.requirement, message))
    }

    /// Steps 5.5.6 and 5.6.5.
    pub(crate) fn check_expiry(&self, header: &Header) -> Result<(), Refusal> {
        let lenient = self.is_delegated() && self.faults.has(Fault::AcceptDelegatedExpiryBoundary);
        let faults = if lenient { self.faults.with(Fault::AcceptExpiryBoundary) } else { self.faults };
        check_expiry(self.role, header, self.now, self.rules.rules.expiry, faults)
    }
}

fn canonical_form(bytes: &[u8], faults: FaultSet) -> Option<Vec<u8>> {
    json::read(bytes, faults).ok().map(|value| canonical::encode(&value, faults))
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use serde_json::json;

    use crate::test_repository::Play;

    #[test]
    fn files_are_requested_by_version_only_under_consistent_snapshots() {
        let mut play = Play::honest();
        play.refresh().unwrap();
        assert_eq!(play.trace[1].matches("1.snapshot.json").count(), 1);
        play.change(|repository| {
            repository.body("root")["consistent_snapshot"] = json!(false);
            repository.release("root");
            repository.release("targets");
            repository.metadata.retain(|name, _| !name.starts_with("2.") || name == "2.root.json");
        });
        play.refresh().unwrap();
        assert_eq!(play.stored("targets"), Some(2));
    }

    #[test]
    fn a_snapshot_that_does_not_have_the_listed_hashes_is_refused_before_its_signatures_are_looked_at() {
        let mut play = Play::honest();
        play.change(|repository| {
            repository.hashes = true;
            repository.release("snapshot");
            let length = repository.metadata["2.snapshot.json"].len();
            repository.metadata.insert("2.snapshot.json".to_owned(), vec![b' '; length]);
        });
        assert_eq!(play.refused(), "snapshot.hash.matches-timestamp");
        play.change(|repository| {
            repository.metadata.insert("2.snapshot.json".to_owned(), vec![b' '; 9]);
        });
        assert_eq!(play.refused(), "snapshot.request.length-limit");
        assert_eq!((play.stored("timestamp"), play.stored("snapshot")), (Some(2), None));
    }

    #[test]
    fn a_file_of_another_version_than_listed_is_refused() {
        for (role, requirement) in
            [("snapshot", "snapshot.version.matches-timestamp"), ("targets", "targets.version.matches-snapshot")]
        {
            let mut play = Play::honest();
            play.change(|repository| {
                repository.release(role);
                let old = repository.metadata[&format!("1.{role}.json")].clone();
                repository.metadata.insert(format!("2.{role}.json"), old);
            });
            assert_eq!(play.refused(), requirement);
        }
    }

    #[test]
    fn a_stored_file_that_has_expired_is_not_used_though_the_repository_is_unchanged() {
        let mut play = Play::honest();
        play.change(|repository| {
            repository.body("targets")["expires"] = json!("2030-01-02T00:00:00Z");
            repository.release("targets");
        });
        play.refresh().unwrap();
        play.wait(24.hours());
        assert_eq!(play.refused(), "targets.expiry");
    }

    #[test]
    fn a_stored_file_that_was_damaged_is_fetched_anew() {
        let mut play = Play::honest();
        play.refresh().unwrap();
        let good = play.client.store().lock().clone();
        for role in ["timestamp", "snapshot", "targets"] {
            play.client.store.lock().metadata.insert(role.to_owned(), b"{}".to_vec());
            play.refresh().unwrap();
            assert_eq!(*play.client.store().lock(), good);
        }
    }
}
