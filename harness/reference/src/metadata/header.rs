//! What all metadata states about itself: type, version of the specification, version, expiry (section 4.3).

use jiff::Timestamp;

use crate::fault::{Fault, FaultSet};
use crate::fields::{Fields, Malformed, text};
use crate::json::Value;
use crate::rules::Rules;

use super::expiry;

/// The latest version of the specification that the client knows.
const LATEST: &str = "1.0.34";

/// The statements of a metadata file about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) version: u64,
    pub(crate) expires: Timestamp,
}

impl Header {
    pub(crate) fn read(signed: Fields<'_>, rules: &Rules, faults: FaultSet) -> Result<Self, Malformed> {
        let is_assumed = |member: &str, fault| !signed.0.contains_key(member) && faults.has(fault);
        let type_name =
            if is_assumed("_type", Fault::AssumeType) { rules.type_name } else { signed.required("_type", text)? };
        if type_name != rules.type_name && !faults.has(rules.type_check.skipped_by) {
            let cause = format!("is {type_name:?}, not {:?}", rules.type_name);
            return Err(Malformed::new(rules.type_check.requirement, cause).within("_type"));
        }
        let spec_version = if is_assumed("spec_version", Fault::AssumeSpecVersion) {
            LATEST
        } else {
            signed.required("spec_version", text)?
        };
        if !matches_specification(spec_version, faults) && !faults.has(Fault::SkipSpecVersionCheck) {
            let cause = format!("{spec_version:?} is not a supported version of the specification");
            return Err(Malformed::new("metadata.spec-version.checked", cause).within("spec_version"));
        }
        let version = if is_assumed("version", Fault::AssumeFirstVersion) {
            1
        } else {
            signed.required("version", |value| version(value, faults))?
        };
        let expires = if is_assumed("expires", Fault::NoExpiryMeansForever) {
            Timestamp::MAX
        } else {
            signed.required("expires", |value| expiry::read(value, faults))?
        };
        Ok(Self { version, expires })
    }
}

/// Section 4.3 leaves it to the adopter what a match is. Here the major version decides, and `1` and `1.0` are
/// understood beside the full form, because repositories in use have them.
fn matches_specification(text: &str, faults: FaultSet) -> bool {
    if faults.has(Fault::RequireLatestSpecVersion) {
        return text == LATEST;
    }
    if faults.has(Fault::SpecVersionByPrefix) {
        return text.starts_with('1');
    }
    if faults.has(Fault::UnreadableSpecVersionMatches) && !text.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let parts: Vec<&str> = text.split('.').collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let next = parts[0] == "2" && faults.has(Fault::NextMajorSpecVersion);
    parts.len() <= 3 && parts.iter().all(is_number) && (parts[0] == "1" || next)
}

/// A version: an integer greater than zero (section 4.3).
pub(crate) fn version(value: &Value, faults: FaultSet) -> Result<u64, Malformed> {
    let version = match value {
        Value::Integer(integer) if faults.has(Fault::VersionWithoutSign) => u64::try_from(integer.unsigned_abs()).ok(),
        Value::Integer(integer) => u64::try_from(*integer).ok(),
        Value::Bool(true) if faults.has(Fault::BooleanVersion) => Some(1),
        Value::Text(text) if faults.has(Fault::AcceptVersionText) => text.parse().ok(),
        _ => None,
    };
    let lowest = u64::from(!faults.has(Fault::AcceptVersionZero));
    let error = || Malformed::new("metadata.version.positive-integer", "has to be an integer greater than zero");
    let version = version.filter(|version| *version >= lowest).ok_or_else(error)?;
    if faults.has(Fault::RejectLargeVersions) && version > i32::MAX as u64 {
        return Err(Malformed::new("metadata.version.maximum-recoverable", "is too large"));
    }
    if faults.has(Fault::VersionsAsFloats) {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the bug"
        )]
        return Ok(version as f64 as u64);
    }
    Ok(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_version_of_the_first_major_version_of_the_specification_matches() {
        for text in ["1", "1.0", "1.0.0", "1.0.34", "1.9.0"] {
            assert!(matches_specification(text, FaultSet::empty()), "{text}");
        }
        for text in ["", "2.0.0", "10.0.0", "0.1.0", "1.0.0.0", "1.", "1.x", "one"] {
            assert!(!matches_specification(text, FaultSet::empty()), "{text}");
        }
    }

    #[test]
    fn a_version_is_an_integer_greater_than_zero() {
        let read = |value| version(&value, FaultSet::empty());
        assert_eq!(read(Value::Integer(1)), Ok(1));
        assert_eq!(read(Value::Integer(u64::MAX.into())), Ok(u64::MAX));
        for value in [Value::Integer(0), Value::Integer(-1), Value::Text("2".to_owned()), Value::Null] {
            assert!(read(value).is_err());
        }
    }
}
