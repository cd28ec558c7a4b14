//! Why the client refused.

use std::fmt;

use suite::observation::Reason;

/// The longest message that is kept, in characters: what is quoted in it comes from the repository.
const MESSAGE_LIMIT: usize = 1000;

/// The client refused to go on: at which requirement, and what it saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The class of the refusal.
    pub reason: Reason,
    /// The id of the requirement that was not met.
    pub requirement: &'static str,
    /// What was wrong, for a person.
    pub message: String,
}

impl Refusal {
    pub(crate) fn new(reason: Reason, requirement: &'static str, message: impl fmt::Display) -> Self {
        let mut message = message.to_string();
        if let Some((end, _)) = message.char_indices().nth(MESSAGE_LIMIT) {
            message.truncate(end);
            message.push('…');
        }
        Self { reason, requirement, message }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.message, self.requirement)
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_tells_what_was_wrong_and_which_requirement_that_breaks() {
        let refusal = Refusal::new(Reason::Expired, "timestamp.expiry", "the timestamp has expired");
        assert_eq!(refusal.to_string(), "the timestamp has expired [timestamp.expiry]");
    }

    #[test]
    fn a_message_that_quotes_a_huge_name_is_cut() {
        let refusal = Refusal::new(Reason::Format, "format.parse.unambiguous", "ä".repeat(5000));
        assert_eq!(refusal.message.chars().count(), MESSAGE_LIMIT + 1);
    }
}
