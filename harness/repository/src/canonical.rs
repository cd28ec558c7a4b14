//! Canonical JSON (section 4.1): what is signed and what key identifiers are computed from.

use olpc_cjson::CanonicalFormatter;
use serde::Serialize as _;
use serde_json::Value;

/// The canonical form of a value.
///
/// # Errors
/// If it has none, as for numbers with a fraction.
pub fn canonical(value: &Value) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, CanonicalFormatter::new());
    value.serialize(&mut serializer).map_err(|error| error.to_string())?;
    Ok(bytes)
}
