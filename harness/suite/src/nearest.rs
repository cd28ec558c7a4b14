//! Which known name was probably meant.

/// The longest name that is compared: longer ones are not slips of the pen.
const LONGEST: usize = 80;

/// The candidate that a misspelt word is closest to, if one is close enough to be offered.
///
/// ```
/// assert_eq!(suite::nearest("replya", ["publish", "replay"]), Some("replay"));
/// assert_eq!(suite::nearest("kitten", ["publish", "replay"]), None);
/// ```
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let limit = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, _)| (1..=limit).contains(distance))
        .min()
        .map(|(_, candidate)| candidate)
}

/// What to do about an unknown name: the nearest known one, or where to look.
pub(crate) fn suggest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>, otherwise: &str) -> String {
    nearest(word, candidates).map_or_else(|| otherwise.to_owned(), |name| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_of_several_names_is_offered() {
        let ids = ["timestamp.expiry", "timestamp.rollback.lower-version", "snapshot.expiry"];
        assert_eq!(nearest("timestamp.expire", ids), Some("timestamp.expiry"));
        assert_eq!(nearest("timestamp.rollback.version", ids), Some("timestamp.rollback.lower-version"));
    }

    #[test]
    fn a_name_that_resembles_nothing_or_is_endless_gets_no_offer() {
        assert_eq!(nearest("x", ["timestamp"]), None);
        assert_eq!(nearest(&"timestamp".repeat(100_000), ["timestamp"]), None);
    }
}
