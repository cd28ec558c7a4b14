//! What the tests of most clients need to say and to look up.

use std::sync::OnceLock;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use protocol::{Introduction, VERSION};

/// What stands for itself in the name of a file: the unreserved characters of RFC 3986.
const UNRESERVED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The features that are usual, by their ids.
static USUAL: OnceLock<Vec<String>> = OnceLock::new();

/// A client in Rust that has the usual features but for some, looks at the clock of the system, and is developed where
/// its bugs are told. What is otherwise goes into the fields of the result.
///
/// # Panics
/// If a feature that it lacks is not a usual one: that is a mistake in the test.
#[expect(clippy::panic, reason = "it is a part of a test, and a test that is wrong has to fail")]
pub fn introduction(name: &str, version: &str, homepage: &str, lacks: &[&str]) -> Introduction {
    let usual = USUAL.get_or_init(|| {
        let suite = suite::Suite::embedded().unwrap_or_else(|error| panic!("the suite is broken: {error}"));
        suite.register.default_features().into_iter().collect()
    });
    if let Some(unusual) = lacks.iter().find(|lacked| !usual.iter().any(|id| id == **lacked)) {
        panic!("`{unusual}` is not one of the usual features: {}", usual.join(", "));
    }
    let has = usual.iter().filter(|id| !lacks.contains(&id.as_str())).cloned().collect();
    let (features, key_types) = Introduction::sort_features(&has);
    Introduction {
        protocol: VERSION,
        name: name.to_owned(),
        version: version.to_owned(),
        language: "Rust".to_owned(),
        homepage: homepage.to_owned(),
        issue_tracker: format!("{homepage}/issues"),
        features,
        key_types,
        clock: false,
        dialect: "default".to_owned(),
    }
}

/// The name under which a metadata file, such as `root.json`, is looked for in `metadata_dir`: percent-encoded, so that
/// the name of no role leads out of there.
pub fn stored_as(file: &str) -> String {
    utf8_percent_encode(file, &UNRESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_has_what_is_usual_and_not_what_it_lacks() {
        let client = introduction("c", "1", "https://example.org/c", &["hash:sha512", "keytype:rsa"]);
        assert_eq!(client.issue_tracker, "https://example.org/c/issues");
        assert!(client.features.contains("delegations") && !client.features.contains("hash:sha512"));
        assert_eq!(client.key_types.len(), 2);
    }

    #[test]
    #[should_panic(expected = "`hash:sha521` is not one of the usual features")]
    fn a_feature_that_there_is_not_cannot_be_lacking() {
        let _ = introduction("c", "1", "https://example.org/c", &["hash:sha521"]);
    }

    #[test]
    fn a_name_stays_in_its_folder() {
        assert_eq!(stored_as("root.json"), "root.json");
        assert_eq!(stored_as("../a b.json"), "..%2Fa%20b.json");
    }
}
