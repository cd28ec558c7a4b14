//! A client of The Update Framework that follows section 5 of the specification step by step: the second opinion on
//! every scenario. Each check names its requirement, and each can be told to have a [`Fault`], so that a scenario can
//! show that it notices.
//!
//! It shares no code with the crate that signs repositories: other cryptography, a canonical form of its own, and a
//! reader that refuses what could be read in two ways.
//!
//! # Map
//!
//! | section | what | where |
//! |---|---|---|
//! | 4.1 | strict JSON, canonical JSON | `json`, `fields`, `canonical` |
//! | 4.2.1 | files and their signatures, thresholds | `document`, `quorum`, `verified` |
//! | 4.2.2 | keys and their identifiers | `key`, `public_key` |
//! | 4.3 to 4.6 | the content of metadata | `metadata` |
//! | 5.1 to 5.6 | the checks, as a chain of states | `workflow`, with what differs between roles in `rules` |
//! | 5.1 to 5.6 | bringing and keeping files | `updater` |
//! | 5.6.7 | the search for a target | `search`, `selector`, `glob`, and for several roles at once `agreement` |
//! | | another targets role to start from | `mapping` |
//! | 5.7 | fetching a target | `download` |
//! | | taking what a server sends | `reception` |
//! | | where files come from and go to | [`Transport`], [`HttpTransport`], [`Store`], [`DirStore`], [`SharedStore`] |
//! | TAP 4 | several repositories, and the map that says which are asked | `repositories`, `map_file` |
//! | | bugs to order | [`Fault`], [`FaultSet`] |
//! | TAPs 8, 12 | what is different where they are in use | [`Tap`] |
//! | TAP 8 | rotate files | `rotation` |
//! | | the command-line protocol, the session protocol | [`process`], [`session`] |

mod agreement;
mod canonical;
mod document;
mod download;
mod fault;
mod fields;
mod glob;
mod http;
mod json;
mod key;
mod limits;
mod map_file;
mod mapping;
mod metadata;
pub mod process;
mod public_key;
mod quorum;
mod reception;
mod refusal;
mod remembered;
mod repositories;
mod rotation;
mod rules;
mod search;
mod selector;
pub mod session;
mod store;
#[cfg(test)]
mod stories;
mod tap;
#[cfg(test)]
mod test_repository;
mod transport;
mod updater;
mod verified;
mod waiting;
mod workflow;

pub use fault::{Fault, FaultSet};
pub use http::HttpTransport;
pub use limits::Limits;
pub use refusal::Refusal;
pub use repositories::{Member, Repositories};
pub use store::{DirStore, MemoryStore, SharedStore, Store, StoreError};
pub use tap::{Tap, TapSet};
pub use transport::{FetchError, Place, Redirect, Response, Transport};
pub use updater::Updater;
