//! How a server answers, if it does not just send the file.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A file as requests name it: a metadata file as `2.snapshot.json`, named as with consistent snapshots, or a target
/// file as `targets/` and its path.
pub type FileName = String;

/// The most bytes that an endless answer has.
pub const ENDLESS: u64 = 96 << 20;

/// The answer to a request for a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Serving {
    /// The file, if there is one. Written as the plain string `"ordinary"`.
    Ordinary,
    /// This HTTP status, and nothing else.
    Status(u16),
    /// An error page.
    Page(Page),
    /// A redirect to another file of the repository.
    Redirect(FileName),
    /// A redirect to a file of the repository under another host name.
    RedirectAway(FileName),
    /// The file, and then white space for ever. It ends after 96 MiB. Written as the plain string `"endless"`.
    Endless,
    /// The file, this many bytes per second.
    Slow(u32),
    /// The file, after this many milliseconds.
    Pause(u32),
    /// The first bytes of the file, this many of them. Then the connection is closed. With 0 there is no answer at all.
    Cut(u64),
    /// The file, with this many bytes for its length: what is beyond is not sent, and what is missing never comes.
    Length(u64),
    /// The file, compressed. Written as the plain string `"gzip"`.
    Gzip,
    /// The file and then this many bytes of white space, compressed to a thousandth of that.
    GzipBomb(u64),
}

/// What a server sends in place of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Page {
    /// The HTTP status.
    pub status: u16,
    /// The content.
    #[serde(default)]
    pub content: String,
    /// Whether it goes on with white space for ever.
    #[serde(default)]
    pub endless: bool,
}

impl fmt::Display for Serving {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ordinary => f.write_str("the file"),
            Self::Status(status) => write!(f, "status {status}"),
            Self::Page(Page { status, endless, .. }) => {
                write!(f, "status {status} with {} page", if *endless { "an endless" } else { "a" })
            }
            Self::Redirect(file) => write!(f, "a redirect to {file}"),
            Self::RedirectAway(file) => write!(f, "a redirect to {file} on another host"),
            Self::Endless => f.write_str("the file and then data for ever"),
            Self::Slow(rate) => write!(f, "the file, {rate} bytes per second"),
            Self::Pause(milliseconds) => write!(f, "the file after {milliseconds} ms"),
            Self::Cut(0) => f.write_str("no answer: the connection is closed"),
            Self::Cut(bytes) => write!(f, "{bytes} bytes of the file, then the connection is closed"),
            Self::Length(bytes) => write!(f, "the file with a stated length of {bytes}"),
            Self::Gzip => f.write_str("the file, compressed"),
            Self::GzipBomb(bytes) => write!(f, "the file and {bytes} bytes of white space, compressed"),
        }
    }
}
