//! TAPs that a client follows only where it is told to.

use std::collections::BTreeSet;

/// A TAP that changes what the client does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Tap {
    /// TAP 12: key identifiers are names that whoever delegates chooses. Sections 4.2.1 and 4.3 say otherwise, so that a
    /// client cannot do as both want.
    OpaqueKeyids,
    /// TAP 8: a targets role says in rotate files which keys it has from now on.
    KeyRotation,
}

impl Tap {
    /// Every one of them.
    pub const ALL: &[Self] = &[Self::OpaqueKeyids, Self::KeyRotation];

    /// The id of its feature in the register.
    pub const fn feature(self) -> &'static str {
        match self {
            Self::OpaqueKeyids => "tap12",
            Self::KeyRotation => "tap8",
        }
    }

    /// Whether a client that follows it cannot do as the specification wants where no TAP is in use.
    pub const fn contradicts_specification(self) -> bool {
        matches!(self, Self::OpaqueKeyids)
    }
}

/// The TAPs that a client follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TapSet(u8);

impl TapSet {
    /// None of them.
    pub const fn empty() -> Self {
        Self(0)
    }

    /// Those that are among these features.
    pub fn of(features: &BTreeSet<String>) -> Self {
        Tap::ALL.iter().filter(|tap| features.contains(tap.feature())).fold(Self::empty(), |set, tap| set.with(*tap))
    }

    /// These and one more.
    #[must_use]
    pub const fn with(self, tap: Tap) -> Self {
        Self(self.0 | 1 << tap as u8)
    }

    /// Whether the client follows this one.
    pub const fn has(self, tap: Tap) -> bool {
        self.0 & (1 << tap as u8) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_the_taps_among_the_features_and_no_other() {
        assert_eq!(TapSet::of(&BTreeSet::from(["tap15".to_owned()])), TapSet::empty());
        for tap in Tap::ALL {
            let set = TapSet::of(&BTreeSet::from([tap.feature().to_owned()]));
            assert!(Tap::ALL.iter().all(|other| set.has(*other) == (other == tap)));
        }
    }

    #[test]
    fn every_tap_is_a_feature_of_the_register() {
        let register = suite::Suite::embedded().unwrap().register;
        assert!(Tap::ALL.iter().all(|tap| register.features.contains_key(tap.feature())));
    }
}
