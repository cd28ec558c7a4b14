//! Section 5.7: fetching target files.

use jiff::Timestamp;
use suite::observation::{Area, Reason};

use crate::fault::Fault;
use crate::metadata::{HashFaults, TargetFile};
use crate::refusal::Refusal;
use crate::store::Store;
use crate::transport::{FetchError, Transport};
use crate::updater::{Updater, refuse_fetch, store_failed};
use crate::workflow::TrustedTargets;

const HASH_FAULTS: HashFaults =
    HashFaults { any_suffices: Fault::AnyTargetHashSuffices, unknown_matches: Fault::UnknownTargetHashMatches };

impl<T: Transport, S: Store> Updater<T, S> {
    /// Refreshes the metadata and downloads these targets in order, up to the first that fails.
    pub fn download(&mut self, now: Timestamp, targets: &[String]) -> Result<(), Refusal> {
        let trusted = match self.update(now, !self.faults.has(Fault::DownloadWithoutRefresh)) {
            // Long ago nothing has expired.
            Err(_) if self.faults.has(Fault::FallBackToStoredMetadata) => self.update(Timestamp::MIN, false)?,
            updated => updated?,
        };
        let mut last = Ok(());
        for path in targets {
            last = match self.download_one(&trusted, path) {
                Err(refusal) if self.hides(refusal.reason) => Ok(()),
                outcome => outcome,
            };
            if !self.faults.has(Fault::ReportOnlyLastTarget) {
                last.clone()?;
            }
        }
        last
    }

    /// Whether the client has the fault of reporting success although a download ended for this reason.
    const fn hides(&self, reason: Reason) -> bool {
        match reason {
            Reason::UnknownTarget => self.faults.has(Fault::UnknownTargetIsNoError),
            Reason::NotFound => self.faults.has(Fault::IgnoreMissingFiles),
            _ => false,
        }
    }

    fn download_one(&mut self, trusted: &TrustedTargets, path: &str) -> Result<(), Refusal> {
        let file = match self.find(trusted, path) {
            Err(refusal)
                if refusal.reason == Reason::UnknownTarget && self.faults.has(Fault::FallBackToListedTargets) =>
            {
                self.find_in_listed(trusted.root().now(), path)?
            }
            Err(refusal) if refusal.reason == Reason::UnknownTarget && self.faults.has(Fault::FetchUnknownTargets) => {
                return self.fetch_unverified(path);
            }
            found => found?,
        };
        self.fetch_target(trusted, path, &file)
    }

    /// Fetches a target that is described so, unless it is there already.
    pub(crate) fn fetch_target(
        &mut self,
        trusted: &TrustedTargets,
        path: &str,
        file: &TargetFile,
    ) -> Result<(), Refusal> {
        // A stored copy is as good as a new one if it passes the same checks, and worth nothing otherwise.
        let stored = self.store.read_target(path).map_err(store_failed("fetch.cache-reverified"))?;
        let stays = stored.is_some() && self.faults.has(Fault::KeepOldTarget);
        if let Some(stored) = stored
            && !self.faults.has(Fault::NeverReuseTargets)
        {
            let same_length = stored.len() as u64 == file.length && self.faults.has(Fault::ReuseTargetByLength);
            if same_length || self.check_target(path, file, &stored).is_ok() {
                return Ok(());
            }
        }
        let name = self.target_name(trusted, path, file)?;
        let reads_on = [Fault::IgnoreTargetLength, Fault::HashOnlyStatedLength, Fault::ReadBeyondTargetLength];
        let reads_on = reads_on.into_iter().any(|fault| self.faults.has(fault));
        let limit = if reads_on { u64::MAX } else { file.length.min(self.limits.target) };
        let bytes = self.fetch(Area::Targets, &name, limit);
        if let Err(FetchError::Broken { received, .. }) = &bytes
            && self.faults.has(Fault::KeepPartialTargets)
        {
            self.write_target(path, received)?;
        }
        if let (Err(FetchError::Status(429 | 503)), true) = (&bytes, self.faults.has(Fault::LeaveTargetForLater)) {
            return Ok(());
        }
        let bytes =
            bytes.map_err(|error| refuse_fetch(&name, &error, "fetch.length-limit", "general.failure.detected"))?;
        if self.faults.has(Fault::WriteTargetEarly) {
            self.write_target(path, &bytes)?;
        }
        let stated = usize::try_from(file.length).unwrap_or(usize::MAX).min(bytes.len());
        let checked = if self.faults.has(Fault::HashOnlyStatedLength) { &bytes[..stated] } else { &bytes[..] };
        self.check_target(path, file, checked)?;
        if stays {
            return Ok(());
        }
        self.write_target(if self.faults.has(Fault::StoreUnderDigest) { &name } else { path }, &bytes)
    }

    /// Starts again from the targets role that root lists, for the fault of falling back to it.
    fn find_in_listed(&mut self, now: Timestamp, path: &str) -> Result<TargetFile, Refusal> {
        let mapping = self.mapping.take();
        let trusted = self.update(now, true);
        self.mapping = mapping;
        self.find(&trusted?, path)
    }

    /// Step 5.7.3. The length in metadata is the length of the file (section 4.5), not only a bound. Of several hashes
    /// every one that can be computed has to match, and one at least has to be such.
    fn check_target(&self, path: &str, file: &TargetFile, bytes: &[u8]) -> Result<(), Refusal> {
        let faults = self.faults;
        let refuse = |reason, requirement, message: &str| {
            Err(Refusal::new(reason, requirement, format_args!("target {path:?}: {message}")))
        };
        let any_length = file.length == TargetFile::ANY_LENGTH && faults.has(Fault::AssumeTargetLength);
        if file.length != bytes.len() as u64 && !any_length && !faults.has(Fault::IgnoreTargetLength) {
            let requirement =
                if (bytes.len() as u64) < file.length { "fetch.length-shorter" } else { "fetch.length-limit" };
            return refuse(Reason::Length, requirement, "not of the listed length");
        }
        if bytes.is_empty() && faults.has(Fault::RejectTargetsWithoutContent) {
            return refuse(Reason::Length, "fetch.hash", "has no content");
        }
        if file.hashes.len() > 1 && faults.has(Fault::RejectSeveralHashes)
            || file.hashes.has_unknown(faults) && faults.has(Fault::RejectUnknownHashes)
        {
            return refuse(Reason::Hash, "fetch.hash.algorithms", "the listed hashes are not supported");
        }
        if file.hashes.len() == 0 && faults.has(Fault::AcceptUnhashedTargets) {
            return Ok(());
        }
        if !file.hashes.match_bytes(bytes, HASH_FAULTS, faults) && !faults.has(Fault::SkipTargetHash) {
            return refuse(Reason::Hash, "fetch.hash", "does not have the listed hashes");
        }
        Ok(())
    }

    /// The name under which a target is requested: under consistent snapshots the last segment of its path begins with
    /// a digest. A target that could not be verified is not requested at all.
    fn target_name(&self, trusted: &TrustedTargets, path: &str, file: &TargetFile) -> Result<String, Refusal> {
        let faults = self.faults;
        let Some(digest) = file.hashes.for_name(faults) else {
            if file.hashes.len() == 0 && faults.has(Fault::AcceptUnhashedTargets) {
                return Ok(path.to_owned());
            }
            let message = format!("target {path:?}: no hash that can be computed is listed");
            return Err(Refusal::new(Reason::Hash, "fetch.hash.unknown-only", message));
        };
        let prefixed = if trusted.root().consistent_snapshot {
            !faults.has(Fault::UnprefixedTargetRequest)
        } else {
            faults.has(Fault::PrefixedTargetRequest)
        };
        if !prefixed {
            return Ok(path.to_owned());
        }
        Ok(match path.rsplit_once('/') {
            Some((directory, name)) if !faults.has(Fault::PrefixBeforeDirectory) => {
                format!("{directory}/{digest}.{name}")
            }
            _ => format!("{digest}.{path}"),
        })
    }

    fn write_target(&mut self, path: &str, bytes: &[u8]) -> Result<(), Refusal> {
        let path = match path.rsplit_once('/') {
            Some((_, name)) if self.faults.has(Fault::StoreByFileName) => name,
            _ => path,
        };
        if self.faults.has(Fault::OverwriteWithoutTruncation)
            && let Some(rest) = self.store.read_target(path).map_err(store_failed("fetch.persist"))?
        {
            let rest = rest.get(bytes.len()..).unwrap_or_default();
            let all = [bytes, rest].concat();
            return self.store.write_target(path, &all).map_err(store_failed("fetch.persist"));
        }
        let beside = path.strip_prefix("../metadata/").and_then(|name| name.strip_suffix(".json"));
        if let Some(role) = beside
            && self.faults.has(Fault::ResolveTargetPaths)
        {
            return self.store.write(role, bytes).map_err(store_failed("fetch.store-containment"));
        }
        self.store.write_target(path, bytes).map_err(store_failed("fetch.store-name"))
    }

    fn fetch_unverified(&mut self, path: &str) -> Result<(), Refusal> {
        let bytes = self.fetch(Area::Targets, path, self.limits.target);
        let bytes = bytes.map_err(|error| refuse_fetch(path, &error, "fetch.length-limit", "fetch.unknown-target"))?;
        self.write_target(path, &bytes)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::test_repository::{Play, sha256};

    #[test]
    fn a_target_is_fetched_by_digest_and_written_under_its_own_name() {
        let mut play = Play::honest();
        play.change(|repository| {
            repository.add("targets", "dir/b.txt", "content of b");
            repository.release("targets");
        });
        play.download(&["dir/b.txt"]).unwrap();
        assert!(play.trace[1].contains(&format!("dir/{}.b.txt", sha256("content of b"))));
        assert_eq!(play.downloaded("dir/b.txt"), Some("content of b".to_owned()));
    }

    #[test]
    fn a_target_with_other_content_is_refused_and_not_written() {
        let name = format!("{}.a.txt", sha256("content of a"));
        for (content, requirement) in [
            ("CONTENT OF A", "fetch.hash"),
            ("content of a and more", "fetch.length-limit"),
            ("content", "fetch.length-shorter"),
        ] {
            let mut play = Play::honest();
            play.change(|repository| {
                repository.targets.insert(name.clone(), content.as_bytes().to_vec());
            });
            assert_eq!(play.download(&["a.txt"]).unwrap_err().requirement, requirement);
            assert_eq!(play.downloaded("a.txt"), None);
        }
    }

    #[test]
    fn a_target_that_nobody_describes_is_not_requested() {
        let mut play = Play::honest();
        play.refresh().unwrap();
        assert_eq!(play.download(&["b.txt", "a.txt"]).unwrap_err().requirement, "fetch.unknown-target");
        assert!(play.trace[2].contains("[\"2.root.json\", \"timestamp.json\"]"));
        assert_eq!(play.downloaded("a.txt"), None);
    }

    #[test]
    fn a_stored_target_is_used_again_only_if_it_is_still_the_one() {
        let mut play = Play::honest();
        play.download(&["a.txt"]).unwrap();
        play.download(&["a.txt"]).unwrap();
        assert!(!play.trace[2].contains(".a.txt"));
        play.client.store.lock().targets.insert("a.txt".to_owned(), b"CONTENT OF A".to_vec());
        play.download(&["a.txt"]).unwrap();
        assert_eq!(play.downloaded("a.txt"), Some("content of a".to_owned()));
    }

    #[test]
    fn a_target_without_a_hash_that_can_be_computed_is_not_requested() {
        let mut play = Play::honest();
        play.change(|repository| {
            repository.body("targets")["targets"]["a.txt"]["hashes"] = json!({ "rot13": "00" });
            repository.release("targets");
        });
        assert_eq!(play.download(&["a.txt"]).unwrap_err().requirement, "fetch.hash.unknown-only");
        assert!(!play.trace[1].contains("\"a.txt\""));
    }
}
