//! The map file that a client of several repositories is given (TAP 4).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use repository::Several;
use serde_json::{Map, Value, json};
use suite::MAIN;

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The map file. The main repository is at the base URL, and each other one below it under its name.
pub fn map_file(several: &Several, base_url: &str) -> Map<String, Value> {
    let url = |name: &String| match name.as_str() {
        MAIN => base_url.to_owned(),
        name => format!("{base_url}/{}", utf8_percent_encode(name, RESERVED)),
    };
    let repositories: Map<_, _> = several.roots.keys().map(|name| (name.clone(), json!([url(name)]))).collect();
    let mut file = Map::new();
    file.insert("repositories".to_owned(), repositories.into());
    file.insert("mapping".to_owned(), several.mapping.clone());
    file
}
