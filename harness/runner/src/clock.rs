//! What time it is for a client.

use std::thread;
use std::time::Duration;

use adapter::Adapter;
use jiff::Timestamp;
use repository::Calendar;
use suite::Variant;

/// The date on which scenarios start, if the clock of the client can be set. Fixed, so that bytes repeat.
pub const START: Timestamp = Timestamp::constant(1_900_000_000, 0);

/// The seconds between two settings of the clock when a run is first tried with the real clock.
const FIRST_WINDOW: i64 = 4;

/// The seconds between two settings of the clock beyond which no run is tried.
const LAST_WINDOW: i64 = 128;

/// How a client tells the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// It is told.
    Told,
    /// It looks at the real clock.
    Real,
}

impl Clock {
    /// How the clients of an adapter tell the time.
    pub fn of(adapter: &dyn Adapter) -> Self {
        if adapter.info().clock { Self::Told } else { Self::Real }
    }

    /// The ways to play a run, one after the other until the client is in time.
    pub fn windows(self, variant: &Variant) -> Vec<i64> {
        if self == Self::Told || variant.plan.clocks().is_empty() {
            return vec![FIRST_WINDOW];
        }
        std::iter::successors(Some(FIRST_WINDOW), |window| Some(window * 2))
            .take_while(|window| *window <= LAST_WINDOW)
            .collect()
    }

    /// The calendar for a run that starts now.
    pub fn calendar(self, variant: &Variant, window: i64) -> Calendar {
        match self {
            Self::Told => Calendar::Free { start: START },
            Self::Real => Calendar::Real { start: Timestamp::now(), clocks: variant.plan.clocks(), window },
        }
    }

    /// Waits until the clock shows an instant, if it is the real one.
    pub fn wait_until(self, instant: Timestamp) {
        if self == Self::Real {
            let left = Duration::try_from(instant.duration_since(Timestamp::now())).unwrap_or_default();
            thread::sleep(left);
        }
    }

    /// Whether the clock already shows that what should be valid until a second before this instant is not.
    pub fn is_past(self, next_setting: Timestamp) -> bool {
        self == Self::Real && Timestamp::now() >= next_setting - Duration::from_secs(1)
    }
}
