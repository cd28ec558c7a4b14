//! The signed part of each kind of metadata (sections 4.3 to 4.6).

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256, Sha512};
use suite::{KeyName, RoleName};

use crate::ForgeError;
use crate::keyring::Keyring;
use crate::model::{Authority, Member, Model, Selector, TOP_LEVEL, TargetsRole};

/// What timestamp and snapshot say of a file.
#[derive(Debug, Clone)]
pub struct Description {
    /// The version that it states.
    pub version: u64,
    /// Its bytes.
    pub bytes: bytes::Bytes,
    /// Whether its hash is listed even where those of other files are not.
    pub always_hashed: bool,
}

/// What all kinds of metadata state.
pub struct Head {
    /// The version.
    pub version: u64,
    /// When it expires, in the form of section 4.2.3.
    pub expires: String,
    /// The version of the specification that it says it was written to.
    pub spec_version: String,
}

/// A root.
///
/// # Errors
/// If a key cannot be made.
pub fn root(model: &Model, head: &Head, keyring: &mut Keyring) -> Result<Value, ForgeError> {
    let mut keys = Map::new();
    let mut roles = Map::new();
    for name in TOP_LEVEL {
        let Some(authority) = model.authorities.get(name) else { continue };
        let keyids = list_keys(&authority.keys, &mut keys, keyring)?;
        roles.insert(name.to_owned(), json!({ "keyids": keyids, "threshold": authority.threshold }));
    }
    let mut signed = with_head("root", head);
    signed["consistent_snapshot"] = model.consistent_snapshot.into();
    signed["keys"] = keys.into();
    signed["roles"] = roles.into();
    Ok(signed)
}

/// A timestamp or a snapshot, which describe other files.
///
/// # Errors
/// If a hash algorithm is not known.
pub fn describing(
    kind: &str,
    model: &Model,
    head: &Head,
    files: &BTreeMap<String, Description>,
) -> Result<Value, ForgeError> {
    let mut meta = Map::new();
    for (name, file) in files {
        let mut entry = json!({ "version": file.version });
        if model.lengths {
            entry["length"] = file.bytes.len().into();
        }
        if model.hashes || file.always_hashed {
            entry["hashes"] = hashes(&file.bytes, &model.algorithms)?;
        }
        meta.insert(name.clone(), entry);
    }
    let mut signed = with_head(kind, head);
    signed["meta"] = meta.into();
    Ok(signed)
}

/// A targets role, top-level or delegated.
///
/// # Errors
/// If a key cannot be made or a hash algorithm is not known.
pub fn targets(model: &Model, head: &Head, role: &TargetsRole, keyring: &mut Keyring) -> Result<Value, ForgeError> {
    let mut files = Map::new();
    for (path, content) in &role.targets {
        let entry = json!({ "length": content.len(), "hashes": hashes(content.as_bytes(), &model.algorithms)? });
        files.insert(path.clone(), entry);
    }
    let mut signed = with_head("targets", head);
    signed["targets"] = files.into();
    if role.delegations.iter().any(|delegated| delegated.agreement.is_some()) {
        let (keys, list) = agreements(role, keyring)?;
        signed["keys_for_delegations"] = keys;
        signed["delegations"] = list;
    } else if !role.delegations.is_empty() {
        signed["delegations"] = delegations(role, keyring)?;
    }
    Ok(signed)
}

/// Keys and delegations in the form of TAP 3. What is delegated to one role becomes a delegation to one of one.
fn agreements(role: &TargetsRole, keyring: &mut Keyring) -> Result<(Value, Value), ForgeError> {
    let (mut keys, mut list) = (Map::new(), Vec::new());
    for delegated in &role.delegations {
        let mut roles = Vec::new();
        for Member { role, authority } in &delegated.members {
            let keyids = list_keys(&authority.keys, &mut keys, keyring)?;
            roles.push(json!({ "rolename": role, "keyids": keyids, "threshold": authority.threshold }));
        }
        let mut entry = json!({ "name": delegated.role, "terminating": delegated.terminating });
        match &delegated.selector {
            Selector::Paths(paths) => entry["paths"] = json!(paths),
            Selector::Prefixes(prefixes) => entry["path_hash_prefixes"] = json!(prefixes),
            Selector::Succinct(_) => {
                let problem = "there are no succinct bins beside a delegation with `roles`".to_owned();
                return Err(ForgeError::Delegation { role: delegated.role.clone(), problem });
            }
            Selector::Unstated => {}
        }
        entry["min_roles_in_agreement"] = delegated.agreement.unwrap_or(1).into();
        entry["roleinfo"] = roles.into();
        list.push(entry);
    }
    Ok((keys.into(), list.into()))
}

/// A rotate file (TAP 8). It does not expire and states no version of the specification.
///
/// # Errors
/// If a key cannot be made.
pub fn rotate(role: &str, version: u64, next: &Authority, keyring: &mut Keyring) -> Result<Value, ForgeError> {
    let mut keys = Map::new();
    list_keys(&next.keys, &mut keys, keyring)?;
    Ok(json!({ "_type": "rotate", "version": version, "role": role, "keys": keys, "threshold": next.threshold }))
}

fn delegations(role: &TargetsRole, keyring: &mut Keyring) -> Result<Value, ForgeError> {
    let mut keys = Map::new();
    let mut object = json!({});
    let mut roles = Vec::new();
    for delegated in &role.delegations {
        let Some(Member { authority: Authority { keys: names, threshold }, .. }) = delegated.members.first() else {
            continue;
        };
        let keyids = list_keys(names, &mut keys, keyring)?;
        let mut entry = json!({ "keyids": keyids, "threshold": threshold });
        if let Selector::Succinct(bits) = delegated.selector {
            entry["bit_length"] = bits.into();
            entry["name_prefix"] = delegated.role.clone().into();
            object["succinct_roles"] = entry;
            continue;
        }
        entry["name"] = delegated.role.clone().into();
        entry["terminating"] = delegated.terminating.into();
        match &delegated.selector {
            Selector::Paths(paths) => entry["paths"] = json!(paths),
            Selector::Prefixes(prefixes) => entry["path_hash_prefixes"] = json!(prefixes),
            Selector::Succinct(_) | Selector::Unstated => {}
        }
        roles.push(entry);
    }
    object["keys"] = keys.into();
    if !roles.is_empty() || object.get("succinct_roles").is_none() {
        object["roles"] = roles.into();
    }
    Ok(object)
}

/// Puts the key objects of these keys into `objects`, and returns their identifiers.
///
/// # Errors
/// If a key cannot be made.
pub fn list_keys(
    names: &[KeyName],
    objects: &mut Map<String, Value>,
    keyring: &mut Keyring,
) -> Result<Vec<RoleName>, ForgeError> {
    let mut keyids = Vec::new();
    for name in names {
        let key = keyring.key(name)?;
        objects.insert(key.id.clone(), key.object);
        keyids.push(key.id);
    }
    Ok(keyids)
}

/// The hashes of some bytes, by algorithm.
///
/// # Errors
/// If an algorithm is not known.
pub fn hashes(bytes: &[u8], algorithms: &[String]) -> Result<Value, ForgeError> {
    let mut hashes = Map::new();
    for name in algorithms {
        let digest = match name.as_str() {
            "sha256" => hex::encode(Sha256::digest(bytes)),
            "sha512" => hex::encode(Sha512::digest(bytes)),
            _ => return Err(ForgeError::HashAlgorithm { name: name.clone() }),
        };
        hashes.insert(name.clone(), digest.into());
    }
    Ok(hashes.into())
}

fn with_head(kind: &str, head: &Head) -> Value {
    json!({ "_type": kind, "spec_version": head.spec_version, "version": head.version, "expires": head.expires })
}
