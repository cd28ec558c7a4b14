//! Reads editions of the specification's text, and finds what a change of it touches.
//!
//! [`Text::read`] cuts the Bikeshed source of the specification into passages: a paragraph, a step of the workflow, an
//! entry of a list of definitions. A passage has an address that lasts (`update-root/4` is step 4 of the section with
//! the anchor `update-root`) and fingerprints of its sentences. An [`Edition`](suite::Edition) is a list of these,
//! linked to the requirements of the register; it holds no sentence of the text. [`compare()`] tells what differs between
//! two of them, [`link()`] carries the links from one to another, and [`examine()`] tells who is touched by a change.

mod acknowledgement;
mod bump;
mod compare;
mod context;
mod examine;
mod link;
mod pairing;
mod passage;
mod read;
mod write;

pub use acknowledgement::{Acknowledged, Acknowledgement, Effect};
pub use compare::{Change, compare};
pub use examine::{Examination, Finding, Kind, NewDemand, Touched, examine};
pub use link::{adopt, link};
pub use passage::{Passage, Sentence};
pub use read::{ReadError, Text};
pub use suite::Bump;
pub use write::{acknowledged_file, edition_file};
