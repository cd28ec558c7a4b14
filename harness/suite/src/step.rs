//! One step of a scenario, as it is written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::observation::Reason;
use crate::{
    Change, Damage, Delegation, FileName, Forgery, Offset, RepositoryName, Restore, Revocation, RoleName, RotateFile,
    Rotation, Serving, Tampering, TargetPath, TargetsMapping, TaskAt, Withheld,
};

/// One step: exactly one verb, and for what the client does, the expectations.
///
/// The verbs of [`Change`] stand for themselves (the repository does it), under `attack` (the attacker does it;
/// the control leaves it out) or under `control` (only the control does it). Which verb a step has is told by
/// [`Plan`](crate::Plan), which refuses steps with none or with several.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Step {
    /// See [`Change::Publish`].
    pub publish: Option<Vec<RoleName>>,
    /// See [`Change::Rotate`].
    pub rotate: Option<BTreeMap<RoleName, Rotation>>,
    /// See [`Change::RotateFile`].
    pub rotate_file: Option<BTreeMap<RoleName, RotateFile>>,
    /// See [`Change::Add`].
    pub add: Option<BTreeMap<RoleName, BTreeMap<TargetPath, String>>>,
    /// See [`Change::Remove`].
    pub remove: Option<BTreeMap<RoleName, Vec<TargetPath>>>,
    /// See [`Change::Delegate`].
    pub delegate: Option<Delegation>,
    /// See [`Change::Revoke`].
    pub revoke: Option<Revocation>,
    /// See [`Change::ConsistentSnapshot`].
    pub consistent_snapshot: Option<bool>,
    /// See [`Change::Forge`].
    pub forge: Option<BTreeMap<RoleName, Forgery>>,
    /// See [`Change::Tamper`].
    pub tamper: Option<BTreeMap<RoleName, Tampering>>,
    /// See [`Change::Replay`].
    pub replay: Option<BTreeMap<RoleName, u64>>,
    /// See [`Change::Substitute`].
    pub substitute: Option<BTreeMap<RoleName, RoleName>>,
    /// See [`Change::Withhold`].
    pub withhold: Option<Withheld>,
    /// See [`Change::Replace`].
    pub replace: Option<BTreeMap<TargetPath, String>>,
    /// See [`Change::Serve`].
    pub serve: Option<BTreeMap<FileName, Vec<Serving>>>,
    /// See [`Change::Restore`].
    pub restore: Option<Restore>,
    /// See [`Change::TargetsRole`].
    pub targets_role: Option<TargetsMapping>,

    /// What the attacker does. Left out of the control.
    pub attack: Option<Change>,
    /// What happens in the control only, instead of an attack.
    pub control: Option<Change>,

    /// The change of this step takes place while the client does the next thing that it is told: just before its request
    /// with this number, from 1, is answered, or when it is done, if it asks for less. A repository publishes meanwhile.
    pub at_request: Option<usize>,
    /// The name of the repository in which the change of this step takes place (TAP 4). Default: the main one.
    pub repository: Option<RepositoryName>,

    /// The client is given the root that is shown, to start from (section 5.2), and this is how that should end. Without
    /// such a step it is given the first root before the first step. A client that does not look at the root until it
    /// refreshes is told to refresh as well, if it should refuse.
    pub trust: Option<Expected>,
    /// Sets the clock of the client to this time. It never goes back.
    pub clock: Option<Offset>,
    /// Something happens to the files that the client keeps, by role.
    pub damage: Option<BTreeMap<RoleName, Damage>>,
    /// The client is told to do something and is killed meanwhile. What it does next, it does anew from its store.
    pub kill: Option<TaskAt>,
    /// The client is told to do something. While it waits for the answer to that request, a second client with the same
    /// store is told the same and does it from beginning to end; only then does the first one get its answer. What is
    /// seen of both counts as one. Either may refuse, or say that something is broken.
    pub second_client: Option<TaskAt>,
    /// The client refreshes its top-level metadata (sections 5.3 to 5.6), and this is how it should end.
    pub refresh: Option<Expected>,
    /// The client downloads target files (section 5.7), and this is how it should end.
    pub download: Option<Download>,

    /// After this step the client's own copy of these roles has these versions.
    pub trusted: Option<BTreeMap<RoleName, u64>>,
    /// After this step the client has no copy of these roles.
    pub not_trusted: Option<Vec<RoleName>>,
    /// The metadata files that the client asked for in this step, all of them, in order. Named as with consistent
    /// snapshots; without them the version in the name does not count.
    pub requests: Option<Vec<String>>,
    /// Metadata files that the client asked for in this step, among others.
    pub requested: Option<Vec<String>>,
    /// Metadata files that the client did not ask for in this step.
    pub not_requested: Option<Vec<String>>,
    /// The most bytes that the client took of the answer to each request for these files in this step.
    pub taken: Option<BTreeMap<FileName, u64>>,
    /// How often the client asked for these files in this step, at most.
    pub tries: Option<BTreeMap<FileName, u64>>,
    /// Target files that the client has after this step, with their content.
    pub downloaded: Option<BTreeMap<TargetPath, String>>,
    /// Content that none of the files has that the client has downloaded up to this step.
    pub not_downloaded: Option<Vec<String>>,
    /// Why the client refused. Judged only if the client gives a reason.
    pub reason: Option<Reason>,
}

/// How something that the client is told to do should end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Expected {
    /// The client should do it.
    Accept,
    /// The client should refuse.
    Reject,
    /// The client may refuse, or say that something is broken. If it accepts, what else is expected of it in this step
    /// holds.
    MayReject,
}

/// Target files to download, in order and by one client, and how that should end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Download {
    /// The client should download them all.
    Accept(Vec<TargetPath>),
    /// The client should refuse the last of them.
    Reject(Vec<TargetPath>),
}

/// What should be found after the client did something. Each entry becomes a check of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expectations {
    /// Versions of the client's own copies.
    pub trusted: BTreeMap<RoleName, u64>,
    /// Roles of which the client has no copy.
    pub not_trusted: Vec<RoleName>,
    /// All metadata files asked for, in order.
    pub requests: Option<Vec<String>>,
    /// Some metadata files asked for.
    pub requested: Vec<String>,
    /// Metadata files not asked for.
    pub not_requested: Vec<String>,
    /// The most bytes taken of each answer for these files.
    pub taken: BTreeMap<FileName, u64>,
    /// The most requests for these files.
    pub tries: BTreeMap<FileName, u64>,
    /// Target files with their content.
    pub downloaded: BTreeMap<TargetPath, String>,
    /// Content that no downloaded file has.
    pub not_downloaded: Vec<String>,
    /// Why the client refused.
    pub reason: Option<Reason>,
}

impl Expectations {
    /// Whether nothing is expected.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
