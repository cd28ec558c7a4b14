//! A metadata file: the signed part and its signatures (section 4.2.1).

use std::collections::{BTreeMap, BTreeSet};

use suite::observation::Reason;

use crate::Refusal;
use crate::canonical;
use crate::fault::{Fault, FaultSet};
use crate::fields::{Fields, Malformed, crash_with, list, text};
use crate::json::{self, Value};
use crate::rules::Rules;
use crate::tap::Tap;

/// A metadata file as it came. Nothing in it is trusted.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    /// The name of the role that it is about.
    pub(crate) role: String,
    /// The file itself: what is stored later, so that nothing in it is lost.
    pub(crate) bytes: Vec<u8>,
    /// The members of the signed part.
    pub(crate) signed: BTreeMap<String, Value>,
    /// The canonical form of the signed part: what the signatures sign.
    pub(crate) message: Vec<u8>,
    pub(crate) signatures: Vec<Signature>,
}

/// One signature.
#[derive(Debug, Clone)]
pub(crate) struct Signature {
    pub(crate) keyid: String,
    /// The signature in hexadecimal, or whatever stands there instead: what cannot be decoded does not count.
    pub(crate) sig: String,
    /// The method that it names, for a client with the fault of believing it.
    pub(crate) method: Option<String>,
}

impl Document {
    /// Reads the file of a role.
    pub(crate) fn read(role: &str, bytes: Vec<u8>, rules: &Rules, faults: FaultSet) -> Result<Self, Refusal> {
        let value = json::read(&bytes, faults).map_err(|error| {
            crash_with(Fault::CrashOnNoJson, faults);
            Refusal::new(Reason::Format, "format.parse.unambiguous", format_args!("metadata of {role:?}: {error}"))
        })?;
        if faults.has(Fault::RequireCanonicalFile) && canonical::encode(&value, faults) != bytes {
            return Err(Malformed::new("format.canonicalisation", "is not canonical").refuse(role, faults));
        }
        let Parts { object, signed, signatures } =
            parts(&value, rules, faults).map_err(|error| error.refuse(role, faults))?;
        let message = if faults.has(Fault::DropUnknownFields) {
            canonical::encode(&known_members(signed.0, rules), faults)
        } else {
            canonical::encode(object, faults)
        };
        Ok(Self { role: role.to_owned(), bytes, signed: signed.0.clone(), message, signatures })
    }
}

struct Parts<'a> {
    /// The signed part as a value.
    object: &'a Value,
    /// The members of the signed part.
    signed: Fields<'a>,
    signatures: Vec<Signature>,
}

fn parts<'a>(value: &'a Value, rules: &Rules, faults: FaultSet) -> Result<Parts<'a>, Malformed> {
    let fields = Fields::of(value)?;
    let (object, signed) = fields.required("signed", |value| Ok((value, Fields::of(value)?)))?;
    if faults.has(Fault::RejectUnknownFields) && signed.0.keys().any(|name| !rules.members.contains(&name.as_str())) {
        return Err(Malformed::new("format.unknown-fields.covered-by-signature", "has an unknown member"));
    }
    let signatures = fields.required("signatures", |value| {
        list(value, |value| {
            let fields = Fields::of(value)?;
            fields.no_others(&["keyid", "sig"], faults)?;
            let (keyid, sig) = (fields.required("keyid", text)?, fields.required("sig", text)?);
            let method = if faults.has(Fault::TrustMethodHint) { fields.optional("method", text)? } else { None };
            Ok(Signature { keyid: keyid.to_owned(), sig: sig.to_owned(), method: method.map(str::to_owned) })
        })
    })?;
    // Section 4.2.1 does not allow two signatures with one identifier, whatever they are worth. TAP 12 does: one
    // identifier may stand for different keys of different delegators.
    let mut keyids = BTreeSet::new();
    let tolerated = faults.has(Fault::AcceptDuplicateKeyids)
        || faults.has(rules.count_keyid_twice)
        || faults.follows(Tap::OpaqueKeyids) && !faults.has(Fault::RefuseRepeatedKeyids);
    for signature in &signatures {
        if !keyids.insert(&signature.keyid) && !tolerated {
            let error = Malformed::new("signature.duplicates.metadata-rejected", "has two signatures by one key");
            return Err(error.within("signatures"));
        }
    }
    Ok(Parts { object, signed, signatures })
}

fn known_members(signed: &BTreeMap<String, Value>, rules: &Rules) -> Value {
    let known = signed.iter().filter(|(name, _)| rules.members.contains(&name.as_str()));
    Value::Object(known.map(|(name, value)| (name.clone(), value.clone())).collect())
}

/// A file without the members of its signed part that are not known, for the fault of not keeping them.
pub(crate) fn without_unknown_members(bytes: &[u8], rules: &Rules, faults: FaultSet) -> Option<Vec<u8>> {
    let Ok(Value::Object(mut file)) = json::read(bytes, faults) else { return None };
    let Some(Value::Object(signed)) = file.get("signed") else { return None };
    let known = known_members(signed, rules);
    file.insert("signed".to_owned(), known);
    Some(canonical::encode(&Value::Object(file), faults))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::TIMESTAMP;

    fn read(text: &str) -> Result<Document, Refusal> {
        Document::read("timestamp", text.as_bytes().to_vec(), &TIMESTAMP, FaultSet::empty())
    }

    #[test]
    fn the_message_is_the_canonical_form_of_the_signed_part_with_unknown_members() {
        let document = read(r#"{ "signatures": [], "signed": {"z": 1, "_type": "timestamp"} }"#).unwrap();
        assert_eq!(document.message, br#"{"_type":"timestamp","z":1}"#);
    }

    #[test]
    fn two_signatures_with_one_identifier_are_refused() {
        let text = r#"{"signatures":[{"keyid":"a","sig":""},{"keyid":"a","sig":"00"}],"signed":{}}"#;
        assert_eq!(read(text).unwrap_err().requirement, "signature.duplicates.metadata-rejected");
    }

    #[test]
    fn a_file_that_is_no_metadata_is_refused_with_the_place() {
        assert!(read("[]").unwrap_err().message.contains("has to be an object"));
        assert!(read("{\"signed\":{}}").unwrap_err().message.contains("\"/signatures\": is missing"));
        assert!(read("").unwrap_err().message.contains("EOF"));
    }
}
