//! Key objects and their identifiers (sections 4.2.1, 4.2.2 and 4.3).

use std::collections::{BTreeMap, BTreeSet};

use ring::digest::{SHA256, digest};

use crate::canonical;
use crate::fault::{Fault, FaultSet};
use crate::fields::{Fields, Malformed, text};
use crate::json::Value;
use crate::public_key::{Algorithm, PublicKey};
use crate::tap::Tap;

/// The keys that a root or a delegating role lists, by their identifiers. A key that the client cannot use is kept
/// without public key: it contributes no signature and does no harm.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Keys(BTreeMap<String, Listed>);

/// A key as it is listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Listed {
    usable: Option<PublicKey>,
    /// The key whatever scheme it states, for a client with the fault of believing what stands beside a signature.
    of_any_scheme: Option<PublicKey>,
}

impl Keys {
    /// Reads a table of keys. Section 4.3 demands that every identifier is computed anew; since an identifier is the
    /// digest of the whole key object, it then denotes one key in all metadata. `skipped_by` is the fault of not
    /// computing it. Under TAP 12 an identifier is whatever the file says.
    pub(crate) fn read(value: &Value, faults: FaultSet, skipped_by: Fault) -> Result<Self, Malformed> {
        let key = |keyid: &str, value| {
            if faults.follows(Tap::OpaqueKeyids) {
                opaque(keyid, faults)?;
            }
            let is_computed = !faults.follows(Tap::OpaqueKeyids)
                || skipped_by == Fault::SkipDelegatedKeyidCheck && faults.has(Fault::RecomputeDelegatedKeyids);
            if is_computed && !faults.has(skipped_by) && keyid != identifier(value, faults) {
                return Err(Malformed::new(
                    "root.keyid.recomputed",
                    "is not the SHA-256 of the canonical form of its key",
                ));
            }
            read(value, faults)
        };
        Ok(Self(Fields::of(value)?.each(key)?))
    }

    /// Adds keys whose identifiers are not listed yet.
    pub(crate) fn add(&mut self, others: Self) {
        for (keyid, key) in others.0 {
            self.0.entry(keyid).or_insert(key);
        }
    }

    /// Puts these keys in the place of those with the same identifiers, for the fault of one table for all metadata.
    pub(crate) fn overwrite(&mut self, others: &Self) {
        self.0.extend(others.0.clone());
    }

    /// Leaves out keys that are known under another identifier already, for the fault of knowing each under one only.
    pub(crate) fn only_first(&self, known: &mut BTreeMap<PublicKey, String>) -> Self {
        let is_first = |(keyid, key): &(&String, &Listed)| match &key.usable {
            Some(key) => known.entry(key.clone()).or_insert_with(|| (*keyid).clone()) == *keyid,
            None => true,
        };
        Self(self.0.iter().filter(is_first).map(|(keyid, key)| (keyid.clone(), key.clone())).collect())
    }

    /// Whether there is a usable key.
    pub(crate) fn has_usable(&self) -> bool {
        self.0.values().any(|key| key.usable.is_some())
    }

    /// The identifiers of all keys, usable or not.
    pub(crate) fn ids(&self) -> BTreeSet<String> {
        self.0.keys().cloned().collect()
    }

    /// The usable key with this identifier.
    pub(crate) fn get(&self, keyid: &str) -> Option<&PublicKey> {
        self.0.get(keyid)?.usable.as_ref()
    }

    /// The key with this identifier if it is one for this method, whatever scheme it states itself.
    pub(crate) fn by_method(&self, keyid: &str, method: &str) -> Option<&PublicKey> {
        self.0.get(keyid)?.of_any_scheme.as_ref().filter(|key| key.scheme() == method)
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The identifiers of all keys.
    pub(crate) fn identifiers(&self) -> BTreeSet<String> {
        self.0.keys().cloned().collect()
    }

    /// Whether there is a key with this identifier, usable or not.
    pub(crate) fn contains(&self, keyid: &str) -> bool {
        self.0.contains_key(keyid)
    }
}

/// What a client makes of an identifier that it does not compute: nothing, unless it has the fault of decoding it.
fn opaque(keyid: &str, faults: FaultSet) -> Result<(), Malformed> {
    if faults.has(Fault::DecodeKeyids) && hex::decode(keyid).is_err() {
        return Err(Malformed::new("tap12.keyid.opaque", "is not hexadecimal"));
    }
    Ok(())
}

/// The canonical form of a key has all its members, also those that the client does not know.
fn identifier(key: &Value, faults: FaultSet) -> String {
    let known = |value: &Value| match value {
        Value::Object(members) if faults.has(Fault::KeyidOfKnownMembers) => {
            let known = |name: &&str| members.get(*name).map(|value| ((*name).to_owned(), value.clone()));
            Some(Value::Object(["keytype", "scheme", "keyval"].iter().filter_map(known).collect()))
        }
        _ => None,
    };
    let form = known(key).map_or_else(|| canonical::encode(key, faults), |known| canonical::encode(&known, faults));
    hex::encode(digest(&SHA256, &form))
}

/// Reads a key object. A key of another type or scheme may have a public part of any form: adopters may define
/// their own (section 4.2.2).
fn read(value: &Value, faults: FaultSet) -> Result<Listed, Malformed> {
    let fields = Fields::of(value)?;
    let keytype = fields.required("keytype", text)?;
    let scheme = fields.required("scheme", text)?;
    let keyval = fields.required("keyval", Fields::of)?;
    if faults.has(Fault::RequirePublicMember) {
        keyval.required("public", text)?;
    }
    let Some(algorithm) = Algorithm::of_keytype(keytype) else {
        return if faults.has(Fault::RejectUnknownKeyTypes) {
            Err(Malformed::new("key.types.extensible", "has an unknown type"))
        } else {
            Ok(Listed::default())
        };
    };
    let hints_count = faults.has(Fault::TrustMethodHint);
    let fits = scheme == algorithm.scheme() || faults.has(Fault::IgnoreScheme);
    if !fits && !hints_count {
        return Ok(Listed::default());
    }
    let public = keyval.optional("public", text)?;
    let key = public.and_then(|public| PublicKey::read(algorithm, public, faults));
    let key = key.map(|key| {
        if faults.has(Fault::CompareKeyObjects) { key.told_apart_by(canonical::encode(value, faults)) } else { key }
    });
    Ok(Listed { usable: key.clone().filter(|_| fits), of_any_scheme: key.filter(|_| hints_count) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    const PUBLIC: &str = "72378e5bc588793e58f81c8533da64a2e8f1565c1fcc7f253496394ffc52542c";
    const KEYID: &str = "1bf1c6e3cdd3d3a8420b19199e27511999850f4b376c4547b2f32fba7e80fca3";

    fn object(keytype: &str, scheme: &str, more: &str) -> String {
        format!(r#"{{"keytype":"{keytype}","scheme":"{scheme}","keyval":{{"public":"{PUBLIC}"}}{more}}}"#)
    }

    fn keys(keyid: &str, object: &str, fault: FaultSet) -> Result<Keys, Malformed> {
        let value = json::read(format!("{{\"{keyid}\":{object}}}").as_bytes(), FaultSet::empty()).unwrap();
        Keys::read(&value, fault, Fault::SkipRootKeyidCheck)
    }

    fn computed(object: &str) -> String {
        identifier(&json::read(object.as_bytes(), FaultSet::empty()).unwrap(), FaultSet::empty())
    }

    #[test]
    fn the_identifier_of_the_example_in_the_specification_is_computed() {
        let object = object("ed25519", "ed25519", "");
        assert_eq!(computed(&object), KEYID);
        assert!(keys(KEYID, &object, FaultSet::empty()).unwrap().get(KEYID).is_some());
    }

    #[test]
    fn a_key_under_a_wrong_identifier_is_refused() {
        let object = object("ed25519", "ed25519", "");
        let error = keys("00", &object, FaultSet::empty()).unwrap_err();
        assert_eq!(error.refuse("root", FaultSet::empty()).requirement, "root.keyid.recomputed");
        assert!(keys("00", &object, FaultSet::of(Fault::SkipRootKeyidCheck)).unwrap().get("00").is_some());
    }

    #[test]
    fn an_unknown_member_of_a_key_is_part_of_its_identifier() {
        let object = object("ed25519", "ed25519", r#","keyid_hash_algorithms":["sha256"]"#);
        assert_ne!(computed(&object), KEYID);
        assert!(keys(&computed(&object), &object, FaultSet::empty()).is_ok());
        assert!(keys(&computed(&object), &object, FaultSet::of(Fault::KeyidOfKnownMembers)).is_err());
    }

    #[test]
    fn a_key_of_unknown_type_or_scheme_is_kept_but_not_usable() {
        for object in [object("ed448", "ed448", ""), object("ed25519", "ed25519ph", "")] {
            let keyid = computed(&object);
            let keys = keys(&keyid, &object, FaultSet::empty()).unwrap();
            assert!(keys.contains(&keyid));
            assert_eq!(keys.get(&keyid), None);
        }
    }
}
