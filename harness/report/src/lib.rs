//! Shows the results of a run: to a person, as JSON, as `JUnit` XML.
//!
//! [`Report`] is everything that there is to say about a run. Each format has a module of its own, and all of them
//! read a result in the same way: see [`Standing`]. [`matrix`] has the report of many clients, in the same formats.

mod baseline;
pub mod book;
mod cause;
pub mod checklist;
mod command;
mod document;
pub mod escape;
#[cfg(test)]
mod example;
pub mod gate;
pub mod impact;
pub mod json;
pub mod junit;
pub mod matrix;
mod obstacles;
mod progress;
mod standing;
mod summary;
pub mod survey;
pub mod terminal;
mod words;

pub use baseline::{BaselineSummary, Deviation};
pub use document::{Client, EDITION, FormatName, FormatVersion, Report, Resources, Setting, Tool};
pub use gate::Gate;
pub use matrix::MatrixReport;
pub use progress::Progress;
pub use standing::Standing;
pub use summary::{ExitVerdict, Summary};
pub use terminal::Style;
