//! File names for names that come from a repository.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ring::digest::{SHA256, digest};

/// Everything but the unreserved characters of RFC 3986. No separator is left, of any system.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The longest name that every common file system takes, with room for an ending.
const LONGEST: usize = 200;

/// The file name for a name of any form: one segment, different for different names, never hidden and never a way
/// out of the folder. A name that is too long is cut and told apart by its digest.
pub(crate) fn file_name(name: &str) -> String {
    let mut encoded = utf8_percent_encode(name, RESERVED).to_string();
    if encoded.starts_with('.') {
        encoded.replace_range(..1, "%2E");
    }
    if encoded.len() > LONGEST {
        let digest = hex::encode(digest(&SHA256, name.as_bytes()));
        encoded.truncate(LONGEST - digest.len());
        // A name that is not cut never contains a plus sign.
        encoded = format!("{encoded}+{digest}");
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_name_stays_as_it_is() {
        assert_eq!(file_name("bins-7f_a.txt~"), "bins-7f_a.txt~");
    }

    #[test]
    fn no_name_leaves_the_folder() {
        assert_eq!(file_name("../../x"), "%2E.%2F..%2Fx");
        assert_eq!(file_name(".."), "%2E.");
        assert_eq!(file_name("/etc\\C:\0"), "%2Fetc%5CC%3A%00");
    }

    #[test]
    fn long_names_stay_different() {
        let (one, two) = (file_name(&"é".repeat(500)), file_name(&"é".repeat(501)));
        assert_ne!(one, two);
        assert!(one.len() <= LONGEST + 1 && one.is_ascii());
    }
}
