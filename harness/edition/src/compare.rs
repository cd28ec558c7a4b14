//! What differs between two lists of passages.

use std::collections::{BTreeMap, HashMap, HashSet};

use similar::{Algorithm, DiffTag, capture_diff_slices, get_diff_ratio};
use suite::{Entry, PassageKind};

use crate::{Passage, Text};

/// How much of the sentences two passages have to share to be taken for the same one at another place.
const SHARED: (usize, usize) = (1, 2);

/// The least part of the words that two passages with similar words have in common.
const ALIKE: f32 = 0.6;

/// The most pairs of passages whose words are compared.
const LIKENESS_LIMIT: usize = 40_000;

/// The longest passage whose words are compared, in words.
const WORD_LIMIT: usize = 1_000;

/// A difference between two lists of passages, by the positions of the passages in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A passage that is only in the new list.
    Added {
        /// Its position in the new list.
        new: usize,
    },
    /// A passage that is only in the old list.
    Removed {
        /// Its position in the old list.
        old: usize,
    },
    /// A passage with other words.
    Changed {
        /// Its position in the old list.
        old: usize,
        /// Its position in the new list.
        new: usize,
    },
    /// A passage with the same words in another place, or under another number.
    Moved {
        /// Its position in the old list.
        old: usize,
        /// Its position in the new list.
        new: usize,
        /// Whether it stands before something that it stood behind, or the other way round.
        reordered: bool,
    },
}

/// Which passage of one list is which of the other.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    /// New positions by old ones.
    pub(crate) new_of: BTreeMap<usize, usize>,
    /// The new positions of passages whose words and order are as they were.
    in_order: HashSet<usize>,
    /// What differs, in the order of the new list; what was removed stands where it was.
    pub(crate) changes: Vec<Change>,
}

/// What differs between two lists of passages, in their order.
///
/// That a paragraph has become the third instead of the second one of its section is no difference, unless what stood before
/// it now stands behind it; that a step has another number is one, because the text refers to steps by their numbers.
///
/// If both texts are known, whose passages are these, passages with similar words are taken for the same ones too.
pub fn compare(old: &[Entry], new: &[Entry], texts: Option<(&Text, &Text)>) -> Vec<Change> {
    pair(old, new, texts).changes
}

/// Pairs the passages of two lists, and tells what differs.
pub(crate) fn pair(old: &[Entry], new: &[Entry], texts: Option<(&Text, &Text)>) -> Pairs {
    let mut pairs = Pairs::default();
    let (mut gone, mut come): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    let (old_prints, new_prints): (Vec<_>, Vec<_>) = (old.iter().map(print).collect(), new.iter().map(print).collect());
    for op in capture_diff_slices(Algorithm::Patience, &old_prints, &new_prints) {
        if op.tag() == DiffTag::Equal {
            pairs.new_of.extend(op.old_range().zip(op.new_range()));
            pairs.in_order.extend(op.new_range());
        } else {
            gone.extend(op.old_range());
            come.extend(op.new_range());
        }
    }
    // The same words elsewhere; the same place with other words; another place with much the same words.
    pairs.match_rest(&mut gone, &mut come, |old_place, new_place| {
        old_prints[old_place] == new_prints[new_place] && !old[old_place].sentences.is_empty()
    });
    pairs.match_rest(&mut gone, &mut come, |old_place, new_place| {
        old[old_place].at == new[new_place].at
            && old[old_place].kind == new[new_place].kind
            && (is_named(&old[old_place]) || shares(&old[old_place], &new[new_place], (0, 1)))
    });
    pairs.match_rest(&mut gone, &mut come, |old_place, new_place| shares(&old[old_place], &new[new_place], SHARED));
    if let Some((old_text, new_text)) = texts.filter(|_| gone.len() * come.len() <= LIKENESS_LIMIT) {
        pairs.match_rest(&mut gone, &mut come, |old_place, new_place| {
            old[old_place].kind == new[new_place].kind
                && is_alike(old_text.passages.get(old_place), new_text.passages.get(new_place))
        });
    }
    pairs.match_rest(&mut gone, &mut come, |old_place, new_place| old[old_place].at == new[new_place].at);
    pairs.tell(old, new, &gone);
    pairs
}

impl Pairs {
    /// Pairs what `is_same` says of what is left, the first with the first.
    fn match_rest(&mut self, gone: &mut Vec<usize>, come: &mut Vec<usize>, is_same: impl Fn(usize, usize) -> bool) {
        gone.retain(|old| {
            let Some(found) = come.iter().position(|new| is_same(*old, *new)) else { return true };
            self.new_of.insert(*old, come.remove(found));
            false
        });
    }

    fn tell(&mut self, old: &[Entry], new: &[Entry], gone: &[usize]) {
        let old_of: HashMap<usize, usize> = self.new_of.iter().map(|(old, new)| (*new, *old)).collect();
        let mut gone = gone.iter().copied().peekable();
        for (place, entry) in new.iter().enumerate() {
            let origin = old_of.get(&place).copied();
            while let (Some(removed), Some(origin)) = (gone.peek().copied(), origin) {
                if removed > origin {
                    break;
                }
                self.changes.push(Change::Removed { old: removed });
                gone.next();
            }
            match origin {
                None => self.changes.push(Change::Added { new: place }),
                Some(origin) if print(&old[origin]) != print(entry) => {
                    self.changes.push(Change::Changed { old: origin, new: place });
                }
                Some(origin) => {
                    let reordered = !self.in_order.contains(&place);
                    if reordered || way(&old[origin]) != way(entry) {
                        self.changes.push(Change::Moved { old: origin, new: place, reordered });
                    }
                }
            }
        }
        self.changes.extend(gone.map(|old| Change::Removed { old }));
    }
}

/// What two passages with the same words have in common.
fn print(entry: &Entry) -> (&[String], bool) {
    // The rest is markup.
    (&entry.sentences, is_weak(entry))
}

/// Whether a passage asks for nothing by where it stands. That a note becomes a paragraph changes its weight.
pub(crate) fn is_weak(entry: &Entry) -> bool {
    entry.kind == PassageKind::Note
}

/// Whether the address of a passage says more than its position among others.
fn is_named(entry: &Entry) -> bool {
    matches!(
        entry.kind,
        PassageKind::Step | PassageKind::Definition | PassageKind::Term | PassageKind::Heading | PassageKind::Metadata
    )
}

/// Whether two passages of a kind share more than a part of their sentences.
fn shares(old: &Entry, new: &Entry, (part, of): (usize, usize)) -> bool {
    let common = common(old, new);
    old.kind == new.kind && common > 0 && common * of >= old.sentences.len().min(new.sentences.len()) * part
}

/// Whether the words of two passages are much the same.
fn is_alike(old: Option<&Passage>, new: Option<&Passage>) -> bool {
    let (Some(old), Some(new)) = (old, new) else { return false };
    let (old, new) = (old.text(), new.text());
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    // Words in common are at most as many as the shorter one has.
    let (shorter, longer) = (old.len().min(new.len()), old.len().max(new.len()));
    if longer > WORD_LIMIT || shorter * 3 < longer {
        return false;
    }
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    get_diff_ratio(&ops, old.len(), new.len()) >= ALIKE
}

/// How many sentences two passages have in common.
fn common(old: &Entry, new: &Entry) -> usize {
    let old: HashSet<&String> = old.sentences.iter().collect();
    new.sentences.iter().filter(|sentence| old.contains(sentence)).count()
}

/// The way to a passage: its address, in which the positions of paragraphs, items and code are not counted. They say
/// nothing to a reader, but that something stands within an item does.
pub(crate) fn way(entry: &Entry) -> Vec<&str> {
    let part = |part: &'static str, text: &str| text.strip_prefix(part).is_some_and(is_count);
    let without_count = |text| ["p", "i", "code"].into_iter().find(|kind| part(kind, text)).unwrap_or(text);
    entry.at.split('/').map(without_count).collect()
}

/// Whether something is a number, perhaps with another one that makes it unique.
fn is_count(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit() || c == b'~')
}
