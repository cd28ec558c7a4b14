//! Symbolic times: a scenario never names a date.

use std::fmt;

use jiff::{SpanRelativeTo, Timestamp, Unit};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why a symbolic time could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not {expected}")]
pub struct TimeError {
    text: String,
    expected: &'static str,
}

/// An instant relative to the start of the scenario, in seconds. Written `"+31d"`, `"-1s"`, `"+2h 30m"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = r"^[+-][0-9]"))]
pub struct Offset(i64);

impl Offset {
    /// The start of the scenario.
    pub const START: Self = Self(0);

    /// The instant that lies `seconds` after the start.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds after the start; negative before it.
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// The instant that lies one lifetime later.
    #[must_use]
    pub const fn plus(self, lifetime: Lifetime) -> Self {
        Self(self.0 + lifetime.0)
    }
}

impl TryFrom<String> for Offset {
    type Error = TimeError;

    fn try_from(text: String) -> Result<Self, TimeError> {
        let error = || TimeError {
            text: text.clone(),
            expected: "a time relative to the start of the scenario, such as \"+31d\" or \"-1h\"",
        };
        let (sign, rest) = match text.split_at_checked(1) {
            Some(("+", rest)) => (1, rest),
            Some(("-", rest)) => (-1, rest),
            _ => return Err(error()),
        };
        Ok(Self(sign * seconds(rest).ok_or_else(error)?))
    }
}

impl From<Offset> for String {
    fn from(offset: Offset) -> Self {
        offset.to_string()
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { '-' } else { '+' };
        write!(f, "{sign}{}", Lifetime(self.0.abs()))
    }
}

/// How long metadata stays valid after it was published, in seconds. Written `"30d"`, `"1h"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = r"^[0-9]"))]
pub struct Lifetime(i64);

impl Lifetime {
    /// A lifetime of whole days.
    pub const fn days(days: i64) -> Self {
        Self(days * 86_400)
    }
}

impl TryFrom<String> for Lifetime {
    type Error = TimeError;

    fn try_from(text: String) -> Result<Self, TimeError> {
        match seconds(&text) {
            Some(seconds) if text.starts_with(|c: char| c.is_ascii_digit()) => Ok(Self(seconds)),
            _ => Err(TimeError { text, expected: "a length of time, such as \"30d\" or \"1h\"" }),
        }
    }
}

impl From<Lifetime> for String {
    fn from(lifetime: Lifetime) -> Self {
        lifetime.to_string()
    }
}

impl fmt::Display for Lifetime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut rest, mut parts) = (self.0, Vec::new());
        for (unit, length) in [("d", 86_400), ("h", 3_600), ("m", 60)] {
            if rest >= length {
                parts.push(format!("{}{unit}", rest / length));
                rest %= length;
            }
        }
        if rest > 0 || parts.is_empty() {
            parts.push(format!("{rest}s"));
        }
        f.write_str(&parts.join(" "))
    }
}

/// Whole seconds in a friendly duration such as `2h 30m`. A day has 24 hours: all times are UTC.
fn seconds(text: &str) -> Option<i64> {
    let span: jiff::Span = text.parse().ok()?;
    let days = SpanRelativeTo::days_are_24_hours();
    let total = span.total((Unit::Second, days)).ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    let whole = (total.fract() == 0.0 && (0.0..1e15).contains(&total)).then_some(total as i64);
    whole.filter(|seconds| *seconds < Timestamp::MAX.as_second() / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_is_read_and_written_the_same() {
        for text in ["+31d", "-1s", "+2h 30m", "+0s"] {
            assert_eq!(Offset::try_from(text.to_owned()).unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_time_without_sign_is_no_offset_and_one_with_sign_no_lifetime() {
        assert!(Offset::try_from("31d".to_owned()).is_err());
        assert!(Lifetime::try_from("+31d".to_owned()).is_err());
        assert!(Offset::try_from("+soon".to_owned()).is_err());
        assert!(Offset::try_from("+".to_owned()).is_err());
    }
}
