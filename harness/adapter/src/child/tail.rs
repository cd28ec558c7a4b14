//! Keeps the end of what a client prints.

/// How many bytes are kept.
const KEPT: usize = 16 << 10;

/// The last bytes of a stream, and how many there were in all.
#[derive(Debug, Default)]
pub(crate) struct Tail {
    bytes: Vec<u8>,
    total: u64,
}

impl Tail {
    /// Adds what was printed next.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.total += bytes.len() as u64;
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() > 4 * KEPT {
            self.trim();
        }
    }

    /// How many bytes were printed, kept or not.
    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    /// What is kept.
    pub(crate) fn into_bytes(mut self) -> Vec<u8> {
        self.trim();
        self.bytes
    }

    fn trim(&mut self) {
        self.bytes.drain(..self.bytes.len().saturating_sub(KEPT));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_is_kept_and_everything_is_counted() {
        let mut tail = Tail::default();
        for number in 0..100_000_u32 {
            tail.push(&number.to_be_bytes());
        }
        assert_eq!(tail.total(), 400_000);
        let kept = tail.into_bytes();
        assert_eq!(kept.len(), KEPT);
        assert_eq!(kept[KEPT - 4..], 99_999_u32.to_be_bytes());
    }
}
