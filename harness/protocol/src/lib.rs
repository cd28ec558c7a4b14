//! The session protocol: what the harness and a client under test say to each other, in `PROTOCOL.md` told to the author
//! of an adapter.
//!
//! - [`Call`] is what the harness asks, [`Introduction`] and [`Answer`] are what a client answers, [`Request`] and
//!   [`Response`] are the JSON-RPC 2.0 messages around them, one in a line.
//! - [`TufClient`] is a client under test in Rust. [`serve()`] has it speak the protocol.
//!
//! Both sides read strictly: what is not of the form is a fault of the side that wrote it.

mod answer;
mod call;
mod client;
mod introduction;
mod reason;
mod request;
mod response;
mod schemas;
mod serve;

pub use answer::Answer;
pub use call::{Call, CallError, Harness, Initialize, Method, Place};
pub use client::TufClient;
pub use introduction::{Introduction, KeyType};
pub use reason::Reason;
pub use request::{Request, RequestError};
pub use response::{INTERNAL_ERROR, INVALID_PARAMS, INVALID_REQUEST, METHOD_NOT_FOUND, PARSE_ERROR};
pub use response::{Reply, Response, RpcError};
pub use schemas::schemas;
pub use serve::{LineHandler, serve};

/// The version of the protocol.
pub const VERSION: u32 = 1;

/// The most bytes in a line, without the line break.
pub const LINE_LIMIT: usize = 1 << 20;

/// What every message says about its form.
const JSON_RPC: &str = "2.0";
