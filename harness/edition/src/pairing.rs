//! Which sentence of a passage is which of the passage that came instead of it.

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// Two sentences, by their positions from 1. One of them may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) old: Option<usize>,
    pub(crate) new: Option<usize>,
    pub(crate) is_same: bool,
}

/// Pairs sentences by their fingerprints. Between two that stayed, the first that went is taken for the first that came,
/// and so on; what is left went or came alone.
pub(crate) fn pair_sentences(old: &[String], new: &[String]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, old, new) {
        let is_same = op.tag() == DiffTag::Equal;
        let (mut gone, mut come) = (op.old_range(), op.new_range());
        loop {
            let pair =
                Pair { old: gone.next().map(|place| place + 1), new: come.next().map(|place| place + 1), is_same };
            if pair.old.is_none() && pair.new.is_none() {
                break;
            }
            pairs.push(pair);
        }
    }
    pairs
}
