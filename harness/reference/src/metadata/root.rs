//! The root (section 4.3).

use std::collections::BTreeSet;

use crate::fault::{Fault, FaultSet};
use crate::fields::{Fields, Malformed, boolean};
use crate::key::Keys;
use crate::quorum::Quorum;

use super::{Content, RoleKeys};

/// The content of a root file: the keys of the top-level roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Root {
    pub(crate) consistent_snapshot: bool,
    keys: Keys,
    roles: [RoleKeys; TopLevel::NAMES.len()],
}

/// The roles that every root defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TopLevel {
    Root,
    Timestamp,
    Snapshot,
    Targets,
}

impl TopLevel {
    const NAMES: [&str; 4] = ["root", "timestamp", "snapshot", "targets"];

    pub(crate) const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

impl Root {
    pub(crate) const fn role(&self, role: TopLevel) -> &RoleKeys {
        &self.roles[role as usize]
    }

    /// Gives a role other keys, for the faults of taking them from elsewhere.
    pub(crate) fn hand_over(&mut self, role: TopLevel, keys: &Keys, role_keys: RoleKeys) {
        self.keys.overwrite(keys);
        self.roles[role as usize] = role_keys;
    }

    /// The keys that it lists.
    pub(crate) const fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Who has to sign for a role.
    pub(crate) const fn quorum(&self, role: TopLevel) -> Quorum<'_> {
        Quorum { keys: &self.keys, role: self.role(role), any_key: Fault::AnyKeyOfRoot }
    }
}

impl Content for Root {
    fn read(signed: Fields<'_>, faults: FaultSet) -> Result<Self, Malformed> {
        let keys = signed.required("keys", |value| Keys::read(value, faults, Fault::SkipRootKeyidCheck))?;
        let roles = signed.required("roles", Fields::of)?;
        let role = |role: TopLevel| {
            let name = role.name();
            if !roles.0.contains_key(name) {
                return if faults.has(Fault::AcceptRootWithoutRole) {
                    Ok(RoleKeys::nobody())
                } else {
                    Err(Malformed::new("root.roles.four-required", "is missing").within(name))
                };
            }
            roles.required(name, |value| {
                let is_looked_at = role == TopLevel::Timestamp || !faults.has(Fault::CheckTimestampThresholdOnly);
                let accept_below_one = faults.has(Fault::AcceptRootThresholdZero) || !is_looked_at;
                let fields = Fields::of(value)?;
                fields.no_others(&["keyids", "threshold"], faults)?;
                RoleKeys::read(fields, "root.threshold.positive", accept_below_one)
            })
        };
        let role = |name| role(name).map_err(|error| error.within("roles"));
        if faults.has(Fault::RejectFurtherRoles) && roles.0.len() > TopLevel::NAMES.len() {
            return Err(Malformed::new("root.roles.mirrors-tolerated", "lists a further role"));
        }
        let mut roles =
            [role(TopLevel::Root)?, role(TopLevel::Timestamp)?, role(TopLevel::Snapshot)?, role(TopLevel::Targets)?];
        let mut keyids = BTreeSet::new();
        let is_shared = roles.iter().flat_map(|role| &role.keyids).any(|keyid| !keyids.insert(keyid));
        if is_shared && faults.has(Fault::RejectSharedKeys) {
            return Err(Malformed::new("general.roles.single-key-system-works", "has a key of several roles"));
        }
        if faults.has(Fault::RootKeysSignForAll) {
            let [root, others @ ..] = &mut roles;
            for role in others {
                role.keyids.extend(root.keyids.iter().cloned());
            }
        }
        Ok(Self { consistent_snapshot: consistent_snapshot(signed, faults)?, keys, roles })
    }
}

/// Section 6.2.1: a repository without consistent snapshots may leave the member out.
fn consistent_snapshot(signed: Fields<'_>, faults: FaultSet) -> Result<bool, Malformed> {
    if faults.has(Fault::RequireConsistentSnapshot) {
        return signed.required("consistent_snapshot", boolean);
    }
    Ok(signed.optional("consistent_snapshot", boolean)?.unwrap_or(faults.has(Fault::AssumeConsistentSnapshot)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    const ROLE: &str = r#"{"keyids":[],"threshold":1}"#;

    fn read(roles: &[&str], more: &str) -> Result<Root, Malformed> {
        let roles: Vec<String> = roles.iter().map(|role| format!("\"{role}\":{ROLE}")).collect();
        let text = format!(r#"{{"keys":{{}},"roles":{{{}}}{more}}}"#, roles.join(","));
        let value = json::read(text.as_bytes(), FaultSet::empty()).unwrap();
        Root::read(Fields::of(&value)?, FaultSet::empty())
    }

    #[test]
    fn a_root_without_one_of_the_four_roles_is_refused() {
        for missing in TopLevel::NAMES {
            let roles: Vec<&str> = TopLevel::NAMES.into_iter().filter(|role| *role != missing).collect();
            let refusal = read(&roles, "").unwrap_err().refuse("root", FaultSet::empty());
            assert_eq!(refusal.requirement, "root.roles.four-required");
            assert!(refusal.message.contains(&format!("/roles/{missing}")));
        }
    }

    #[test]
    fn a_mirrors_role_is_tolerated() {
        assert!(read(&["root", "timestamp", "snapshot", "targets", "mirrors"], "").is_ok());
    }

    #[test]
    fn a_root_that_does_not_say_so_has_no_consistent_snapshots() {
        assert!(!read(&TopLevel::NAMES, "").unwrap().consistent_snapshot);
        assert!(read(&TopLevel::NAMES, r#","consistent_snapshot":true"#).unwrap().consistent_snapshot);
        assert!(read(&TopLevel::NAMES, r#","consistent_snapshot":1"#).is_err());
    }
}
