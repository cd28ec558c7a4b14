//! Which asterisks and underscores are marks of emphasis, and which are words.

/// A run of the same mark that waits for a partner.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// The place of its first character, and how many have no partner.
    place: usize,
    left: usize,
}

/// Finds the marks of emphasis that have a partner. A mark without one is a word like any other, as in `"_type"`.
#[derive(Debug, Default)]
pub(super) struct Emphasis {
    /// The runs of asterisks and those of underscores that are open.
    open: [Vec<Run>; 2],
    /// The places of marks that have a partner.
    found: Vec<usize>,
}

impl Emphasis {
    /// Takes a run of marks that stands between two characters, at a place of the words.
    pub(super) fn take(&mut self, mark: char, place: usize, length: usize, around: (Option<char>, Option<char>)) {
        let (can_open, can_close) = sides(mark, around);
        let (mut place, mut left) = (place, length);
        let [asterisks, underscores] = &mut self.open;
        let (same, other) = if mark == '_' { (underscores, asterisks) } else { (asterisks, underscores) };
        while let Some(open) = same.last_mut().filter(|_| can_close && left > 0) {
            let count = open.left.min(left);
            open.left -= count;
            self.found.extend(open.place + open.left..open.place + open.left + count);
            self.found.extend(place..place + count);
            (place, left) = (place + count, left - count);
            // What opened within and was not closed stays as it is.
            while other.last().is_some_and(|inner| inner.place > open.place) {
                other.pop();
            }
            if open.left == 0 {
                same.pop();
            }
        }
        if can_open && left > 0 {
            same.push(Run { place, left });
        }
    }

    /// The places of the marks, in order.
    pub(super) fn marks(mut self) -> Vec<usize> {
        self.found.sort_unstable();
        self.found
    }
}

/// Whether a run of marks can open and whether it can close, by the characters around it.
fn sides(mark: char, (before, after): (Option<char>, Option<char>)) -> (bool, bool) {
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let is_sign = |c: Option<char>| !is_space(c) && !is_word(c);
    let opens = !is_space(after) && (is_word(after) || is_space(before) || is_sign(before));
    let closes = !is_space(before) && (is_word(before) || is_space(after) || is_sign(after));
    if mark == '_' {
        // Not within a word, such as `root_x`.
        (opens && !is_word(before), closes && !is_word(after))
    } else {
        (opens, closes)
    }
}
