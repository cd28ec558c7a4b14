//! The content of metadata files (sections 4.3 to 4.6), read strictly. What is not known is left alone: the file
//! itself is kept beside it.

mod agreement;
mod delegation;
mod description;
mod expiry;
mod hashes;
mod header;
mod role_keys;
mod root;
mod rotate;
mod snapshot;
mod targets;
mod timestamp;

pub(crate) use delegation::{Candidate, Delegations, name as role_name};
pub(crate) use description::Description;
pub(crate) use hashes::{HashFaults, Hashes};
pub(crate) use header::Header;
pub(crate) use role_keys::{RoleKeys, positive};
pub(crate) use root::{Root, TopLevel};
pub(crate) use rotate::Rotate;
pub(crate) use snapshot::{ListedRotateFile, Snapshot};
pub(crate) use targets::{TargetFile, Targets};
pub(crate) use timestamp::Timestamp;

use crate::fault::FaultSet;
use crate::fields::{Fields, Malformed};

/// The content of one kind of metadata file.
pub(crate) trait Content: Sized {
    /// Reads it from the members of the signed part.
    fn read(signed: Fields<'_>, faults: FaultSet) -> Result<Self, Malformed>;
}
