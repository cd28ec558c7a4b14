//! Sections 5.2 and 5.3: from the root that the client has to the latest one.

use jiff::Timestamp;
use suite::observation::Reason;

use crate::Refusal;
use crate::document::Document;
use crate::fault::{Fault, FaultSet};
use crate::metadata::{RoleKeys, Root, TopLevel};
use crate::quorum::Quorum;
use crate::rules::{Check, ROOT};
use crate::verified::{Verified, check_expiry};
use crate::waiting::Waiting;

/// A trusted root that may not be the latest. It may have expired.
#[derive(Debug)]
pub(crate) struct Bootstrapped {
    root: Verified<Root>,
    /// The root that the run began with, for step 5.3.11.
    first: Root,
    first_version: u64,
    faults: FaultSet,
}

/// The final root of this run.
#[derive(Debug)]
pub(crate) struct TrustedRoot {
    pub(crate) root: Verified<Root>,
    /// Whether names of files carry versions and digests (step 5.3.12).
    pub(crate) consistent_snapshot: bool,
    /// The fixed start of the update (section 5.1).
    now: Timestamp,
    /// How long the update takes, for a client with the fault of looking at the clock again.
    waiting: Waiting,
    pub(crate) faults: FaultSet,
}

impl TrustedRoot {
    /// The time that every expiry is compared with: the fixed start of the update.
    pub(crate) fn now(&self) -> Timestamp {
        if self.faults.has(Fault::ClockGoesOn) { self.now + self.waiting.total() } else { self.now }
    }
}

/// Which stored files are deleted because keys were rotated (step 5.3.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reset {
    pub(crate) timestamp: bool,
    pub(crate) snapshot: bool,
}

impl Bootstrapped {
    /// Section 5.2. The text assumes a good root; one that its own keys have not signed is no good root.
    pub(crate) fn load(bytes: Vec<u8>, faults: FaultSet) -> Result<Self, Refusal> {
        let document = Document::read("root", bytes, &ROOT, faults)?;
        let root: Verified<Root> = Verified::open(&document, &ROOT, faults)?;
        let quorum = root.content.quorum(TopLevel::Root);
        if !faults.has(Fault::TrustShippedRoot) {
            quorum.verify(&document, &ROOT, "bootstrap.root.self-verified", faults)?;
        }
        let (first, first_version) = (root.content.clone(), root.header.version);
        Ok(Self { root, first, first_version, faults })
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.root.bytes
    }

    /// What it says, for the fault of root keys that come from elsewhere.
    pub(crate) const fn content_mut(&mut self) -> &mut Root {
        &mut self.root.content
    }

    /// Whether snapshots are consistent, as far as this root says.
    pub(crate) const fn consistent_snapshot(&self) -> bool {
        self.root.content.consistent_snapshot
    }

    /// The version of the root to ask for next (steps 5.3.2 and 5.3.3). None after the largest number.
    pub(crate) const fn next_version(&self) -> Option<u64> {
        self.root.header.version.checked_add(1)
    }

    /// Steps 5.3.4 to 5.3.7: makes this file the trusted root.
    pub(crate) fn advance(&mut self, bytes: Vec<u8>, expected: u64) -> Result<(), Refusal> {
        let faults = self.faults;
        let document = Document::read("root", bytes, &ROOT, faults)?;
        let trusted = if faults.has(Fault::OldRootStaysTrusted) { &self.first } else { &self.root.content };
        let old = trusted.quorum(TopLevel::Root);
        if !faults.has(Fault::SkipOldRootQuorum) {
            old.verify(&document, &ROOT, "root.signature.old-quorum", faults)?;
        }
        let new: Verified<Root> = Verified::open(&document, &ROOT, faults)?;
        if !faults.has(Fault::SkipNewRootQuorum) {
            let quorum = new.content.quorum(TopLevel::Root);
            let mut role = RoleKeys::clone(quorum.role);
            if faults.has(Fault::NewRootByOldThreshold) {
                role.threshold = old.role.threshold;
            }
            Quorum { role: &role, ..quorum }.verify(&document, &ROOT, "root.signature.new-quorum", faults)?;
        }
        self.check_version(new.header.version, expected)?;
        self.root = new;
        Ok(())
    }

    /// Step 5.3.5.
    fn check_version(&self, version: u64, expected: u64) -> Result<(), Refusal> {
        let faults = self.faults;
        let accepted = version == expected
            || faults.has(Fault::SkipRootVersionCheck)
            || faults.has(Fault::RootVersionMayJump) && version > expected
            || faults.has(Fault::RootVersionMayStay) && version == self.root.header.version;
        if accepted {
            return Ok(());
        }
        let message = format!("the new root has version {version}, not {expected}");
        Err(Refusal::new(Reason::Version, "root.chain.version-increment", message))
    }

    /// Refuses an expired root. The workflow does this only for the final root (steps 5.3.6 and 5.3.10).
    pub(crate) fn check_expiry(&self, requirement: &'static str, now: Timestamp) -> Result<(), Refusal> {
        let check = Check { requirement, skipped_by: Fault::SkipRootExpiry };
        check_expiry("root", &self.root.header, now, check, self.faults)
    }

    /// Steps 5.3.10 to 5.3.12: there is no newer root.
    pub(crate) fn finish(self, now: Timestamp, waiting: Waiting) -> Result<(TrustedRoot, Reset), Refusal> {
        let is_unchanged = self.root.header.version == self.first_version;
        if !(is_unchanged && self.faults.has(Fault::SkipExpiryOfUnchangedRoot)) {
            self.check_expiry(ROOT.expiry.requirement, now)?;
        }
        let reset = self.reset();
        let naming =
            if self.faults.has(Fault::ConsistentSnapshotOfFirstRoot) { &self.first } else { &self.root.content };
        let consistent_snapshot = naming.consistent_snapshot;
        Ok((TrustedRoot { root: self.root, consistent_snapshot, now, waiting, faults: self.faults }, reset))
    }

    /// Step 5.3.11. Keys count as rotated if the set of keys of a role or its threshold differs between the root that
    /// the run began with and the final one; then both files are deleted.
    fn reset(&self) -> Reset {
        let faults = self.faults;
        let rotated =
            |role, ignored_by| self.first.role(role) != self.root.content.role(role) && !faults.has(ignored_by);
        let timestamp = rotated(TopLevel::Timestamp, Fault::IgnoreTimestampRotation);
        let snapshot = rotated(TopLevel::Snapshot, Fault::IgnoreSnapshotRotation);
        let any = (timestamp || snapshot) && !faults.has(Fault::SkipRotationReset)
            || faults.has(Fault::ResetOnEveryRoot) && self.root.header.version != self.first_version;
        Reset {
            timestamp: any && (timestamp || !faults.has(Fault::SnapshotRotationKeepsTimestamp)),
            snapshot: any && (snapshot || !faults.has(Fault::TimestampRotationKeepsSnapshot)),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::test_repository::{Play, id, key};

    #[test]
    fn a_client_walks_through_every_root_to_the_latest() {
        let mut play = Play::honest();
        play.change(|repository| (0..3).for_each(|_| repository.release("root")));
        play.refresh().unwrap();
        assert_eq!(play.stored("root"), Some(4));
    }

    #[test]
    fn a_root_without_the_quorum_of_the_old_root_is_refused() {
        let mut play = Play::honest();
        play.change(|repository| {
            repository.rotate("root", &[9], 1);
            repository.release("root");
        });
        assert_eq!(play.refused(), "root.signature.old-quorum");
        assert_eq!(play.stored("root"), Some(1));
    }

    #[test]
    fn a_root_without_its_own_quorum_is_refused() {
        let mut play = Play::honest();
        play.change(|repository| {
            repository.rotate("root", &[9], 1);
            repository.signers.insert("root".to_owned(), vec![1]);
            repository.release("root");
        });
        assert_eq!(play.refused(), "root.signature.new-quorum");
    }

    #[test]
    fn a_root_of_another_version_than_the_next_is_refused_and_earlier_ones_stay() {
        for version in [1, 2, 4] {
            let mut play = Play::honest();
            play.change(|repository| {
                repository.release("root");
                repository.body("root")["version"] = json!(version);
                repository.publish("root");
                let wrong = repository.metadata["root.json"].clone();
                repository.metadata.insert("3.root.json".to_owned(), wrong);
                repository.body("root")["version"] = json!(2);
                repository.publish("root");
            });
            assert_eq!(play.refused(), "root.chain.version-increment");
            assert_eq!(play.stored("root"), Some(2));
        }
    }

    #[test]
    fn an_expired_root_on_the_way_does_not_matter_but_the_final_one_does() {
        let mut play = Play::honest();
        play.change(|repository| {
            repository.body("root")["expires"] = json!("2029-01-01T00:00:00Z");
            repository.release("root");
        });
        assert_eq!(play.refused(), "root.expiry.final-checked");
        assert_eq!(play.stored("root"), Some(2));
        assert_eq!(play.stored("timestamp"), None);
        play.change(|repository| {
            repository.body("root")["expires"] = json!("2031-01-01T00:00:00Z");
            repository.release("root");
        });
        play.refresh().unwrap();
    }

    #[test]
    fn one_key_under_two_identifiers_is_one_key() {
        let mut play = Play::honest();
        play.change(|repository| {
            let mut twin = key(1);
            twin["keyid_hash_algorithms"] = json!(["sha256"]);
            let twin_id = crate::test_repository::keyid(&twin);
            repository.body("root")["keys"][&twin_id] = twin;
            repository.body("root")["roles"]["root"] = json!({ "keyids": [id(1), twin_id], "threshold": 2 });
            repository.body("root")["version"] = json!(2);
            repository.publish_edited("root", |file| {
                let again = json!({ "keyid": twin_id, "sig": file["signatures"][0]["sig"] });
                file["signatures"].as_array_mut().unwrap().push(again);
            });
        });
        assert_eq!(play.refused(), "root.signature.new-quorum");
    }

    #[test]
    fn after_a_rotation_of_snapshot_keys_everything_may_be_lower() {
        let mut play = Play::honest();
        play.change(|repository| (0..9).for_each(|_| repository.release("targets")));
        play.refresh().unwrap();
        play.change(|repository| {
            for role in ["targets", "snapshot", "timestamp"] {
                repository.body(role)["version"] = json!(1);
            }
            repository.rotate("snapshot", &[3, 9], 1);
            repository.release("root");
            repository.release("targets");
        });
        play.refresh().unwrap();
        assert_eq!(["timestamp", "snapshot", "targets"].map(|role| play.stored(role)), [Some(2); 3]);
    }
}
