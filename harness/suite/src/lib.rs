//! The suite as data: scenarios, the register of requirements, features, attack classes and dialects.
//!
//! This crate knows the formats and checks them. It signs nothing, serves nothing and talks to no client.
//!
//! - [`Suite`] is everything together, from the embedded copy or from a working copy on disk.
//! - [`Scenario`] is one scenario file with its matrix resolved: one *variant*.
//! - [`observation`] is what a client was seen to do, in the words that every other crate uses.

mod change;
mod damage;
mod describe;
mod diagnose;
mod dialect;
mod edition;
mod embedded;
mod files;
mod format;
mod id_pattern;
pub mod lint;
mod load;
mod locate;
mod nearest;
pub mod observation;
mod parse;
mod plan;
mod policy;
mod problem;
mod profile;
mod register;
mod repositories;
mod scaffold;
mod scenario;
mod schema;
mod serving;
mod setup;
mod step;
mod task_at;
pub mod template;
mod time;
mod tree;

pub use change::{
    AgreeingRole, ByteEdit, Change, Delegation, Forgery, Pointer, Restore, Revocation, RotateFile, Rotation,
    SignatureEdit, Succinct, Tampering, TargetsMapping, Withheld,
};
pub use damage::{Damage, Left};
pub use dialect::{Dialect, DialectFile, KeyType};
pub use edition::{Bump, Edition, Entry, Keyword, PassageKind, Version};
pub use files::Files;
pub use format::format;
pub use id_pattern::IdPattern;
pub use load::{LoadError, Suite};
pub use locate::{Part, Place};
pub use nearest::nearest;
pub use parse::{ScenarioFile, parse_scenario};
pub use plan::{Action, Plan, PlannedStep, RunKind, StepError};
pub use policy::{Answer, Policy, PolicyFile, Seen, Subject};
pub use problem::Problem;
pub use profile::{Bounds, Decision, Profile, ProfileFeatures, ProfileFile, Source};
pub use register::{
    Actor, AttackClass, AttackFile, Exclusion, Feature, FeatureFile, Level, Register, Requirement, RequirementFile,
    Why, Withdrawn,
};
pub use repositories::{MAIN, Mapping, RepositoryName, of_repository};
pub use scaffold::{ScaffoldError, scaffold};
pub use scenario::{Capability, Scenario, ScenarioId, Variant};
pub use schema::{schema_of, schema_text, schemas};
pub use serving::{ENDLESS, FileName, Page, Serving};
pub use setup::{KeyForm, KeySetup, RoleSetup, Setup};
pub use step::{Download, Expectations, Expected, Step};
pub use task_at::TaskAt;
pub use time::{Lifetime, Offset, TimeError};
pub use tree::{ReadError, Tree, read_tree};

/// The name of a role: `root`, `timestamp`, `snapshot`, `targets`, or that of a delegated targets role.
pub type RoleName = String;

/// The name under which a scenario speaks of a key. The key itself is derived from it.
pub type KeyName = String;

/// The path of a target file, as metadata states it.
pub type TargetPath = String;
