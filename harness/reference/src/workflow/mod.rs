//! Sections 5.2 to 5.6 as a chain of states. Each is made from the one before by a check that consumes it, so that
//! no step can be left out and none can be done twice:
//! [`Bootstrapped`] → [`TrustedRoot`] → [`TrustedTimestamp`] → [`TrustedSnapshot`] → [`TrustedTargets`].
//!
//! Nothing here reads or writes: the updater brings the files and keeps them.

mod described;
mod root;
mod snapshot;
mod timestamp;

pub(crate) use described::Need;
pub(crate) use root::{Bootstrapped, TrustedRoot};
pub(crate) use snapshot::{TrustedSnapshot, TrustedTargets};
pub(crate) use timestamp::TrustedTimestamp;
