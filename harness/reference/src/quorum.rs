//! Counting signatures against a threshold (steps 5.3.4, 5.4.2, 5.5.3, 5.6.3).

use std::collections::BTreeSet;

use suite::observation::Reason;

use crate::Refusal;
use crate::document::{Document, Signature};
use crate::fault::{Fault, FaultSet};
use crate::key::Keys;
use crate::metadata::RoleKeys;
use crate::public_key::PublicKey;
use crate::rules::Rules;

/// Who has to sign: the keys of a role, and how many of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quorum<'a> {
    pub(crate) keys: &'a Keys,
    pub(crate) role: &'a RoleKeys,
    /// The fault of accepting any of the listed keys.
    pub(crate) any_key: Fault,
}

impl<'k> Quorum<'k> {
    /// Refuses a file that is not signed by a quorum.
    pub(crate) fn verify(
        self,
        document: &Document,
        rules: &Rules,
        requirement: &'static str,
        faults: FaultSet,
    ) -> Result<(), Refusal> {
        let refuse = |message: String| {
            Refusal::new(Reason::Signature, requirement, format_args!("metadata of {:?}: {message}", document.role))
        };
        let threshold = usize::try_from(self.role.threshold).unwrap_or(usize::MAX);
        let reachable = self.role.keyids.len();
        let lowers = faults.has(Fault::LowerUnreachableThreshold)
            || faults.has(Fault::LowerDelegatedThreshold) && self.any_key == Fault::AnyKeyOfDelegator;
        let threshold = if lowers { threshold.min(reachable) } else { threshold };
        let considered = if faults.has(Fault::OnlyFirstSignatures) { threshold } else { usize::MAX };
        let mut count = Count::default();
        for (place, signature) in document.signatures.iter().enumerate().take(considered) {
            if is_passed_over(&document.signatures, place, faults) {
                continue;
            }
            // Section 4.2.1: a signature by a key that the role does not have neither helps nor hurts, and neither
            // does one that does not verify.
            match self.valid(document, signature, faults) {
                Validity::Foreign if faults.has(Fault::RejectForeignSignatures) => {
                    return Err(refuse("signed by a key that the role does not have".to_owned()));
                }
                Validity::Invalid if faults.has(Fault::RejectInvalidSignatures) => {
                    return Err(refuse("a signature is not valid".to_owned()));
                }
                Validity::Invalid if faults.has(Fault::StopAtInvalidSignature) => break,
                Validity::Foreign | Validity::Invalid => {}
                Validity::Assumed => count.total += 1,
                Validity::Valid(key) => count.add(&signature.keyid, key, rules, faults),
            }
        }
        let threshold = if faults.has(Fault::TwoSignaturesSuffice) { threshold.min(2) } else { threshold };
        let needed = if faults.has(rules.ignore_threshold) { threshold.min(1) } else { threshold };
        if count.total < needed {
            return Err(refuse(format!("signed by {} of the {} keys that are needed", count.total, needed)));
        }
        Ok(())
    }

    fn valid(self, document: &Document, signature: &Signature, faults: FaultSet) -> Validity<'k> {
        let listed = self.role.keyids.contains(&signature.keyid);
        let tolerated = faults.has(self.any_key) && self.keys.contains(&signature.keyid);
        if !listed && !tolerated {
            return Validity::Foreign;
        }
        let hinted = signature.method.as_deref().and_then(|method| self.keys.by_method(&signature.keyid, method));
        let Some(key) = hinted.or_else(|| self.keys.get(&signature.keyid)) else {
            return if faults.has(Fault::CountUnusableKeys) { Validity::Assumed } else { Validity::Invalid };
        };
        let empty_counts = signature.sig.is_empty() && faults.has(Fault::CountEmptySignatures);
        let verifies = hex::decode(&signature.sig).is_ok_and(|sig| key.verifies(&document.message, &sig, faults));
        if verifies || empty_counts { Validity::Valid(key) } else { Validity::Invalid }
    }
}

/// Whether a signature is not even tried because another one has the same identifier.
fn is_passed_over(signatures: &[Signature], place: usize, faults: FaultSet) -> bool {
    let same = |other: &Signature| other.keyid == signatures[place].keyid;
    faults.has(Fault::FirstSignatureOfKeyid) && signatures[..place].iter().any(same)
        || faults.has(Fault::LastSignatureOfKeyid) && signatures[place + 1..].iter().any(same)
}

enum Validity<'a> {
    Foreign,
    Invalid,
    /// Not verified, but counted all the same.
    Assumed,
    Valid(&'a PublicKey),
}

/// Each key counts once, whatever identifiers it has, and each identifier counts once.
#[derive(Default)]
struct Count<'a> {
    keyids: BTreeSet<&'a str>,
    keys: BTreeSet<&'a PublicKey>,
    total: usize,
}

impl<'a> Count<'a> {
    fn add(&mut self, keyid: &'a str, key: &'a PublicKey, rules: &Rules, faults: FaultSet) {
        let new = match (self.keyids.insert(keyid), self.keys.insert(key)) {
            (true, true) => true,
            (true, false) => faults.has(rules.count_key_twice),
            (false, _) => faults.has(rules.count_keyid_twice),
        };
        self.total += usize::from(new);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::test_repository::{Play, id};

    /// A timestamp role with the keys 2 and 5 and a threshold of 2.
    fn two_of_two() -> Play {
        let play = Play::honest();
        play.change(|repository| {
            repository.rotate("timestamp", &[2, 5], 2);
            repository.release("root");
        });
        play
    }

    #[test]
    fn a_quorum_is_enough_whatever_else_stands_beside_it() {
        let mut play = two_of_two();
        play.change(|repository| {
            repository.publish_edited("timestamp", |file| {
                let signatures = file["signatures"].as_array_mut().unwrap();
                signatures.insert(0, json!({ "keyid": "unknown", "sig": "no signature" }));
                signatures.insert(0, json!({ "keyid": id(3), "sig": "" }));
            });
        });
        play.refresh().unwrap();
    }

    #[test]
    fn one_valid_signature_is_not_two() {
        for sig in ["", "00", "zz"] {
            let mut play = two_of_two();
            play.change(|repository| {
                repository.publish_edited("timestamp", |file| file["signatures"][1]["sig"] = json!(sig));
            });
            let refusal = play.refresh().unwrap_err();
            assert_eq!(refusal.requirement, "timestamp.signature.quorum");
            assert!(refusal.message.ends_with("signed by 1 of the 2 keys that are needed"));
        }
    }

    #[test]
    fn a_threshold_above_the_number_of_keys_is_never_met() {
        let mut play = Play::honest();
        play.change(|repository| {
            repository.rotate("timestamp", &[2], 2);
            repository.release("root");
        });
        assert_eq!(play.refused(), "timestamp.signature.quorum");
        assert_eq!(play.stored("root"), Some(2));
    }
}
