//! Rotate files (TAP 8): a targets role says by itself which keys it has from now on.

use suite::{RoleName, RotateFile};

use crate::ForgeError;
use crate::document::{self, Description};
use crate::envelope::{edit_members, sign, tamper};
use crate::model::{Authority, TOP_LEVEL};
use crate::publish::Repository;

/// The folder that rotate files lie in.
const FOLDER: &str = "rotate/";

/// Whether this is the name of a rotate file, and not that of a role.
pub fn is_name(name: &str) -> bool {
    name.strip_prefix(FOLDER).is_some_and(|name| name.contains(".rotate."))
}

impl Repository {
    /// Publishes the next rotate file of a role, signed by the keys that it has had so far. The TAP gives the name
    /// without an ending such as `.json`.
    ///
    /// # Errors
    /// If there is no such role or the file cannot be made.
    pub fn rotate_file(&mut self, role: &RoleName, rotation: &RotateFile) -> Result<(), ForgeError> {
        let now = self.authority(role).ok_or_else(|| ForgeError::UnknownRole { role: role.clone() })?.clone();
        let next = Authority { keys: rotation.keys.clone(), threshold: rotation.threshold.unwrap_or(now.threshold) };
        let forgery = &rotation.forge;
        if forgery.expires.is_some() {
            return Err(ForgeError::RotateFile { role: role.clone(), problem: "it does not expire".to_owned() });
        }
        let version = forgery.version.unwrap_or_else(|| self.rotated.get(role).map_or(1, |(count, _)| count + 1));
        let mut signed = document::rotate(role, version, &next, &mut self.keyring)?;
        edit_members(role, &mut signed, &forgery.set, &forgery.remove)?;
        let signers = forgery.keys.as_ref().unwrap_or(&now.keys);
        let file = sign(role, &signed, signers, &mut self.keyring)?;
        let bytes = tamper(role, file, &forgery.after, &mut self.keyring)?;
        let name = format!("{FOLDER}{role}.rotate.{}", forgery.named.unwrap_or(version));
        self.put_rotate_file(&name, Description { version, bytes, always_hashed: rotation.hash });
        // The TAP knows no rotate files of the other top-level roles: their keys stay what root says.
        if role == "targets" || !TOP_LEVEL.contains(&role.as_str()) {
            self.rotated.insert(role.clone(), (version, next));
        }
        Ok(())
    }
}
