//! The form of names, and the check of lists of names that refer to the register.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use crate::locate::Place;
use crate::nearest::suggest;

/// Whether a name consists of lower-case words and numbers joined by `-`.
pub(crate) fn is_kebab_case(name: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    name.split('-').all(is_word)
}

/// What is wrong with a list of ids: those that are unknown, and those that stand in it twice.
pub(super) fn references<T>(
    key: &str,
    ids: &[String],
    known: &BTreeMap<String, T>,
    kind: &str,
    file: &str,
) -> Vec<Finding> {
    let (mut seen, mut findings) = (BTreeSet::new(), Vec::new());
    for (index, id) in ids.iter().enumerate() {
        let place = Place::top(key).index(index);
        if !known.contains_key(id) {
            findings.push(unknown(place, id, known, kind, file));
        } else if !seen.insert(id) {
            findings.push(Finding::value(place, format!("`{id}` stands here twice"), "remove one of the two"));
        }
    }
    findings
}

/// An id that is not in the register.
pub(super) fn unknown<T>(place: Place, id: &str, known: &BTreeMap<String, T>, kind: &str, file: &str) -> Finding {
    let help = suggest(id, known.keys().map(String::as_str), &format!("the known ones are in `{file}`"));
    Finding::value(place, format!("there is no {kind} `{id}`"), help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lower_case_words_joined_by_single_hyphens_are_kebab_case() {
        assert!(["replay", "timestamp-replay", "v2-9"].into_iter().all(is_kebab_case));
        assert!(!["", "Replay", "a--b", "-a", "a_b", "a.b", "é"].into_iter().any(is_kebab_case));
    }
}
