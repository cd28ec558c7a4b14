//! From symbolic times to dates.

use jiff::{SignedDuration, Timestamp};
use suite::Offset;

use crate::ForgeError;

/// How far beyond the last clock setting a date has to lie, if the real clock is what the client goes by.
/// Anything nearer could pass while the client is still at work.
const REAL_CLOCK_MARGIN: i64 = 3_600;

/// Turns offsets from the start of a scenario into dates.
#[derive(Debug, Clone)]
pub enum Calendar {
    /// The clock of the client can be set: offsets are added to a start date.
    Free {
        /// The date of the start.
        start: Timestamp,
    },
    /// The client goes by the real clock: the k-th setting of the clock is `k * window` seconds after the start,
    /// what expires between two settings does so a second before the later one, and what stays valid stays so
    /// for at least an hour.
    Real {
        /// The date of the start: now, when the scenario begins.
        start: Timestamp,
        /// The settings of the clock, rising.
        clocks: Vec<Offset>,
        /// Seconds between two settings.
        window: i64,
    },
}

impl Calendar {
    /// The date that metadata states for an offset.
    ///
    /// # Errors
    /// If the offset is so near to a setting of the clock that only a client whose clock can be set could tell,
    /// or outside the calendar.
    pub fn date(&self, offset: Offset) -> Result<Timestamp, ForgeError> {
        match self {
            Self::Free { start } => shift(*start, offset.seconds()),
            // The real clock has gone on by the time that the client looks at it.
            Self::Real { clocks, .. } if offset == Offset::START || clocks.contains(&offset) => {
                Err(ForgeError::NeedsClock { offset })
            }
            Self::Real { start, .. } if offset < Offset::START => shift(*start, offset.seconds()),
            Self::Real { start, clocks, window } => {
                if let Some(later) = clocks.iter().position(|clock| offset < *clock) {
                    return shift(*start, phase(later + 1) * window - 1);
                }
                let last = clocks.last().copied().unwrap_or_default();
                let beyond = offset.seconds() - last.seconds();
                if beyond < REAL_CLOCK_MARGIN {
                    return Err(ForgeError::NeedsClock { offset });
                }
                shift(*start, phase(clocks.len()) * window + beyond)
            }
        }
    }

    /// The instant of the `number`-th setting of the clock (0: the start), which was set to `offset`.
    ///
    /// # Errors
    /// If the instant is outside the calendar.
    pub fn instant(&self, number: usize, offset: Offset) -> Result<Timestamp, ForgeError> {
        match self {
            Self::Free { start } => shift(*start, offset.seconds()),
            Self::Real { start, window, .. } => shift(*start, phase(number) * window),
        }
    }
}

fn phase(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn shift(start: Timestamp, seconds: i64) -> Result<Timestamp, ForgeError> {
    start.checked_add(SignedDuration::from_secs(seconds)).map_err(|_| ForgeError::DateOutOfRange { seconds })
}

/// A date in the form of section 4.2.3.
pub fn format(date: Timestamp) -> String {
    date.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400;

    fn real(clocks: &[i64]) -> Calendar {
        Calendar::Real {
            start: Timestamp::UNIX_EPOCH,
            clocks: clocks.iter().map(|seconds| Offset::from_seconds(*seconds)).collect(),
            window: 4,
        }
    }

    fn second(calendar: &Calendar, offset: i64) -> i64 {
        calendar.date(Offset::from_seconds(offset)).unwrap().as_second()
    }

    #[test]
    fn with_the_real_clock_a_date_expires_just_before_the_setting_that_it_precedes() {
        let calendar = real(&[31 * DAY, 60 * DAY]);
        assert_eq!(second(&calendar, 30 * DAY), 3);
        assert_eq!(second(&calendar, 32 * DAY), 7);
        assert_eq!(second(&calendar, 61 * DAY), 8 + DAY);
        assert_eq!(second(&calendar, -DAY), -DAY);
    }

    #[test]
    fn with_the_real_clock_a_second_more_than_now_cannot_be_played() {
        assert!(matches!(real(&[]).date(Offset::from_seconds(1)), Err(ForgeError::NeedsClock { .. })));
    }

    #[test]
    fn with_the_real_clock_this_very_second_cannot_be_played() {
        for offset in [0, 31 * DAY] {
            let date = real(&[31 * DAY]).date(Offset::from_seconds(offset));
            assert!(matches!(date, Err(ForgeError::NeedsClock { .. })), "{offset}");
        }
    }

    #[test]
    fn a_free_calendar_adds() {
        let calendar = Calendar::Free { start: Timestamp::UNIX_EPOCH };
        assert_eq!(format(calendar.date(Offset::from_seconds(DAY + 1)).unwrap()), "1970-01-02T00:00:01Z");
    }
}
