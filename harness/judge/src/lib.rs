//! Turns observations into checks and a status. Pure: it reads data and talks to nobody.
//!
//! [`judge`] compares what was seen in the attack run with what the scenario expects, and the control run with
//! "everything is accepted". A rejection counts only if the client accepted the control, and nothing that crashed,
//! hung or broke the protocol counts as a rejection.

mod answer;
mod checks;
mod profile;
mod result;
mod status;

pub use answer::{Answered, Results, answer, by_id};
pub use checks::checks;
pub use profile::{CORE, Conformance, Obstacles, ProfileVerdict, verdict};
pub use result::{Check, CheckKind, Requirement, ScenarioResult, Status, Verdict};
pub use status::{Case, judge, suite_error, unclaimed, unsupported};
