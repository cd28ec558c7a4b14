//! The report of many clients that played the same scenarios, one after the other: clients × attack classes.
//!
//! [`MatrixReport`] holds the reports of the single clients whole, so that nothing is known about them that a run of
//! one client would not say as well. The formats are the same, each in a module of its own.
//!
//! # Exit status
//!
//! | status | meaning |
//! |---|---|
//! | 0 | at least one client was played, and each that was played conforms |
//! | 1 | something is known about each client, and one of them does not conform |
//! | 2 | nothing is known about a client that should have been played: it could not be started, or the suite is broken; or no client was played at all |
//!
//! 2 comes before 1. Whoever reads the status of a job has to mend the set-up first, and a comparison in which a
//! client is missing without its own fault is no result. A client that is not installed was not asked for, so that it
//! changes nothing; but it is shown everywhere, so that one whose installation failed does not go missing unseen. A
//! CI job that depends on certain clients installs them in a step that fails by itself.

mod document;
pub mod json;
pub mod junit;
mod summary;
pub mod terminal;

pub use document::{MatrixFormatName, MatrixFormatVersion, MatrixReport, MatrixSetting, NotPlayed, NotPlayedReason};
pub use summary::{MatrixSummary, MatrixVerdict};
