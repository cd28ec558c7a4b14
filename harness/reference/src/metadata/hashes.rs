//! Hashes of files (sections 4.4 and 4.5).

use std::collections::BTreeMap;

use ring::digest::{Algorithm, SHA256, SHA512, digest};

use crate::fault::{Fault, FaultSet};
use crate::fields::{Fields, Malformed, text};
use crate::json::Value;

/// The hashes that are listed for a file: hexadecimal digests by algorithm.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Hashes(BTreeMap<String, String>);

/// The faults of comparing hashes, which differ for metadata and target files.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HashFaults {
    pub(crate) any_suffices: Fault,
    pub(crate) unknown_matches: Fault,
}

impl Hashes {
    pub(crate) fn read(value: &Value) -> Result<Self, Malformed> {
        Ok(Self(Fields::of(value)?.each(|_, digest| text(digest).map(str::to_owned))?))
    }

    /// Whether the file has these hashes: at least one can be computed, and all that can be computed match.
    pub(crate) fn match_bytes(&self, bytes: &[u8], names: HashFaults, faults: FaultSet) -> bool {
        let mut matches = self.0.iter().filter_map(|(name, expected)| {
            let known = algorithm(name, faults).map(|algorithm| hex::encode(digest(algorithm, bytes)) == *expected);
            let known = if name == "sha512" && faults.has(Fault::AnySha512Matches) { Some(true) } else { known };
            known.or_else(|| faults.has(names.unknown_matches).then_some(true))
        });
        if faults.has(names.any_suffices) {
            return matches.any(|matched| matched);
        }
        let mut any = false;
        matches.all(|matched| {
            any = true;
            matched
        }) && any
    }

    /// The digest that the name of a target file carries under consistent snapshots. Any listed one would do; only
    /// one of a known algorithm that looks like a digest is put into a request.
    pub(crate) fn for_name(&self, faults: FaultSet) -> Option<&str> {
        let known = ["sha256", "sha512"].iter().find_map(|name| {
            let length = algorithm(name, faults)?.output_len() * 2;
            self.0.get(*name).filter(|digest| digest.len() == length)
        });
        let any = || self.0.values().next().filter(|_| faults.has(Fault::UnknownTargetHashMatches));
        let digest = known.or_else(any)?;
        digest.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(digest)
    }

    /// Whether one algorithm at least gives the same digest in both, for the fault of comparing no more.
    pub(crate) fn share_one(&self, other: &Self) -> bool {
        self.0.iter().any(|(name, digest)| other.0.get(name) == Some(digest))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is one by this algorithm.
    pub(crate) fn has(&self, algorithm: &str) -> bool {
        self.0.contains_key(algorithm)
    }

    pub(crate) fn has_known(&self, faults: FaultSet) -> bool {
        self.0.keys().any(|name| algorithm(name, faults).is_some())
    }

    pub(crate) fn has_unknown(&self, faults: FaultSet) -> bool {
        self.0.keys().any(|name| algorithm(name, faults).is_none())
    }
}

fn algorithm(name: &str, faults: FaultSet) -> Option<&'static Algorithm> {
    match name {
        "sha256" => Some(&SHA256),
        "sha512" if !faults.has(Fault::OnlySha256) => Some(&SHA512),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAULTS: HashFaults =
        HashFaults { any_suffices: Fault::AnyTargetHashSuffices, unknown_matches: Fault::UnknownTargetHashMatches };

    fn hashes(list: &[(&str, &str)]) -> Hashes {
        Hashes(list.iter().map(|(name, digest)| ((*name).to_owned(), (*digest).to_owned())).collect())
    }

    fn matches(list: &[(&str, &str)], faults: FaultSet) -> bool {
        hashes(list).match_bytes(b"content", FAULTS, faults)
    }

    #[test]
    fn every_hash_that_can_be_computed_has_to_match() {
        let (good, long) = (hex::encode(digest(&SHA256, b"content")), hex::encode(digest(&SHA512, b"content")));
        let honest = FaultSet::empty();
        assert!(matches(&[("sha256", &good)], honest));
        assert!(matches(&[("sha256", &good), ("sha512", &long)], honest));
        assert!(!matches(&[("sha256", &good), ("sha512", &"0".repeat(128))], honest));
        assert!(matches(&[("sha256", &good), ("sha512", "00")], FaultSet::of(Fault::AnyTargetHashSuffices)));
    }

    #[test]
    fn a_hash_that_cannot_be_computed_is_no_match() {
        let good = hex::encode(digest(&SHA256, b"content"));
        assert!(!matches(&[("rot13", "00")], FaultSet::empty()));
        assert!(!matches(&[], FaultSet::empty()));
        assert!(matches(&[("rot13", "00"), ("sha256", &good)], FaultSet::empty()));
        assert!(matches(&[("rot13", "00")], FaultSet::of(Fault::UnknownTargetHashMatches)));
    }

    #[test]
    fn a_name_never_carries_what_is_no_digest() {
        assert_eq!(hashes(&[("sha256", "../../../etc/passwd")]).for_name(FaultSet::empty()), None);
        assert_eq!(hashes(&[("sha256", &"../".repeat(22)[..64])]).for_name(FaultSet::empty()), None);
        let good = "0a".repeat(32);
        assert_eq!(hashes(&[("sha256", &good)]).for_name(FaultSet::empty()), Some(good.as_str()));
    }
}
