//! A set of faults: cheap to copy, because every check asks it.

use super::Fault;
use crate::tap::{Tap, TapSet};

/// The faults that a client has, usually none or one, and the TAPs that it follows where that makes a difference: all
/// that decides how a check is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FaultSet {
    faults: [u64; WORDS],
    taps: TapSet,
}

/// Each fault is one bit.
const WORDS: usize = Fault::ALL.len().div_ceil(u64::BITS as usize);

impl FaultSet {
    /// No fault: the client follows the specification.
    pub const fn empty() -> Self {
        Self { faults: [0; WORDS], taps: TapSet::empty() }
    }

    /// One fault.
    pub const fn of(fault: Fault) -> Self {
        Self::empty().with(fault)
    }

    /// These faults and one more.
    #[must_use]
    pub const fn with(mut self, fault: Fault) -> Self {
        self.faults[fault as usize / 64] |= 1 << (fault as usize % 64);
        self
    }

    /// The same faults, in a client that follows these TAPs.
    #[must_use]
    pub const fn following(self, taps: TapSet) -> Self {
        Self { taps, ..self }
    }

    /// Whether the client follows this TAP.
    pub const fn follows(self, tap: Tap) -> bool {
        self.taps.has(tap)
    }

    /// Whether the client has this fault.
    pub const fn has(self, fault: Fault) -> bool {
        self.faults[fault as usize / 64] & (1 << (fault as usize % 64)) != 0
    }
}

impl FromIterator<Fault> for FaultSet {
    fn from_iter<I: IntoIterator<Item = Fault>>(faults: I) -> Self {
        faults.into_iter().fold(Self::empty(), Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_the_faults_it_was_made_of_and_no_other() {
        let (first, last) = (Fault::ALL[0], Fault::ALL[Fault::ALL.len() - 1]);
        let set: FaultSet = [first, last].into_iter().collect();
        for fault in Fault::ALL {
            assert_eq!(set.has(*fault), *fault == first || *fault == last);
            assert!(!FaultSet::empty().has(*fault));
        }
    }
}
