//! Reads editions of the specification's text, and finds what a change of it touches.
//!
//! [`Text::read`] cuts the Bikeshed source of the specification into passages: a paragraph, a step of the workflow, an
//! entry of a list of definitions. A passage has an address that lasts (`update-root/4` is step 4 of the section with
//! the anchor `update-root`) and fingerprints of its sentences. An *edition* is a list of these, linked to the
//! requirements of the register; it holds no sentence of the text. [`compare`] tells what differs between two of them,
//! and [`examine`] who is touched by that.

mod acknowledgement;
mod compare;
mod entry;
mod examine;
mod keyword;
mod passage;
mod read;
mod version;

pub use acknowledgement::{Acknowledged, Acknowledgement, Effect};
pub use compare::{Change, Changed, compare};
pub use entry::Entry;
pub use examine::{Examination, Finding, Gate, NewDemand, Place, examine};
pub use keyword::Keyword;
pub use passage::{Kind, Passage, Sentence};
pub use read::{ReadError, Text};
pub use version::{Bump, Version};
