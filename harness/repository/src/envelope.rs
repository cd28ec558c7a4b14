//! A signed file: the signed part, its signatures, and what is done to them afterwards.

use bytes::Bytes;
use serde_json::{Value, json};
use suite::{ByteEdit, KeyName, RoleName, SignatureEdit, Tampering};

use crate::canonical::canonical;
use crate::keyring::Keyring;
use crate::{ForgeError, pointer};

/// Signs the signed part with these keys.
///
/// # Errors
/// If a key cannot be made or the part has no canonical form.
pub fn sign(role: &str, signed: &Value, keys: &[KeyName], keyring: &mut Keyring) -> Result<Value, ForgeError> {
    let mut file = json!({ "signatures": [], "signed": signed });
    for key in keys {
        add_signature(role, &mut file, key, keyring)?;
    }
    Ok(file)
}

/// The bytes of a file, as they are served.
pub fn to_bytes(file: &Value) -> Bytes {
    let mut bytes = serde_json::to_vec_pretty(file).unwrap_or_default();
    bytes.push(b'\n');
    bytes.into()
}

/// Alters a file: members, then signatures, then bytes.
///
/// # Errors
/// If something to be altered does not exist.
pub fn tamper(
    role: &RoleName,
    mut file: Value,
    tampering: &Tampering,
    keyring: &mut Keyring,
) -> Result<Bytes, ForgeError> {
    edit_members(role, &mut file, &tampering.set, &tampering.remove)?;
    for edit in &tampering.signatures {
        edit_signatures(role, &mut file, edit, keyring)?;
    }
    let mut bytes = to_bytes(&file);
    for edit in &tampering.bytes {
        bytes = edit_bytes(role, &bytes, edit)?;
    }
    Ok(bytes)
}

/// Sets and removes members of a JSON value.
///
/// # Errors
/// If a pointer leads nowhere.
pub fn edit_members(
    role: &RoleName,
    value: &mut Value,
    set: &std::collections::BTreeMap<String, Value>,
    remove: &[String],
) -> Result<(), ForgeError> {
    let missing = |pointer: &String| ForgeError::NoSuchMember { pointer: pointer.clone(), role: role.clone() };
    for (pointer, new) in set {
        if !pointer::set(value, pointer, new.clone()) {
            return Err(missing(pointer));
        }
    }
    for pointer in remove {
        if !pointer::remove(value, pointer) {
            return Err(missing(pointer));
        }
    }
    Ok(())
}

fn add_signature(role: &str, file: &mut Value, key: &str, keyring: &mut Keyring) -> Result<(), ForgeError> {
    let error = |problem| ForgeError::Canonical { role: role.to_owned(), problem };
    let message = canonical(&file["signed"]).map_err(error)?;
    let key = keyring.key(key)?;
    let signature = json!({ "keyid": key.id, "sig": key.pair.sign(&message) });
    signatures(file).push(signature);
    Ok(())
}

fn edit_signatures(
    role: &str,
    file: &mut Value,
    edit: &SignatureEdit,
    keyring: &mut Keyring,
) -> Result<(), ForgeError> {
    match edit {
        SignatureEdit::DropAll => signatures(file).clear(),
        SignatureEdit::Add(key) => add_signature(role, file, key, keyring)?,
        SignatureEdit::Drop(key) => {
            let place = find(file, key, keyring)?;
            signatures(file).remove(place);
        }
        SignatureEdit::Double(key) => {
            let place = find(file, key, keyring)?;
            let copy = signatures(file)[place].clone();
            signatures(file).push(copy);
        }
        SignatureEdit::Corrupt(key) => {
            let place = find(file, key, keyring)?;
            let signature = &mut signatures(file)[place]["sig"];
            let flipped = flip_last_digit(signature.as_str().unwrap_or_default());
            *signature = flipped.into();
        }
        SignatureEdit::Empty(key) => {
            let place = find(file, key, keyring)?;
            signatures(file)[place]["sig"] = "".into();
        }
        SignatureEdit::Relabel { from, to } => {
            let place = find(file, from, keyring)?;
            signatures(file)[place]["keyid"] = keyring.key(to)?.id.into();
        }
    }
    Ok(())
}

/// Changes the last hexadecimal digit: the encoding stays right, the signature becomes wrong.
fn flip_last_digit(signature: &str) -> String {
    let (rest, last) = signature.split_at(signature.len().saturating_sub(1));
    format!("{rest}{}", if last == "0" { '1' } else { '0' })
}

fn find(file: &mut Value, key: &str, keyring: &mut Keyring) -> Result<usize, ForgeError> {
    let id = keyring.key(key)?.id;
    let place = signatures(file).iter().position(|signature| signature["keyid"] == id);
    place.ok_or_else(|| ForgeError::NoSignature { key: key.to_owned() })
}

/// The list of signatures; an edit may have put something else in its place, which is then replaced.
fn signatures(file: &mut Value) -> &mut Vec<Value> {
    if !file.is_object() {
        *file = json!({});
    }
    let list = &mut file["signatures"];
    if !list.is_array() {
        *list = json!([]);
    }
    match list {
        Value::Array(list) => list,
        _ => unreachable!("it was just made a list"),
    }
}

fn edit_bytes(role: &RoleName, bytes: &Bytes, edit: &ByteEdit) -> Result<Bytes, ForgeError> {
    Ok(match edit {
        ByteEdit::Append(text) => [bytes, text.as_bytes()].concat().into(),
        ByteEdit::Prepend(text) => [text.as_bytes(), bytes].concat().into(),
        ByteEdit::Truncate(length) => bytes.slice(..bytes.len().min(*length)),
        ByteEdit::Content(text) => Bytes::copy_from_slice(text.as_bytes()),
        ByteEdit::Replace { find, with } => {
            let text = String::from_utf8_lossy(bytes);
            if !text.contains(find.as_str()) {
                return Err(ForgeError::NoSuchText { text: find.clone(), role: role.clone() });
            }
            text.replacen(find.as_str(), with, 1).into()
        }
        ByteEdit::Compact => match serde_json::from_slice::<Value>(bytes) {
            Ok(value) => value.to_string().into(),
            Err(_) => bytes.clone(),
        },
    })
}
