//! Date-times (section 4.2.3). Only the expected form, in UTC and whole seconds, is understood: anything else is
//! refused rather than guessed.

use jiff::{SignedDuration, Timestamp};

use crate::fault::{Fault, FaultSet};
use crate::fields::{Malformed, text};
use crate::json::Value;

pub(crate) fn read(value: &Value, faults: FaultSet) -> Result<Timestamp, Malformed> {
    let text = text(value)?;
    let expected = b"dddd-dd-ddTdd:dd:ddZ";
    let of_form = text.len() == expected.len()
        && text.bytes().zip(expected).all(|(byte, form)| match form {
            b'd' => byte.is_ascii_digit(),
            _ => byte == *form,
        });
    let timestamp = if of_form || faults.has(Fault::LenientExpiry) { text.parse().ok() } else { None };
    let timestamp = timestamp.or_else(|| made_up(text, faults));
    let timestamp = timestamp.map(|timestamp: Timestamp| misread(timestamp, faults));
    timestamp.ok_or_else(|| Malformed::new("datetime.parse.basic", "has to be of the form YYYY-MM-DDTHH:MM:SSZ"))
}

/// What a client with a fault makes of what is no date.
fn made_up(text: &str, faults: FaultSet) -> Option<Timestamp> {
    const DAY: usize = 8;
    if faults.has(Fault::UnreadableExpiryMeansForever) {
        return Some(Timestamp::MAX);
    }
    if !faults.has(Fault::DaysRollOver) {
        return None;
    }
    let day: i64 = text.get(DAY..DAY + 2)?.parse().ok().filter(|day| (29..=31).contains(day))?;
    let before: Timestamp = format!("{}28{}", text.get(..DAY)?, text.get(DAY + 2..)?).parse().ok()?;
    before.checked_add(SignedDuration::from_hours(24 * (day - 28))).ok()
}

/// What a client with a fault makes of a date.
fn misread(date: Timestamp, faults: FaultSet) -> Timestamp {
    if faults.has(Fault::ExpiryInOneWord) && i32::try_from(date.as_second()).is_err() {
        return Timestamp::MIN;
    }
    let lost = if faults.has(Fault::ExpiryByMinute) {
        date.as_second().rem_euclid(60)
    } else if faults.has(Fault::ExpiryInLocalTime) {
        14 * 3600
    } else {
        0
    };
    date.checked_sub(SignedDuration::from_secs(lost)).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_in_the_specification_is_read() {
        let expires = read(&Value::Text("1985-10-21T01:21:00Z".to_owned()), FaultSet::empty()).unwrap();
        assert_eq!(expires.as_second(), 498_705_660);
    }

    #[test]
    fn any_other_form_is_refused() {
        for text in ["2030-01-01T00:00:00.5Z", "2030-01-01T00:00:00+00:00", "2030-01-01", "2030-13-01T00:00:00Z", ""] {
            assert!(read(&Value::Text(text.to_owned()), FaultSet::empty()).is_err(), "{text}");
        }
    }
}
