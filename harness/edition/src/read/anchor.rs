//! Parts of addresses.

use std::collections::HashMap;

/// Makes addresses unique.
#[derive(Debug, Default)]
pub(super) struct Addresses(HashMap<String, usize>);

impl Addresses {
    /// The address itself, or with `~2`, `~3`, … behind it if it was given before.
    pub(super) fn unique(&mut self, address: String) -> String {
        let count = self.0.entry(address.clone()).or_default();
        *count += 1;
        if *count == 1 { address } else { format!("{address}~{count}") }
    }
}

/// A title or a term as part of an address: small letters and digits, with hyphens between its words.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        match c {
            c if c.is_alphanumeric() => slug.extend(c.to_lowercase()),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "untitled".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_has_letters_digits_and_hyphens() {
        assert_eq!(slug("\"path_hash_prefixes\""), "path-hash-prefixes");
        assert_eq!(slug("/mirrors.EXT (optional)"), "mirrors-ext-optional");
        assert_eq!(slug("!?"), "untitled");
    }

    #[test]
    fn an_address_that_comes_again_is_numbered() {
        let mut addresses = Addresses::default();
        let given: Vec<String> = ["a", "a", "b", "a"].map(|address| addresses.unique(address.to_owned())).into();
        assert_eq!(given, ["a", "a~2", "b", "a~3"]);
    }
}
