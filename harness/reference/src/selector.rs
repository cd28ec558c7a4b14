//! Which targets a delegated role is trusted for (section 4.5, TAP 15).

use ring::digest::{SHA256, digest};

use crate::fault::{Fault, FaultSet};
use crate::glob;

/// How a delegation chooses target paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Selector {
    /// By patterns.
    Paths(Vec<String>),
    /// By prefixes of the hexadecimal SHA-256 of the path.
    HashPrefixes(Vec<String>),
    /// The delegation states neither. What that means is not defined: here it is trusted for nothing.
    Nothing,
}

impl Selector {
    pub(crate) fn selects(&self, path: &str, faults: FaultSet) -> bool {
        match self {
            Self::Paths(patterns) => {
                if patterns.is_empty() && faults.has(Fault::EmptySelectorMatchesAll) {
                    return true;
                }
                let considered = if faults.has(Fault::OnlyFirstPattern) { 1 } else { patterns.len() };
                patterns.iter().take(considered).any(|pattern| glob::matches(pattern, path, faults))
            }
            Self::HashPrefixes(prefixes) => {
                if prefixes.is_empty() && faults.has(Fault::EmptySelectorMatchesAll) {
                    return true;
                }
                let hashed = match path.rsplit_once('/') {
                    Some((_, name)) if faults.has(Fault::HashOfFileName) => name,
                    _ => path,
                };
                let hash = hex::encode(digest(&SHA256, hashed.as_bytes()));
                let considered = if faults.has(Fault::OnlyFirstPrefix) { 1 } else { prefixes.len() };
                prefixes.iter().take(considered).any(|prefix| match prefix.char_indices().last() {
                    Some((last, _)) if faults.has(Fault::ShortPrefix) => hash.starts_with(&prefix[..last]),
                    _ if faults.has(Fault::PrefixAnywhere) => hash.contains(prefix.as_str()),
                    _ if faults.has(Fault::FirstDigitOfPrefix) => {
                        prefix.chars().next().is_none_or(|digit| hash.starts_with(digit))
                    }
                    _ if faults.has(Fault::PrefixIgnoresCase) => hash.starts_with(&prefix.to_lowercase()),
                    _ => hash.starts_with(prefix),
                })
            }
            Self::Nothing => faults.has(Fault::NoSelectorMatchesAll),
        }
    }

    /// How long the longest pattern is.
    pub(crate) fn longest(&self) -> usize {
        match self {
            Self::Paths(patterns) => patterns.iter().map(String::len).max().unwrap_or_default(),
            Self::HashPrefixes(_) | Self::Nothing => 0,
        }
    }
}

/// Succinct hash bins: two to the power of `bits` roles, whose names begin with `prefix`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bins {
    pub(crate) prefix: String,
    /// From 1 to 32.
    pub(crate) bits: u32,
}

impl Bins {
    /// The name of the bin of a target: the number is made of the first bits of the hashed path, in hexadecimal,
    /// as long as the number of the last bin.
    pub(crate) fn name(&self, path: &str, faults: FaultSet) -> String {
        let hash = digest(&SHA256, path.as_bytes());
        let bytes = if faults.has(Fault::BinByLastBits) { &hash.as_ref()[28..] } else { &hash.as_ref()[..4] };
        let word = bytes.iter().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
        let number = if faults.has(Fault::BinByLastBits) {
            word & ((1 << self.bits) - 1)
        } else {
            word >> (32 - self.bits.min(32))
        };
        self.named(number, if faults.has(Fault::BinWithoutPadding) { 1 } else { self.width() })
    }

    /// The names of the bins, or of the first of them if there are very many.
    pub(crate) fn all(&self) -> Vec<String> {
        (0..1 << self.bits.min(8)).map(|number| self.named(number, self.width())).collect()
    }

    /// How many digits the number of the last bin has.
    fn width(&self) -> usize {
        self.bits.div_ceil(4).max(1) as usize
    }

    fn named(&self, number: u64, width: usize) -> String {
        format!("{}-{number:0width$x}", self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "dir/file.txt";

    fn hash() -> String {
        hex::encode(digest(&SHA256, PATH.as_bytes()))
    }

    #[test]
    fn a_hash_prefix_of_any_length_selects_the_path() {
        for length in [0, 1, 5, 64] {
            let prefixes = vec!["zz".to_owned(), hash()[..length].to_owned()];
            assert!(Selector::HashPrefixes(prefixes).selects(PATH, FaultSet::empty()));
        }
        assert!(!Selector::HashPrefixes(vec![hash()[1..].to_owned()]).selects(PATH, FaultSet::empty()));
        assert!(!Selector::HashPrefixes(Vec::new()).selects(PATH, FaultSet::empty()));
    }

    #[test]
    fn a_delegation_without_selector_is_trusted_for_nothing() {
        assert!(!Selector::Nothing.selects(PATH, FaultSet::empty()));
    }

    #[test]
    fn a_bin_is_named_by_the_first_bits_of_the_hash() {
        let number = u32::from_str_radix(&hash()[..8], 16).unwrap();
        for (bits, width) in [(1, 1), (4, 1), (5, 2), (11, 3), (32, 8)] {
            let name = Bins { prefix: "bin".to_owned(), bits }.name(PATH, FaultSet::empty());
            assert_eq!(name, format!("bin-{:0width$x}", u64::from(number) >> (32 - bits)));
        }
    }
}
