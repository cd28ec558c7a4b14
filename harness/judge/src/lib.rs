//! Turns observations into checks and a status. Pure: it reads data and talks to nobody.

mod result;

pub use result::{Check, CheckKind, Requirement, ScenarioResult, Status, Verdict};
