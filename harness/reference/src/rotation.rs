//! TAP 8: the keys that a targets role has after its rotate files.

use suite::observation::{Area, Reason};

use crate::document::Document;
use crate::fault::Fault;
use crate::key::Keys;
use crate::metadata::{HashFaults, ListedRotateFile, RoleKeys, Root, Rotate, Snapshot, TopLevel};
use crate::quorum::Quorum;
use crate::refusal::Refusal;
use crate::rules::{self, ROTATE};
use crate::store::Store;
use crate::tap::Tap;
use crate::transport::{FetchError, Transport};
use crate::updater::Updater;
use crate::verified::Verified;

const HASH_FAULTS: HashFaults =
    HashFaults { any_suffices: Fault::AnyMetadataHashSuffices, unknown_matches: Fault::UnknownMetadataHashMatches };

/// Who has to sign for a role: the keys of its delegation, or those of its last rotate file.
#[derive(Debug, Clone)]
pub(crate) struct Rotated {
    keys: Keys,
    role_keys: RoleKeys,
    any_key: Fault,
}

impl Rotated {
    fn of(quorum: Quorum<'_>) -> Self {
        Self { keys: quorum.keys.clone(), role_keys: quorum.role.clone(), any_key: quorum.any_key }
    }

    pub(crate) const fn quorum(&self) -> Quorum<'_> {
        Quorum { keys: &self.keys, role: &self.role_keys, any_key: self.any_key }
    }
}

impl<T: Transport, S: Store> Updater<T, S> {
    /// Begins with the keys that were delegated to, and follows the rotate files of the role that the snapshot lists.
    /// Where one of them is missing or wrong, it is as if too few keys had signed for the role.
    pub(crate) fn rotated(
        &mut self,
        snapshot: &Snapshot,
        role: &str,
        delegated: Quorum<'_>,
    ) -> Result<Rotated, Refusal> {
        let faults = self.faults;
        let mut current = Rotated::of(delegated);
        let is_passed_over = faults.has(Fault::RotateDelegatedRolesOnly) && role == "targets";
        if !faults.follows(Tap::KeyRotation) || faults.has(Fault::NoRotateFiles) || is_passed_over {
            return Ok(current);
        }
        let mut expected = 1;
        for file in self.rotate_files(snapshot, role)? {
            if file.version != expected && !faults.has(Fault::RotateVersionsMayJump) {
                let message = format!("the rotate files of {role:?}: version {expected} is not listed");
                return Err(Refusal::new(Reason::Signature, "tap8.rotation.version-step", message));
            }
            expected = file.version.saturating_add(1);
            let Some(bytes) = self.fetch_rotate_file(&file)? else { break };
            let signers = if faults.has(Fault::DelegatedKeysSignRotateFiles) { delegated } else { current.quorum() };
            let passes_over_null = faults.has(Fault::PassOverNullRotation);
            let rotate = match self.read_rotate_file(role, &file, bytes, signers) {
                Err(refusal) if passes_over_null && refusal.reason == Reason::Format => continue,
                rotate => rotate?,
            };
            // TAP 20 does not say what the null key looks like. Nobody can sign with it: whatever it is, no quorum of
            // such keys is met, and nothing that the role signs counts.
            if passes_over_null && !rotate.keys.has_usable() {
                continue;
            }
            current = self.handed_over(current, delegated, rotate);
        }
        if faults.has(Fault::ProbeRotateFiles) {
            let name = format!("rotate/{role}.rotate.{expected}");
            let file = ListedRotateFile { version: expected, name, description: crate::metadata::Description::FIRST };
            if let Ok(bytes) = self.fetch(Area::Metadata, &file.name, self.limits.targets)
                && let Ok(rotate) = self.read_rotate_file(role, &file, bytes, current.quorum())
            {
                current = self.handed_over(current, delegated, rotate);
            }
        }
        Ok(current)
    }

    /// The rotate files that are followed: those that the snapshot lists.
    fn rotate_files(&self, snapshot: &Snapshot, role: &str) -> Result<Vec<ListedRotateFile>, Refusal> {
        let mut listed = snapshot.rotate_files(role, self.faults);
        if self.faults.has(Fault::LastRotateFileOnly) {
            listed = listed.pop().map(|last| ListedRotateFile { version: 1, ..last }).into_iter().collect();
        }
        if self.faults.has(Fault::StoredRotateFilesSuffice) {
            let mut stored = Vec::new();
            for file in &listed {
                if self.kept(&file.name, "tap8.rotation.cached-equals-remote")?.is_some() {
                    stored.push(file.clone());
                }
            }
            return Ok(if stored.is_empty() { listed } else { stored });
        }
        Ok(listed)
    }

    /// A rotate file as the server has it, which has to be the one that the snapshot lists and that was stored before.
    fn fetch_rotate_file(&self, file: &ListedRotateFile) -> Result<Option<Vec<u8>>, Refusal> {
        let faults = self.faults;
        let name = &file.name;
        let refuse = |reason, requirement, message: &str| {
            Err(Refusal::new(reason, requirement, format_args!("the rotate file {name:?}: {message}")))
        };
        let limit = file.description.length.map_or(self.limits.targets, |length| length.min(self.limits.target));
        let bytes = match self.fetch(Area::Metadata, name, limit) {
            Ok(bytes) => bytes,
            Err(FetchError::NotFound | FetchError::Status(_)) if faults.has(Fault::MissingRotateFileEndsChain) => {
                return Ok(None);
            }
            Err(error) => return refuse(Reason::Signature, "tap8.rotation.missing-file", &error.to_string()),
        };
        let is_other_length = file.description.length.is_some_and(|length| length != bytes.len() as u64);
        let matches = |hashes: &crate::metadata::Hashes| hashes.match_bytes(&bytes, HASH_FAULTS, faults);
        let is_other = is_other_length || !file.description.hashes.as_ref().is_none_or(matches);
        if is_other && !faults.has(Fault::SkipRotateHash) {
            return refuse(Reason::Hash, "tap8.rotation.hash-matches-snapshot", "is not the file that is listed");
        }
        let stored = self.kept(name, "tap8.rotation.cached-equals-remote")?;
        if stored.is_some_and(|stored| stored != bytes) && !faults.has(Fault::SkipRotateComparison) {
            return refuse(Reason::Signature, "tap8.rotation.cached-equals-remote", "is not the file that is stored");
        }
        Ok(Some(bytes))
    }

    /// Verifies a rotate file with the keys that were valid before it, and stores it.
    fn read_rotate_file(
        &mut self,
        role: &str,
        file: &ListedRotateFile,
        bytes: Vec<u8>,
        signers: Quorum<'_>,
    ) -> Result<Rotate, Refusal> {
        let faults = self.faults;
        let name = &file.name;
        let document = Document::read(name, bytes, &ROTATE, faults)?;
        let read =
            |document: &Document| Rotate::read(&document.signed, faults).map_err(|error| error.refuse(name, faults));
        let requirement = ROTATE.signatures.requirement;
        if faults.has(Fault::VerifyRotateFileByItself) {
            let rotate = read(&document)?;
            let itself = Quorum { keys: &rotate.keys, role: &rotate.role_keys, any_key: signers.any_key };
            itself.verify(&document, &ROTATE, requirement, faults)?;
        } else if !faults.has(Fault::SkipRotateSignatures) {
            signers.verify(&document, &ROTATE, requirement, faults)?;
        }
        let rotate = read(&document)?;
        if rotate.role != role && !faults.has(Fault::SkipRotateRoleCheck) {
            let message = format!("the rotate file {name:?} is one of {:?}", rotate.role);
            return Err(Refusal::new(Reason::Signature, "tap8.rotation.role-matches", message));
        }
        let is_listed = rotate.version == file.version && rotate.version == file.description.version;
        let is_unnumbered = faults.has(Fault::LastRotateFileOnly) || faults.has(Fault::ProbeRotateFiles);
        if !is_listed && !faults.has(Fault::SkipRotateVersionCheck) && !is_unnumbered {
            let message = format!("the rotate file {name:?} has version {}", rotate.version);
            return Err(Refusal::new(Reason::Version, "tap8.rotation.version-matches-name", message));
        }
        self.keep(name, &document.bytes, "tap8.rotation.cached-equals-remote")?;
        Ok(rotate)
    }

    /// Keys and threshold are replaced.
    fn handed_over(&self, before: Rotated, delegated: Quorum<'_>, rotate: Rotate) -> Rotated {
        let faults = self.faults;
        let mut next = Rotated { keys: rotate.keys, role_keys: rotate.role_keys, any_key: before.any_key };
        if faults.has(Fault::RotateFilesAddKeys) {
            next.keys.add(before.keys);
            next.role_keys.keyids.extend(before.role_keys.keyids);
        }
        if faults.has(Fault::KeepDelegatedThreshold) {
            next.role_keys.threshold = delegated.role.threshold;
        }
        next
    }

    /// Rotate files of the roles that root is about, for the faults of following them: those that the stored snapshot
    /// lists, because there is no other yet.
    pub(crate) fn rotate_root_roles(&mut self, root: &mut Root, roles: &[TopLevel]) -> Result<(), Refusal> {
        let Some(bytes) = self.kept("snapshot", "snapshot.persist")? else { return Ok(()) };
        let stored = Verified::<Snapshot>::read("snapshot", bytes, None, rules::SNAPSHOT.rules, self.faults);
        let Ok(stored) = stored else { return Ok(()) };
        for role in roles {
            if let Ok(rotated) = self.rotated(&stored.content, role.name(), root.quorum(*role)) {
                root.hand_over(*role, &rotated.keys, rotated.role_keys);
            }
        }
        Ok(())
    }
}
