//! The subcommands, one file each.

pub mod book;
pub mod client;
pub mod dump;
pub mod explain;
pub mod export;
pub mod faults;
pub mod format;
pub mod library_host;
pub mod lint;
pub mod list;
pub mod new;
pub mod profile;
pub mod run;
pub mod schema;
pub mod serve;
pub mod spec;
pub mod survey;
